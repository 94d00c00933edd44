"""Statements that are composed once: for the few that every save needs, composing costs more than the answer.

    _by_key = Composed(lambda key: Person.objects.filter(key=key))
    people = _by_key("abc")

The query set is made as usual, with all that it says of joins, order and locks; what is kept is the statement that came
of it, and how its rows become objects. Only the values differ from one time to the next. `inserting` and `updating` do
the same for writing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class Composed(Generic[M]):
    """A query set of whole objects (with `select_related` or not), asked for with the values it is made with.

    Every value must stand in the statement as it is given, in the same order; else TypeError, the first time.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._known: dict[tuple[str, int], _Shape[M]] = {}

    def __call__(self, *values: Any) -> list[M]:
        """The objects. One SQL query."""
        key = (connection.vendor, len(values))
        shape = self._known.get(key)
        if shape is None:
            shape = self._known[key] = _Shape(self._build(*values), _told(values))
        return shape.ask(_told(values))


class _Shape(Generic[M]):
    """A statement, and how its rows are read."""

    def __init__(self, rows: QuerySet[M], told: Sequence[Any]) -> None:
        compiler = rows.query.get_compiler(connection=connection)
        self._statement, found = compiler.as_sql()
        if list(found) != list(told):
            raise TypeError(f"{self._statement}: the values stand as {found}, given were {told}")
        self._read, self._converters = compiler.apply_converters, compiler.get_converters(self._columns(compiler))
        places = compiler.klass_info["select_fields"]
        self._from, self._to = places[0], places[-1] + 1
        self._model: type[M] = compiler.klass_info["model"]
        fields = (column[0].target for column in compiler.select[self._from : self._to])
        self._names = list(map(attrgetter("attname"), fields))
        self._related = get_related_populators(compiler.klass_info, compiler.select, rows.db)

    @staticmethod
    def _columns(compiler: Any) -> list[Any]:
        return [column[0] for column in compiler.select]

    def ask(self, told: Sequence[Any]) -> list[M]:
        with connection.cursor() as cursor:
            cursor.execute(self._statement, told)
            rows = cursor.fetchall()
        return [self._object(row) for row in self._read(rows, self._converters)]

    def _object(self, row: Sequence[Any]) -> M:
        found: M = self._model.from_db(connection.alias, self._names, row[self._from : self._to])
        for related in self._related:
            related.populate(row, found)
        return found


class Writing:
    """A statement that writes rows of one table, from values in the order of its columns."""

    def __init__(self, statement: str) -> None:
        self._statement = statement

    def __call__(self, *rows: Sequence[Any]) -> None:
        """Write each of the rows."""
        told = [_told(row) for row in rows]
        with connection.cursor() as cursor:
            if len(told) == 1:
                cursor.execute(self._statement, told[0])
            elif told:
                cursor.executemany(self._statement, told)


def inserting(model: type[Model], *columns: str) -> Writing:
    """Adds rows with a value for each of the columns; what the model else fills in must be among them."""
    names = ", ".join(f'"{name}"' for name in columns)
    return Writing(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(columns))})')


def updating(model: type[Model], *columns: str) -> Writing:
    """Changes the columns of a row; its key is given last."""
    values = ", ".join(f'"{name}" = %s' for name in columns)
    return Writing(f'UPDATE "{model._meta.db_table}" SET {values} WHERE "{model._meta.pk.column}" = %s')


def _told(values: Sequence[Any]) -> list[Any]:
    """As the database takes them: SQLite's driver knows no times."""
    return [connection.ops.adapt_datetimefield_value(one) if isinstance(one, datetime) else one for one in values]
