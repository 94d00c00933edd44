"""What boards and units plan: goals of their own under the council's, and activities. Invented throughout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ledtrad.site.demo_city import tables, words
from ledtrad.site.demo_city.assessments import assessed_goals, boards_asked
from ledtrad.site.demo_city.lots import lot
from ledtrad.site.demo_city.people import DEMO_PEOPLE
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.tables import RUNNING, STEERING_YEARS
from ledtrad.site.demo_city.units import UnitRow, apportioned, units

# The units whose heads one can sign in as.
_HEADED = frozenset(person.unit for person in DEMO_PEOPLE if person.role == "unit_head")
_GOALS_OF_A_BOARD_THAT_MERGED = 3


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A board's goal, or a unit's commitment, under the goal `parent`. `last_year` is None while it goes on."""

    code: str
    title: str
    parent: str
    council_goal: str
    owner: str
    first_year: int
    last_year: int | None

    def holds_in(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """Something to be done in a year for a goal of one's own."""

    code: str
    title: str
    objective: str
    unit: str
    year: int
    is_assignment: bool
    starts: date
    ends: date


@cache
def board_objectives(size: Size) -> tuple[ObjectiveRow, ...]:
    """Goals of the boards and the company group: as many as asked for in the last year, and those that have ended."""
    asked = _years_asked()
    living = [pair for pair, years in asked.items() if years[-1] == RUNNING]
    counts = dict(zip(living, _even(size.board_objectives, living), strict=True))
    return tuple(
        _objective(goal, unit, number, years)
        for (goal, unit), years in asked.items()
        for number in range(1, counts.get((goal, unit), _GOALS_OF_A_BOARD_THAT_MERGED) + 1)
    )


def _years_asked() -> dict[tuple[str, str], list[int]]:
    """In which years each board must assess each goal, and so has goals of its own under it."""
    found: dict[tuple[str, str], list[int]] = {}
    for goal in assessed_goals():
        for year in STEERING_YEARS:
            group = [tables.companies()[0].slug] if tables.tallies()[goal.code, year].company_group else []
            for unit in (*(board.slug for board in boards_asked(goal, year)), *group):
                found.setdefault((goal.code, unit), []).append(year)
    return found


def _even(total: int, pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Spread evenly; who gets one more is drawn by lot."""
    each, more = divmod(total, len(pairs))
    lucky = set(sorted(pairs, key=lambda pair: lot("one more", *pair))[:more])
    return [each + (pair in lucky) for pair in pairs]


def _objective(goal: str, unit: str, number: int, years: Sequence[int]) -> ObjectiveRow:
    titles = sorted(words.board_goal_titles(goal), key=lambda title: lot(unit, title))
    last = None if years[-1] == RUNNING else years[-1]
    code = f"{goal}.{unit}.{number}"
    return ObjectiveRow(code, titles[(number - 1) % len(titles)], goal, goal, unit, years[0], last)


@cache
def commitments(size: Size) -> tuple[ObjectiveRow, ...]:
    """Every unit has one commitment (åtagande) in the running year, under one of its board's goals."""
    of_board: dict[str, list[ObjectiveRow]] = {}
    for objective in board_objectives(size):
        if objective.holds_in(RUNNING):
            of_board.setdefault(objective.owner, []).append(objective)
    return tuple(_commitment(unit, words.chosen(of_board[unit.board], "commits", unit.slug)) for unit in units(size))


def _commitment(unit: UnitRow, above: ObjectiveRow) -> ObjectiveRow:
    title = f"Vi gör det tillsammans: {above.title[0].lower()}{above.title[1:]}"
    code = f"{above.council_goal}.{unit.slug}"
    return ObjectiveRow(code, title, above.code, above.council_goal, unit.slug, RUNNING, None)


def activities(size: Size, year: int) -> Iterator[ActivityRow]:
    """The year's activities. Every third of the running year's is a unit's, for its commitment."""
    of_boards = [objective for objective in board_objectives(size) if objective.holds_in(year)]
    of_units = commitments(size) if year == RUNNING else ()
    for_units = min(size.activities // 3, len(of_units)) if of_units else 0
    counts = apportioned(size.activities - for_units, [1] * len(of_boards))
    for objective, count in zip(of_boards, counts, strict=True):
        yield from (_activity(objective, year, number) for number in range(1, count + 1))
    chosen = sorted(of_units, key=lambda one: (one.owner not in _HEADED, lot("acts", one.code)))[:for_units]
    yield from (_activity(commitment, year, 1) for commitment in chosen)


def _activity(objective: ObjectiveRow, year: int, number: int) -> ActivityRow:
    code = f"{year}.{objective.code}.{number}"
    titles = words.activity_titles(objective.council_goal)
    place = words.chosen(words.places(), "where", code)
    first_month = 1 + int(lot("begins", code) * 6)
    return ActivityRow(
        code,
        words.chosen(titles, "what", code).format(place=place),
        objective.code,
        objective.owner,
        year,
        lot("told to", code) < lot("share of assignments") / 5,
        date(year, first_month, 1),
        date(year, 12, 31) if lot("ends", code) < lot("half") else date(year, first_month + 5, 28),
    )
