"""Whether a file of answers fits its codebook: what does not is named, with how many rows it concerns."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ledtrad.core.surveys.answers.codebooks import Codebook, Variable, VariableKind

Counts = Mapping[str, int]
"""How many rows say what, as text; "" for those that say nothing."""


class MisfitKind(StrEnum):
    """In what way the answers do not fit the codebook."""

    LACKING_COLUMN = "lacking_column"
    UNKNOWN_COLUMN = "unknown_column"
    UNKNOWN_CODE = "unknown_code"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, order=True)
class Misfit:
    """What does not fit, in how many rows. `value` is the code or the number when it is short and plain, else ""."""

    column: str
    kind: MisfitKind
    rows: int
    value: str = ""


def misfits(columns: Mapping[str, Counts], rows: int, codebook: Codebook) -> tuple[Misfit, ...]:
    """All that does not fit, column by column in the codebook's order. `rows` is how many rows the file has."""
    found = [one for variable in codebook.variables for one in _of(variable, columns.get(variable.name), rows)]
    named = {variable.name for variable in codebook.variables}
    return (*found, *(Misfit(name, MisfitKind.UNKNOWN_COLUMN, rows) for name in columns if name not in named))


def _of(variable: Variable, counts: Counts | None, rows: int) -> Iterator[Misfit]:
    if counts is None:
        if not variable.is_optional:
            yield Misfit(variable.name, MisfitKind.LACKING_COLUMN, rows)
    elif variable.kind is VariableKind.CODE:
        yield from _gathered(variable, _unknown_codes(variable, counts))
    elif variable.kind is VariableKind.NUMBER:
        yield from _gathered(variable, _unfit_numbers(variable, counts))
    elif variable.kind is VariableKind.SERIAL:
        repeated = sum(count for written, count in counts.items() if written.strip() and count > 1)
        if repeated:
            yield Misfit(variable.name, MisfitKind.REPEATED, repeated)


def _unknown_codes(variable: Variable, counts: Counts) -> Iterator[tuple[MisfitKind, str, int]]:
    for written, count in counts.items():
        if written.strip() and variable.code_of(written) is None:
            yield MisfitKind.UNKNOWN_CODE, written, count


def _unfit_numbers(variable: Variable, counts: Counts) -> Iterator[tuple[MisfitKind, str, int]]:
    for written, count in counts.items():
        if not written.strip() or variable.code_of(written) is not None:
            continue
        number = number_of(written)
        if number is None:
            yield MisfitKind.NOT_A_NUMBER, written, count
        elif not is_within(variable, number):
            yield MisfitKind.OUT_OF_RANGE, written, count


def number_of(written: str) -> Decimal | None:
    """The number, with a decimal point or a decimal comma; None when it is none."""
    text = written.strip().replace("−", "-")
    if "_" in text:
        return None
    try:
        number = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def is_within(variable: Variable, number: Decimal) -> bool:
    """Whether the number lies between the variable's bounds, which it may equal."""
    low, high = variable.low, variable.high
    return (low is None or number >= low) and (high is None or number <= high)


def _gathered(variable: Variable, found: Iterable[tuple[MisfitKind, str, int]]) -> list[Misfit]:
    """One misfit for each value that may be shown; all others of a kind together."""
    rows: dict[tuple[MisfitKind, str], int] = {}
    for kind, written, count in found:
        key = kind, shown(written)
        rows[key] = rows.get(key, 0) + count
    made = [Misfit(variable.name, kind, count, value) for (kind, value), count in rows.items()]
    return sorted(made, key=lambda one: (one.kind, -one.rows, one.value))


def shown(written: str) -> str:
    """The value where it can be shown without telling of a person: a number of at most four digits. Else ""."""
    text = written.strip()
    digits = text.lstrip("-−").replace(",", "").replace(".", "")
    return text if digits.isascii() and digits.isdecimal() and len(digits) <= 4 else ""


def sum_of(found: Sequence[Misfit]) -> str:
    """A short sum of what does not fit: who accepts it accepts this, and nothing that came later."""
    told = json.dumps([asdict(one) for one in sorted(found)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
