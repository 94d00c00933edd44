"""PostgreSQL: the same expressions, beside answers that already stand there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import numpy as np
from ibis.expr.types import Table

from ledtrad.apps.surveys.warehouse.loading import load
from ledtrad.core.surveys.moments import Columns


def opened(address: str) -> tuple[Any, Callable[[str], Columns], Callable[[Path, str], Table]]:
    """The backend, how it runs SQL and how it reads a file (into a temporary table)."""
    backend = ibis.connect(address)

    def run(sql: str) -> Columns:
        with backend.con.cursor() as cursor:
            cursor.execute(sql)
            names = [column.name for column in cursor.description]
            return columns(names, cursor.fetchall())

    return backend, run, lambda file, name: load(backend, file, name)


def columns(names: list[str], lines: list[tuple[Any, ...]]) -> Columns:
    """Lines as columns: of numbers where all are numbers or missing, else of whatever stands there."""
    turned = zip(*lines, strict=True) if lines else ([] for _ in names)
    return {name: _column(list(values)) for name, values in zip(names, turned, strict=True)}


def _column(values: list[Any]) -> np.ndarray[Any, Any]:
    there = [value for value in values if value is not None]
    if all(isinstance(value, float) for value in there):
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found if len(there) < len(values) or isinstance(there[0], str) else np.array(values)
