"""What somebody has chosen for a table, as plain records: for the file at hand, and for the next one like it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ledtrad.core.imports.layout import About, Layout, LayoutChoice, Role
from ledtrad.core.imports.numbers import NumberStyle
from ledtrad.core.imports.spelling import fold_heading


@dataclass(frozen=True, slots=True)
class Choices:
    """How a file is to be read where it differs from what is guessed. `sheet` "" is the first one with figures."""

    sheet: str = ""
    layout: LayoutChoice = field(default_factory=LayoutChoice)
    indicator_names: Mapping[str, str] = field(default_factory=dict)
    area_names: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    style: NumberStyle = NumberStyle.AUTO


def to_record(choices: Choices) -> dict[str, Any]:
    """The choices as JSON has them."""
    layout = choices.layout
    return {
        "sheet": choices.sheet,
        "first": layout.first,
        "roles": {str(number): role.value for number, role in sorted(layout.roles.items())},
        "whole": None if layout.whole is None else asdict(layout.whole),
        **_names(choices),
    }


def from_record(record: Mapping[str, Any]) -> Choices:
    """The reverse of `to_record`. What is missing was not chosen. ValueError for what is no choice."""
    roles = {int(number): Role(role) for number, role in record.get("roles", {}).items()}
    whole = record.get("whole")
    layout = LayoutChoice(record.get("first"), roles, None if whole is None else About(**whole))
    return _with_names(record, layout, record.get("sheet", ""))


def to_remember(choices: Choices, layout: Layout, guess: Layout) -> dict[str, Any]:
    """What is worth knowing of the next table with the same headings: never the year, nor where the figures begin.

    What holds for the whole table is kept beside what the table itself said of it, its name not least.
    """
    roles = {fold_heading(column.heading): column.role.value for column in layout.columns}
    return {"roles": roles, "whole": _of_all(layout.whole), "guessed": _of_all(guess.whole), **_names(choices)}


def _of_all(whole: About) -> dict[str, str]:
    return {"indicator": whole.indicator, "area": whole.area}


def from_memory(record: Mapping[str, Any], guess: Layout, sheet: str = "") -> Choices:
    """The choices for a new table that has the headings of one that is remembered.

    What held for the whole of that table holds for this one only where both say the same of themselves: a file named
    after another indicator is about that one.
    """
    known, guessed = record.get("roles", {}), record.get("guessed", {})
    named = ((number, known.get(fold_heading(column.heading))) for number, column in enumerate(guess.columns))
    said = asdict(guess.whole)
    held = {part: text for part, text in record.get("whole", {}).items() if guessed.get(part, "") == said[part]}
    whole = About(**{**said, **held})
    return _with_names(record, LayoutChoice(None, {number: Role(role) for number, role in named if role}, whole), sheet)


def _names(choices: Choices) -> dict[str, Any]:
    return {
        "indicator_names": dict(choices.indicator_names),
        "area_names": dict(choices.area_names),
        "marks": dict(choices.marks),
        "style": choices.style.value,
    }


def _with_names(record: Mapping[str, Any], layout: LayoutChoice, sheet: str) -> Choices:
    return Choices(
        sheet,
        layout,
        dict(record.get("indicator_names", {})),
        dict(record.get("area_names", {})),
        dict(record.get("marks", {})),
        NumberStyle(record.get("style", NumberStyle.AUTO)),
    )
