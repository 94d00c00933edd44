"""What the log's ids stand for, and who may see it: here, since here every app is known."""

import json
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.models import Question, Report, Row, SetAside
from ledtrad.apps.reporting.policies import check_may_see
from ledtrad.apps.reporting.queries.reports import report_by_id
from ledtrad.core.periods import Period

# What everybody who has signed in may read on the pages.
_OPEN = {
    "activity",
    "assessment",
    "city_verdict",
    "correction",
    "forecast",
    "goal",
    "indicator",
    "indicator_verdict",
    "obligation",
    "outcome",
    "phase",
    "plan",
    "plan_decision",
    "target",
    "unit",
}
# How the report is found that something is part of.
_PARTS_OF_REPORTS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "row": (Row.objects.all, "report_id"),
    "question": (Question.objects.all, "report_id"),
    "set_aside": (SetAside.objects.all, "row__report_id"),
}


def titles(object_ids: Collection[str]) -> dict[str, str]:
    """What things are called, as far as their ids do not say it themselves. Two SQL queries at most."""
    rows, units = _numbers(object_ids, "row:"), _units_named(object_ids)
    called = dict(Unit.objects.filter(slug__in=set(units.values())).values_list("slug", "name")) if units else {}
    found = {one: _title_with_unit(one, called.get(slug, slug)) for one, slug in units.items()}
    if rows:
        stored = Row.objects.filter(pk__in=rows).values_list("pk", "frame", "subject", "report__unit__name")
        for number, frame, subject, unit in stored:
            found[f"row:{number}"] = f"{json.loads(frame).get('title', subject)} ({unit})"
    return found


def _numbers(object_ids: Iterable[str], prefix: str) -> list[int]:
    named = (one.removeprefix(prefix) for one in object_ids if one.startswith(prefix))
    return [int(number) for number in named if number.isascii() and number.isdecimal() and len(number) <= 18]


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


def check_sees(actor: Actor, object_id: str) -> None:
    """Whoever may see something may read its log. Raises Unseen for what is not to be known of."""
    kind, _, name = object_id.partition(":")
    if kind in _OPEN or (kind == "edition" and actor.holds(Role.EDITOR)):
        return
    report = _report_behind(kind, name)
    if report is None:
        raise Unseen("Det finns ingen logg för det här.")
    check_may_see(actor, report_by_id(report))


def _report_behind(kind: str, name: str) -> int | None:
    """The id of the report that something is, or is part of."""
    if kind == "report":
        return _report_named(name)
    numbers = _numbers([f"{kind}:{name}"], f"{kind}:")
    parts = _PARTS_OF_REPORTS.get(kind)
    if parts is None or not numbers:
        return None
    rows, way = parts
    return rows().filter(pk=numbers[0]).values_list(way, flat=True).first()


def _report_named(name: str) -> int | None:
    """The report that the log calls "2021-T1/kultur"."""
    period, _, unit = name.rpartition("/")
    reports = Report.objects.filter(unit__slug=unit).values_list("pk", "year", "tertial")
    return next((pk for pk, year, tertial in reports if str(Period(year, tertial)) == period), None)
