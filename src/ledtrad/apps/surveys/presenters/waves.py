"""A wave as its page shows it: in words, and who answered."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.queries.pages import ResponseLine, WavePage
from ledtrad.core.language.writing import Language, write_number


@dataclass(frozen=True, slots=True)
class ShownResponse:
    """A line of the table of responses; texts, "" where nothing is known."""

    label: str
    drawn: str
    answered: str
    share: str


@dataclass(frozen=True, slots=True)
class ShownResponses:
    """One kind of group. `lacking` is how many answered in all and stand in none of the groups."""

    title: str
    rows: tuple[ShownResponse, ...]
    lacking: str = ""


def mode_words(modes: str) -> str:
    """ "on paper, on the web"."""
    words = {
        "post": _("on paper"),
        "web": _("on the web"),
        "phone": _("by telephone"),
        "visit": _("by visit"),
        "school": _("in school"),
    }
    return ", ".join(words[mode] for mode in modes.split())


def present_responses(page: WavePage, language: Language) -> tuple[ShownResponses, ...]:
    """The whole first, then group by group."""
    whole = next((one for one in page.responses if not one.kind), None)
    kinds = dict.fromkeys(one.kind for one in page.responses if one.kind)
    titles = {
        "district": _("By district"),
        "sex": _("By sex"),
        "age": _("By age"),
        "mode": _("By mode"),
        "language": _("By language"),
    }
    found = [ShownResponses(_("In all"), (_shown(whole, language),))] if whole else []
    for kind in kinds:
        lines = [one for one in page.responses if one.kind == kind]
        lacking = page.lacking.get(kind, 0)
        rows = tuple(_shown(one, language) for one in lines)
        found.append(ShownResponses(titles.get(kind, kind), rows, _count(lacking, language) if lacking > 0 else ""))
    return tuple(found)


def _shown(one: ResponseLine, language: Language) -> ShownResponse:
    if one.answered is None:
        return ShownResponse(
            one.label or _("All"), _count(one.drawn, language) if one.drawn is not None else "", "", ""
        )
    share = write_number(Decimal(100 * one.answered) / one.drawn, 0, language) + "\u00a0%" if one.drawn else ""
    drawn = _count(one.drawn, language) if one.drawn is not None else ""
    return ShownResponse(one.label or _("All"), drawn, _count(one.answered, language), share)


def _count(value: int, language: Language) -> str:
    return write_number(Decimal(value), 0, language)


__all__ = ["ShownResponse", "ShownResponses", "mode_words", "present_responses"]
