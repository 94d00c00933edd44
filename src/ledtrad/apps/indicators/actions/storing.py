"""Putting many observations into the table at once: past model objects, which take most of the time.

Everything else about a batch is in `observations`; the table's constraints hold here as everywhere.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import connection

from ledtrad.apps.indicators.models import Observation

COLUMNS = (
    "indicator_id",
    "version_id",
    "area_id",
    "year",
    "tertial",
    "sex",
    "group",
    "value",
    "decimals",
    "margin",
    "absence",
    "mark",
    "batch_id",
    "cell",
    "is_current",
)
_TABLE = Observation._meta.db_table
_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)


def insert(rows: Iterable[tuple[Any, ...]]) -> None:
    """Store rows, each with a value for every one of `COLUMNS`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_TABLE} ({_NAMES}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(COLUMNS))
            cursor.executemany(f"INSERT INTO {_TABLE} ({_NAMES}) VALUES ({marks})", [_as_text(row) for row in rows])


def _as_text(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Exact numbers as `ExactDecimalField` keeps them where the database has none."""
    return tuple(f"{value:f}" if isinstance(value, Decimal) else value for value in row)
