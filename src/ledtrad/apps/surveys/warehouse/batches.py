"""Rows from Arrow's columns as the core takes them: numbers with what is missing, or codes with their values."""

from typing import Any

import numpy as np
import pyarrow as pa

from ledtrad.core.surveys.asked import Batch, Coded, Numbers

ROWS = 262_144
Vector = np.ndarray[Any, Any]


def batch_of(rows: Any, coded: frozenset[str]) -> Batch:
    """The columns of a record batch; text is always coded."""
    columns = zip(rows.schema.names, rows.columns, strict=True)
    return {name: _coded(column) if name in coded or _is_text(column) else _numbers(column) for name, column in columns}


def _is_text(column: Any) -> bool:
    return not (
        pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_boolean(column.type)
    )


def _coded(column: Any) -> Coded:
    encoded = column.dictionary_encode(null_encoding="encode")
    return Coded(_plain(encoded.indices), encoded.dictionary.to_pylist())


def _numbers(column: Any) -> Numbers:
    there = None if not column.null_count else _bits(column.buffers()[0], column)
    if pa.types.is_boolean(column.type):
        return Numbers(_bits(column.buffers()[1], column), there)
    return Numbers(_plain(column), there)


def _plain(column: Any) -> Vector:
    """The numbers of a column as they lie in memory. Arrow's own `to_numpy` would load pandas."""
    kind = column.type.to_pandas_dtype()
    return np.frombuffer(column.buffers()[1], dtype=kind)[column.offset : column.offset + len(column)]


def _bits(buffer: Any, column: Any) -> Vector:
    """A bitmap as truth values."""
    bits = np.unpackbits(np.frombuffer(buffer, dtype=np.uint8), count=column.offset + len(column), bitorder="little")
    return bits[column.offset :].view(bool)
