"""A goal's indicators and boards, and the matrix of goals and boards, as tables and as cubes."""

from collections.abc import Iterator
from decimal import Decimal

from django.conf import settings

from ledtrad.apps.goals.queries import Matrix, MatrixCell, YearOfGoals
from ledtrad.apps.open_data.presenters.cubes import PARTLY_INVENTED
from ledtrad.apps.open_data.presenters.indicator_tables import VERDICTS, YES_NO
from ledtrad.core.assessment import IndicatorResult, Target
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.core.quantities import Quantity
from ledtrad.renderers.tables import About, Cell, Column, Cube, Dimension, Grid, Missing, Number, missing

_SEXES = (("T", "totalt"), ("K", "kvinnor"), ("M", "män"))
_GOAL_COLUMNS = (
    Column("year", "År"),
    Column("goal", "Mål"),
    Column("kind", "Slag"),
    Column("code", "Kod"),
    Column("name", "Namn"),
    Column("sex", "Kön"),
    Column("value", "Utfall", is_figure=True),
    Column("unit", "Enhet"),
    Column("target_low", "Årsmål från"),
    Column("target_high", "Årsmål till"),
    Column("verdict", "Bedömning"),
    Column("comment", "Kommentar"),
    Column("invented", "Påhittat"),
)
_MATRIX_COLUMNS = (
    Column("year", "År"),
    Column("board", "Nämndens kortnamn"),
    Column("board_name", "Nämnd"),
    Column("board_kind", "Slag av nämnd"),
    Column("goal", "Mål"),
    Column("goal_title", "Målets lydelse"),
    Column("verdict", "Nämndens bedömning"),
    Column("earlier", "Året före"),
    Column("city_verdict", "Stadens bedömning"),
    Column("dissents_from_city", "Avviker från staden"),
    Column("dissents_from_majority", "Avviker från de flesta"),
    Column("invented", "Påhittat"),
)
NO_ANSWER = "har inte svarat"
_SCALE = "2 är helt, 1 är delvis och 0 är ej."


def _about(title: str, address: str, note: str, *more: str) -> About:
    told = settings.OPEN_DATA
    notes = tuple(text for text in (note, *more) if text)
    return About(title, told["publisher"], told["publisher"], told["licence"], address, notes, bool(note))


# ------------------------------------------------------------------------------------------------------------- a goal


def goal_grid(found: YearOfGoals, code: str, address: str = "") -> Grid | None:
    """The year's indicators by sex, and what each board says; None when the year has no such goal."""
    goal = found.goal(code)
    if goal is None:
        return None
    verdict = found.verdict(goal)
    head: tuple[Cell, ...] = (found.year, code, "stadens bedömning", code, goal.title, "", None, "", None, None)
    decided = found.decided.get(goal.id)
    judged = (VERDICTS[verdict.verdict] if verdict else "", verdict.motive if verdict else "")
    rows: list[tuple[Cell, ...]] = [(*head, *judged, YES_NO[goal.invented or bool(decided and decided.invented)])]
    for result in found.listed(goal):
        known = found.indicators.get((result.code, found.year))
        told = (found.year, code, "indikator", result.code, result.name)
        rows += [(*told, *cells, YES_NO[bool(known and known.invented)]) for cells in _indicator(result)]
    for answer in found.answers.get(goal.id, ()):
        said = VERDICTS[answer.verdict] if answer.verdict else NO_ANSWER
        told = (found.year, code, "nämnd", answer.unit, answer.unit_name)
        rows.append((*told, "", None, "", None, None, said, "", YES_NO[answer.invented]))
    note = _invented(found, found.has_invented(goal))
    return Grid(_about(f"Mål {code} {found.year}: {goal.title}", address, note), _GOAL_COLUMNS, tuple(rows))


def _invented(found: YearOfGoals, goal: bool) -> str:
    return PARTLY_INVENTED if goal or any(row.invented for row in found.indicators.values()) else ""


def _indicator(result: IndicatorResult) -> Iterator[tuple[Cell, ...]]:
    for code, word in _SEXES:
        said = _outcome(result, code)
        if said is not None or code == "T":
            judged = (VERDICTS[result.verdict], result.comment) if code == "T" else ("", "")
            yield (word, said, _unit(result), *_bounds(result.target, code), *judged)


def _outcome(result: IndicatorResult, sex: str) -> Number | Missing | None:
    if result.absence:
        return missing(result.absence) if sex == "T" else None
    if result.measured is None:
        return None
    part = {"T": result.measured.total, "K": result.measured.women, "M": result.measured.men}[sex]
    if isinstance(part, Absence):
        return missing(part)
    return None if part is None else _number(part)


