"""An engine that is open, and the three there are."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ledtrad.core.surveys.refusals import SurveyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ibis.expr.types import Table

    from ledtrad.core.surveys.asked import Apart, Ask, Asked, Batch, Columns, Streamed

DEFAULT = "duckdb:"
NAMED_BY = "LEDTRAD_WAREHOUSE"
_MOST_KEPT = 500
_MOST_HELD = 256_000_000  # bytes


class Engine(Protocol):
    """What an engine must do. `dialect` is its name in Ibis, `types` the types of a table's columns in its words.

    One that `streams` hands out rows in batches at little cost.
    """

    dialect: str
    streams: bool

    def run(self, sql: str) -> "Columns": ...

    def stream(self, sql: str, coded: frozenset[str]) -> "Iterator[Batch]": ...

    def types(self, name: str) -> dict[str, str]: ...

    def read(self, file: Path, name: str) -> None: ...

    def close(self) -> None: ...


class Warehouse:
    """An open engine. `table` answers a table of answers by name or by file; `asker` what runs expressions on it.

    The SQL of an expression is kept, since to build and compile it takes longer than to run it on a small survey.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._tables: dict[object, Table] = {}
        self._files: set[str] = set()  # names of tables that never change
        self._kept: dict[tuple[object, ...], str] = {}
        self._held: dict[tuple[object, ...], Columns] = {}

    def table(self, source: str | Path) -> "Table":
        """The table of that name, or the rows of a Parquet or CSV file; a file that has changed is read anew."""
        if isinstance(source, str):
            return self._described(source)
        if not source.is_file():
            raise SurveyError(f"Filen {source} finns inte.")
        state = source.stat()
        version = (str(source.resolve()), state.st_mtime_ns, state.st_size)
        if version not in self._tables:
            name = "answers_" + hashlib.sha256(repr(version).encode()).hexdigest()[:16]
            self.engine.read(source, name)
            self._tables[version] = self._described(name)
            self._files.add(name)
        return self._tables[version]

    def _described(self, name: str) -> "Table":
        """The table as Ibis knows it: by its name and types alone, so that compiling needs no connection."""
        import ibis

        from ledtrad.apps.surveys.warehouse.dialects import type_of

        types = self.engine.types(name)
        return ibis.table({column: type_of(self.engine.dialect, told) for column, told in types.items()}, name=name)

    def asker(self, table: "Table") -> "Ask":
        """What runs the core's expressions over this table."""
        name = table.get_name()

        def ask(asked: "Asked") -> "Columns":
            streamed, apart = asked.streamed, asked.apart
            if streamed is not None and self.engine.streams:
                return self._tallied(streamed, self._sql(streamed.rows, name, "rows", *asked.key))
            if apart is not None and self.engine.streams and name in self._files:
                rest = self.engine.run(self._sql(apart.rest, name, "rest", *asked.key))
                return rest | self._again(name, apart)
            return self.engine.run(self._sql(asked.build, name, "all", *asked.key))

        return ask

    def _tallied(self, streamed: "Streamed", sql: str) -> "Columns":
        tally = streamed.tally()
        for batch in self.engine.stream(sql, streamed.coded):
            tally.add(batch)
        return tally.found()

    def _sql(self, build: "Callable[[], Table]", *key: object) -> str:
        from ledtrad.apps.surveys.warehouse.dialects import sql_of

        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = sql_of(self.engine.dialect, build())
        return self._kept[key]

    def _again(self, name: str, apart: "Apart") -> "Columns":
        """Columns of a file that many questions want; the last ones are held, where they take no more than there is."""
        key = (name, *apart.again.key)
        if key in self._held:
            return self._held[key]
        found = apart.shape(self.engine.run(self._sql(apart.again.build, *key)))
        small = sum(column.nbytes for column in found.values()) <= _MOST_HELD
        self._held = {key: found} if small else {}
        return found

    def close(self) -> None:
        self.engine.close()


def open_warehouse(address: str = "") -> Warehouse:
    """Opens the engine at an address, or at the one in LEDTRAD_WAREHOUSE, or DuckDB in this process.

    `SurveyError` where there is no such engine.
    """
    address = address or os.environ.get(NAMED_BY) or DEFAULT
    kind, _, rest = address.partition(":")
    if kind == "duckdb":
        from ledtrad.apps.surveys.warehouse.in_process import DuckDB

        return Warehouse(DuckDB(rest))
    if kind in ("postgres", "postgresql"):
        from ledtrad.apps.surveys.warehouse.on_postgres import PostgreSQL

        return Warehouse(PostgreSQL(f"postgresql:{rest}"))
    if kind == "spark":
        from ledtrad.apps.surveys.warehouse.on_spark import Spark

        return Warehouse(Spark(rest))
    raise SurveyError(f"Motorn {kind} finns inte: LEDTRAD_WAREHOUSE börjar med duckdb:, postgres: eller spark:.")
