"""How unlike the weights are, and what that costs in certainty."""

from dataclasses import dataclass

from ledtrad.core.surveys.samples import Vector


@dataclass(frozen=True, slots=True)
class Spread:
    """The least, the mean and the greatest of some weights, and the design effect that their spread brings.

    `effect` is Kish's (1965): the sum of squares times the number, over the square of the sum. 1.5 says that the
    answers tell as much as two thirds as many with equal weights would.
    """

    least: float
    mean: float
    greatest: float
    effect: float


def spread_of(weights: Vector) -> Spread:
    """The spread of weights, of which at least one is more than zero."""
    used = weights[weights > 0]
    whole = float(used.sum())
    effect = float(used.size * (used**2).sum() / whole**2)
    return Spread(float(used.min()), whole / used.size, float(used.max()), effect)
