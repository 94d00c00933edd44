"""How many to ask: for a margin in each stratum, or the best use of so many questionnaires.

The margin is the half-width of an interval: z √(deff S² (1/n - 1/N)) with S² = N/(N - 1) p (1 - p) (Cochran 1977, ch. 4
and 5). What is asked for is answers; with the response that is expected it tells how many to draw.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from ledtrad.core.surveys.refusals import SurveyError


class Allocation(StrEnum):
    """How a given number is shared out: as the strata's sizes, as sizes times spread (Neyman), or the same to all."""

    PROPORTIONAL = "proportional"
    NEYMAN = "neyman"
    EQUAL = "equal"


@dataclass(frozen=True)
class Stratum:
    """A stratum to plan for: how many there are, the share that is expected to give the answer, and to respond."""

    name: str
    population: int
    share: float = 0.5
    response: float = 1.0

    def __post_init__(self) -> None:
        if self.population < 1:
            raise SurveyError(f"{self.name} har ingen att fråga: antalet ska vara minst 1.")
        if not 0 < self.share < 1:
            raise SurveyError(f"{self.name}: den väntade andelen ska ligga mellan 0 och 1.")
        if not 0 < self.response <= 1:
            raise SurveyError(f"{self.name}: den väntade svarsfrekvensen ska vara större än 0 och högst 1.")

    @property
    def spread(self) -> float:
        """S, the standard deviation in the population."""
        return math.sqrt(self.population / max(1, self.population - 1) * self.share * (1 - self.share))


@dataclass(frozen=True)
class Planned:
    """What a stratum needs: answers, how many to draw, and the margin that gives. `reached` is false where even all
    there are would not answer enough; then all are drawn."""

    name: str
    population: int
    answers: int
    drawn: int
    margin: float
    reached: bool


@dataclass(frozen=True)
class Plan:
    """Stratum by stratum, and the margin of all together."""

    strata: tuple[Planned, ...]
    margin: float

    @property
    def answers(self) -> int:
        return sum(each.answers for each in self.strata)

    @property
    def drawn(self) -> int:
        return sum(each.drawn for each in self.strata)


def plan_margin(strata: Sequence[Stratum], margin: float, *, deff: float = 1.0, confidence: float = 0.95) -> Plan:
    """The fewest to draw for the margin (0.05 is five points) in each stratum."""
    z = _quantile(confidence)
    if not 0 < margin < 1:
        raise SurveyError("Felmarginalen ska ligga mellan 0 och 1: 0.05 är fem procentenheter.")
    _check(strata, deff)
    return _plan(strata, [_needed(each, margin, deff, z) for each in strata], deff, z)


def plan_allocation(
    strata: Sequence[Stratum],
    drawn: int,
    allocation: Allocation,
    *,
    least: int = 0,
    deff: float = 1.0,
    confidence: float = 0.95,
) -> Plan:
    """`drawn` shared out over the strata, at least `least` (or all there are) to each.

    What a stratum cannot hold is shared out over the others; the rest of a division goes to the largest parts.
    """
    z = _quantile(confidence)
    _check(strata, deff)
    shared = _shared(strata, drawn, allocation, least)
    return _plan(
        strata,
        [max(1, math.floor(n * each.response + 1e-9)) for each, n in zip(strata, shared, strict=True)],
        deff,
        z,
        shared,
    )


def _check(strata: Sequence[Stratum], deff: float) -> None:
    if not strata:
        raise SurveyError("Det finns inget stratum att planera för.")
    if not 0 < deff < math.inf:
        raise SurveyError("Designeffekten ska vara ett tal större än noll.")


def _quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise SurveyError("Konfidensgraden ska ligga mellan 0 och 1.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _needed(each: Stratum, margin: float, deff: float, z: float) -> int:
    """The fewest answers with which the margin is kept."""
    wanted = margin**2 / (z**2 * deff * each.spread**2)
    return min(each.population, math.ceil(1 / (wanted + 1 / each.population) - 1e-9))


def margin_of(each: Stratum, answers: int, deff: float, z: float) -> float:
    """The half-width of the interval with so many answers."""
    return z * math.sqrt(deff * each.spread**2 * (1 / answers - 1 / each.population))


def _plan(
    strata: Sequence[Stratum], answers: Sequence[int], deff: float, z: float, drawn: Sequence[int] | None = None
) -> Plan:
    needed = drawn or [math.ceil(n / each.response - 1e-9) for each, n in zip(strata, answers, strict=True)]
    found = [_planned(each, n, ask, deff, z) for each, n, ask in zip(strata, answers, needed, strict=True)]
    whole = sum(each.population for each in strata)
    together = sum((each.population / whole * one.margin) ** 2 for each, one in zip(strata, found, strict=True))
    return Plan(tuple(found), math.sqrt(together))


def _planned(each: Stratum, answers: int, drawn: int, deff: float, z: float) -> Planned:
    reached = drawn <= each.population
    if not reached:
        drawn, answers = each.population, max(1, math.floor(each.population * each.response + 1e-9))
    return Planned(each.name, each.population, answers, drawn, margin_of(each, answers, deff, z), reached)


# --- sharing out ----------------------------------------------------------------------------------

_SIZES: dict[Allocation, Callable[[Stratum], float]] = {
    Allocation.PROPORTIONAL: lambda each: float(each.population),
    Allocation.NEYMAN: lambda each: each.population * each.spread / math.sqrt(each.response),
    Allocation.EQUAL: lambda each: 1.0,
}


def _shared(strata: Sequence[Stratum], drawn: int, allocation: Allocation, least: int) -> list[int]:
    low = [min(max(1, least), each.population) for each in strata]
    if sum(low) > drawn:
        raise SurveyError(f"{drawn} räcker inte: det minsta i varje stratum blir {sum(low)} tillsammans.")
    if drawn > sum(each.population for each in strata):
        raise SurveyError(f"{drawn} är fler än det finns att fråga.")
    sizes = [_SIZES[allocation](each) for each in strata]
    parts = _bounded(sizes, drawn, low, [each.population for each in strata])
    return _whole(parts, drawn, [each.population for each in strata])


def _bounded(sizes: Sequence[float], drawn: int, low: Sequence[int], high: Sequence[int]) -> list[float]:
    """Parts in proportion to the sizes, none under its least or over what there is: by bisection on the proportion."""

    def at(scale: float) -> list[float]:
        return [
            min(max(scale * size, float(least)), float(most))
            for size, least, most in zip(sizes, low, high, strict=True)
        ]

    less, more = 0.0, max(most / size for size, most in zip(sizes, high, strict=True))
    for _ in range(200):
        middle = (less + more) / 2
        less, more = (middle, more) if sum(at(middle)) < drawn else (less, middle)
    return at(more)


def _whole(parts: Sequence[float], drawn: int, high: Sequence[int]) -> list[int]:
    """Whole numbers with the same sum: the rest goes to the largest fractions, the first of those that are equal."""
    found = [math.floor(part + 1e-9) for part in parts]
    order = sorted(range(len(parts)), key=lambda place: (found[place] - parts[place], place))
    for place in [place for place in order if found[place] < high[place]][: drawn - sum(found)]:
        found[place] += 1
    return found
