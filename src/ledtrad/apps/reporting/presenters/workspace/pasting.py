"""What would become of each cell that is pasted into a grid, before anything is changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from ledtrad.apps.audit.phrases import Swedish
from ledtrad.apps.reporting.presenters.workspace.words import field_word
from ledtrad.apps.reporting.queries import ReportRow
from ledtrad.core.reporting import RowKind, Unstorable, read_content
from ledtrad.core.reporting.contents import CHOICES

Block = Sequence[Sequence[str]]
CODE, NAMED_ELSEHOW, BEYOND = "code", "?", ""
# What columns are called in the tables that boards keep themselves, folded.
_HEADINGS: dict[RowKind, dict[str, str]] = {
    RowKind.INDICATOR: {
        **dict.fromkeys(("kod", "nr", "nummer", "id", "code"), CODE),
        **dict.fromkeys(("utfall", "totalt", "total", "utfall totalt", "outcome"), "total"),
        **dict.fromkeys(("kvinnor", "utfall kvinnor", "women", "kv", "k"), "women"),
        **dict.fromkeys(("män", "utfall män", "men", "m"), "men"),
        **dict.fromkeys(("prognos", "prognos helår", "forecast"), "forecast"),
        **dict.fromkeys(("kommentar", "comment", "analys"), "comment"),
        **dict.fromkeys(
            ("ej mätt", "inte mätt därför att", "ej mätt därför att", "not measured because"), "not_measured"
        ),
    },
    RowKind.ACTIVITY: {
        **dict.fromkeys(("kod", "nr", "nummer", "id", "code"), CODE),
        **dict.fromkeys(("hur det gick", "status", "läge", "genomförande", "how it went"), "progress"),
        **dict.fromkeys(("varför", "kommentar", "why", "comment"), "why"),
    },
}
_CHOICE_WORDS = {
    "progress": {
        **dict.fromkeys(("genomförd", "genomfört", "klar", "klart", "ja", "done"), "done"),
        **dict.fromkeys(("delvis genomförd", "delvis", "pågår", "partly done", "partly"), "partly"),
        **dict.fromkeys(("ej genomförd", "inte genomförd", "ej", "nej", "not done"), "not_done"),
        **dict.fromkeys(("avbruten", "avbrutet", "stoppad", "stopped"), "stopped"),
    },
    "forecast_verdict": {
        **dict.fromkeys(("helt", "uppfylls helt", "met"), "met"),
        **dict.fromkeys(("delvis", "uppfylls delvis", "partly met", "partly"), "partly"),
        **dict.fromkeys(("ej", "uppfylls ej", "inte", "not met"), "not_met"),
    },
}
_FIGURES = ("total", "women", "men", "forecast")


class Fate(StrEnum):
    """What becomes of a pasted cell."""

    CHANGED = "changed"
    SAME = "same"
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_ROW = "unknown_row"
    NO_FIT = "no_fit"
    KEY = "key"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class PastedCell:
    """A cell as it was pasted, its fate, what stands there now, and a sentence where it will not be used."""

    text: str
    fate: Fate
    field: str = ""
    was: str = ""
    why: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A pasted row and the row of the report that it is for; None when it is for none."""

    row: ReportRow | None
    cells: tuple[PastedCell, ...]

    @property
    def changes(self) -> dict[str, str]:
        return {cell.field: cell.value for cell in self.cells if cell.fate is Fate.CHANGED}


@dataclass(frozen=True, slots=True)
class ShownPaste:
    """The preview: the heads of its columns, its rows, and how many cells meet each fate."""

    heads: tuple[str, ...]
    rows: tuple[PastedRow, ...]
    by_code: bool

    def count(self, *fates: Fate) -> int:
        return sum(cell.fate in fates for row in self.rows for cell in row.cells)

    @property
    def changed(self) -> int:
        return self.count(Fate.CHANGED)

    @property
    def unused(self) -> int:
        return self.count(Fate.NOT_A_NUMBER, Fate.UNKNOWN_ROW, Fate.NO_FIT)

    @property
    def versions(self) -> str:
        """The version of each row that would be changed, for the confirmation."""
        return " ".join(f"{one.row.id}:{one.row.version}" for one in self.rows if one.row and one.changes)


def fields_in_order(kind: RowKind, tertial: int) -> tuple[str, ...]:
    """The fields of a grid from left to right, as a block without heads falls into them."""
    if kind is RowKind.ACTIVITY:
        return ("progress", "why")
    forecast = ("forecast", "forecast_verdict") if tertial in (1, 2) else ()
    return ("total", "women", "men", *forecast, "comment", "not_measured")


