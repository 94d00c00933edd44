"""Taking tables in, held against a slow second implementation and against what was written out."""

import unicodedata
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ledtrad.core.imports import (
    Asked,
    Books,
    Fate,
    KnownArea,
    KnownIndicator,
    LayoutChoice,
    Role,
    TableReader,
    Understanding,
    book_of_areas,
    book_of_indicators,
    guess_layout,
    habits_of,
    settle,
)
from ledtrad.core.imports.choices import Choices, from_memory, from_record, to_record, to_remember
from ledtrad.core.imports.numbers import NumberStyle, read_number
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind

INDICATORS = {
    code: KnownIndicator(code, (title,), (Asked(2015, "count", 1),))
    for code, title in (("I.1", "Anmälda brott"), ("I.2", "Trygga på kvällen"))
}
AREAS = (
    KnownArea("0180", "Stockholm", "municipality"),
    KnownArea("A1", "Årsta", "district"),
    KnownArea("A2", "Älvsjö", "district"),
)
BOOKS = Books(book_of_indicators(INDICATORS.values()), book_of_areas(AREAS))
HEADINGS = ["Indikator", "Område", "År", "Kön", "Värde"]
SEXES = {Sex.ALL: "Totalt", Sex.WOMEN: "Kvinnor", Sex.MEN: "Män"}
MARKS = {
    AbsenceKind.NOT_MEASURED: "..",
    AbsenceKind.SUPPRESSED: "XX",
    AbsenceKind.NOT_APPLICABLE: ".",
    AbsenceKind.LATE: "ej klart",
}
PLACES = st.builds(
    Place,
    st.sampled_from(sorted(INDICATORS)),
    st.sampled_from([area.code for area in AREAS]),
    st.integers(2015, 2022),
    st.just(0),
    st.sampled_from(sorted(SEXES)),
)
FIGURES = st.decimals(-10_000_000, 10_000_000, places=1)
SAID = FIGURES.map(lambda value: Observed(value, 1)) | st.sampled_from(sorted(MARKS)).map(
    lambda kind: Observed(absence=kind, mark=MARKS[kind])
)


def swedish(value, space="\u00a0", minus="\u2212"):
    """As Swedish exporters write it; written here anew, so that the reader is not its own judge."""
    whole, _, part = f"{abs(value):f}".partition(".")
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)]
    return (minus if value < 0 else "") + space.join(reversed(groups)) + ("," + part if part else "")


def settled(rows, held=None):
    layout = guess_layout(rows, BOOKS, city="0180")
    return settle(
        TableReader(layout, Understanding(BOOKS, INDICATORS, "0180"), habits_of(rows, layout)).read(rows), held or {}
    )


def line(place, said):
    value = swedish(said.value) if said.value is not None else said.mark
    return [place.indicator, place.area, str(place.year), SEXES[place.sex], value]


@settings(max_examples=300, deadline=None)
@given(
    st.decimals(-(10**15), 10**15, places=3), st.sampled_from(" \u00a0\u202f\u2009"), st.sampled_from("-\u2212\u2013")
)
def test_what_is_written_in_swedish_is_read_back(value, space, minus):
    assert read_number(swedish(value, space, minus), NumberStyle.COMMA) == value


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(PLACES, SAID, min_size=1, max_size=12))
def test_a_table_that_was_written_out_comes_back_the_same(data):
    rows = [HEADINGS, *(line(place, said) for place, said in data.items())]
    found = {one.reading.place: one.reading.said for one in settled(rows)}
    assert {place: (said.value, said.absence) for place, said in found.items()} == {
        place: (said.value, said.absence) for place, said in data.items()
    }


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(PLACES, SAID, min_size=1, max_size=12))
def test_what_was_read_once_is_known_the_second_time(data):
    rows = [HEADINGS, *(line(place, said) for place, said in data.items())]
    held = {one.reading.place: one.reading.said for one in settled(rows)}
    assert {one.fate for one in settled(rows, held)} == {Fate.UNCHANGED}


CELLS = st.sampled_from(
    ["5", "5,0", "6", "70", "XX", "..", "", "cirka 5", "1.234", "0", "−3", "a" * 70, "1 000", "12 34"]
)
LINES = st.tuples(
    st.sampled_from(["I.1", "I.2", "Anmälda brott", "I.9", ""]),
    st.sampled_from(["A1", "Årsta", "Stockholm", "Summa", "Nirgends", "Hela staden"]),
    st.sampled_from(["2014", "2020", "2021", "2020/21"]),
    st.sampled_from(["Totalt", "Kvinnor", "Män", "Hästar", ""]),
    CELLS,
)


