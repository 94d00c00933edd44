"""Columns as the bytes of a Parquet file, with nothing beside them that was not asked for."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as arrow_parquet


def as_parquet(table: pa.Table) -> bytes:
    """The same bytes for the same columns: no hour, no path, no notes of other programs."""
    out = io.BytesIO()
    arrow_parquet.write_table(table.replace_schema_metadata(None), out, compression="zstd", store_schema=False)
    return out.getvalue()


def columns_kept(path: Path, names: Iterable[str]) -> dict[str, list[Any]]:
    """Some columns of answers that are kept, as plain values; None where nothing was answered."""
    table = arrow_parquet.read_table(path, columns=list(names), use_threads=False)
    return {name: table.column(name).to_pylist() for name in table.column_names}


def with_column(path: Path, name: str, values: Any) -> bytes:
    """The answers that are kept with a column of numbers more, in place of one of the same name."""
    table = arrow_parquet.read_table(path, use_threads=False)
    left = table.drop_columns([name]) if name in table.column_names else table
    return as_parquet(left.append_column(name, pa.array(values, pa.float64())))
