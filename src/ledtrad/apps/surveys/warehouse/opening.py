"""An engine that is open, and the three there are."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledtrad.core.surveys.refusals import SurveyError

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from ledtrad.core.surveys.moments import Ask, Asked, Columns

DEFAULT = "duckdb:"
_MOST_KEPT = 500


class Warehouse:
    """An open engine. `table` answers a table of answers by name or by file; `asker` what runs expressions on it.

    The SQL of an expression is kept, since to build and compile it takes longer than to run it on a small survey.
    """

    def __init__(self, backend: Any, run: "Callable[[str], Columns]", read: Callable[[Path, str], "Table"]) -> None:
        self._backend, self._run, self._read = backend, run, read
        self._tables: dict[object, Table] = {}
        self._kept: dict[tuple[object, ...], str] = {}

    @property
    def backend(self) -> Any:
        """The Ibis backend itself, for what loads tables into it."""
        return self._backend

    def table(self, source: str | Path) -> "Table":
        """The table of that name, or the rows of a Parquet or CSV file; a file that has changed is read anew."""
        if isinstance(source, str):
            return self._backend.table(source)
        if not source.is_file():
            raise SurveyError(f"Filen {source} finns inte.")
        state = source.stat()
        version = (str(source.resolve()), state.st_mtime_ns, state.st_size)
        if version not in self._tables:
            name = "answers_" + hashlib.sha256(repr(version).encode()).hexdigest()[:16]
            self._tables[version] = self._read(source, name)
        return self._tables[version]

    def asker(self, table: "Table") -> "Ask":
        """What runs the core's expressions over this table."""

        def ask(asked: "Asked") -> "Columns":
            key = (table.get_name(), *asked.key)
            if key not in self._kept:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = str(self._backend.compile(asked.build()))
            return self._run(self._kept[key])

        return ask

    def close(self) -> None:
        self._backend.disconnect()


def open_warehouse(address: str = DEFAULT) -> Warehouse:
    """Opens the engine at an address; `SurveyError` where there is no such engine."""
    kind, _, rest = address.partition(":")
    if kind == "duckdb":
        from ledtrad.apps.surveys.warehouse.in_process import opened as in_process

        return Warehouse(*in_process(rest))
    if kind in ("postgres", "postgresql"):
        from ledtrad.apps.surveys.warehouse.on_postgres import opened as on_postgres

        return Warehouse(*on_postgres(f"postgresql:{rest}"))
    if kind == "spark":
        from ledtrad.apps.surveys.warehouse.on_spark import opened as on_spark

        return Warehouse(*on_spark(rest))
    raise SurveyError(f"Motorn {kind} finns inte: LEDTRAD_WAREHOUSE börjar med duckdb:, postgres: eller spark:.")