@settings(max_examples=250, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=14), st.dictionaries(PLACES, SAID, max_size=8))
def test_fates_agree_with_a_slow_second_implementation(lines, held):
    rows = [HEADINGS, *map(list, lines)]
    layout = guess_layout(rows, BOOKS, city="0180")
    roles = (Role.INDICATOR, Role.AREA, Role.YEAR, Role.SEX, Role.FIGURE)
    layout = LayoutChoice(1, dict(enumerate(roles))).applied_to(layout)
    layout = LayoutChoice(whole=type(layout.whole)()).applied_to(layout)
    columns = tuple(type(column)(column.heading, column.role) for column in layout.columns)
    layout = type(layout)(1, columns)
    reader = TableReader(layout, Understanding(BOOKS, INDICATORS, "0180"))
    found = [(one.reading.row, one.fate) for one in settle(reader.read(rows), held)]
    assert found == list(slow_fates(lines, held))


def slow_fates(lines, held):
    """One cell after the other, each held against every other: nothing is looked up, nothing remembered."""
    readings = [slow_reading(cells) for cells in lines]
    for number, (place, said, trouble) in enumerate(readings):
        if sum(1 for text in lines[number] if text) < 2 and not lines[number][4]:
            continue
        if trouble is not None:
            yield number + 1, trouble
            continue
        earlier = [other for at, other in enumerate(readings) if at < number and other[2] is None and other[0] == place]
        if disputed(readings, place):
            yield number + 1, Fate.TWICE
        elif earlier:
            yield number + 1, Fate.REPEATED
        elif place not in held:
            yield number + 1, Fate.MISSING if said.value is None else Fate.NEW
        else:
            yield number + 1, Fate.UNCHANGED if held[place].says_the_same_as(said) else Fate.CHANGED


def first_of(readings, place):
    return next(said for at, said, trouble in readings if trouble is None and at == place)


def disputed(readings, place):
    first = first_of(readings, place)
    return any(trouble is None and at == place and not first.says_the_same_as(said) for at, said, trouble in readings)


def slow_reading(cells):
    indicator_name, area_name, year, sex_name, text = cells
    numbers = {"5": ("5", 0), "5,0": ("5.0", 1), "6": ("6", 0), "70": ("70", 0), "0": ("0", 0), "−3": ("-3", 0)}
    numbers["1 000"] = ("1000", 0)
    said = None
    if text in numbers:
        said = Observed(Decimal(numbers[text][0]), numbers[text][1])
    elif text in ("XX", "..", ""):
        kind = AbsenceKind.SUPPRESSED if text == "XX" else AbsenceKind.NOT_MEASURED
        said = Observed(absence=kind, mark=text)
    indicator = {"I.1": "I.1", "I.2": "I.2", "Anmälda brott": "I.1"}.get(indicator_name)
    area = {"A1": "A1", "Årsta": "A1", "Stockholm": "0180", "Hela staden": "0180"}.get(area_name)
    sex = {"Totalt": Sex.ALL, "": Sex.ALL, "Kvinnor": Sex.WOMEN, "Män": Sex.MEN}.get(sex_name)
    trouble = None
    if indicator is None:
        trouble = Fate.UNKNOWN_INDICATOR
    elif area is None and area_name != "Summa":
        trouble = Fate.UNKNOWN_AREA
    elif year == "2020/21":
        trouble = Fate.UNKNOWN_PERIOD
    elif sex is None:
        trouble = Fate.UNKNOWN_GROUP
    elif year == "2014":
        trouble = Fate.BEFORE_DEFINED
    elif area is None:
        trouble = Fate.CONTROL
    is_silent = trouble in (Fate.BEFORE_DEFINED, Fate.CONTROL) or (trouble is not None and not text)
    if said is not None and said.value is None and is_silent:
        return None, None, Fate.SILENT
    if said is None and trouble in (None, Fate.CONTROL):
        trouble = Fate.TWO_NUMBERS if text == "1.234" else Fate.NOT_A_NUMBER
    if trouble is not None:
        return None, None, trouble
    return Place(indicator, area, int(year), 0, sex), said, None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=9))
def test_no_table_breaks_the_corridor(rows):
    width = max(map(len, rows), default=0)
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    for one in settled(even):
        assert (one.reading.said is None) == (one.reading.place is None)


def test_names_are_found_composed_and_decomposed():
    for form in ("NFC", "NFD"):
        assert BOOKS.areas.find(unicodedata.normalize(form, "Älvsjö")) == "A2"


def test_choices_come_back_from_their_records():
    rows = [["Område", "Skräp 2020"], ["Årsta", "5"]]
    guess = guess_layout(rows, BOOKS, city="0180")
    choices = Choices(
        "Blad1",
        LayoutChoice(1, {1: Role.FIGURE}, guess.whole),
        {"skräp": "I.1"},
        {"x": "-"},
        {"–": "late"},
        NumberStyle.POINT,
    )
    assert from_record(to_record(choices)) == choices
    later = guess_layout([["Område", "Skräp 2021"], ["Årsta", "5"]], BOOKS, city="0180")
    assert later.fingerprint == guess.fingerprint
    again = from_memory(to_remember(choices, choices.layout.applied_to(guess), guess), later)
    assert (again.indicator_names, again.marks, again.layout.roles[1]) == ({"skräp": "I.1"}, {"–": "late"}, Role.FIGURE)
