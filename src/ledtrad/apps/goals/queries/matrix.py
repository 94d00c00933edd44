"""Goals × boards for a year: who said what, what changed, and who disagrees. Always five SQL queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import Assessment, CityVerdictRecord, Level, Obligation
from ledtrad.apps.goals.queries.loading import goals_in_order
from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind
from ledtrad.core.assessment import Tally, Verdict, tally_boards


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one board says of one goal. A board that is not asked has no cell.

    `earlier` is its verdict the year before, None when it gave none. It dissents when it has answered and says
    something else than the city, or than the majority of the boards.
    """

    verdict: Verdict | None
    earlier: Verdict | None
    dissents_from_city: bool
    dissents_from_majority: bool

    @property
    def change(self) -> int:
        """Steps up (positive) or down the scale since the year before; 0 when either is missing."""
        if self.verdict is None or self.earlier is None:
            return 0
        return self.verdict.rank - self.earlier.rank


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One board, with its answers counted."""

    unit: str
    name: str
    kind: UnitKind
    tally: Tally


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One goal. `cells` are in the order of the columns; None where the board is not asked."""

    code: str
    title: str
    city_verdict: Verdict | None
    cells: tuple[MatrixCell | None, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    year: int
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    kinds: tuple[UnitKind, ...]
    invented: bool


_Key = tuple[int, str]


@until_the_log_grows
def matrix(year: int, *, kind: UnitKind | None = None, known_at: datetime | None = None) -> Matrix:
    """The matrix of `year`; only boards of one `kind` when given (rows then count those boards alone).

    With `known_at`, as it was known at that moment.
    """
    said = _verdicts(year, known_at)
    asked = _asked(year)
    kinds = {board_kind for _, _, _, board_kind in asked}
    if kind is not None:
        asked = [row for row in asked if row[3] == kind]
    decided = CityVerdictRecord.objects.known(known_at).filter(year=year).order_by("id")
    city = dict(decided.values_list("objective_id", "verdict"))
    goals = [goal for goal in goals_in_order(year, known_at) if goal.level is Level.AREA]
    shown = {goal.id for goal in goals}
    columns = _columns([row for row in asked if row[0] in shown], said, year)
    obliged = {(goal, unit) for goal, unit, _, _ in asked}
    rows = tuple(
        _row(goal.id, goal.code, goal.title, city.get(goal.id), columns, obliged, said, year) for goal in goals
    )
    ordered = tuple(one for one in BOARD_KINDS if one in kinds)
    return Matrix(year, columns, rows, ordered, any(invented for key, (_, invented) in said.items() if key[2] == year))


def _asked(year: int) -> list[tuple[int, str, str, str]]:
    """Goal, short name, name and kind for every obligation of a board, boards in Swedish order."""
    rows = Obligation.objects.filter(year=year, unit__kind__in=BOARD_KINDS, objective__level=Level.AREA)
    rows = rows.order_by("unit__sort_key")
    return list(rows.values_list("objective_id", "unit__slug", "unit__name", "unit__kind"))


def _verdicts(year: int, known_at: datetime | None) -> dict[tuple[int, str, int], tuple[Verdict, bool]]:
    """What boards said this year and the year before, by goal, board and year."""
    answered = Assessment.objects.known(known_at).filter(
        obligation__year__in=(year - 1, year), obligation__objective__level=Level.AREA, tertial=0
    )
    fields = ("obligation__objective_id", "obligation__unit__slug", "obligation__year", "verdict", "invented")
    words = {verdict.value: verdict for verdict in Verdict}
    return {
        (goal, unit, when): (words[verdict], invented)
        for goal, unit, when, verdict, invented in answered.order_by("id").values_list(*fields)
    }


_Said = dict[tuple[int, str, int], tuple[Verdict, bool]]
_NOTHING: tuple[Verdict | None, bool] = (None, False)


def _columns(asked: list[tuple[int, str, str, str]], said: _Said, year: int) -> tuple[MatrixColumn, ...]:
    boards: dict[str, tuple[str, str, list[Verdict | None]]] = {}
    for goal, unit, name, kind in asked:
        boards.setdefault(unit, (name, kind, []))[2].append(said.get((goal, unit, year), _NOTHING)[0])
    return tuple(
        MatrixColumn(unit, name, UnitKind(kind), tally_boards(given)) for unit, (name, kind, given) in boards.items()
    )


def _row(
    goal: int,
    code: str,
    title: str,
    city: str | None,
    columns: Iterable[MatrixColumn],
    obliged: set[_Key],
    said: _Said,
    year: int,
) -> MatrixRow:
    units = [column.unit if (goal, column.unit) in obliged else None for column in columns]
    given = [unit and said.get((goal, unit, year), _NOTHING)[0] for unit in units]
    tally = tally_boards(verdict for unit, verdict in zip(units, given, strict=True) if unit)
    decided, majority = Verdict(city) if city else None, tally.majority
    cells = tuple(
        MatrixCell(
            verdict or None,
            said.get((goal, unit, year - 1), _NOTHING)[0],
            bool(verdict and decided and verdict is not decided),
            bool(verdict and majority and verdict is not majority),
        )
        if unit
        else None
        for unit, verdict in zip(units, given, strict=True)
    )
    return MatrixRow(code, title, decided, cells, tally)
