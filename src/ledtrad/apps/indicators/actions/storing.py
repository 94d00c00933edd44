"""Many observations put into their table at once: past model objects, which take most of the time.

They are laid ready in a temporary table first. Everything else about a batch is in `observations` and `staging`; the
table's constraints hold here as everywhere.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction

from ledtrad.apps.indicators.models import Observation

STAGED = (
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
    "cell",
    "retires",
)
_TABLE, _STAGE = Observation._meta.db_table, "indicators_staged"
_NAMES = ", ".join(f'"{name}"' for name in STAGED)
_STORED = ", ".join(f'"{name}"' for name in STAGED[:-1])
_NUMBERS = frozenset(name for name in STAGED if name.endswith("_id")) | {"year", "tertial", "decimals", "retires"}


def open_stage() -> None:
    """Make the temporary table, empty."""
    exact = "numeric" if connection.vendor == "postgresql" else "text"
    kinds = (
        dict.fromkeys(STAGED, "text") | dict.fromkeys(_NUMBERS, "bigint") | dict.fromkeys(("value", "margin"), exact)
    )
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    close_stage()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {_STAGE} ({columns})")


def close_stage() -> None:
    """Throw the temporary table away."""
    schema = "pg_temp" if connection.vendor == "postgresql" else "temp"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {schema}.{_STAGE}")


def lay_ready(rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows for the temporary table, each with a value for every one of `STAGED`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_STAGE} ({_NAMES}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks, written = ", ".join(["%s"] * len(STAGED)), [_as_text(row) for row in rows]
        cursor.execute("SAVEPOINT laid")  # one for all rows; outside a transaction it locks nothing but itself
        cursor.executemany(f"INSERT INTO {_STAGE} ({_NAMES}) VALUES ({marks})", written)
        cursor.execute("RELEASE laid")


def retire_staged() -> int:
    """Let go of the rows whose place is taken over; answers how many of them still held."""
    of_staged = f"SELECT retires FROM {_STAGE} WHERE retires IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_TABLE} SET is_current = false WHERE is_current AND id IN ({of_staged})")
        return int(cursor.rowcount)


def store_staged(batch_id: int) -> bool:
    """Move all rows into the table, under a batch. False, and nothing, when a place of theirs is taken."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_TABLE} ({_STORED}, batch_id, is_current) SELECT {_STORED}, %s, true FROM {_STAGE}",
                [batch_id],
            )
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        return False
    return True


def _as_text(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Exact numbers as `ExactDecimalField` keeps them where the database has none."""
    return tuple(f"{value:f}" if isinstance(value, Decimal) else value for value in row)
