"""A stored query to a table: which variable is the area, the time and the sex, and what is fixed for the others."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from ledtrad.readers.pxweb import Category, Dataset, Variable

# How far it has come, of how much, and a line for the log.
Tell = Callable[[int, int, str], None]
_YEAR = re.compile(r"(\d{4})(?:(M\d{2}|K\d))?")


class UnknownQuery(ValueError):
    """A query that the table does not answer. The message is one Swedish sentence."""


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """What is asked of a table, once and for all; years that come are asked for when they are there.

    `area`, `time`, `sex` and `group` are codes of variables, the last two "" where there is none. `sexes` maps "",
    "women" and "men" to the codes for them. `fixed` gives each other variable its one value. `part` says which part of
    the year stands for the year where the table is finer: "M12" for December; "" for a table by year.
    """

    table: str
    area: str
    time: str
    contents: str
    first_year: int
    sex: str = ""
    sexes: dict[str, str] = field(default_factory=dict)
    group: str = ""
    group_kind: str = ""
    groups: tuple[str, ...] = ()
    fixed: dict[str, str] = field(default_factory=dict)
    part: str = ""

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "StoredQuery":
        said = json.loads(text)
        return cls(**{**said, "groups": tuple(said["groups"])})

    def periods(self, time: Variable) -> dict[str, int]:
        """The periods to ask for, each with its year: those of the wanted part of the year, from the first year on."""
        found = {}
        for category in time.categories:
            match = _YEAR.fullmatch(category.code)
            if match and (match[2] or "") == self.part and int(match[1]) >= self.first_year:
                found[category.code] = int(match[1])
        return found

    def check(self, table: Dataset) -> None:
        """UnknownQuery when the table lacks a variable or a value that is asked for, or wants one more."""
        wanted = {self.area: (), self.time: (), **{name: (code,) for name, code in self.fixed.items()}}
        wanted |= {self.sex: tuple(self.sexes.values())} if self.sex else {}
        wanted |= {self.group: self.groups} if self.group else {}
        for name, codes in wanted.items():
            variable = table.variable(name)
            if variable is None:
                raise UnknownQuery(f"Tabellen {self.table} har ingen variabel {name}.")
            lacking = set(codes) - {one.code for one in variable.categories}
            if lacking:
                raise UnknownQuery(f"Variabeln {variable.label} har inget värde {min(lacking)}.")
        for variable in table.variables:
            if variable.code not in wanted and not variable.can_be_left_out:
                raise UnknownQuery(f"Välj ett värde för {variable.label}.")
        if not self.periods(variable_of(table, self.time)):
            raise UnknownQuery(f"Tabellen har inga år från {self.first_year} för den del av året som valts.")

    def selection(self, table: Dataset, areas: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """The values to ask for, by variable."""
        asked = {self.area: areas, self.time: tuple(self.periods(variable_of(table, self.time)))}
        asked |= {self.sex: tuple(self.sexes.values())} if self.sex else {}
        asked |= {self.group: self.groups} if self.group else {}
        return asked | {name: (code,) for name, code in self.fixed.items()}


def variable_of(table: Dataset, code: str) -> Variable:
    variable = table.variable(code)
    if variable is None:
        raise UnknownQuery(f"Tabellen har ingen variabel {code}.")
    return variable


def label_of(table: Dataset, variable: str, code: str) -> str:
    one = category_of(table, variable, code)
    return one.label if one else code


def category_of(table: Dataset, variable: str, code: str) -> Category | None:
    found = table.variable(variable)
    return next((one for one in found.categories if one.code == code), None) if found else None
