"""Which tables a backup holds, and how a row is written so that both databases give the same line."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import models
from django.utils.duration import duration_iso_string

# Made anew by the program itself, or worth nothing on another machine.
_LEFT_OUT = {
    "auth.permission",
    "auth.group",
    "auth.group_permissions",
    "contenttypes.contenttype",
    "sessions.session",
    "usersessions.usersession",
}
Model = type[models.Model]
Line = str


def tables(apps: Apps) -> list[Model]:
    """The models whose rows are kept, in the order of their tables' names."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in _LEFT_OUT
    }
    return [found[name] for name in sorted(found)]


def columns(model: Model) -> list["models.Field[Any, Any]"]:
    """The fields that have a column, in the order of the columns' names."""
    return sorted(model._meta.concrete_fields, key=lambda field: field.column)


def lines(model: Model, using: str) -> Iterator[Line]:
    """Every row as a line of JSON, in an order that does not depend on the database."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names).iterator(chunk_size=2000)
    written = (json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":")) for row in rows)
    # Databases agree on the order of numbers; of texts they do not.
    return written if isinstance(model._meta.pk, _NUMBERED) else iter(sorted(written))


_NUMBERED = (models.IntegerField, models.OneToOneField)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return str(value) if isinstance(value, UUID) else value


def row_of(line: Line, fields: Iterable["models.Field[Any, Any]"]) -> list[Any]:
    """The values of a line, as Python has them."""
    return [field.to_python(value) for field, value in zip(fields, json.loads(line), strict=True)]
