"""Groups beside each other in words: how much they differ, how surely, and how many were compared at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.surveys.presenters.figures import answer_words, interval, spot_word, written
from ledtrad.apps.surveys.queries.comparing import Contrast, Contrasts
from ledtrad.apps.surveys.queries.tables import Published, Spot
from ledtrad.core.language.writing import Language


@dataclass(frozen=True, slots=True)
class ContrastLine:
    """A group beside the chosen one. `verdict` says whether there is a difference, in words."""

    name: str
    estimate: str
    interval: str
    base: str
    difference: str
    difference_interval: str
    verdict: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class ShownContrasts:
    """The chosen group with its figure, a line for each that it is set beside, and what was done about many."""

    chosen: str
    figure: str
    lines: tuple[ContrastLine, ...]
    about: str
    offered: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    level_choices: tuple[tuple[str, str], ...]


def present_contrasts(
    found: Published, told: Contrasts, levels: str, one: Spot, others: Sequence[Spot], language: Language
) -> ShownContrasts:
    """What the page of groups beside each other shows."""
    return ShownContrasts(
        spot_word(one, found),
        _figure(found, levels, one, language),
        tuple(_line(found, levels, contrast, language) for contrast in told.found),
        _about(told.compared),
        tuple((token(spot), spot_word(spot, found)) for spot in told.offered),
        tuple((token(spot), spot_word(spot, found)) for spot in others),
        tuple((code, answer_words(found, code)) for code in found.levels if code),
    )


def token(spot: Spot) -> str:
    """What a group is called in an address."""
    return f"omrade:{spot.area}" if spot.area else spot.sex or spot.group


def _figure(found: Published, levels: str, spot: Spot, language: Language) -> str:
    one = found.estimates[levels, spot]
    return f"{written(one.estimate or 0.0, language)} ({interval(one, language)})"


def _line(found: Published, levels: str, contrast: Contrast, language: Language) -> ContrastLine:
    other = found.estimates[levels, contrast.second]
    ends = (contrast.low, contrast.high)
    return ContrastLine(
        spot_word(contrast.second, found),
        written(other.estimate or 0.0, language),
        interval(other, language),
        str(other.base),
        signed(contrast.difference, language),
        _("%(low)s to %(high)s") % {"low": signed(ends[0], language), "high": signed(ends[1], language)}
        if ends[0] is not None and ends[1] is not None
        else "",
        verdict(contrast.is_certain),
        contrast.is_certain is True,
    )


def signed(value: float, language: Language) -> str:
    """With a sign, for a difference."""
    words = written(value, language)
    return f"+{words}" if value > 0 and words[:1].isdigit() and words.strip("0,.") else words


def verdict(is_certain: bool | None) -> str:
    """What can be said of a difference."""
    if is_certain is None:
        return _("cannot be told")
    return _("a certain difference") if is_certain else _("no certain difference")


def _about(compared: int) -> str:
    """How the test takes into account how many were compared."""
    if compared < 2:
        return _(
            "One comparison, chosen beforehand. Whoever looks through many pairs finds differences by chance alone: "
            "then choose all, and the test takes the number into account."
        )
    return ngettext(
        "%(num)s comparison at once.",
        "%(num)s comparisons at once: a difference is called certain only when all of them together are wrong at most "
        "one time in twenty (Holm's method). The intervals are for each by itself.",
        compared,
    ) % {"num": compared}
