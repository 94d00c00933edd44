"""All goals of a year with the city's verdict, the auditors' and how it goes with the answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.auditors.queries import OpinionCard
from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries import GoalCard
from ledtrad.core.assessment import Verdict


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal. `differs` when the auditors hold something else than the city. `status` is of the answer."""

    code: str
    title: str
    is_part: bool
    city: Verdict | None
    opinion: OpinionCard | None
    differs: bool
    status: str


@dataclass(frozen=True, slots=True)
class DirectionLines:
    """The goals beneath one direction."""

    code: str
    title: str
    lines: tuple[GoalLine, ...]


@dataclass(frozen=True, slots=True)
class ShownYear:
    directions: tuple[DirectionLines, ...]
    given: int
    goals: int
    differing: int
    overdue: int
    waiting: int
    years: tuple[int, ...]
    invented: bool


def present_year(
    tree: tuple[GoalCard, ...], opinions: Mapping[str, OpinionCard], known: tuple[int, ...], at: datetime
) -> ShownYear:
    """The year as it stands at `at`."""
    directions = tuple(DirectionLines(card.code, card.title, tuple(_lines(card, opinions, at))) for card in _tops(tree))
    lines = [line for direction in directions for line in direction.lines]
    return ShownYear(
        directions,
        sum(line.opinion is not None for line in lines),
        len(lines),
        sum(line.differs for line in lines),
        sum(line.status == "overdue" for line in lines),
        sum(line.status in ("waiting", "overdue") for line in lines),
        tuple(reversed(known)),
        any(card.invented for card in opinions.values()),
    )


def _tops(tree: tuple[GoalCard, ...]) -> tuple[GoalCard, ...]:
    """Directions; goals without one stand under an empty heading."""
    loose = tuple(card for card in tree if card.level != Level.DIRECTION)
    tops = tuple(card for card in tree if card.level == Level.DIRECTION)
    if not loose:
        return tops
    return (*tops, GoalCard("", "", "", Level.DIRECTION, loose[0].evidence, None, (), False, loose))


def _lines(top: GoalCard, opinions: Mapping[str, OpinionCard], at: datetime) -> Iterator[GoalLine]:
    for card in top.beneath:
        opinion = opinions.get(card.code)
        city = card.city_verdict.verdict if card.city_verdict else None
        differs = bool(opinion and city and opinion.verdict is not city)
        is_part = card.level == Level.SUBAREA
        yield GoalLine(card.code, card.title, is_part, city, opinion, differs, answer_status(opinion, at))
        yield from _lines(card, opinions, at)


def answer_status(opinion: OpinionCard | None, at: datetime) -> str:
    """ "" without an opinion; "answered", "answered_late", "waiting" or "overdue"."""
    if opinion is None:
        return ""
    if opinion.answer is not None:
        return "answered_late" if opinion.answer.is_late else "answered"
    return "overdue" if opinion.is_overdue(at) else "waiting"
