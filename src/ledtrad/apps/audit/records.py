"""Storing records: a newer one takes over from the one that holds now; nothing is overwritten."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from ledtrad.apps.audit.models import Record
from ledtrad.apps.audit.policies import Refused

_BATCH = 400
R = TypeVar("R", bound=Record)


def append(model: type[R], rows: Sequence[R], *, key: tuple[str, ...]) -> dict[tuple[Any, ...], R]:
    """Store `rows`; each takes over from the current row with the same `key`. Answers the rows that were taken over.

    Refused when two of `rows` have the same key, or when somebody else stored one at the same moment.
    """
    keys = [_key_of(row, key) for row in rows]
    if len(set(keys)) < len(keys):
        raise Refused("Samma uppgift lämnas två gånger i samma inlämning. Ingenting har sparats.")
    current = _current(model, rows, key)
    replaced = {found: current[found] for found in keys if found in current}
    for row, found in zip(rows, keys, strict=True):
        row.supersedes = replaced.get(found)
    try:
        with transaction.atomic():
            _retire(model, replaced.values())
            model._default_manager.bulk_create(rows, batch_size=_BATCH)
    except IntegrityError as error:
        if not _is_collision(error):
            raise
        raise Refused(
            "Någon annan sparade samma uppgift i samma stund. Din version är inte sparad; hämta sidan på nytt."
        ) from error
    return replaced


def _is_collision(error: IntegrityError) -> bool:
    text = str(error).lower()
    return "unique" in text or "duplicate key" in text


def _key_of(row: models.Model, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def _current(model: type[R], rows: Sequence[R], key: tuple[str, ...]) -> dict[tuple[Any, ...], R]:
    """Current rows that may have the key of one of `rows`: found by each part of the key, matched whole in Python."""
    found: dict[tuple[Any, ...], R] = {}
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        parts = {f"{name}__in": {getattr(row, name) for row in batch} for name in key}
        candidates = model._default_manager.select_for_update().filter(is_current=True, **parts)
        found.update({_key_of(row, key): row for row in candidates})
    return found


def _retire(model: type[R], rows: Iterable[R]) -> None:
    ids = [row.pk for row in rows]
    for start in range(0, len(ids), _BATCH):
        model._default_manager.filter(pk__in=ids[start : start + _BATCH]).update(is_current=False)
