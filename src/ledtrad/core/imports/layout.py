"""What each column of a table holds, where the figures begin, and what is the same for the whole table."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ledtrad.core.imports.spelling import fold_heading


class Role(StrEnum):
    """What a column holds. The three last are columns of figures whose heading says which indicator, area or group."""

    IGNORED = "ignored"
    INDICATOR = "indicator"
    AREA = "area"
    YEAR = "year"
    TERTIAL = "tertial"
    SEX = "sex"
    GROUP = "group"
    STATUS = "status"
    MARGIN = "margin"
    FIGURE = "figure"
    FIGURE_OF_INDICATOR = "figure_of_indicator"
    FIGURE_OF_AREA = "figure_of_area"
    FIGURE_OF_GROUP = "figure_of_group"

    @property
    def is_figure(self) -> bool:
        return self.value.startswith("figure")


@dataclass(frozen=True, slots=True)
class About:
    """What figures are about, as the table writes it; "" where it is silent. `group` carries its kind: `age:65-79`."""

    indicator: str = ""
    area: str = ""
    period: str = ""
    sex: str = ""
    group: str = ""

    def over(self, other: "About") -> "About":
        """This, and the other wherever this is silent."""
        return About(
            self.indicator or other.indicator,
            self.area or other.area,
            self.period or other.period,
            self.sex or other.sex,
            self.group or other.group,
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds, and what the heading says of its figures.

    `unexplained` is the part of the heading that nothing is known of yet. `fills_down` means that an empty cell says
    the same as the cell above, as where cells have been merged. `group_kind` names the kind of a column of groups.
    """

    heading: str
    role: Role = Role.IGNORED
    about: About = About()
    unexplained: str = ""
    group_kind: str = ""
    fills_down: bool = False

    @property
    def says(self) -> About:
        """All that the heading says of the column's figures, as its role has it understood."""
        rest = self.unexplained
        if not rest or not self.role.is_figure:
            return self.about
        if self.role is Role.FIGURE_OF_INDICATOR:
            return replace(self.about, indicator=rest)
        if self.role is Role.FIGURE_OF_AREA:
            return replace(self.about, area=rest)
        return replace(self.about, group=f"group:{rest}") if self.role is Role.FIGURE_OF_GROUP else self.about


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is to be read. `first` is the row, counted from 0, where its figures begin."""

    first: int
    columns: tuple[Column, ...]
    whole: About = About()

    def holding(self, role: Role) -> int | None:
        """The first column with this role."""
        return next((number for number, column in enumerate(self.columns) if column.role is role), None)

    @property
    def figures(self) -> tuple[int, ...]:
        """The columns of figures."""
        return tuple(number for number, column in enumerate(self.columns) if column.role.is_figure)

    @property
    def fingerprint(self) -> str:
        """The same for tables with the same headings in the same order, from one year to the next."""
        headings = dict.fromkeys(fold_heading(column.heading) for column in self.columns)
        return hashlib.sha256("\n".join(headings).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """What somebody has chosen of a layout; what is None or left out stays as it was guessed."""

    first: int | None = None
    roles: Mapping[int, Role] = field(default_factory=dict)
    whole: About | None = None

    def applied_to(self, guess: Layout) -> Layout:
        columns = tuple(
            replace(column, role=self.roles.get(number, column.role)) for number, column in enumerate(guess.columns)
        )
        return Layout(
            guess.first if self.first is None else self.first,
            columns,
            guess.whole if self.whole is None else self.whole,
        )
