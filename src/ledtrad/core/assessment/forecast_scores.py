"""How near the boards' forecasts came: the Brier score of what was said in percent at the tertials.

The score is Brier's own of 1950, over all three verdicts: the squared differences between what was said and what
came, summed. It goes from 0 (certain, and right) to 2 (certain, and wrong). Many texts halve it: theirs ends at 1.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from ledtrad.core.assessment.verdicts import Verdict

FEWEST_FORECASTS = 10
# A third on each: what somebody who knows nothing would say. Held beside the score, it tells a reader what is good.
KNOWS_NOTHING = Fraction(2, 3)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class VerdictForecast:
    """How likely each verdict on the whole year was held to be: whole percents that sum to 100. ValueError if not."""

    met: int
    partly: int
    not_met: int

    def __post_init__(self) -> None:
        if min(self.met, self.partly, self.not_met) < 0:
            raise ValueError("a forecast is not below zero percent")
        if self.met + self.partly + self.not_met != 100:
            raise ValueError(f"{self.met} + {self.partly} + {self.not_met} percent is not 100")

    def percent(self, verdict: Verdict) -> int:
        return {Verdict.MET: self.met, Verdict.PARTLY: self.partly, Verdict.NOT_MET: self.not_met}[verdict]


def brier(forecast: VerdictForecast, came: Verdict) -> Fraction:
    """The score of one forecast when `came` was the verdict: from 0 to 2, exactly."""
    misses = (forecast.percent(verdict) - (100 if verdict is came else 0) for verdict in Verdict)
    return Fraction(sum(miss * miss for miss in misses), 10_000)


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """The mean score of `count` forecasts that could be held against a verdict; `waiting` could not be yet.

    `mean` is None when the forecasts are too few to say anything: fewer than ten.
    """

    count: int
    waiting: int = 0
    mean: Fraction | None = None

    @property
    def too_few(self) -> bool:
        return self.count < FEWEST_FORECASTS


def score(forecasts: Iterable[tuple[VerdictForecast, Verdict | None]]) -> ForecastScore:
    """The mean of forecasts, each with the verdict that came; None where there is no verdict yet."""
    given = list(forecasts)
    scores = [brier(forecast, came) for forecast, came in given if came is not None]
    waiting = len(given) - len(scores)
    if len(scores) < FEWEST_FORECASTS:
        return ForecastScore(len(scores), waiting)
    return ForecastScore(len(scores), waiting, sum(scores, Fraction(0)) / len(scores))


def score_each(
    forecasts: Iterable[tuple[Key, VerdictForecast, Verdict | None]], order: Iterable[Key]
) -> Mapping[Key, ForecastScore]:
    """One score for each of `order`, in that very order: nobody is ranked by how well they guessed."""
    groups: dict[Key, list[tuple[VerdictForecast, Verdict | None]]] = {key: [] for key in order}
    for key, forecast, came in forecasts:
        groups[key].append((forecast, came))
    return {key: score(group) for key, group in groups.items()}


def as_decimal(mean: Fraction, decimals: int) -> Decimal:
    """A mean as a number to print: rounded once, from the exact fraction, halves away from zero."""
    steps, rest = divmod(mean.numerator * 10**decimals, mean.denominator)
    return Decimal(steps + (2 * rest >= mean.denominator)).scaleb(-decimals)