def _number(quantity: Quantity) -> Number:
    return Number(quantity.value, quantity.decimals)


def _unit(result: IndicatorResult) -> str:
    known = result.measured.total.unit if result.measured else result.target.unit if result.target else None
    return "" if known is None else known.symbol or "antal"


def _bounds(target: Target | None, sex: str) -> tuple[Number | None, Number | None]:
    part = target and {"T": target, "K": target.women, "M": target.men}[sex]
    if part is None:
        return None, None
    return tuple(None if bound is None else _number(bound) for bound in (part.low, part.high))  # type: ignore[return-value]


def goal_cube(found: YearOfGoals, code: str, address: str = "") -> Cube | None:
    """The year's indicators × sex × outcome and target."""
    goal = found.goal(code)
    if goal is None:
        return None
    results, year = found.listed(goal), str(found.year)
    cells: dict[tuple[str, ...], Number | Missing] = {}
    for result in results:
        for sex, _ in _SEXES:
            low, high = _bounds(result.target, sex)
            for what, cell in (("utfall", _outcome(result, sex)), ("lagst", low), ("hogst", high)):
                if cell is not None:
                    cells[result.code, sex, what, year] = cell
    decimals = max((cell.decimals for cell in cells.values() if isinstance(cell, Number)), default=0)
    measures = (("utfall", "utfall"), ("lagst", "årsmål från"), ("hogst", "årsmål till"))
    sides = (
        Dimension("Indikator", "indikator", tuple((one.code, one.name) for one in results)),
        Dimension("Kon", "kön", _SEXES, can_be_left_out=True),
        Dimension(
            "ContentsCode", "uppgift", measures, "metric", tuple((name, "se note", decimals) for name, _ in measures)
        ),
        Dimension("Tid", "år", ((year, year),), "time"),
    )
    units = "; ".join(f"{one.code}: {_unit(one)}" for one in results)
    note = _invented(found, found.has_invented(goal))
    return Cube(_about(f"Mål {code} {year}: {goal.title}", address, note, f"Enheter: {units}."), sides, cells)


# --------------------------------------------------------------------------------------------------------- the matrix


def matrix_grid(matrix: Matrix, address: str = "") -> Grid:
    """One row for each goal that a board is asked about."""
    rows, invented = [], "delvis" if matrix.invented else "nej"
    for place, board in enumerate(matrix.columns):
        for goal in matrix.rows:
            cell = goal.cells[place]
            if cell is not None:
                where = (matrix.year, board.unit, board.name, str(board.kind.label), goal.code, goal.title)
                rows.append((*where, *_said(cell), VERDICTS[goal.city_verdict], *_dissent(cell), invented))
    return Grid(_matrix_about(matrix, address), _MATRIX_COLUMNS, tuple(rows))


def _said(cell: MatrixCell) -> tuple[str, str]:
    return VERDICTS[cell.verdict] if cell.verdict else NO_ANSWER, VERDICTS[cell.earlier]


def _dissent(cell: MatrixCell) -> tuple[str, str]:
    return ("ja" if cell.dissents_from_city else "nej"), ("ja" if cell.dissents_from_majority else "nej")


def _matrix_about(matrix: Matrix, address: str, *more: str) -> About:
    note = PARTLY_INVENTED if matrix.invented else ""
    return _about(f"Nämndernas bedömningar av målen {matrix.year}", address, note, *more)


def matrix_cube(matrix: Matrix, address: str = "") -> Cube:
    """Board × goal, the verdict as a step on its scale. Who has not answered, and who is not asked, is told apart."""
    year = str(matrix.year)
    cells: dict[tuple[str, ...], Number | Missing] = {}
    for place, board in enumerate(matrix.columns):
        for goal in matrix.rows:
            cells[board.unit, goal.code, "bedomning", year] = _step(goal.cells[place])
    sides = (
        Dimension("Namnd", "nämnd", tuple((one.unit, one.name) for one in matrix.columns)),
        Dimension("Mal", "mål", tuple((one.code, one.title) for one in matrix.rows)),
        Dimension("ContentsCode", "uppgift", (("bedomning", "bedömning"),), "metric", (("bedomning", "steg", 0),)),
        Dimension("Tid", "år", ((year, year),), "time"),
    )
    return Cube(_matrix_about(matrix, address, _SCALE), sides, cells)


def _step(cell: MatrixCell | None) -> Number | Missing:
    if cell is None:
        return Missing(AbsenceKind.NOT_APPLICABLE, "Nämnden ska inte bedöma målet")
    if cell.verdict is None:
        return Missing(AbsenceKind.NOT_MEASURED, "Nämnden har inte svarat")
    return Number(Decimal(cell.verdict.rank))
