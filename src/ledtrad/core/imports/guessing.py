"""Guessing how a table is laid out, from its first rows. What is guessed is shown, and can be corrected."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ledtrad.core.imports.headings import Books, Heading, names_a_dimension, read_heading, said_in_passing
from ledtrad.core.imports.layout import About, Column, Layout, Role
from ledtrad.core.imports.markers import meaning_of
from ledtrad.core.imports.numbers import NotANumber, NumberStyle, read_number
from ledtrad.core.imports.periods import read_period, read_tertial
from ledtrad.core.imports.spelling import fold, is_total, names_a_sex, read_sex

Rows = Sequence[Sequence[str]]
SAMPLE = 300
_MOST_HEADINGS = 30
_SINGLE = (Role.INDICATOR, Role.AREA, Role.YEAR, Role.TERTIAL, Role.SEX, Role.STATUS)


def looks_like_a_figure(text: str) -> bool:
    """Whether the cell holds a number, or a mark in the place of one."""
    if not text.strip():
        return False
    try:
        read_number(text, NumberStyle.COMMA)
        return True
    except NotANumber:
        return meaning_of(text) is not None


def _is_heading_like(text: str) -> bool:
    return not looks_like_a_figure(text) or read_period(text) is not None


def first_figures(rows: Rows) -> int:
    """The row where the figures begin: the first with a figure that is no year. 0 for a table without any."""
    for number, row in enumerate(rows[:_MOST_HEADINGS]):
        filled = [text for text in row if text.strip()]
        if len(filled) > 1 and any(not _is_heading_like(text) for text in filled[1:]):
            return number
    return min(1, len(rows))


def _heading_rows(rows: Rows, first: int) -> tuple[list[list[str]], list[str]]:
    """The rows of headings right above the figures, and the titles above those."""
    headings: list[list[str]] = []
    titles: list[str] = []
    for row in reversed(rows[:first]):
        filled = [text for text in row if text.strip()]
        if titles or len(filled) < 2:
            titles.extend(filled)
        else:
            headings.insert(0, list(row))
    return [*map(_spread, headings[:-1]), *headings[-1:]], titles


def _spread(row: Sequence[str]) -> list[str]:
    """A heading over several columns stands in the first of them. The name of a dimension stands over one only."""
    spread: list[str] = []
    for text in row:
        above = spread[-1] if spread and not names_a_dimension(spread[-1]) else ""
        spread.append(text if text.strip() else above)
    return spread


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column of the sample: its heading, and the cells that are not empty."""

    number: int
    shown: str
    heading: Heading
    cells: tuple[str, ...]
    blanks: int

    def share(self, test: Callable[[str], object]) -> float:
        return sum(1 for cell in self.cells if test(cell)) / len(self.cells) if self.cells else 0.0


def guess_layout(rows: Rows, books: Books, *, told: Iterable[str] = (), city: str = "", counts: str = "") -> Layout:
    """How the table is laid out, judged from its first rows. `told` are names of the sheet and the file.

    A table that names no area is about `city`. `counts` is what the file says that it counts, known or not.
    """
    first = first_figures(rows)
    headings, titles = _heading_rows(rows, first)
    sample = rows[first : first + SAMPLE]
    width = max(map(len, rows), default=0)
    seen = [_see(number, headings, sample, books) for number in range(width)]
    roles = _roles(seen, books, sample)
    columns = tuple(_column(one, roles.get(one.number, Role.IGNORED), sample) for one in seen)
    said = said_in_passing([counts, *titles, *told], books)
    return Layout(first, columns, _whole(columns, replace(said, indicator=said.indicator or counts), city))


def _see(number: int, headings: list[list[str]], sample: Rows, books: Books) -> _Seen:
    parts = [row[number] if number < len(row) else "" for row in headings]
    cells = [row[number].strip() for row in sample if number < len(row)]
    shown = " · ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
    filled = tuple(cell for cell in cells if cell)
    return _Seen(number, shown, read_heading(parts, books), filled, len(cells) - len(filled))


def _roles(seen: list[_Seen], books: Books, sample: Rows) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    for role in _SINGLE:
        free = [one for one in seen if one.number not in roles]
        scored = [(_score(one, role, books), -one.number) for one in free]
        best, number = max(scored, default=(0.0, 0))
        if best > 0:
            roles[-number] = role
    for one in seen:
        if one.number not in roles and one.heading.role in (Role.GROUP, Role.MARGIN):
            roles[one.number] = one.heading.role
    figures = _figures([one for one in seen if one.number not in roles], roles)
    return (
        roles
        | figures
        | _more_groups([one for one in seen if one.number not in roles | figures], figures, roles, sample)
    )


def _score(one: _Seen, role: Role, books: Books) -> float:
    """How much speaks for the column holding this; 0 when nothing does."""
    named = 1.0 if one.heading.role is role else 0.0
    if (one.heading.role is not None and not named) or one.heading.about != About():
        return 0.0
    filled = _filled(one, role, books)
    if role in (Role.YEAR, Role.SEX, Role.TERTIAL, Role.STATUS):
        return named + filled if named or (filled >= 0.95 and role in (Role.YEAR, Role.SEX)) else 0.0
    return named + filled if named or filled >= 0.6 else 0.0


