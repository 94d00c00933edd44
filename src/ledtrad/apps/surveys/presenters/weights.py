"""A weighing as its page shows it: how far the weights lie apart and what that costs."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.actions import WeighedDone
from ledtrad.core.language.writing import Language, write_number
from ledtrad.core.quantities import rounded
from ledtrad.core.surveys.weighting import Spread


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """The weights before or after, as text."""

    name: str
    least: str
    mean: str
    greatest: str
    effect: str


@dataclass(frozen=True, slots=True)
class ShownWeights:
    """A weighing: the weights before and after, how many were held at a bound, and the sum to keep them by."""

    lines: tuple[SpreadLine, ...]
    held: int
    rounds: int
    seen: str


def present_weights(done: WeighedDone, language: Language) -> ShownWeights:
    """The weights in a table of two lines."""
    lines = (_line(_("Before"), done.before, language), _line(_("After"), done.after, language))
    return ShownWeights(lines, done.held, done.rounds, done.seen)


def _line(name: str, spread: Spread, language: Language) -> SpreadLine:
    numbers = [_number(value, language) for value in (spread.least, spread.mean, spread.greatest, spread.effect)]
    return SpreadLine(name, *numbers)


def _number(value: float, language: Language) -> str:
    return write_number(rounded(Decimal(repr(value)), 2), 2, language)
