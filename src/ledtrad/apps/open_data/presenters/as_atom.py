"""What has changed, as an Atom feed (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree

from django.conf import settings

from ledtrad.apps.open_data.presenters.cubes import INVENTED
from ledtrad.apps.open_data.queries.changes import BatchChange, Change, OutcomeChange, moment_of
from ledtrad.apps.open_data.queries.goals import OpenEdition
from ledtrad.core.language.writing import write_number, write_outcome

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def feed(changes: Iterable[Change], root: str) -> bytes:
    """The feed. `root` is the site's address with a slash at its end."""
    told = tuple(changes)
    ElementTree.register_namespace("", _NAMESPACE)
    whole = ElementTree.Element(f"{{{_NAMESPACE}}}feed", {"xml:lang": "sv"})
    own = f"{root}andringar.atom"
    _add(whole, "id", own)
    _add(whole, "title", f"{settings.OPEN_DATA['publisher']}: nya och rättade uppgifter")
    _add(whole, "updated", _written(max(map(moment_of, told), default=_NEVER)))
    _add(whole, "link", rel="self", type="application/atom+xml", href=own)
    _add(whole, "link", rel="alternate", type="text/html", href=f"{root}oppna-data/")
    _add(whole, "link", rel="license", href=settings.OPEN_DATA["licence"])
    _add(_add(whole, "author"), "name", settings.OPEN_DATA["publisher"])
    _add(whole, "rights", "CC0 1.0")
    for change in told:
        _entry(whole, change, root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(whole, encoding="utf-8")


def _entry(whole: ElementTree.Element, change: Change, root: str) -> None:
    title, summary, address, name = _told(change)
    entry = _add(whole, "entry")
    _add(entry, "id", f"{root}andringar.atom#{name}")
    _add(entry, "title", title)
    _add(entry, "updated", _written(moment_of(change)))
    _add(entry, "link", rel="alternate", type="text/html", href=root + address)
    _add(entry, "category", term=name.partition("-")[0])
    _add(entry, "summary", summary)


def _told(change: Change) -> tuple[str, str, str, str]:
    if isinstance(change, OutcomeChange):
        return _outcome(change)
    return _batch(change) if isinstance(change, BatchChange) else _edition(change)


def _outcome(change: OutcomeChange) -> tuple[str, str, str, str]:
    said, note = write_outcome(change.outcome), f" {INVENTED}" if change.invented else ""
    address = f"{change.period.year}/indikator/{change.code}/"
    if change.before is None:
        return f"Nytt utfall: {change.title} {change.period}", f"{said}.{note}", address, f"utfall-{change.id}"
    summary = f"Rättat till: {said}. Tidigare: {write_outcome(change.before)}.{note}"
    return f"Rättat utfall: {change.title} {change.period}", summary, address, f"rattelse-{change.id}"


def _batch(change: BatchChange) -> tuple[str, str, str, str]:
    about = "1 indikator" if change.indicators == 1 else f"{change.indicators} indikatorer"
    number = write_number(Decimal(change.figures))
    summary = f"{number} siffror om {about}.{f' {INVENTED}' if change.invented else ''}"
    return f"Nya siffror: {change.source}", summary, f"indikator/{change.code}/", f"siffror-{change.id}"


def _edition(change: OpenEdition) -> tuple[str, str, str, str]:
    name = f"utgava-{change.year}-{change.number}"
    if change.number == 1:
        return f"Publicerad: {change.title}", f"Utgåva 1 för {change.year}.", f"{change.year}/", name
    summary = f"Utgåva {change.number} för {change.year} rättar den förra: {change.correction_note}"
    return f"Rättad: {change.title}", summary, f"{change.year}/", name


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(
        parent, f"{{{_NAMESPACE}}}{name}", {key: _plain(value) for key, value in attributes.items()}
    )
    made.text = _plain(text) or None
    return made


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n\r"
        or (letter >= "\x20" and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )
