"""Spec tests: a test whose docstring is a section of the method handbook, with the examples in a table.

`@examples` runs the test once for each row of the table in its own docstring, so that what the handbook prints is
what was tried. The test takes `row`, a dict from column heading to cell. `tests/handbook.py` prints the chapters.
"""

import inspect
from decimal import Decimal

import pytest

from ledtrad.core.assessment import Target, Verdict, at_least, at_most, within
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.quantities import COUNT, Quantity, decimals_of, unit_named

EMPTY = "–"
VERDICTS = {"helt": Verdict.MET, "delvis": Verdict.PARTLY, "ej": Verdict.NOT_MET, EMPTY: None}


def examples(test):
    """Parametrize a test over the table of its docstring. AssertionError when there is no table."""
    rows = table_of(inspect.getdoc(test) or "")
    assert rows, f"{test.__name__} has no table in its docstring"
    names = [" ".join(row.values()) for row in rows]
    return pytest.mark.parametrize("row", rows, ids=names)(test)


def table_of(docstring):
    """The rows of the one table in a docstring, as dicts."""
    lines = [line.strip() for line in docstring.splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    if len(cells) < 3:
        return []
    heading, _rule, *body = cells
    assert all(len(row) == len(heading) for row in body), f"rows of different length under {heading}"
    return [dict(zip(heading, row, strict=True)) for row in body]


# The little reading that the tables need. It is written for them alone: the code under test is not used to read
# its own examples.


def number(text):
    return Decimal(text.replace("\u00a0", "").replace(" ", "").replace("−", "-").replace(",", "."))


def quantity(text):
    """ "88,5 %", "4 953 mnkr", "17": a number with its unit."""
    digits = "".join(char for char in text if char.isdigit() or char in " ,−-").strip()
    unit = text[text.index(digits) + len(digits) :].strip()
    return Quantity(number(digits), unit_named(unit) if unit else COUNT, decimals_of(number(digits)))


def optional(text):
    return None if text == EMPTY else quantity(text)


def target(text):
    """ "88,5 %", "högst 1,5 %", "mellan −1 % och 1 %\""""
    if text == EMPTY:
        return None
    if text.startswith("högst "):
        return at_most(quantity(text.removeprefix("högst ")))
    if text.startswith("mellan "):
        low, high = text.removeprefix("mellan ").split(" och ")
        return within(quantity(low), quantity(high))
    return at_least(quantity(text))


def by_sex(total, women, men):
    """A target by sex; "–" for a sex without its own."""
    both = target(total)
    return Target(both.sense, both.low, both.high, target(women), target(men))


def measured(total, women=EMPTY, men=EMPTY):
    return Measured(quantity(total), optional(women), optional(men))


def absent(word, reason=""):
    kinds = {
        "Ej mätt": AbsenceKind.NOT_MEASURED,
        "Sekretess": AbsenceKind.SUPPRESSED,
        "Ej aktuellt": AbsenceKind.NOT_APPLICABLE,
        "Ej klart": AbsenceKind.LATE,
    }
    return Absence(kinds[word], "" if reason == EMPTY else reason)


def spaces(text):
    """The same text with plain spaces: tables are typed with those."""
    return text.replace("\u00a0", " ")


def counts(text):
    """ "17 / 11 / 1 av 29": met, partly and not met, of so many."""
    parts, total = text.split(" av ")
    return (*(int(part) for part in parts.split("/")), int(total))
