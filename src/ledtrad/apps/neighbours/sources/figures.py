"""What neighbours answer, as observations. What is left out is counted and told, never lost in silence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ledtrad.apps.neighbours.sources.stored_query import StoredQuery
from ledtrad.core.imports.markers import meaning_of
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.readers.kolada import KpiValue
from ledtrad.readers.pxweb import Cell

_GENDERS = {"T": Sex.ALL, "K": Sex.WOMEN, "M": Sex.MEN}


class Contradiction(Exception):
    """The neighbour says two things of the same place. The message is one Swedish sentence."""


@dataclass
class Figures:
    """Observations for one indicator. Figures from before `first_year` are left out: it was not defined then."""

    indicator: str
    decimals: int
    first_year: int
    observed: dict[Place, Observed] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, place: Place, value: Decimal | None, status: str, cell: str) -> None:
        if place.year < self.first_year:
            self.left_out[f"från före {self.first_year}, då indikatorn inte var definierad"] += 1
            return
        said = self._said(value, status, cell)
        if place in self.observed and not self.observed[place].says_the_same_as(said):
            raise Contradiction(
                f"Grannen säger två olika saker om {place.area} år {place.year}. Ingenting har sparats."
            )
        self.observed[place] = said

    def _said(self, value: Decimal | None, status: str, cell: str) -> Observed:
        if value is not None and not _hides(status):
            return Observed(value, self.decimals, mark=status[:200], cell=cell)
        meaning = meaning_of(status)
        if meaning is None:
            self.left_out[f"utan siffra, med den okända markeringen ”{status[:20]}” (räknas som ej mätt)"] += 1
        kind = meaning.kind if meaning else None
        return Observed(absence=kind or AbsenceKind.NOT_MEASURED, mark=status[:200], cell=cell)

    def sentences(self) -> tuple[str, ...]:
        """What was left out or read with doubt, one sentence for each reason."""
        return tuple(f"{count} värden {why}." for why, count in sorted(self.left_out.items()))


def _hides(status: str) -> bool:
    """A figure that is marked as secret is none, whatever stands beside the mark."""
    meaning = meaning_of(status) if status else None
    return meaning is not None and meaning.kind is AbsenceKind.SUPPRESSED


def kolada_figures(figures: Figures, values: Iterable[KpiValue], *, by_sex: bool) -> Figures:
    """Kolada's values under the areas' own codes, which are the municipalities' official ones."""
    for value in values:
        if value.gender != "T" and not by_sex:
            continue
        place = Place(figures.indicator, value.municipality, value.year, sex=_GENDERS[value.gender])
        figures.add(place, value.value, value.status, f"{value.kpi}/{value.municipality}/{value.year}/{value.gender}")
    return figures


def pxweb_figures(
    figures: Figures,
    names: Sequence[str],
    cells: Iterable[Cell],
    query: StoredQuery,
    areas: Mapping[str, str],
    years: Mapping[str, int],
) -> Figures:
    """A table's cells. `areas` maps the table's codes for areas to our own, `years` its periods to years."""
    at = {name: number for number, name in enumerate(names)}
    sexes = {code: Sex(sex) for sex, code in query.sexes.items()}
    for cell in cells:
        codes = cell.codes
        sex = sexes[codes[at[query.sex]]] if query.sex else Sex.ALL
        group = f"{query.group_kind}:{codes[at[query.group]]}" if query.group else ""
        place = Place(
            figures.indicator, areas[codes[at[query.area]]], years[codes[at[query.time]]], sex=sex, group=group
        )
        figures.add(place, cell.value, cell.status, f"{query.table}/{'/'.join(codes)}"[:80])
    return figures
