"""The mail that reminds a person of what is left: as plain text, and the same as HTML. Always in Swedish."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.queries.reminders import Digest, LeftIn
from ledtrad.core.language.writing import NO_BREAK_SPACE, write_count, write_date, write_phase


@dataclass(frozen=True, slots=True)
class DigestPart:
    """What is left in one report or plan. `when` is a sentence; `address` the whole link."""

    heading: str
    what: str
    when: str
    titles: tuple[str, ...]
    more: int
    address: str


def write_digest(digest: Digest, site: str) -> EmailMultiAlternatives:
    """The mail, ready to send. `site` is the address of the site, such as https://ledtrad.example."""
    parts = [_part(left, digest.day, site) for left in digest.left]
    context = {"name": digest.to.name, "parts": parts, "account": site + reverse("account")}
    mail = EmailMultiAlternatives(
        subject_of(digest),
        render_to_string("reporting/mail/digest.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [digest.to.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("reporting/mail/digest.html", context), "text/html")
    return mail


def subject_of(digest: Digest) -> str:
    """ "Kvar att göra: tertialrapport 1, klar senast 10 maj 2021": the first due, and how many more."""
    first = digest.left[0]
    late = digest.day > first.phase.due
    when = "skulle varit klar" if late else "klar senast"
    more = len(digest.left) - 1
    rest = f" (och {write_count(more)} till)" if more else ""
    return f"Kvar att göra: {write_phase(first.phase.kind)}, {when} {_plain(write_date(first.phase.due))}{rest}"


def _part(left: LeftIn, day: date, site: str) -> DigestPart:
    return DigestPart(
        heading=f"{left.unit_name}: {write_phase(left.phase.kind)} {left.phase.year}",
        what=_what(left),
        when=when_words(left, day),
        titles=left.titles,
        more=left.rows - len(left.titles),
        address=site + address_of(left),
    )


def _what(left: LeftIn) -> str:
    if left.card is None:
        return "Planen är inte antagen."
    rows = "En rad är inte ifylld." if left.rows == 1 else f"{left.rows} rader är inte ifyllda."
    if left.as_writer:
        rows = rows if left.rows else "Alla rader är ifyllda."
        return f"Rapporten är inte inlämnad. {rows}"
    return rows.replace("rad ", "rad som du svarar för ").replace("rader ", "rader som du svarar för ")


def when_words(left: LeftIn, day: date) -> str:
    """By when, as a sentence."""
    due, days = _plain(write_date(left.phase.due)), (left.phase.due - day).days
    if days < 0:
        late = "en dag" if days == -1 else f"{-days} dagar"
        return f"Skulle varit klart den {due}, för {late} sedan. Det tas fortfarande emot."
    distance = {0: "i dag", 1: "i morgon"}.get(days, f"om {days} dagar")
    return f"Ska vara klart senast den {due}, {distance}. Kl. 00.00 är det sent."


def address_of(left: LeftIn) -> str:
    """The page, within the site, where it is done."""
    if left.card is None:
        return reverse("plan_of_unit", args=[left.phase.year, left.unit])
    return reverse("workspace", args=[left.phase.year, left.unit, period_name(left.card.period)])


def _plain(text: str) -> str:
    """Subjects and plain text travel through many programs: ordinary spaces only."""
    return text.replace(NO_BREAK_SPACE, " ")
