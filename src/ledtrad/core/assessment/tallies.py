"""Tallies: how many were asked, how many answered, and what they said. "17 av 29 nämnder … helt"."""

from collections.abc import Iterable
from dataclasses import dataclass

from ledtrad.core.assessment.indicators import IndicatorResult
from ledtrad.core.assessment.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by verdict out of `total` asked. ValueError when the parts exceed the total."""

    met: int
    partly: int
    not_met: int
    total: int

    def __post_init__(self) -> None:
        if min(self.met, self.partly, self.not_met, self.total) < 0:
            raise ValueError("a count is not negative")
        if self.answered > self.total:
            raise ValueError(f"{self.met} + {self.partly} + {self.not_met} = {self.answered}, of only {self.total}")

    @property
    def answered(self) -> int:
        return self.met + self.partly + self.not_met

    @property
    def without(self) -> int:
        """Asked but without a verdict: boards that have not answered, indicators without outcome."""
        return self.total - self.answered

    def count(self, verdict: Verdict) -> int:
        return {Verdict.MET: self.met, Verdict.PARTLY: self.partly, Verdict.NOT_MET: self.not_met}[verdict]

    @property
    def majority(self) -> Verdict | None:
        """The verdict of more than half of those who answered; None when there is none."""
        return next((verdict for verdict in Verdict if 2 * self.count(verdict) > self.answered), None)

    @property
    def worst(self) -> Verdict | None:
        """The lowest verdict that anyone gave; None when nobody answered."""
        return next((verdict for verdict in reversed(Verdict) if self.count(verdict)), None)


def _tally(verdicts: list[Verdict | None]) -> Tally:
    return Tally(
        verdicts.count(Verdict.MET), verdicts.count(Verdict.PARTLY), verdicts.count(Verdict.NOT_MET), len(verdicts)
    )


def tally_boards(verdicts: Iterable[Verdict | None]) -> Tally:
    """One entry for each board asked; None for a board that has not answered."""
    return _tally(list(verdicts))


def tally_indicators(results: Iterable[IndicatorResult]) -> Tally:
    """An indicator counts by its verdict when it has an outcome; a forecast never counts as one."""
    return _tally([result.verdict if result.measured else None for result in results])
