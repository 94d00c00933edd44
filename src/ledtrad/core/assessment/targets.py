"""Targets (årsmål): more is better, less is better, or within a band; by sex where the council gave it so."""

from dataclasses import dataclass
from enum import StrEnum

from ledtrad.core.quantities import Quantity, Unit


class Sense(StrEnum):
    """Which way is better."""

    MORE = "more_is_better"
    LESS = "less_is_better"
    BAND = "within_band"


@dataclass(frozen=True, slots=True)
class Target:
    """The values that meet the target: from `low` up, up to `high`, or between both (bounds included)."""

    sense: Sense
    low: Quantity | None = None
    high: Quantity | None = None
    women: "Target | None" = None
    men: "Target | None" = None

    def __post_init__(self) -> None:
        needs_low = self.sense in (Sense.MORE, Sense.BAND)
        needs_high = self.sense in (Sense.LESS, Sense.BAND)
        if (self.low is not None) != needs_low or (self.high is not None) != needs_high:
            raise ValueError(f"the bounds do not fit {self.sense.value}")
        if self.low is not None and self.high is not None:
            if self.low.unit != self.high.unit:
                raise ValueError("the bounds of a band have one unit")
            if self.low.value > self.high.value:
                raise ValueError("the lower bound of a band lies above the upper")

    @property
    def unit(self) -> Unit:
        return (self.low or self.high).unit  # type: ignore[union-attr]

    @property
    def stated(self) -> Quantity | None:
        """The one number that is printed as årsmål; None for a band, which has two."""
        return None if self.sense is Sense.BAND else self.low or self.high

    def is_met_by(self, value: Quantity) -> bool:
        """Whether `value` meets the target. ValueError when the units differ."""
        if value.unit != self.unit:
            raise ValueError(f"an outcome in {value.unit.code} against a target in {self.unit.code}")
        above = self.low is None or value.value >= self.low.value
        below = self.high is None or value.value <= self.high.value
        return above and below

    def missed_bound(self, value: Quantity) -> Quantity | None:
        """The bound that `value` falls outside; None when it falls outside none."""
        if self.low is not None and value.value < self.low.value:
            return self.low
        if self.high is not None and value.value > self.high.value:
            return self.high
        return None


def at_least(low: Quantity) -> Target:
    """More is better: met from `low` up."""
    return Target(Sense.MORE, low=low)


def at_most(high: Quantity) -> Target:
    """Less is better: met up to `high`."""
    return Target(Sense.LESS, high=high)


def within(low: Quantity, high: Quantity) -> Target:
    """Met between `low` and `high`, both included."""
    return Target(Sense.BAND, low=low, high=high)
