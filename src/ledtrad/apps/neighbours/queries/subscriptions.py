"""Subscriptions with how it last went, and drifts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from ledtrad.apps.neighbours.definitions import from_json
from ledtrad.apps.neighbours.models import DriftReport, Fetch, Subscription
from ledtrad.core.series.drift import Drift, NeighbourDefinition, drift_between


@dataclass(frozen=True, slots=True)
class SubscriptionCard:
    """A subscription. `open_drift` is the number of the drift that waits for somebody, if one does; `last_state` and
    `last_at` are of its latest fetch."""

    name: str
    provider: str
    source: str
    asked: str
    indicator: str
    areas: tuple[str, ...]
    by_sex: bool
    every_days: int
    from_year: int
    next_at: datetime | None
    definition: NeighbourDefinition
    pinned_at: datetime
    pinned_by: str
    is_stopped: bool
    open_drift: int | None
    last_fetch: int | None
    last_state: str
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class DriftCard:
    """A drift: what was pinned, what was found, and how it was settled, if it was."""

    id: int
    subscription: str
    indicator: str
    found_at: datetime
    pinned: NeighbourDefinition
    found: NeighbourDefinition
    settlement: str
    settled_by: str
    settled_at: datetime | None
    motive: str

    @property
    def drift(self) -> Drift:
        found = drift_between(self.pinned, self.found)
        assert found is not None, "a drift is stored only where something differs"
        return found


def subscriptions() -> tuple[SubscriptionCard, ...]:
    """All subscriptions by name. One SQL query."""
    return _cards(Subscription.objects.all())


def subscription(name: str) -> SubscriptionCard | None:
    return next(iter(_cards(Subscription.objects.filter(name=name))), None)


def _cards(rows: Any) -> tuple[SubscriptionCard, ...]:
    latest = Fetch.objects.filter(subscription=OuterRef("pk")).order_by("-pk")
    waiting = DriftReport.objects.filter(subscription=OuterRef("pk"), settlement="")
    named = rows.annotate(
        open_drift=Subquery(waiting.values("pk")[:1]),
        last_fetch=Subquery(latest.values("pk")[:1]),
        last_state=Subquery(latest.values("state")[:1]),
        last_at=Subquery(latest.values("ended_at")[:1]),
    ).select_related("indicator")
    return tuple(
        SubscriptionCard(
            row.name,
            row.provider,
            row.source,
            row.asked,
            row.indicator.code,
            tuple(row.areas.split()),
            row.by_sex,
            row.every_days,
            row.from_year,
            row.next_at,
            from_json(row.definition),
            row.pinned_at,
            row.pinned_by,
            row.is_stopped,
            row.open_drift,
            row.last_fetch,
            row.last_state or "",
            row.last_at,
        )
        for row in named
    )


def drifts_of(name: str) -> tuple[DriftCard, ...]:
    """A subscription's drifts, newest first. One SQL query."""
    return _drifts(DriftReport.objects.filter(subscription__name=name))


def drift_by_id(drift: int) -> DriftCard | None:
    return next(iter(_drifts(DriftReport.objects.filter(pk=drift))), None)


def _drifts(rows: Any) -> tuple[DriftCard, ...]:
    return tuple(
        DriftCard(
            row.pk,
            row.subscription.name,
            row.subscription.indicator.code,
            row.found_at,
            from_json(row.pinned),
            from_json(row.found),
            row.settlement,
            row.settled_by,
            row.settled_at,
            row.motive,
        )
        for row in rows.select_related("subscription__indicator").order_by("-pk")
    )
