"""Settling a drift: a person says what it means that a neighbour has changed a definition."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Refused, Unseen
from ledtrad.apps.indicators.actions import Definition, revise_indicator
from ledtrad.apps.indicators.models import IndicatorVersion
from ledtrad.apps.neighbours.actions.subscribing import locked
from ledtrad.apps.neighbours.models import SETTLEMENTS, DriftReport, Subscription
from ledtrad.apps.neighbours.policies import (
    check_break,
    check_drift_is_open,
    check_keeps_subscriptions,
    check_motive,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.core.assessment import Sense
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import unit_named


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What the indicator asks from `from_year` on, and why what comes cannot be set beside what was."""

    from_year: int
    title: str
    question: str
    breaks: str


@transaction.atomic
def settle_drift(
    *, drift: int, settlement: str, motive: str, version: NewVersion | None = None, by: Actor, at: datetime
) -> None:
    """Say what a drift means; needs a motive.

    "new_version": it is another question. The indicator gets a new version with a break, and figures from years before
    it are no longer taken. "same_question": only the words differ. In both, what the neighbour says now is pinned.
    "stopped": what was pinned stays, and nothing more is fetched. Conflict when somebody has settled it before.
    """
    check_keeps_subscriptions(by)
    check_motive(motive)
    if settlement not in SETTLEMENTS or (settlement == "new_version") != (version is not None):
        raise Refused("Välj vad ändringen betyder. Ingenting har sparats.")
    name = DriftReport.objects.filter(pk=drift).values_list("subscription__name", flat=True).first()
    if name is None:
        raise Unseen("Ändringen finns inte.")
    subscription = locked(name)
    report = DriftReport.objects.select_for_update(of=("self",)).get(pk=drift)
    check_drift_is_open(report.settlement == "")
    if version is not None:
        _revise(subscription, version, motive, by, at)
    _apply(subscription, report, settlement, by, at)
    report.settlement, report.motive = settlement, motive
    report.settled_by, report.settled_at = by.key, at
    report.save(update_fields=["settlement", "motive", "settled_by", "settled_at"])
    record(
        by=by.key,
        at=at,
        action="neighbours.settle_drift",
        objects=(f"subscription:{name}", f"drift:{drift}", f"indicator:{subscription.indicator.code}"),
        after={"settlement": settlement, "motive": motive, "fingerprint": subscription.fingerprint},
        is_draft=True,
    )


def _apply(subscription: Subscription, report: DriftReport, settlement: str, by: Actor, at: datetime) -> None:
    if settlement == "stopped":
        subscription.is_stopped, subscription.next_at = True, None
    else:
        subscription.definition, subscription.fingerprint = report.found, report.found_fingerprint
        subscription.pinned_by, subscription.pinned_at = by.key, at
        subscription.next_at = at if subscription.every_days and not subscription.is_stopped else None
    subscription.save()


def _revise(subscription: Subscription, version: NewVersion, motive: str, by: Actor, at: datetime) -> None:
    check_break(version.breaks)
    if not version.title.strip():
        raise Refused("Skriv vad indikatorn heter från och med det nya året. Ingenting har sparats.")
    code = subscription.indicator.code
    latest = IndicatorVersion.objects.filter(indicator=subscription.indicator).order_by("-number")[0]
    revise_indicator(
        code=code,
        from_year=version.from_year,
        definition=replace(_definition(latest), title=version.title.strip(), question=version.question.strip()),
        because=motive,
        breaks=version.breaks,
        by=by.key,
        at=at,
    )
    subscription.from_year = version.from_year


def _definition(row: IndicatorVersion) -> Definition:
    return Definition(
        row.title,
        unit_named(row.unit),
        Sense(row.sense),
        row.decimals,
        row.by_sex,
        Periodicity(row.every_years, row.rhythm_from),
        row.question,
        row.rule,
        row.source,
        tuple(row.splits.split()),
        row.numerator,
        row.denominator,
    )
