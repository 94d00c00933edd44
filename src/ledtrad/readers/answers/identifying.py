"""Looking for personal identifiers in every column, its title and the file's own labels."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from ledtrad.core.surveys.answers import (
    Codebook,
    IdentifierKind,
    VariableKind,
    identifier_named,
    identifiers_among,
    identifiers_in,
)
from ledtrad.readers.answers.columns import Answers

# All that could be an identifier, and much that is none: only this is looked at closely. Eight digits with little
# between them, a sign that parts an address, or a bracket as in (at).
_WORTH_A_LOOK = r"(?:\pN[^\pN]{0,4}){8}|[@＠﹫]|[(\[{]"
_SMALLEST = 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Identified:
    """An identifier was found: in which column (by number, from 1, and title), of what kind and in how many rows.

    `rows` is 0 when it is the title, or a label in the codebook, that holds it. `column` is "" when the title itself
    would tell.
    """

    number: int
    column: str
    kind: IdentifierKind
    rows: int


def identified(answers: Answers, codebook: Codebook) -> tuple[Identified, ...]:
    """All columns with personal identifiers, of each kind, in the file and in its codebook; none is as it should be."""
    return (*_in_file(answers, codebook), *_in_codebook(codebook))


def _in_file(answers: Answers, codebook: Codebook) -> Iterator[Identified]:
    for number, name in enumerate(answers.table.column_names, start=1):
        telling = identifiers_in(name)
        title = "" if telling else name
        for kind in telling:
            yield Identified(number, "", kind, 0)
        named, variable = identifier_named(name), codebook.named(name)
        if named and not (variable and variable.kind is VariableKind.CODE):
            yield Identified(number, title, named, 0)
        for kind, rows in sorted(_in_column(answers.table.column(name)).items()):
            yield Identified(number, title, kind, rows)


def _in_column(column: pa.ChunkedArray) -> dict[IdentifierKind, int]:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    column = column.cast(kind)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _in_texts(column)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _in_numbers(column)
    return {}


def _in_texts(column: pa.ChunkedArray) -> dict[IdentifierKind, int]:
    likely = column.filter(pc.match_substring_regex(column, _WORTH_A_LOOK))
    found: dict[IdentifierKind, int] = {}
    for one in pc.value_counts(likely).to_pylist():
        for kind in identifiers_in(one["values"]):
            found[kind] = found.get(kind, 0) + one["counts"]
    return found or _among_texts(column)


def _among_texts(column: pa.ChunkedArray) -> dict[IdentifierKind, int]:
    """A CSV file's numbers are texts, and may have lost their zeros before they were written there."""
    numbers = column.filter(pc.match_substring_regex(column, r"^[1-9][0-9]{6,11}(?:[.,]0+)?$"))
    if not len(numbers):
        return {}
    counts = pc.value_counts(numbers).to_pylist()
    rest = len(column) - len(numbers) - (pc.sum(pc.equal(column, "")).as_py() or 0)
    return identifiers_among(
        [(0, rest), *((int(one["values"].replace(",", ".").partition(".")[0]), one["counts"]) for one in counts)]
    )


def _in_numbers(column: pa.ChunkedArray) -> dict[IdentifierKind, int]:
    numbers = column.drop_null()
    whole = numbers.filter(pc.equal(pc.floor(numbers), numbers)) if not pa.types.is_integer(numbers.type) else numbers
    large = whole.filter(pc.and_(pc.greater(whole, _SMALLEST), pc.less(whole, 10**12)))
    counts = [(int(one["values"]), one["counts"]) for one in pc.value_counts(large).to_pylist()]
    return identifiers_among([(0, len(numbers) - len(large)), *counts]) if counts else {}


def _in_codebook(codebook: Codebook) -> Iterator[Identified]:
    """Labels are shown on pages, so they too must tell of nobody."""
    for number, variable in enumerate(codebook.variables, start=1):
        texts = (variable.label, *(text for code in variable.codes for text in (code.code, code.meaning)))
        for kind in sorted({kind for text in texts for kind in identifiers_in(text)}):
            yield Identified(number, "" if identifiers_in(variable.name) else variable.name, kind, 0)
