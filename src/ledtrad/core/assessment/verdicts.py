"""Verdicts (bedömningar): helt, delvis, ej."""

from enum import StrEnum


class Verdict(StrEnum):
    """How a target or goal was met. In the order of the scale: met is best."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"

    @property
    def rank(self) -> int:
        """2 for met, 1 for partly, 0 for not met."""
        return {"met": 2, "partly": 1, "not_met": 0}[self.value]


def worst(*verdicts: Verdict | None) -> Verdict | None:
    """The lowest of those that are given; None when none is."""
    given = [verdict for verdict in verdicts if verdict is not None]
    return min(given, key=lambda verdict: verdict.rank, default=None)