def _filled(one: _Seen, role: Role, books: Books) -> float:
    if role is Role.INDICATOR:
        return one.share(books.indicators.find)
    if role is Role.AREA:
        is_number = one.share(looks_like_a_figure) > 0.5 and one.heading.role is not Role.AREA
        return (
            0.0
            if is_number and not _are_codes(one)
            else one.share(lambda text: books.areas.find(text) or is_total(text))
        )
    if role is Role.YEAR:
        return one.share(read_period)
    if role is Role.TERTIAL:
        return one.share(lambda text: read_tertial(text) is not None)
    if role is Role.SEX:
        words = (
            one.share(lambda text: read_sex(text) is not None)
            if one.share(names_a_sex) or len(set(one.cells)) > 1
            else 0
        )
        return float(words)
    return 0.0


def _are_codes(one: _Seen) -> bool:
    """Codes of areas have the same length, some beginning with 0; figures do not."""
    return len({len(cell) for cell in one.cells}) == 1 and any(cell.startswith("0") for cell in one.cells)


def _figures(free: list[_Seen], roles: dict[int, Role]) -> dict[int, Role]:
    """The columns of figures. An unknown heading is the name of what the rest of the table does not name."""
    numeric = [one for one in free if one.heading.role in (None, Role.FIGURE) and _holds_figures(one)]
    numeric = [one for one in numeric if not _counts_rows(one)]
    named = set(roles.values())
    plain = [one for one in numeric if one.heading.role is Role.FIGURE or not one.heading.unexplained]
    strange = [one for one in numeric if one not in plain]
    knows_indicators = Role.INDICATOR in named or any(one.heading.about.indicator for one in numeric)
    found = dict.fromkeys((one.number for one in plain), Role.FIGURE)
    if strange and not knows_indicators:
        return found | dict.fromkeys((one.number for one in strange), Role.FIGURE_OF_INDICATOR)
    if strange and Role.AREA not in named and not any(one.heading.about.area for one in plain):
        return found | dict.fromkeys((one.number for one in strange), Role.FIGURE_OF_AREA)
    if strange and Role.INDICATOR not in named:  # one unknown among known ones is most likely a misspelt one
        return found | dict.fromkeys((one.number for one in strange), Role.FIGURE_OF_INDICATOR)
    if strange and any(one.heading.about.area for one in plain):
        return found | dict.fromkeys((one.number for one in strange), Role.FIGURE_OF_AREA)
    return found or dict.fromkeys((one.number for one in strange[:1]), Role.FIGURE)


def _holds_figures(one: _Seen) -> bool:
    """Whether most cells are figures, or the heading leaves no doubt that they should be."""
    about = one.heading.about
    is_said = one.heading.role is Role.FIGURE or bool((about.period or about.sex) and not one.heading.unexplained)
    return bool(one.cells) and (is_said or one.share(looks_like_a_figure) >= 0.5)


def _counts_rows(one: _Seen) -> bool:
    """A column without a heading that only numbers the rows."""
    if one.shown or len(one.cells) < 2:
        return False
    start = one.cells[0]
    return start in ("0", "1") and all(cell == str(int(start) + row) for row, cell in enumerate(one.cells))


def _more_groups(free: list[_Seen], figures: dict[int, Role], roles: dict[int, Role], sample: Rows) -> dict[int, Role]:
    """In a long table: a column that names a group where it is not empty, or that alone tells two rows apart."""
    if len(figures) != 1:
        return {}
    keys = [number for number, role in roles.items() if role is not Role.MARGIN]
    return {
        one.number: Role.GROUP
        for one in free
        if one.heading.role is None
        and one.shown
        and 1 <= len(set(one.cells)) <= 120
        and one.share(looks_like_a_figure) < 0.5
        and (one.blanks > 0.1 * (one.blanks + len(one.cells)) or _tells_apart(one.number, keys, sample))
    }


def _tells_apart(number: int, keys: list[int], sample: Rows) -> bool:
    """Whether rows that are otherwise about the same differ in this column."""
    said: dict[tuple[str, ...], str] = {}
    for row in sample:
        if max(number, *keys, 0) < len(row):
            key = tuple(row[key] for key in keys)
            if said.setdefault(key, row[number]) != row[number]:
                return True
    return False


def _column(one: _Seen, role: Role, sample: Rows) -> Column:
    rest = one.heading.unexplained if one.heading.role is None else ""
    kind = one.heading.group_kind or (fold(one.shown).replace(" ", "_")[:20] if role is Role.GROUP else "")
    falls = role in (Role.INDICATOR, Role.AREA, Role.YEAR) and _is_merged(one, sample)
    return Column(one.shown, role, one.heading.about, rest, kind, falls)


def _is_merged(one: _Seen, sample: Rows) -> bool:
    """Cells merged downward: the first row is filled and at least a third of the others are empty."""
    begins = bool(sample) and one.number < len(sample[0]) and bool(sample[0][one.number].strip())
    return begins and one.blanks * 3 >= one.blanks + len(one.cells)


def _whole(columns: tuple[Column, ...], told: About, city: str) -> About:
    """What holds for the whole table: only where no column says it."""
    roles = {column.role for column in columns}
    said = [column.says for column in columns if column.role.is_figure]
    has_indicator = Role.INDICATOR in roles or any(one.indicator for one in said)
    has_area = Role.AREA in roles or any(one.area for one in said)
    has_year = Role.YEAR in roles or any(one.period for one in said)
    return replace(
        About(),
        indicator="" if has_indicator else told.indicator,
        area="" if has_area else city,
        period="" if has_year else told.period,
    )
