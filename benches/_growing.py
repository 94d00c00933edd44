"""More cities' worth of data around the one that is there: each a copy of all its tables, some years earlier.

    python -m benches._growing CITIES

The copies have units, people, goals, reports and log entries of their own, and have come to their end: what the pages
show stays as it is, while every table holds so many times as much. Written past the actions, with one statement for
each table and city: what is measured is reading.
"""

import sys
from typing import Any

YEARS_OF_A_CITY = 6  # five and the one that is being planned
_APART = 10_000_000  # between the ids of one city and the next
_YEARS = {"year", "first_year", "last_year", "from_year", "rhythm_from"}
_NAMES = {"slug", "key", "email", "feed_token", "code", "object_id", "subject", "hash", "objects_json"}
# What goes on in the present city has come to its end in the others; what had not begun by then, as it began.
_ENDS = {"valid_to": ("2022-12-31", "valid_from"), "last_year": ("2022", "first_year")}
_NO_CITY_OF_THEIR_OWN = ("sessions", "contenttypes", "auth", "account", "mfa", "socialaccount", "usersessions")


def main(cities: int) -> None:
    import django

    django.setup()
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for model in _models():
            for city in range(1, cities):
                cursor.execute(_copying(connection, model, city))
        _index_is_up_to_date(cursor, cities)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _models() -> list[Any]:
    """The tables of our own apps, but for how far the index of words has come: there is one index for all."""
    from django.apps import apps

    ours = [model for model in apps.get_models() if model._meta.app_label not in _NO_CITY_OF_THEIR_OWN]
    return [model for model in ours if model._meta.model_name != "searchmark"]


def _index_is_up_to_date(cursor: Any, cities: int) -> None:
    """The copies' texts stand in the index already, as far as the first city's do."""
    cursor.execute(f"UPDATE search_searchmark SET last_id = last_id + {(cities - 1) * _APART}")


def _copying(connection: Any, model: Any, city: int) -> str:
    """One statement that adds a city's rows: those of the first, with other ids, names and years."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    values = ", ".join(_told(connection, field, city) for field in model._meta.concrete_fields)
    key = quote(model._meta.pk.column)
    is_text = model._meta.pk.get_internal_type() not in ("BigAutoField", "AutoField", "PositiveBigIntegerField")
    if is_text:
        raise ValueError(f"{model} has a key that is no number")
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {key} < {_APART}"


def _told(connection: Any, field: Any, city: int) -> str:
    column, kind = connection.ops.quote_name(field.column), field.get_internal_type()
    if field.name == "is_active":  # whoever was here then has left
        return "false" if connection.vendor == "postgresql" else "0"
    if field.name in _ENDS:
        column = _ended(connection, column, kind, *_ENDS[field.name])
    if field.primary_key or (field.is_relation and field.many_to_one) or (field.is_relation and field.one_to_one):
        return f"{column} + {city * _APART}"
    if field.name in _YEARS:
        return f"{column} - {city * YEARS_OF_A_CITY}"
    if kind in ("DateField", "DateTimeField"):
        return _earlier(connection, column, kind, city)
    if field.name in _NAMES or field.unique:
        return _renamed(column, field, city)
    return column


def _ended(connection: Any, column: str, kind: str, end: str, begins: str) -> str:
    is_day = kind == "DateField"
    last = f"'{end}'" if is_day else end
    last = f"{last}::date" if is_day and connection.vendor == "postgresql" else last
    return f"COALESCE({column}, CASE WHEN {begins} > {last} THEN {begins} ELSE {last} END)"


def _earlier(connection: Any, column: str, kind: str, city: int) -> str:
    years = city * YEARS_OF_A_CITY
    if connection.vendor == "postgresql":
        earlier = f"{column} - interval '{years} years'"
        return f"({earlier})::date" if kind == "DateField" else earlier
    turned = "date" if kind == "DateField" else "datetime"
    return f"{turned}({column}, '-{years} years')"


def _renamed(column: str, field: Any, city: int) -> str:
    """A letter and a stroke before the name, another for each city: nothing in the first city begins so."""
    letter = f"{chr(ord('a') + city)}_"
    if field.name == "hash":  # of a fixed length
        return f"'{letter}' || substr({column}, 3)"
    if field.name in ("object_id", "objects_json"):
        return f"replace({column}, ':', ':{letter}')"
    longest = (field.max_length or 10_000) - len(letter)  # PostgreSQL refuses a name that is too long
    return f"'{letter}' || CASE WHEN length({column}) > {longest} THEN substr({column}, 3) ELSE {column} END"


if __name__ == "__main__":
    main(int(sys.argv[1]))
