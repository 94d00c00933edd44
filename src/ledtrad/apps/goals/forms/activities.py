"""Activities as a person fills them in: one, or a grid of several, also pasted from a worksheet."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.apps.steering.forms import DecisionForm, day_field
from ledtrad.core.language.writing import MONTHS

MOST_ROWS = 200
_CELLS = ("goal", "title", "starts", "ends")
_HEADINGS = frozenset(("mål", "målnummer", "goal", "aktivitet", "aktiviteter", "rubrik", "activity"))
_WRITTEN_DAY = re.compile(r"(\d{1,2})\s+([a-zåäö]+)\s+(\d{4})")
_NUMERIC_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


class ActivityForm(DecisionForm):
    """One activity that stands. `rests_on` is the record that was read."""

    title = forms.CharField(error_messages={"required": gettext_lazy("Write what is to be done.")})
    starts = day_field()
    ends = day_field()
    rests_on = forms.IntegerField(required=False, min_value=1)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of the grid as it was typed, with what is wrong in it by field."""

    goal: str = ""
    title: str = ""
    starts: str = ""
    ends: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.title.strip() or self.starts.strip() or self.ends.strip())

    def day(self, name: str) -> date | None:
        """The day that was typed; None for an empty cell. ValueError for what is no day."""
        return read_day(getattr(self, name))


def read_day(typed: str) -> date | None:
    """ "2021-05-03", "20210503" or "3 maj 2021". ValueError for anything else, and for days that do not exist."""
    text = " ".join(typed.split()).lower()
    if not text:
        return None
    if match := _NUMERIC_DAY.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if (match := _WRITTEN_DAY.fullmatch(text)) and match[2] in MONTHS:
        return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    raise ValueError(f"not a day: {typed!r}")


def rows_sent(data: Mapping[str, str]) -> list[GridRow]:
    """The rows of the grid as they were sent, empty ones left out."""
    rows = (GridRow(*(data.get(f"{cell}-{number}", "") for cell in _CELLS)) for number in range(MOST_ROWS))
    return [row for row in rows if not row.is_empty]


def rows_pasted(text: str, goals: Iterable[str]) -> list[GridRow]:
    """Rows copied from a worksheet: goal, activity, begins, ends; or the activity alone. A row of headings is passed.

    The goal stands in the first column when it names one of `goals`.
    """
    known = {code.casefold(): code for code in goals}
    found = []
    for cells in csv.reader(io.StringIO(text.replace("\0", "")), delimiter="\t"):
        cells = [" ".join(cell.split()) for cell in cells]
        if any(cells) and cells[0].casefold() not in _HEADINGS:
            found.append(_pasted(cells, known))
    return found


def _pasted(cells: list[str], known: Mapping[str, str]) -> GridRow:
    if len(cells) > 1 and (not cells[0] or cells[0].casefold() in known):
        cells = [known.get(cells[0].casefold(), ""), *cells[1:]]
    elif len(cells) < 4:
        cells = ["", *cells]
    cells = [*cells, "", "", "", ""][:4]
    return GridRow(*cells)


def examined(rows: Iterable[GridRow], goals: Iterable[str]) -> list[GridRow]:
    """The rows with what is wrong in each."""
    known = set(goals)
    return [replace(row, problems=_problems(row, known)) for row in rows]


def _problems(row: GridRow, goals: set[str]) -> dict[str, str]:
    problems = {}
    if row.goal not in goals:
        problems["goal"] = _("Choose a goal.")
    if not row.title.strip():
        problems["title"] = _("Write what is to be done.")
    for name in ("starts", "ends"):
        try:
            row.day(name)
        except ValueError:
            problems[name] = _("Write the date as 2021-05-03. The day must exist.")
    return problems
