"""Reading a table's cells of figures, each with the place that it is about, or with what stands in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ledtrad.core.imports.fates import Fate
from ledtrad.core.imports.headings import Books
from ledtrad.core.imports.layout import About, Layout, Role
from ledtrad.core.imports.markers import meaning_of
from ledtrad.core.imports.names import KnownIndicator
from ledtrad.core.imports.numbers import Habits, NotANumber, NumberStyle, notice, read_number
from ledtrad.core.imports.periods import read_period, read_tertial
from ledtrad.core.imports.spelling import fold, is_total, is_whole_city, read_group, read_sex
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.quantities import decimals_of

LEFT_OUT = "-"
MOST_WRITTEN_DECIMALS = 3
_LONGEST_GROUP = 60


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a table's names, marks and figures are understood: what is known, and what somebody has chosen.

    `indicator_names` and `area_names` map written names (folded) to codes; `LEFT_OUT` leaves a name out.
    """

    books: Books
    indicators: Mapping[str, KnownIndicator]
    city: str = ""
    indicator_names: Mapping[str, str] = field(default_factory=dict)
    area_names: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    style: NumberStyle = NumberStyle.AUTO


@dataclass(slots=True)
class Reading:
    """One cell of figures. `place` and `said` are there when it was understood; else `trouble` says what is wrong.

    `name` is the name, mark or word that the trouble is about; `number` the figure even where its place is unknown,
    `indicator` its code where that is known.
    `is_sum` marks a cell in the table's own row of totals. Rows and columns are counted from 0.
    """

    row: int
    column: int
    text: str
    place: Place | None = None
    said: Observed | None = None
    trouble: Fate | None = None
    name: str = ""
    indicator: str = ""
    is_sum: bool = False
    number: Decimal | None = None


@dataclass(slots=True)
class _Target:
    """What is known of a cell's place; `trouble` where some part of it could not be understood."""

    indicator: str
    area: str
    year: int
    tertial: int
    sex: Sex
    group: str
    trouble: Fate | None = None
    name: str = ""
    is_sum: bool = False

    def stopped(self, trouble: Fate, name: str) -> "_Target":
        self.trouble, self.name = trouble, name
        return self


_SINGLE = (Role.INDICATOR, Role.AREA, Role.YEAR, Role.TERTIAL, Role.SEX, Role.STATUS)


def _word(row: Sequence[str], column: int | None) -> str:
    return "" if column is None or column >= len(row) else row[column].strip()


