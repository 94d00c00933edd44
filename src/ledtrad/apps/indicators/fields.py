"""Exact numbers in both databases."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_ALLOWED_LOOKUPS = ("isnull",)


class ExactDecimalField(models.Field):
    """A Decimal of any length, kept to the last digit.

    NUMERIC on PostgreSQL, text on SQLite, whose own numbers are binary and lose digits beyond the fifteenth.
    Text neither sorts nor compares as numbers do, so the database is only ever asked whether there is one.
    """

    description = "An exact decimal number"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "numeric" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))

    def get_prep_value(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, models.expressions.BaseExpression):
            return value
        if not isinstance(value, Decimal):
            raise TypeError(f"an exact number is a Decimal, not {type(value).__name__}")
        if not value.is_finite():
            raise ValueError(f"not a finite number: {value}")
        return value

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return value if connection.vendor == "postgresql" or not isinstance(value, Decimal) else f"{value:f}"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in _ALLOWED_LOOKUPS:
            raise TypeError(f"an exact number cannot be searched with {lookup_name!r}: SQLite keeps it as text")
        return super().get_lookup(lookup_name)
