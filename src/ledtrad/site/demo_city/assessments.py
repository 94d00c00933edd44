"""What each board answered: counts from the tables, and which board said what drawn by lot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from ledtrad.core.assessment import Verdict
from ledtrad.site.demo_city import tables
from ledtrad.site.demo_city.lots import lot
from ledtrad.site.demo_city.tables import BoardRow, GoalRow, TallyRow


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """One board's verdict on one goal; None when the board has not answered."""

    board: str
    verdict: Verdict | None
    analysis: str


def boards_asked(goal: GoalRow, year: int) -> tuple[BoardRow, ...]:
    """The boards that exist at the end of the year, but for those that the goal leaves out."""
    last_day = date(year, 12, 31)
    return tuple(
        board
        for board in tables.boards()
        if board.exists_on(last_day) and not goal.not_asked & {board.slug, board.kind}
    )


def answers(goal: GoalRow, year: int) -> tuple[BoardAnswer, ...]:
    """As many of each verdict as the tally has. Boards in good spirits come first; the last may not have answered."""
    tally = tables.tallies()[goal.code, year]
    in_order = sorted(boards_asked(goal, year), key=lambda board: _gloom(goal.code, year, board))
    given = _verdicts(tally, len(in_order))
    return tuple(
        BoardAnswer(board.slug, verdict, _analysis(goal.code, year, board.slug, verdict))
        for board, verdict in zip(in_order, given, strict=True)
    )


def _gloom(goal: str, year: int, board: BoardRow) -> tuple[Decimal, str]:
    """A board's own temper, how it sees this goal, and the year's chance, so that years resemble each other."""
    name = board.successor or board.slug
    return lot("temper", name) + 2 * lot("view", goal, name) + lot("year", goal, year, name), board.slug


def _verdicts(tally: TallyRow, asked: int) -> list[Verdict | None]:
    counts = ((Verdict.MET, tally.met), (Verdict.PARTLY, tally.partly), (Verdict.NOT_MET, tally.not_met))
    given: list[Verdict | None] = [verdict for verdict, count in counts for _ in range(count)]
    if len(given) > asked:
        raise ValueError(f"{len(given)} answers from {asked} boards")
    return given + [None] * (asked - len(given))


@cache
def _phrases() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in tables.analyses():
        key = (row["goal"], row["verdict"])
        found[key] = (*found.get(key, ()), row["text"])
    return found


def _analysis(goal: str, year: int, board: str, verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    phrases = _phrases()[goal, verdict.value]
    return phrases[int(lot("words", goal, year, board) * len(phrases))]


def assessed_goals() -> Iterator[GoalRow]:
    """The goals that boards assess: those beneath the council's directions."""
    return (goal for goal in tables.goals() if goal.parent)
