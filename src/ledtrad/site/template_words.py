"""What every template can call: verdicts as symbol and word, figures in the reader's language, addresses of threads."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from ledtrad.apps.audit.phrases import Bilingual, Phrase, Swedish
from ledtrad.core.assessment import Target, Verdict
from ledtrad.core.document import Figure
from ledtrad.core.document.pictures import AreaMap, Ranked, Spread
from ledtrad.core.language.writing import (
    Language,
    write_date,
    write_genitive,
    write_number,
    write_outcome,
    write_quantity,
    write_target,
    write_time,
)
from ledtrad.core.outcomes import Outcome
from ledtrad.core.quantities import Quantity
from ledtrad.renderers import charts, maps
from ledtrad.renderers.html import bar, slug, sprite, symbol, tally_parts


def language() -> Language:
    """The language of the page."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def publisher_genitive() -> str:
    """Whose report it is: "Stockholms stads"."""
    return write_genitive(settings.OPEN_DATA["publisher"])


def lang_sv() -> Markup:
    """An attribute for what stands in Swedish whatever the language of the page: titles, names, report text."""
    return Markup("") if language() == "sv" else Markup(' lang="sv"')


def lang_of(said: object) -> Markup:
    """An attribute for a refusal, or a sentence of the core's, that is said in Swedish on an English page.

    Whoever passes a text on has seen to it that it is in the language of the page.
    """
    swedish = isinstance(said, Exception | Phrase | Bilingual | Swedish) and getattr(said, "language", "sv") == "sv"
    return lang_sv() if swedish else Markup("")


def verdict_word(verdict: Verdict | str | None) -> str:
    """ "Helt", "Delvis", "Ej", "Saknar utfall" in the language of the page."""
    words = {"met": _("Met"), "partly": _("Partly met"), "not_met": _("Not met"), "none": _("No outcome")}
    return words[slug(Verdict(verdict) if verdict else None)]


def verdict(value: Verdict | str | None, none_word: str = "") -> Markup:
    """The symbol with its word; `none_word` stands in for "No outcome" where something else is lacking."""
    known = Verdict(value) if value else None
    word = none_word if none_word and known is None else verdict_word(known)
    return Markup(f'<span class="verdict">{symbol(known)}<span class="verdict-word">{escape(word)}</span></span>')


def thread(trace_id: str) -> str:
    """The address of the thread of a sentence, fact, outcome or assessment."""
    return reverse("thread", args=[trace_id])


def quantity_text(value: Quantity) -> str:
    return write_quantity(value, language())


def bare_text(value: Quantity) -> str:
    """The number alone, for a column whose head names the unit."""
    return write_number(value.value, value.decimals, language())


def local_day(moment: datetime) -> date:
    """The day of a moment, where the city is."""
    return timezone.localtime(moment).date()


def chart(figure: Figure) -> Markup:
    """The figure as a drawing, in the language of the page."""
    return Markup(charts.svg(figure, language()))


def picture(shown: Ranked | Spread) -> Markup:
    """Many areas in line or along an axis, in the language of the page."""
    return Markup(charts.picture_svg(shown, language()))


def area_map(shown: AreaMap) -> Markup:
    """The map, in the language of the page."""
    return Markup(maps.svg(shown, language()))


def outcome_text(outcome: Outcome) -> str:
    return write_outcome(outcome, language())


def target_text(target: Target) -> str:
    return write_target(target, language())


def number_text(value: Decimal | int | str) -> str:
    return write_number(Decimal(value), language=language())


def date_text(day: date) -> str:
    """ "22 november 2026"; in English "22 November 2026"."""
    return write_date(day) if language() == "sv" else date_format(day, "j F Y")


def moment_text(moment: datetime) -> str:
    """ "15 april 2021 kl. 12.00", where the city is; in English "15 April 2021, 12:00"."""
    local = timezone.localtime(moment)
    if language() == "sv":
        return f"{write_date(local.date())} {write_time(local.time())}"
    return f"{date_format(local, 'j F Y')}, {local:%H:%M}"


GLOBALS: dict[str, Any] = {
    "language": language,
    "lang_sv": lang_sv,
    "lang_of": lang_of,
    "publisher_genitive": publisher_genitive,
    "verdict": verdict,
    "verdict_word": verdict_word,
    "symbol": symbol,
    "slug": slug,
    "sprite": sprite,
    "bar": bar,
    "tally_parts": tally_parts,
    "thread": thread,
    "chart": chart,
    "picture": picture,
    "area_map": area_map,
}
FILTERS: dict[str, Any] = {
    "quantity": quantity_text,
    "bare": bare_text,
    "outcome": outcome_text,
    "target": target_text,
    "number": number_text,
    "date": date_text,
    "day": local_day,
    "moment": moment_text,
}
