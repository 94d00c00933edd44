"""Subscribing, and changing how often, or whether, something is fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Refused, Unseen
from ledtrad.apps.indicators.actions import NewArea, NewIndicator, define_indicators, register_areas
from ledtrad.apps.indicators.models import Area, Indicator
from ledtrad.apps.indicators.policies import check_keeps_figures
from ledtrad.apps.neighbours.definitions import as_json
from ledtrad.apps.neighbours.models import PROVIDERS, Subscription
from ledtrad.apps.neighbours.policies import (
    check_areas,
    check_keeps_subscriptions,
    check_motive,
    check_name,
    check_schedule,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.core.series.drift import NeighbourDefinition


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """What to subscribe to. `asked` is a KPI's id for Kolada, a stored query as JSON for a table.

    `definition` is what the neighbour says now: it is pinned. `areas` are our own codes. `new_indicator` and
    `new_areas` are made in the same breath, where they are not there before.
    """

    name: str
    provider: str
    source: str
    asked: str
    indicator: str
    areas: tuple[str, ...]
    definition: NeighbourDefinition
    by_sex: bool = False
    every_days: int = 0
    new_indicator: NewIndicator | None = None
    new_areas: Sequence[NewArea] = ()


@transaction.atomic
def subscribe(*, new: NewSubscription, by: Actor, at: datetime) -> None:
    """Pin the definition and put the subscription on the list. Nothing is fetched yet.

    Refused for a name that is taken, an unknown indicator or area; Forbidden for whoever may not.
    """
    check_keeps_subscriptions(by)
    check_name(new.name, Subscription.objects.filter(name=new.name).exists())
    check_areas(new.areas)
    check_schedule(new.every_days)
    if new.provider not in PROVIDERS:
        raise Refused("Grannen {provider} är av okänt slag. Ingenting har sparats.", provider=new.provider)
    row = Subscription(
        name=new.name,
        provider=new.provider,
        source=new.source,
        asked=new.asked,
        indicator_id=_indicator(new, by, at),
        areas=" ".join(_areas(new, by, at)),
        by_sex=new.by_sex,
        every_days=new.every_days,
        next_at=at if new.every_days else None,
        definition=as_json(new.definition),
        fingerprint=new.definition.fingerprint,
        pinned_by=by.key,
        pinned_at=at,
        kept_by=by.key,
        made_at=at,
    )
    row.save(force_insert=True)
    record(
        by=by.key,
        at=at,
        action="neighbours.subscribe",
        objects=(f"subscription:{new.name}", f"indicator:{new.indicator}"),
        after={
            "source": new.source,
            "asked": new.asked,
            "areas": list(new.areas),
            "every_days": new.every_days,
            "title": new.definition.title,
            "fingerprint": new.definition.fingerprint,
        },
        is_draft=True,
    )


def _indicator(new: NewSubscription, by: Actor, at: datetime) -> int:
    if new.new_indicator is not None:
        check_keeps_figures(by)
        define_indicators(indicators=[new.new_indicator], by=by.key, at=at)
    found = Indicator.objects.filter(code=new.indicator).values_list("id", flat=True).first()
    if found is None:
        raise Refused("Indikatorn {code} finns inte. Ingenting har sparats.", code=new.indicator)
    return found


def _areas(new: NewSubscription, by: Actor, at: datetime) -> tuple[str, ...]:
    """The areas in their order, the unknown among them registered."""
    known = set(Area.objects.filter(code__in=new.areas).values_list("code", flat=True))
    coming = [area for area in new.new_areas if area.code in new.areas and area.code not in known]
    if coming:
        register_areas(areas=coming, by=by, at=at)
    missing = set(new.areas) - known - {area.code for area in coming}
    if missing:
        raise Refused("Området {area} finns inte. Ingenting har sparats.", area=min(missing))
    return tuple(dict.fromkeys(new.areas))


@transaction.atomic
def reschedule(*, name: str, every_days: int, by: Actor, at: datetime) -> None:
    """Choose how often it is fetched; 0 for by hand alone."""
    check_keeps_subscriptions(by)
    check_schedule(every_days)
    row = locked(name)
    before = row.every_days
    row.every_days = every_days
    row.next_at = at + timedelta(days=every_days) if every_days and not row.is_stopped else None
    row.save(update_fields=["every_days", "next_at"])
    _tell("neighbours.reschedule", row, {"every_days": every_days}, {"every_days": before}, by, at)


@transaction.atomic
def stop(*, name: str, because: str, by: Actor, at: datetime) -> None:
    """Fetch no more. What has been fetched stays."""
    check_keeps_subscriptions(by)
    check_motive(because)
    row = locked(name)
    row.is_stopped, row.next_at = True, None
    row.save(update_fields=["is_stopped", "next_at"])
    _tell("neighbours.stop", row, {"because": because}, None, by, at)


@transaction.atomic
def resume(*, name: str, by: Actor, at: datetime) -> None:
    """Fetch again, with the same definition pinned."""
    check_keeps_subscriptions(by)
    row = locked(name)
    row.is_stopped = False
    row.next_at = at if row.every_days else None
    row.save(update_fields=["is_stopped", "next_at"])
    _tell("neighbours.resume", row, {"every_days": row.every_days}, None, by, at)


def locked(name: str) -> Subscription:
    """The subscription, locked until the action ends. Unseen when there is none."""
    row = Subscription.objects.select_for_update(of=("self",)).select_related("indicator").filter(name=name).first()
    if row is None:
        raise Unseen("Prenumerationen {name} finns inte.", name=name)
    return row


def _tell(what: str, row: Subscription, after: object, before: object, by: Actor, at: datetime) -> None:
    record(
        by=by.key,
        at=at,
        action=what,
        objects=(f"subscription:{row.name}",),
        after=after,
        before=before,
        is_draft=True,
    )