class TableReader:
    """Reads one sheet by its layout. `habits` is how figures are written in it, seen beforehand by `habits_of`."""

    def __init__(self, layout: Layout, known: Understanding, habits: Habits | None = None) -> None:
        self._layout, self._known, self._habits = layout, known, habits or Habits()
        self._says = [(number, layout.columns[number].says) for number in layout.figures]
        self._groups = [n for n, column in enumerate(layout.columns) if column.role is Role.GROUP]
        self._indicator, self._area, self._year, self._tertial, self._sex, self._status = map(layout.holding, _SINGLE)
        self._falls = [n for n, column in enumerate(layout.columns) if column.fills_down]
        self._indicators: dict[str, str] = {}
        self._areas: dict[str, str] = {}
        self._values: dict[str, Decimal | NotANumber] = {}
        self._margins = dict(_margins(layout))

    def read(self, rows: Iterable[Sequence[str]], from_row: int = 0) -> Iterator[Reading]:
        """The cells of figures in order. `from_row` is the number of the first of `rows` in the sheet."""
        above: dict[int, str] = {}
        for number, row in enumerate(rows, from_row):
            if number < self._layout.first or not self._speaks(row):
                continue
            if self._falls:
                row = self._filled(row, above)
            for column, says in self._says:
                text = row[column] if column < len(row) else ""
                yield self._reading(number, column, text, row, self._target(says, row))

    def _speaks(self, row: Sequence[str]) -> bool:
        """A row without any figure or mark, and with little else, is a gap or a note below the table."""
        for number, _ in self._says:
            if number < len(row) and row[number].strip():
                return True
        return sum(1 for text in row if text.strip()) > 1

    def _filled(self, row: Sequence[str], above: dict[int, str]) -> Sequence[str]:
        filled = list(row)
        for number in self._falls:
            if number < len(filled):
                filled[number] = above[number] = filled[number].strip() or above.get(number, "")
        return filled

    # --- the place -------------------------------------------------------------------------------

    def _target(self, says: About, row: Sequence[str]) -> _Target:
        whole = self._layout.whole
        indicator_name = says.indicator or _word(row, self._indicator) or whole.indicator
        area_name = says.area or _word(row, self._area) or whole.area
        period_name = says.period or _word(row, self._year) or whole.period
        sex_name = says.sex or _word(row, self._sex) or whole.sex
        indicator, area = self._indicator_named(indicator_name), self._area_named(area_name)
        period, tertial = read_period(period_name), read_tertial(_word(row, self._tertial))
        sex = read_sex(sex_name, by_code=True)
        group, group_name = self._group(says.group or whole.group, row) if self._groups or says.group else ("", "")
        target = _Target(indicator, area, 0, 0, sex or Sex.ALL, group or "", is_sum=is_total(area_name))
        if LEFT_OUT in (indicator, area):
            return target.stopped(Fate.LEFT_OUT, indicator_name if indicator == LEFT_OUT else area_name)
        if not indicator:
            return target.stopped(Fate.UNKNOWN_INDICATOR, indicator_name)
        if not area and not target.is_sum:
            return target.stopped(Fate.UNKNOWN_AREA, area_name)
        if period is None or tertial is None:
            return target.stopped(Fate.UNKNOWN_PERIOD, period_name if period is None else _word(row, self._tertial))
        if sex is None or group is None:
            return target.stopped(Fate.UNKNOWN_GROUP, sex_name if sex is None else group_name)
        target.year, target.tertial = period.year, period.tertial or tertial
        if self._known.indicators[indicator].in_year(period.year) is None:
            return target.stopped(Fate.BEFORE_DEFINED, indicator_name)
        return target if area else target.stopped(Fate.CONTROL, area_name)

    def _indicator_named(self, name: str) -> str:
        found = self._indicators.get(name)
        if found is None:
            chosen = self._known.indicator_names.get(fold(name))
            found = self._indicators[name] = chosen or self._known.books.indicators.find(name)
        return found

    def _area_named(self, name: str) -> str:
        found = self._areas.get(name)
        if found is None:
            chosen = self._known.area_names.get(fold(name)) or self._known.books.areas.find(name)
            found = self._areas[name] = chosen or (self._known.city if is_whole_city(name) else "")
        return found

    def _group(self, said: str, row: Sequence[str]) -> tuple[str | None, str]:
        """The one group that is not everybody; None for two at once, or for one with too long a name."""
        pairs = [said.split(":", 1)] if said else []
        pairs += [[self._layout.columns[n].group_kind or "group", _word(row, n)] for n in self._groups]
        named = [(read_group(kind, text), text) for kind, text in pairs if text]
        named = [(group, text) for group, text in named if group]
        if not named:
            return "", ""
        text = " + ".join(text for _, text in named)
        return (named[0][0], text) if len(named) == 1 and len(named[0][0]) <= _LONGEST_GROUP else (None, text)

    # --- the figure ------------------------------------------------------------------------------

    def _reading(self, number: int, column: int, text: str, row: Sequence[str], target: _Target) -> Reading:
        reading = Reading(
            number, column, text.strip(), None, None, target.trouble, target.name, target.indicator, target.is_sum
        )
        said = self._said(reading, row, target)
        if said is None:
            return reading
        reading.number = said.value
        if said.value is None and target.trouble in (Fate.BEFORE_DEFINED, Fate.CONTROL):
            reading.trouble = Fate.SILENT  # nothing was to be had, and nothing is said
        if said.value is None and not reading.text and target.trouble is not None:
            reading.trouble = Fate.SILENT if target.trouble is not Fate.LEFT_OUT else target.trouble
        if reading.trouble is None or reading.trouble is Fate.CONTROL:
            reading.said = said
            area = target.area or LEFT_OUT
            reading.place = Place(target.indicator, area, target.year, target.tertial, target.sex, target.group)
        return reading

    def _said(self, reading: Reading, row: Sequence[str], target: _Target) -> Observed | None:
        """The figure or the absence; None when it is neither, and then the reading says why."""
        text = reading.text
        try:
            value = self._number(text)
        except NotANumber as trouble:
            return self._absence(reading, row, trouble)
        return Observed(value, self._decimals(value, target), self._margin(reading.column, row))

    def _decimals(self, value: Decimal, target: _Target) -> int:
        """As many as are written; a long tail, as programs leave behind, is printed as the indicator is defined."""
        written = decimals_of(value)
        if written <= MOST_WRITTEN_DECIMALS:
            return written
        defined = self._known.indicators.get(target.indicator)
        asked = defined.in_year(target.year) if defined else None
        return asked.decimals if asked else MOST_WRITTEN_DECIMALS

    def _absence(self, reading: Reading, row: Sequence[str], why: NotANumber) -> Observed | None:
        mark = reading.text or _word(row, self._status)
        meaning = meaning_of(mark, self._known.marks)
        if meaning is None and not reading.text:
            mark, meaning = "", meaning_of("", self._known.marks)
        if meaning is None:
            if reading.trouble in (None, Fate.CONTROL):
                reading.trouble, reading.name = (
                    (Fate.TWO_NUMBERS if why.may_be_two else Fate.NOT_A_NUMBER),
                    reading.text,
                )
            return None
        if meaning.kind is None:
            reading.trouble = reading.trouble if reading.trouble is Fate.LEFT_OUT else Fate.SILENT
            return None
        return Observed(absence=meaning.kind, mark=meaning.mark)

    def _number(self, text: str) -> Decimal:
        found = self._values.get(text)
        if found is None:
            try:
                found = read_number(text, self._known.style, self._habits)
            except NotANumber as trouble:
                found = trouble
            if len(self._values) < 100_000:
                self._values[text] = found
        if isinstance(found, NotANumber):
            raise found
        return found

    def _margin(self, column: int, row: Sequence[str]) -> Decimal | None:
        beside = self._margins.get(column)
        if beside is None or beside >= len(row) or not row[beside].strip():
            return None
        try:
            return abs(self._number(row[beside].strip().lstrip("±").strip()))
        except NotANumber:
            return None


def _margins(layout: Layout) -> Iterator[tuple[int, int]]:
    """Each column of figures with the margin of error that stands right of it."""
    figures = layout.figures
    for number, column in enumerate(layout.columns):
        before = [figure for figure in figures if figure < number]
        if column.role is Role.MARGIN and before:
            yield before[-1], number


def habits_of(rows: Iterable[Sequence[str]], layout: Layout) -> Habits:
    """How figures are written in the columns of figures, seen over the whole table."""
    habits, columns = Habits(), layout.figures
    for number, row in enumerate(rows):
        if number >= layout.first:
            for column in columns:
                text = row[column] if column < len(row) else ""
                if ("," in text and not (habits.comma_decimals and "." not in text and text.count(",") == 1)) or (
                    "." in text and not (habits.point_decimals and "," not in text and text.count(".") == 1)
                ):
                    habits = notice(habits, text)
    return habits
