"""From when to when each indicator has figures, and when the latest was recorded. Kept until the log grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import CharField, Max, Min, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.audit.models import EntryObject
from ledtrad.apps.indicators.models import Indicator, Observation, Outcome


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last year with a figure or a stated absence."""

    first: int
    last: int
    updated: datetime


@until_the_log_grows
def spans() -> Mapping[str, Span]:
    """By code; an indicator of which nothing is recorded has none. Two SQL queries."""
    found: dict[str, Span] = {}
    told = Outcome.objects.filter(is_current=True).order_by().values_list("indicator__code")
    for code, first, last, updated in told.annotate(Min("year"), Max("year"), Max("recorded_at")):
        found[code] = Span(first, last, updated)
    for code, first, last, updated in _observed():
        known = found.get(code)
        span = Span(first, last, updated)
        found[code] = _both(known, span) if known else span
    return MappingProxyType(found)


def _both(one: Span, other: Span) -> Span:
    return Span(min(one.first, other.first), max(one.last, other.last), max(one.updated, other.updated))


def _observed() -> Any:
    """Two steps into an index for each indicator, however many figures it has; the log knows when."""
    rows = Observation.objects.filter(indicator=OuterRef("pk"), is_current=True)
    named = Concat(Value("indicator:"), OuterRef("code"), output_field=CharField())
    logged = EntryObject.objects.filter(object_id=named).order_by("-entry_id").values("entry__at")
    found = Indicator.objects.annotate(
        first=Subquery(rows.order_by("year").values("year")[:1]),
        last=Subquery(rows.order_by("-year").values("year")[:1]),
        updated=Subquery(logged[:1]),
    )
    return found.filter(first__isnull=False, updated__isnull=False).values_list("code", "first", "last", "updated")