def present_paste(
    block: Block, rows: Sequence[ReportRow], fields: Sequence[str], *, at_row: int = 0, at_field: str = ""
) -> ShownPaste:
    """What pasting `block` would do to `rows` of one kind, in the order of the page.

    Rows are found by the code in their first column, or in the one with a heading that says so; where there are no
    codes, they fall in order from the row with id `at_row` on, and columns from `at_field`.
    """
    codes = {row.subject.casefold(): row for row in rows}
    columns, has_heads = _columns(block, rows, codes, fields, at_field)
    by_code = CODE in columns
    body = block[1:] if has_heads else block
    targets = _by_code(body, codes, columns.index(CODE)) if by_code else _in_order(body, rows, at_row)
    shown = tuple(PastedRow(row, tuple(_cells(line, row, columns))) for line, row in zip(body, targets, strict=True))
    return ShownPaste(tuple(_head(name) for name in columns), shown, by_code)


def _head(name: str) -> str:
    return _("Code") if name == CODE else field_word(name)


def _columns(
    block: Block, rows: Sequence[ReportRow], codes: Mapping[str, ReportRow], fields: Sequence[str], at_field: str
) -> tuple[list[str], bool]:
    """What each pasted column is for, and whether the first row was heads."""
    width = max(map(len, block))
    known = _HEADINGS[rows[0].kind] if rows else {}
    heads = [known.get(_folded(cell), NAMED_ELSEHOW) for cell in block[0]]
    has_heads = any(head != NAMED_ELSEHOW for head in heads) and not any(_folded(cell) in codes for cell in block[0])
    has_codes = any(line and _folded(line[0]) in codes for line in block)
    if has_heads:
        columns = [name if name in (CODE, *fields) else NAMED_ELSEHOW for name in heads]
        columns += [BEYOND] * (width - len(heads))
        if CODE not in columns and has_codes and columns[0] == NAMED_ELSEHOW:
            columns[0] = CODE
        return columns, True
    start = fields.index(at_field) if at_field in fields else 0
    named = [*([CODE] if has_codes else []), *fields[start:]][:width]
    return named + [BEYOND] * (width - len(named)), False


def _folded(cell: str) -> str:
    return " ".join(cell.split()).casefold().rstrip(":")


def _by_code(body: Block, codes: Mapping[str, ReportRow], column: int) -> Iterator[ReportRow | None]:
    taken: set[int] = set()
    for line in body:
        row = codes.get(_folded(line[column])) if column < len(line) else None
        # A code that comes twice is for one row: the first time.
        yield row if row and row.id not in taken else None
        if row:
            taken.add(row.id)


def _in_order(body: Block, rows: Sequence[ReportRow], at_row: int) -> Iterator[ReportRow | None]:
    start = next((place for place, row in enumerate(rows) if row.id == at_row), 0)
    for place in range(start, start + len(body)):
        yield rows[place] if place < len(rows) else None


def _cells(line: Sequence[str], row: ReportRow | None, columns: Sequence[str]) -> Iterator[PastedCell]:
    for text, field in zip(line, columns, strict=False):
        yield _cell(text.strip(), row, field)


def _cell(text: str, row: ReportRow | None, field: str) -> PastedCell:
    if field == CODE:
        known = row is not None
        return PastedCell(text, Fate.KEY if known else Fate.UNKNOWN_ROW, why="" if known else _unknown_row())
    if not text:
        return PastedCell(text, Fate.EMPTY, field, row.content.fields.get(field, "") if row else "")
    if row is None:
        return PastedCell(text, Fate.UNKNOWN_ROW, field, why=_("There is no such row"))
    if field == NAMED_ELSEHOW:
        return PastedCell(text, Fate.UNUSED)
    if field == BEYOND:
        return PastedCell(text, Fate.NO_FIT, why=_("The column has no place in the grid"))
    if field in ("women", "men") and not row.frame.by_sex:
        return PastedCell(text, Fate.NO_FIT, field, why=_("The indicator is not split by sex"))
    return _judged(text, row, field)


def _unknown_row() -> str:
    return _("There is no such code, or it stands twice")


def _judged(text: str, row: ReportRow, field: str) -> PastedCell:
    was = row.content.fields[field]
    value = _CHOICE_WORDS[field].get(text.casefold(), "") if field in CHOICES else text
    if field in CHOICES and not value:
        return PastedCell(text, Fate.NO_FIT, field, was, _("The word is none of the choices"))
    try:
        content = read_content(row.frame, {field: value})
    except Unstorable as trouble:
        return PastedCell(text, Fate.NO_FIT, field, was, Swedish(trouble))
    if field in _FIGURES and field in content.problems:
        return PastedCell(text, Fate.NOT_A_NUMBER, field, was, Swedish(content.problems[field]))
    stored = content.fields[field]
    return PastedCell(text, Fate.SAME if stored == was else Fate.CHANGED, field, was, value=stored)
