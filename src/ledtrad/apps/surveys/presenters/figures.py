"""A published figure as it stands in tables and files: with one decimal, and never more."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from ledtrad.apps.indicators.presenters.areas import group_word
from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.queries.rounded import RoundedResult
from ledtrad.apps.surveys.queries.tables import Published, Spot
from ledtrad.core.language.writing import Language, write_number
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import rounded
from ledtrad.core.surveys.axes import UNKNOWN
from ledtrad.renderers.tables import Missing, Number

DECIMALS = 1


def printed(value: float) -> Decimal:
    """A figure as it is printed: whoever has more digits of a weighted share knows more of the answers behind it."""
    return rounded(Decimal(repr(value)), DECIMALS)


def written(value: float, language: Language) -> str:
    return write_number(printed(value), DECIMALS, language)


def counted(number: int, language: Language) -> str:
    """How many answered, as it is printed."""
    return write_number(Decimal(number), 0, language)


def interval(one: PublishedEstimate, language: Language) -> str:
    """Both ends, or "" where they are not known."""
    if one.low is None or one.high is None:
        return ""
    return f"{written(one.low, language)}–{written(one.high, language)}"


def number(value: float | None, one: PublishedEstimate) -> Number | Missing | None:
    """A figure as a cell of a file; one that is held back says so and holds no number."""
    if one.estimate is None:
        return Missing(AbsenceKind.SUPPRESSED, one.reason)
    return None if value is None else Number(printed(value), DECIMALS)


def spot_word(spot: Spot, found: Published | RoundedResult) -> str:
    """A part of the wave in words: "Norr, kvinnor"."""
    sexes = {"women": _("women"), "men": _("men")}
    area = _("district not told") if spot.area == UNKNOWN else found.areas.get(spot.area, spot.area)
    words = [area, sexes.get(spot.sex, ""), _group(spot.group)]
    told = ", ".join(word for word in words if word)
    return told[:1].upper() + told[1:] if told else _("All")


def _group(group: str) -> str:
    """An age, or a sex that is neither; both where they are told at once."""
    untold = {f"age:{UNKNOWN}": _("age not told"), f"sex:{UNKNOWN}": _("sex not told")}
    return ", ".join(
        untold.get(one) or (group_word(one) if one.startswith("age:") else one) for one in _GROUPS.findall(group)
    )


_GROUPS = re.compile(r"(?:age|sex):.+?(?= sex:|$)")


def answer_words(found: Published | RoundedResult, levels: str) -> str:
    """The answers that are counted, in words."""
    words = dict(found.question.steps)
    return ", ".join(words.get(code, code) for code in levels.split())


def titled(question: str, *shown: str) -> str:
    """The title of a table: the question and what is shown of it, in one sentence or after its question mark."""
    said = ", ".join(part for part in shown if part)
    if not question.endswith("?"):
        return f"{question}, {said}" if said else question
    return f"{question} {said[:1].upper()}{said[1:]}".rstrip()
