"""Rounded numbers on their way out: each cell as the answers name it, and as readers see it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledtrad.apps.surveys.queries.figuring import DISTRICT
from ledtrad.apps.surveys.queries.parts import Parts

if TYPE_CHECKING:
    from ledtrad.core.surveys.disclosure import Cell

ANSWER = "answer"

RoundedCell = tuple[str, dict[str, str], int]  # the answer, "" for all of them; codes by axis; the number
RoundedFigure = tuple[str, str, str, str, int]  # answers, area, sex, group; the number


@dataclass(frozen=True, slots=True)
class RoundedQuestion:
    """A question as it would be let out. `figures` are what readers see of the `cells`, by the `groups` chosen.

    `divided` is what the wave is divided by; groups that are not among the cells were left out, as too few answered.
    """

    question: int
    code: str
    title: str
    multiple: int
    adds_up: bool
    off: int
    groups: frozenset[str]
    cells: list[RoundedCell]
    figures: list[RoundedFigure]
    mark: str
    divided: frozenset[str] = frozenset()


def cells_of(counts: "Mapping[Cell, int]") -> list[RoundedCell]:
    """The cells that were rounded together, as they are kept."""
    found = []
    for cell, count in counts.items():
        at = dict(cell.at)
        found.append((at.pop(ANSWER, ""), at, count))
    return found


def read_cells(text: str) -> list[RoundedCell]:
    """And back from the store."""
    return [(answer, dict(at), count) for answer, at, count in json.loads(text)]


def figures_of(cells: list[RoundedCell], groups: frozenset[str], parts: Parts) -> list[RoundedFigure]:
    """What is shown: of each part of the `groups`, how many answered and how many gave each answer."""
    return sorted(_figures(cells, groups, parts))


def _figures(cells: list[RoundedCell], groups: frozenset[str], parts: Parts) -> Iterator[RoundedFigure]:
    for answer, at, count in cells:
        if groups.issuperset(at):
            area, sex, group = parts.place(at)
            yield answer, area if DISTRICT in at else "", sex, group, count
