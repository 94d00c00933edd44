"""From when to when each indicator has figures, and when the latest was recorded. Kept until the log grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import CharField, Count, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.audit.models import EntryObject
from ledtrad.apps.indicators.models import Indicator, Observation, Outcome


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last year with a figure or a stated absence; `invented` when any of them is made up."""

    first: int
    last: int
    updated: datetime
    invented: bool = False


@until_the_log_grows
def spans() -> Mapping[str, Span]:
    """By code; an indicator of which nothing is recorded has none. Three SQL queries."""
    found: dict[str, Span] = {}
    told = Outcome.objects.filter(is_current=True).order_by().values_list("indicator__code")
    made_up = Count("id", filter=Q(invented=True))
    rows = told.annotate(Min("year"), Max("year"), Max("recorded_at"), made_up=made_up)
    for code, first, last, updated, invented in rows:
        found[code] = Span(first, last, updated, invented > 0)
    invented_ones = set(
        Observation.objects.filter(batch__invented=True).values_list("indicator__code", flat=True).distinct()
    )
    for code, first, last, updated in _observed():
        known, span = found.get(code), Span(first, last, updated, code in invented_ones)
        found[code] = _both(known, span) if known else span
    return MappingProxyType(found)


def _both(one: Span, other: Span) -> Span:
    invented = one.invented or other.invented
    return Span(min(one.first, other.first), max(one.last, other.last), max(one.updated, other.updated), invented)


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
