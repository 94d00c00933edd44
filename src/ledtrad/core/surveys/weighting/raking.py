"""Raking: weights that agree with several margins at once, and are not pulled too far.

Each margin in turn is post-stratified to, over and over, until all agree (Deming and Stephan 1940). Trimming has one
rule: no weight is more than `most` or less than `least` times what it was. A weight that would go beyond stays at the
bound, and the others are raked to what is then left of the margins; so the margins hold with the bounds, or it is told
that they cannot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Vector
from ledtrad.core.surveys.weighting.margins import Margin, check_agree, check_filled, places


@dataclass(frozen=True)
class Trimming:
    """The least and the most that a weight may be multiplied by, beside what all weights together are."""

    least: float = 0.0
    most: float = float("inf")

    def __post_init__(self) -> None:
        if not 0 <= self.least < 1 < self.most:
            raise SurveyError("Vikterna trimmas mellan en faktor under 1 och en faktor över 1.")


@dataclass(frozen=True)
class Raked:
    """The weights, how many rounds it took, how far the margins are from their totals (as a share of the total), and
    how many weights are held at a bound."""

    weights: Vector
    rounds: int
    furthest: float
    held: int


_UNTRIMMED = Trimming()


def raked(
    weight: Vector,
    columns: Mapping[str, Vector],
    margins: Sequence[Margin],
    trimming: Trimming = _UNTRIMMED,
    *,
    closeness: float = 1e-10,
    rounds: int = 1000,
) -> Raked:
    """Weights that sum to each margin's totals within `closeness`, as a share of them.

    Refuses margins that count different populations, a class without answers, and what does not converge in `rounds`.
    """
    if not margins:
        raise SurveyError("Ange minst en marginal att väga efter.")
    check_agree(margins)
    found = [places(margin, columns) for margin in margins]
    for margin, place in zip(margins, found, strict=True):
        check_filled(margin, np.bincount(place, weight, len(margin.totals)))
    start = weight * (margins[0].whole / weight.sum())
    raking = _Raking(start, list(zip(margins, found, strict=True)), trimming)
    return raking.run(closeness, rounds, weight)


class _Raking:
    """One raking. What is held at a bound is taken from the totals; once held, a weight is not let go."""

    def __init__(self, start: Vector, margins: Sequence[tuple[Margin, Vector]], trimming: Trimming) -> None:
        self._margins = margins
        self._low, self._high = start * trimming.least, start * trimming.most
        self._start, self._now = start, start.copy()
        self._held = np.zeros(start.size, dtype=bool)

    def run(self, closeness: float, rounds: int, weight: Vector) -> Raked:
        done = 0
        while done < rounds:
            done += 1
            self._round()
            furthest = self.furthest()
            if furthest <= closeness and not self._hold():
                found = np.where(weight > 0, self._now, 0.0)
                return Raked(found, done, furthest, int(self._held.sum()))
        raise SurveyError(_not_converged(rounds, self.furthest(), int(self._held.sum())))

    def _round(self) -> None:
        for margin, place in self._margins:
            free = np.where(self._held, 0.0, self._now)
            kept = np.bincount(place, self._now - free, len(margin.totals))
            sums = np.bincount(place, free, len(margin.totals))
            wanted = margin.sizes - kept
            self._check_reachable(margin, sums, wanted)
            factor = np.divide(wanted, sums, out=np.ones_like(sums), where=sums > 0)
            self._now = np.where(self._held, self._now, free * factor[place])

    def _check_reachable(self, margin: Margin, sums: Vector, wanted: Vector) -> None:
        short = np.where(sums > 0, wanted <= 0, np.abs(wanted) > 1e-6 * margin.sizes)
        if short.any():
            name = ", ".join(list(margin.totals)[int(np.argmax(short))])
            raise SurveyError(f"Gränserna för vikterna är för snäva för {name} ({margin.name}): vidga dem.")

    def furthest(self) -> float:
        """The largest distance of a class from its total, as a share of the total."""
        return max(
            float(np.max(np.abs(np.bincount(place, self._now, len(margin.totals)) / margin.sizes - 1)))
            for margin, place in self._margins
        )

    def _hold(self) -> bool:
        """Holds the weights that lie beyond a bound, on the side that is worst; whether any had to be."""
        over = np.where(self._held, 0.0, np.maximum(self._now - self._high, 0.0))
        under = np.where(self._held, 0.0, np.maximum(self._low - self._now, 0.0))
        tiny = 1e-9 * self._start
        if not ((over > tiny) | (under > tiny)).any():
            return False
        beyond = over > tiny if over.sum() >= under.sum() else under > tiny
        bound = self._high if over.sum() >= under.sum() else self._low
        self._now = np.where(beyond, bound, self._now)
        self._held = self._held | beyond
        return True


def _not_converged(rounds: int, furthest: float, held: int) -> str:
    bounds = " med de gränser som sattes" if held else ""
    apart = f"{100 * furthest:.2g}".replace(".", ",")
    return (
        f"Vikterna stämmer inte med alla totaler efter {rounds} varv{bounds}: det skiljer {apart} procent som mest. "
        "Slå ihop klasser eller vidga gränserna."
    )
