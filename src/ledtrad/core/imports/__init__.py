"""Taking a table in: how it is laid out, what each cell says, and what becomes of it. Values in, values out."""

from ledtrad.core.imports.fates import IN_THE_WAY, STORED, Fate
from ledtrad.core.imports.guessing import SAMPLE, guess_layout
from ledtrad.core.imports.headings import Books
from ledtrad.core.imports.layout import About, Column, Layout, LayoutChoice, Role
from ledtrad.core.imports.markers import NOTHING_SAID, mark_of, meaning_of
from ledtrad.core.imports.names import (
    Asked,
    KnownArea,
    KnownIndicator,
    NameBook,
    book_of_areas,
    book_of_indicators,
)
from ledtrad.core.imports.numbers import Habits, NotANumber, NumberStyle, read_number
from ledtrad.core.imports.periods import read_period
from ledtrad.core.imports.reading import LEFT_OUT, Reading, TableReader, Understanding, habits_of
from ledtrad.core.imports.settling import Settled, agree, by_places, settle, settle_one
from ledtrad.core.imports.spelling import fold, fold_heading, is_total, read_group, read_sex
from ledtrad.core.imports.sums import Difference, Strangers, Unmatched, differences

__all__ = [
    "IN_THE_WAY",
    "LEFT_OUT",
    "NOTHING_SAID",
    "SAMPLE",
    "STORED",
    "About",
    "Asked",
    "Books",
    "Column",
    "Difference",
    "Fate",
    "Habits",
    "KnownArea",
    "KnownIndicator",
    "Layout",
    "LayoutChoice",
    "NameBook",
    "NotANumber",
    "NumberStyle",
    "Reading",
    "Role",
    "Settled",
    "Strangers",
    "TableReader",
    "Understanding",
    "Unmatched",
    "agree",
    "book_of_areas",
    "book_of_indicators",
    "by_places",
    "differences",
    "fold",
    "fold_heading",
    "guess_layout",
    "habits_of",
    "is_total",
    "mark_of",
    "meaning_of",
    "read_group",
    "read_number",
    "read_period",
    "read_sex",
    "settle",
    "settle_one",
]
