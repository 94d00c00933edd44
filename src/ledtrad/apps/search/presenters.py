"""What was found, with the words marked and the way to where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.policies import sees_drafts_everywhere
from ledtrad.apps.search.models import Source
from ledtrad.apps.search.queries import KINDS, Hit, Hits
from ledtrad.apps.search.queries.sources import FoundText
from ledtrad.apps.search.words import marked
from ledtrad.core.periods import Period

_BEFORE, _LENGTH = 60, 260


@dataclass(frozen=True, slots=True)
class ShownHit:
    """`title` and `text` are escaped, the words that were asked for marked."""

    kind: str
    title: Markup
    text: Markup
    where: str
    address: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class KindChoice:
    value: str
    word: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownHits:
    lead: str
    kinds: tuple[KindChoice, ...]
    hits: tuple[ShownHit, ...]
    page: int
    pages: int
    waiting: bool


def present_hits(found: Hits, question: str, kind: str, actor: Actor) -> ShownHits:
    words = _kind_words()
    return ShownHits(
        _lead(found, question),
        tuple(KindChoice(value, words[value], value == kind) for value in ("", *KINDS)),
        tuple(_hits(found, actor)),
        found.page,
        found.pages,
        found.waiting,
    )


def _kind_words() -> dict[str, str]:
    return {
        "": _("Everything"),
        "mal": _("Goals"),
        "indikator": _("Indicators"),
        "bedomning": _("Assessments"),
        "aktivitet": _("Activities"),
    }


def _lead(found: Hits, question: str) -> str:
    if not question.strip():
        return _("Search in goals, indicators, activities and assessments. All words must be there, in any form.")
    if not found.asked:
        return _("Write at least one word that says something: “and” and “in” stand everywhere.")
    if not found.total:
        return _("Nothing holds all those words. Try fewer, or another form.")
    if found.is_cut:
        return _("More than a thousand texts. Add a word to find fewer.")
    return ngettext("%(num)s text.", "%(num)s texts.", found.total) % {"num": found.total}


def _hits(found: Hits, actor: Actor) -> Iterator[ShownHit]:
    wanted, names = frozenset(found.asked), _names()
    everywhere = sees_drafts_everywhere(actor)
    for hit in found.hits:
        text = hit.text
        yield ShownHit(
            names[text.source],
            _marked(text.title or text.heading or _("Goal %(code)s") % {"code": text.code}, wanted),
            _snippet(text.text, wanted),
            _where(text),
            _address(text, everywhere=everywhere),
            _is_open(hit),
        )


def _names() -> dict[Source, str]:
    assessment = _("Assessment")
    return {
        Source.WORDING: _("Goal"),
        Source.VERSION: _("Indicator"),
        Source.ACTIVITY: _("Activity"),
        Source.ASSESSMENT: assessment,
        Source.ROW: assessment,
    }


def _is_open(hit: Hit) -> bool:
    """Whether the text may still change: it stands in a report that is not decided."""
    return hit.text.state not in ("", "decided", "locked")


def _where(text: FoundText) -> str:
    period = {0: str(text.year), 1: f"T1 {text.year}", 2: f"T2 {text.year}", 3: f"T3 {text.year}"}[text.tertial]
    code = "" if text.source is Source.ACTIVITY else text.code
    return " · ".join(part for part in (code, text.owner_name, period) if part)


def _address(text: FoundText, *, everywhere: bool) -> str:
    if text.source is Source.VERSION:
        return reverse("indicator", args=[text.year, text.code])
    if text.source is Source.ACTIVITY or (text.source is Source.WORDING and text.owner):
        return reverse("plan_of_unit", args=[text.year, text.owner])
    if text.source is Source.WORDING:
        return reverse("objective_desk" if everywhere else "goal", args=[text.year, text.code])
    if text.source is Source.ROW:
        return reverse("workspace", args=[text.year, text.owner, period_name(Period(text.year, text.tertial))])
    if everywhere and text.tertial == 0:
        return f"{reverse('objective_desk', args=[text.year, text.code])}?oppna=alla#{text.owner}"
    return reverse("thread", args=[f"assessment:{text.code}/{Period(text.year, text.tertial)}/{text.owner}"])


def _marked(text: str, wanted: frozenset[str]) -> Markup:
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if is_hit else escape(piece) for piece, is_hit in marked(text, wanted)
    )


def _snippet(text: str, wanted: frozenset[str]) -> Markup:
    """A piece of the text about the first word that was asked for, cut between words."""
    first, place = 0, 0
    for piece, is_hit in marked(text, wanted):
        if is_hit:
            first = place
            break
        place += len(piece)
    start = max(0, first - _BEFORE)
    if start:
        start = text.find(" ", start) + 1
    cut = text[start : start + _LENGTH]
    if start + _LENGTH < len(text):
        cut = cut.rsplit(" ", 1)[0] + " …"
    return Markup("… ") * bool(start) + _marked(cut, wanted)
