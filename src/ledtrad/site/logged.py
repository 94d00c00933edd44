"""What the log's ids stand for: here, since here every app is known."""

import json
from collections.abc import Collection, Iterable

from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.reporting.models import Row
from ledtrad.site.log_sight import numbers


def titles(object_ids: Collection[str]) -> dict[str, str]:
    """What things are called, as far as their ids do not say it themselves. Two SQL queries at most."""
    rows, units = numbers(object_ids, "row:"), _units_named(object_ids)
    called = dict(Unit.objects.filter(slug__in=set(units.values())).values_list("slug", "name")) if units else {}
    found = {one: _title_with_unit(one, called.get(slug, slug)) for one, slug in units.items()}
    if rows:
        stored = Row.objects.filter(pk__in=rows).values_list("pk", "frame", "subject", "report__unit__name")
        for number, frame, subject, unit in stored:
            found[f"row:{number}"] = f"{json.loads(frame).get('title', subject)} ({unit})"
    return found


def _units_named(object_ids: Iterable[str]) -> dict[str, str]:
    """The short name of the unit in the id of a unit, or of a unit's report."""
    found = {one: one.removeprefix("unit:") for one in object_ids if one.startswith("unit:")}
    reports = (one for one in object_ids if one.startswith("report:"))
    return found | {one: one.rpartition("/")[2] for one in reports}


def _title_with_unit(object_id: str, unit: str) -> str:
    if object_id.startswith("unit:"):
        return unit
    period = object_id.removeprefix("report:").rpartition("/")[0]
    return f"rapport {period}, {unit}"
