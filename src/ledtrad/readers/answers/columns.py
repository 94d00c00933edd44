"""Columns of answers, as they were read; and as their codebook has them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ledtrad.core.surveys.answers import Codebook, Variable, VariableKind
from ledtrad.core.surveys.answers.fitting import is_within, number_of


@dataclass(frozen=True, slots=True)
class Answers:
    """A file that has been read. `codebook` is the file's own, where it carries one; `kind` is "CSV" or the like."""

    table: pa.Table
    codebook: Codebook | None = None
    kind: str = ""

    @property
    def rows(self) -> int:
        return int(self.table.num_rows)


def column_counts(answers: Answers) -> dict[str, Mapping[str, int]]:
    """For each column, how many rows say what, as text; "" where nothing is said."""
    return {name: _counts(answers.table.column(name)) for name in answers.table.column_names}


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in pc.value_counts(column).to_pylist():
        text = _text(one["values"])
        counted[text] = counted.get(text, 0) + one["counts"]
    return counted


def _text(value: Any) -> str:
    """84.0 is "84", as in an SPSS file, where all numbers have decimals; NaN and null say nothing."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def coded(answers: Answers, codebook: Codebook) -> pa.Table:
    """The columns that the codebook names, in its order and with its codes and numbers.

    What does not fit (see `core.surveys.answers.misfits`) says nothing any more, and columns that it does not name are
    left out. Codes that are all whole numbers become integers, others texts; numbers become floats.
    """
    there = [variable for variable in codebook.variables if variable.name in answers.table.column_names]
    return pa.table({one.name: _coded(answers.table.column(one.name), one) for one in there})


def _coded(column: pa.ChunkedArray, variable: Variable) -> pa.ChunkedArray:
    if variable.kind in (VariableKind.TEXT, VariableKind.SERIAL):
        return _mapped(column, lambda text: text.strip() or None, pa.string())
    if variable.kind is VariableKind.NUMBER:
        return _mapped(column, lambda text: _number(text, variable), pa.float64())
    if all(_is_whole(code.code) for code in variable.codes):
        return _mapped(column, lambda text: _whole(variable.code_of(text)), pa.int32())
    return _mapped(column, variable.code_of, pa.string())


def _mapped(column: pa.ChunkedArray, meaning: Callable[[str], Any], kind: pa.DataType) -> pa.ChunkedArray:
    """What each of the different values means, said once for each and not once for each row."""
    plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    listed = pc.dictionary_encode(plain.combine_chunks())
    meanings = [None if (text := _text(value)) == "" else meaning(text) for value in listed.dictionary.to_pylist()]
    taken = pc.take(pa.array(meanings, kind), listed.indices)
    return pa.chunked_array([taken], kind)


def _number(text: str, variable: Variable) -> float | None:
    """A number within its bounds; a code for no answer is none."""
    if variable.code_of(text) is not None:
        return None
    number = number_of(text)
    return float(number) if number is not None and is_within(variable, number) else None


def _is_whole(code: str) -> bool:
    """Whether the code is written as a whole number is, so that the number alone says which code it is."""
    try:
        return str(int(code)) == code and abs(int(code)) < 2**31
    except ValueError:
        return False


def _whole(code: str | None) -> int | None:
    return None if code is None else int(code)
