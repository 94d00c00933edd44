"""The matrix page: boards as rows under their kind, goals as columns, dissent marked cell by cell.

Everything that a cell prints is worked out here once, so that the template only writes it down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from ledtrad.apps.goals.queries import Matrix, MatrixCell, MatrixColumn
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.core.assessment import Tally, Verdict, tally_boards
from ledtrad.renderers.html import use


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of board in the filter."""

    value: str
    word: str
    is_chosen: bool


class Cell(NamedTuple):
    """`face` is the symbol with its words, and a mark where something has changed. All is escaped, for the template."""

    face: Markup
    class_names: str
    address: str


NOT_ASKED = Cell(Markup(), "", "")


@dataclass(frozen=True, slots=True)
class Board:
    name: str
    cells: tuple[Cell, ...]
    tally: Tally
    tally_words: str


@dataclass(frozen=True, slots=True)
class Group:
    word: str
    boards: tuple[Board, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    code: str
    title: str
    address: str
    verdict: str
    tally: Tally
    tally_words: str


@dataclass(frozen=True, slots=True)
class ShownMatrix:
    years: tuple[int, ...]
    lead: str
    goals: tuple[Goal, ...]
    groups: tuple[Group, ...]
    kinds: tuple[Kind, ...]
    city: Tally
    tally: Tally
    tally_words: str
    compares_with: int | None
    shows_change: bool
    invented: bool


def present_matrix(
    found: Matrix, years: tuple[int, ...], *, kind: UnitKind | None = None, shows_change: bool = False
) -> ShownMatrix:
    """The page of a matrix. A difference is shown only where the year before is known."""
    earlier = found.year - 1 if found.year - 1 in years else None
    shows_change = shows_change and earlier is not None
    tally = _sum(row.tally for row in found.rows)
    return ShownMatrix(
        tuple(reversed(years)),
        _lead(found, tally),
        tuple(_goals(found)),
        tuple(_groups(found, shows_change)),
        tuple(Kind(one.value, kind_word(one), one == kind) for one in found.kinds),
        tally_boards(row.city_verdict for row in found.rows),
        tally,
        tally_words(tally),
        earlier,
        shows_change,
        found.invented,
    )


def kind_word(kind: UnitKind) -> str:
    """The kind of board, in the plural, as a heading."""
    return {
        UnitKind.EXECUTIVE_BOARD: _("City executive board"),
        UnitKind.SPECIALIST_BOARD: _("Specialist boards"),
        UnitKind.DISTRICT_BOARD: _("District boards"),
    }[kind]


def verdict_words() -> dict[str, str]:
    """The words in a cell, by the verdict's name."""
    return {"met": _("Met"), "partly": _("Partly met"), "not_met": _("Not met"), "none": _("No answer")}


def tally_words(tally: Tally) -> str:
    """ "17 helt, 11 delvis, 1 ej, av 29" """
    return _("%(met)s met, %(partly)s partly, %(not_met)s not met, of %(total)s") % {
        "met": tally.met,
        "partly": tally.partly,
        "not_met": tally.not_met,
        "total": tally.total,
    }


def _lead(found: Matrix, tally: Tally) -> str:
    cells = [cell for row in found.rows for cell in row.cells if cell and cell.verdict]
    differing = sum(cell.dissents_from_city for cell in cells)
    if not cells:
        return _("No board has answered yet. The answers appear here as the boards hand them in.")
    boards = ngettext("%(num)s board has given", "%(num)s boards have given", len(found.columns))
    answers = ngettext("%(num)s answer.", "%(num)s answers.", len(cells))
    differ = ngettext(
        "%(num)s of them differs from the city’s own verdict.",
        "%(num)s of them differ from the city’s own verdict.",
        differing,
    )
    numbers = (len(found.columns), len(cells), differing)
    return " ".join(text % {"num": num} for text, num in zip((boards, answers, differ), numbers, strict=True))


def _goals(found: Matrix) -> Iterator[Goal]:
    for row in found.rows:
        yield Goal(
            row.code,
            row.title,
            reverse("goal", args=[found.year, row.code]),
            _name(row.city_verdict),
            row.tally,
            tally_words(row.tally),
        )


def _groups(found: Matrix, shows_change: bool) -> Iterator[Group]:
    boards: dict[UnitKind, list[Board]] = {}
    writer = _CellWriter(found, shows_change)
    for place, column in enumerate(found.columns):
        cells = writer.cells(place, column)
        boards.setdefault(column.kind, []).append(Board(column.name, cells, column.tally, tally_words(column.tally)))
    for kind in found.kinds:
        if kind in boards:
            yield Group(kind_word(kind), tuple(boards[kind]))


class _CellWriter:
    """Writes hundreds of cells: faces are drawn and addresses begun once, not for every cell."""

    def __init__(self, found: Matrix, shows_change: bool) -> None:
        self._rows, self._shows_change = found.rows, shows_change
        start = reverse("thread", args=["assessment:"])
        self._starts = [str(escape(f"{start}{row.code}/{found.year}/")) for row in found.rows]
        steps = (("", ""), ("▲", _("better than the year before")), ("▼", _("worse than the year before")))
        self._faces = {
            (verdict, direction): _face(name, word, *steps[direction])
            for verdict, (name, word) in zip((*Verdict, None), verdict_words().items(), strict=True)
            for direction in (0, 1, -1)
        }

    def cells(self, place: int, column: MatrixColumn) -> tuple[Cell, ...]:
        """One board's cells, in the order of the goals."""
        unit = str(escape(column.unit))
        return tuple(
            self._cell(row.cells[place], start + unit) for row, start in zip(self._rows, self._starts, strict=True)
        )

    def _cell(self, cell: MatrixCell | None, address: str) -> Cell:
        if cell is None:
            return NOT_ASKED
        change = cell.change if self._shows_change else 0
        face = self._faces[cell.verdict, (change > 0) - (change < 0)]
        return Cell(face, "dissent" if cell.dissents_from_majority else "", address)


def _face(name: str, word: str, mark: str, change: str) -> Markup:
    words = f"{word}, {change}" if change else word
    shown = Markup('<span class="change" aria-hidden="true">{}</span>').format(mark) if mark else ""
    return use(name) + Markup('<span class="visually-hidden">{}</span>').format(words) + shown


def _name(verdict: Verdict | None) -> str:
    return verdict.value if verdict else "none"


def _sum(tallies: Iterator[Tally]) -> Tally:
    met = partly = not_met = total = 0
    for tally in tallies:
        met, partly, not_met = met + tally.met, partly + tally.partly, not_met + tally.not_met
        total += tally.total
    return Tally(met, partly, not_met, total)
