"""Rows for the read API: outcomes, observations and targets as they were recorded, in an order that holds still."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ledtrad.apps.indicators.models import Observation, Outcome, Target
from ledtrad.apps.open_data.queries.sight import in_open_plans


def outcome_rows(known_at: datetime | None, **asked: Any) -> "QuerySet[Outcome]":
    """The outcomes that hold. What has been recorded is open."""
    rows = Outcome.objects.known(known_at).filter(**_given(asked)).order_by("id")
    return rows.select_related("indicator", "version")


def target_rows(known_at: datetime | None, **asked: Any) -> "QuerySet[Target]":
    """The targets that hold, of the council and of boards whose plans have been adopted."""
    rows = Target.objects.known(known_at).filter(in_open_plans(), **_given(asked)).order_by("id")
    return rows.select_related("indicator", "version")


def observation_rows(known_at: datetime | None, **asked: Any) -> "QuerySet[Observation]":
    """The observations that hold; with `known_at` the last of each place that had been recorded then."""
    rows = Observation.objects.filter(**_given(asked))
    if known_at is None:
        rows = rows.filter(is_current=True)
    else:
        later = Observation.objects.filter(batch__recorded_at__lte=known_at)
        rows = rows.filter(batch__recorded_at__lte=known_at, pk__in=_last_of_each(later, asked))
    return rows.select_related("indicator", "version", "area", "batch").order_by("id")


def _last_of_each(rows: "QuerySet[Observation]", asked: dict[str, Any]) -> Any:
    from django.db.models import Max

    place = ("indicator_id", "area_id", "year", "tertial", "sex", "group")
    return rows.filter(**_given(asked)).order_by().values(*place).annotate(last=Max("id")).values("last")


def _given(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None}
