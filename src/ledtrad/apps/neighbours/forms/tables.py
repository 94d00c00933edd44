"""The form of a stored query: which variable is what, and one value for each of the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledtrad.apps.neighbours.sources import StoredQuery
from ledtrad.apps.neighbours.sources.stored_query import UnknownQuery
from ledtrad.readers.pxweb import Dataset, Variable

_TOTALS = ("tot", "1+2", "samtliga")


@dataclass(frozen=True, slots=True)
class TableGuess:
    """What each variable of a table seems to be. `sexes` are the codes for all, women and men, where it has them."""

    area: str
    time: str
    sex: str
    sexes: dict[str, str]
    contents: str
    parts: tuple[str, ...]
    others: tuple[Variable, ...]


def guess(table: Dataset) -> TableGuess:
    """From roles, codes and labels; everything can be changed in the form but what is time."""
    time = next((one.code for one in table.variables if one.role == "time"), "")
    contents = next((one.code for one in table.variables if one.role == "metric"), "")
    area = next((one.code for one in table.variables if one.role == "geo" or _is_area(one)), "")
    sex = next((one for one in table.variables if one.label.casefold() == "kön"), None)
    others = tuple(one for one in table.variables if one.code not in (time, area, sex.code if sex else ""))
    sexes = dict(_sexes(sex)) if sex else {}
    return TableGuess(area, time, sex.code if sex else "", sexes, contents, _parts(table, time), others)


def _is_area(variable: Variable) -> bool:
    return variable.code.casefold() in ("region", "kommun", "lan", "län") or "region" in variable.label.casefold()


def _sexes(variable: Variable) -> Iterator[tuple[str, str]]:
    for category in variable.categories:
        label, code = category.label.casefold(), category.code.casefold()
        if any(word in f"{code} {label}" for word in _TOTALS):
            yield "", category.code
        elif label == "kvinnor":
            yield "women", category.code
        elif label == "män":
            yield "men", category.code


def _parts(table: Dataset, time: str) -> tuple[str, ...]:
    """The parts of the year that the table has figures for: "" when it is by year."""
    variable = table.variable(time)
    periods = [one.code for one in variable.categories] if variable else []
    return tuple(dict.fromkeys(period[4:] for period in periods if period[:4].isdecimal()))


def read_query(table: Dataset, code: str, given: Mapping[str, str]) -> StoredQuery:
    """The query that the form says. UnknownQuery when the table does not answer it."""
    seen = guess(table)
    if not seen.area or not seen.time:
        raise UnknownQuery("Tabellen har ingen variabel för område, eller ingen för tid.")
    first = given.get("fran", "")
    if not (first.isdecimal() and len(first) == 4):
        raise UnknownQuery("Skriv vilket år serien ska börja, till exempel 2015.")
    fixed = {one.code: given[f"v.{one.code}"] for one in seen.others if given.get(f"v.{one.code}")}
    by_sex = bool(seen.sex and given.get("kon"))
    parts: dict[str, Any] = {"sex": seen.sex, "sexes": seen.sexes} if by_sex else {}
    if seen.sex and not by_sex:
        if "" in seen.sexes:
            fixed[seen.sex] = seen.sexes[""]
        else:
            raise UnknownQuery("Tabellen har ingen summa för båda könen. Välj uppdelning på kön.")
    query = StoredQuery(
        code, seen.area, seen.time, seen.contents, int(first), fixed=fixed, part=given.get("del", ""), **parts
    )
    query.check(table)
    return query
