"""Tables of PxWebApi 2: searched, described, and asked with a stored query."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from urllib.parse import quote, urljoin

from ledtrad.apps.neighbours.asking import Asker, NoAnswer
from ledtrad.apps.neighbours.sources.stored_query import (
    StoredQuery,
    Tell,
    UnknownQuery,
    category_of,
    label_of,
    variable_of,
)
from ledtrad.core.series.drift import NeighbourDefinition
from ledtrad.readers.pxweb import (
    Cell,
    Config,
    Dataset,
    TablePage,
    UnreadablePxWeb,
    read_config,
    read_dataset,
    read_tables,
)

_FOUND = 50


@dataclass(frozen=True)
class PxWeb:
    """One PxWebApi at `base`, by the `name` that the settings give it. Raises what the asker and the reader raise."""

    ask: Asker
    name: str
    base: str

    def config(self) -> Config:
        return read_config(self.ask.get(urljoin(self.base, "config")))

    def search(self, words: str, page: int = 1) -> TablePage:
        asked = {"lang": "sv", "query": words, "pageSize": str(_FOUND), "pageNumber": str(page)}
        return read_tables(self.ask.get(urljoin(self.base, "tables"), parameters=asked))

    def table(self, table: str) -> Dataset:
        """The table's variables with all their values."""
        address = urljoin(self.base, f"tables/{quote(table, safe='')}/metadata")
        return read_dataset(
            self.ask.get(address, parameters={"lang": "sv", "outputFormat": "json-stat2"}), with_cells=False
        )

    def cells(
        self, query: StoredQuery, table: Dataset, areas: Sequence[str], tell: Tell
    ) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
        """The variables' codes, and the cells, a handful of areas at a time: no answer larger than the API allows."""
        config = self.config()
        parts = _parts(query, table, areas, config.max_cells)
        names: tuple[str, ...] = ()
        cells: list[Cell] = []
        for number, part in enumerate(parts, 1):
            asked = query.selection(table, part)
            got = self._data(query.table, asked)
            names = _check_answers(got, asked)
            cells += got.cells
            tell(number, len(parts), f"{self.name}: {len(got.cells)} celler för {len(part)} områden.")
        return names, tuple(cells)

    def _data(self, table: str, asked: Mapping[str, Sequence[str]]) -> Dataset:
        selection = [{"variableCode": name, "valueCodes": list(codes)} for name, codes in asked.items()]
        address = urljoin(self.base, f"tables/{quote(table, safe='')}/data?lang=sv&outputFormat=json-stat2")
        return read_dataset(self.ask.post(address, json.dumps({"selection": selection}).encode()), with_cells=True)


def _parts(query: StoredQuery, table: Dataset, areas: Sequence[str], most: int) -> list[tuple[str, ...]]:
    of_each = prod(len(codes) for codes in query.selection(table, ("",)).values())
    if of_each > most:
        raise NoAnswer(f"Frågan ger {of_each} celler för ett enda område, fler än de {most} som databasen tillåter.")
    step = max(1, most // of_each)
    return [tuple(areas[start : start + step]) for start in range(0, len(areas), step)]


def _check_answers(got: Dataset, asked: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The variables in their order; each holds exactly what was asked, in whatever order."""
    for variable in got.variables:
        came = {category.code for category in variable.categories}
        if variable.code in asked and came != set(asked[variable.code]):
            raise UnreadablePxWeb(f"PxWeb svarade med andra värden för {variable.label} än de som efterfrågades.")
        if variable.code not in asked and len(came) != 1:
            raise UnreadablePxWeb(f"PxWeb delade upp svaret på {variable.label}, vilket inte efterfrågades.")
    names = tuple(variable.code for variable in got.variables)
    if set(asked) - set(names):
        raise UnreadablePxWeb(f"PxWeb svarade utan variabeln {min(set(asked) - set(names))}.")
    return names


def definition_of(query: StoredQuery, table: Dataset) -> NeighbourDefinition:
    """What is pinned of a table: its name without the years, its notes, and what the query's codes stand for."""
    contents = _contents(query, table)
    unit = category_of(table, contents, query.fixed.get(contents, "")) if contents else None
    title = f"{table.contents or table.label}: {unit.label}" if unit else table.contents or table.label
    traits = [("Enhet", unit.unit if unit else "")]
    traits += [
        (variable_of(table, name).label, label_of(table, name, code))
        for name, code in query.fixed.items()
        if name != contents
    ]
    for name, codes in ((query.sex, tuple(query.sexes.values())), (query.group, query.groups)):
        if name:
            labels = ", ".join(label_of(table, name, code) for code in codes)
            traits.append((variable_of(table, name).label, labels))
    return NeighbourDefinition(title, "\n\n".join(table.notes), tuple(traits))


def _contents(query: StoredQuery, table: Dataset) -> str:
    return next((one.code for one in table.variables if one.role == "metric" and one.code in query.fixed), "")


__all__ = ["PxWeb", "UnknownQuery", "definition_of"]
