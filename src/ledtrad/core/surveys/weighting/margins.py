"""What is known of the population: how many belong to each class of one column, or of several together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ledtrad.core.surveys import asking
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Vector, answered

Class = tuple[str, ...]


@dataclass(frozen=True)
class Margin:
    """Totals by class. `columns` name what the classes are made of, and each class has a value, as text, of each."""

    columns: tuple[str, ...]
    totals: Mapping[Class, float]

    def __post_init__(self) -> None:
        if not self.columns or not self.totals:
            raise SurveyError("En marginal har minst en kolumn och en klass.")
        if any(len(each) != len(self.columns) for each in self.totals):
            raise SurveyError(f"Marginalen {self.name} har en klass som inte har ett värde för varje kolumn.")
        wrong = next((each for each, total in self.totals.items() if not 0 < total < float("inf")), None)
        if wrong is not None:
            raise SurveyError(f"Marginalen {self.name} ska ha en total större än noll för {_told(wrong)}.")

    @property
    def name(self) -> str:
        return " × ".join(self.columns)

    @property
    def whole(self) -> float:
        return float(sum(self.totals.values()))

    @property
    def sizes(self) -> Vector:
        return np.array(list(self.totals.values()), dtype=float)


def places(margin: Margin, columns: Mapping[str, Vector]) -> Vector:
    """For each row the place of its class among the margin's; refuses rows without a class, or of an unknown one."""
    lacking = next((name for name in margin.columns if name not in columns), None)
    if lacking is not None:
        raise SurveyError(f"Det finns ingen kolumn {lacking} att väga efter.")
    there = np.logical_and.reduce([answered(columns[name]) for name in margin.columns])
    if not there.all():
        raise SurveyError(f"{int((~there).sum())} rader saknar värde för {margin.name} och kan inte vägas efter det.")
    known = {each: place for place, each in enumerate(margin.totals)}
    return np.array([_place(each, known, margin) for each in classes(margin.columns, columns)], dtype=np.intp)


def classes(names: Sequence[str], columns: Mapping[str, Vector]) -> list[Class]:
    """The class of each row."""
    told = [[asking.text(value) for value in columns[name].tolist()] for name in names]
    return list(zip(*told, strict=True))


def _place(found: Class, known: Mapping[Class, int], margin: Margin) -> int:
    if found not in known:
        raise SurveyError(f"Marginalen {margin.name} har ingen total för {_told(found)}, men det finns svar därifrån.")
    return known[found]


def check_filled(margin: Margin, weights: Vector) -> None:
    """Refuses a class that the population has and the sample has not; `weights` is the sum of each class."""
    empty = [each for each, weight in zip(margin.totals, weights, strict=True) if not weight > 0]
    if empty:
        raise SurveyError(f"Ingen som svarade finns i {_told(empty[0])} ({margin.name}): slå ihop klasser och väg om.")


def check_agree(margins: Sequence[Margin]) -> None:
    """Refuses margins that count different populations."""
    first = margins[0]
    for each in margins[1:]:
        if abs(each.whole - first.whole) > 1e-6 * first.whole:
            raise SurveyError(
                f"Totalerna stämmer inte överens: {first.name} ger {first.whole:g} och {each.name} {each.whole:g}."
            )


def _told(found: Class) -> str:
    return ", ".join(found)
