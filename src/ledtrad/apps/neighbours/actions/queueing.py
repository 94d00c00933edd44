"""The queue: asking for a fetch, and giving it to a worker. The database keeps two from taking the same one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from ledtrad.apps.audit.actions import record
from ledtrad.apps.neighbours.actions.subscribing import locked
from ledtrad.apps.neighbours.models import UNFINISHED, Fetch, FetchLine, Subscription
from ledtrad.apps.neighbours.policies import check_keeps_subscriptions, check_may_run
from ledtrad.apps.people.actors import Actor

# A worker tells that it lives with every question that it asks; none takes longer than a fraction of this.
LEASE = timedelta(minutes=2)
MOST_TAKES = 3


@transaction.atomic
def ask_fetch(*, name: str, by: Actor, at: datetime) -> int:
    """Put a fetch in the queue; the one that waits or runs already, if there is one. Answers its number.

    Conflict for a subscription that is stopped or has a drift to settle.
    """
    check_keeps_subscriptions(by)
    row = locked(name)
    check_may_run(row.is_stopped, row.drifts.filter(settlement="").exists())
    under_way = row.fetches.filter(state__in=UNFINISHED).values_list("pk", flat=True).first()
    if under_way is not None:
        return under_way
    fetch = Fetch.objects.create(subscription=row, asked_by=by.key, asked_at=at)
    record(
        by=by.key,
        at=at,
        action="neighbours.ask_fetch",
        objects=(f"subscription:{name}", f"fetch:{fetch.pk}"),
        is_draft=True,
    )
    return fetch.pk


def ask_due(*, by: Actor, at: datetime) -> int:
    """Queue what is due by its schedule; answers how many. Each is its own transaction."""
    due = Subscription.objects.filter(next_at__lte=at, is_stopped=False)
    names = due.exclude(drifts__settlement="").exclude(fetches__state__in=UNFINISHED).values_list("name", flat=True)
    for name in (found := list(names)):
        ask_fetch(name=name, by=by, at=at)
    return len(found)


def take_next(*, worker: str, at: datetime, only: int | None = None, lease: timedelta = LEASE) -> int | None:
    """Give the next fetch (or only that one) to `worker`; None when there is none to take.

    One whose worker has not been heard of for `lease` is taken over from the beginning: it had stored nothing. One
    that three workers have died with is given up.
    """
    if not _waiting(at, lease, only).exists():  # asked without a lock first: idle workers disturb nobody
        return None
    with transaction.atomic():
        row = _waiting(at, lease, only).select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
        if row is None:
            return None
        if row.takes >= MOST_TAKES:
            _give_up(row, at)
            return None
        is_taken_over = row.state == "running"
        row.state, row.worker, row.beat_at, row.done, row.total = "running", worker, at, 0, 0
        row.takes, row.started_at = row.takes + 1, row.started_at or at
        row.save()
        if is_taken_over:
            FetchLine.objects.create(fetch=row, at=at, text="Den som hämtade hördes inte av. Börjar om från början.")
        return row.pk


def _waiting(at: datetime, lease: timedelta, only: int | None) -> QuerySet[Fetch]:
    rows = Fetch.objects.filter(Q(state="queued") | Q(state="running", beat_at__lt=at - lease))
    return rows if only is None else rows.filter(pk=only)


def _give_up(row: Fetch, at: datetime) -> None:
    row.state, row.ended_at = "failed", at
    row.trouble = f"Hämtningen avbröts {MOST_TAKES} gånger utan svar och görs inte om. Ingenting har sparats."
    row.save()
    reschedule_next(row.subscription_id, at)


def reschedule_next(subscription: int, at: datetime) -> None:
    """The next time, counted from now. Nothing for what is fetched by hand alone."""
    row = Subscription.objects.filter(pk=subscription, is_stopped=False).exclude(every_days=0).first()
    if row is not None:
        row.next_at = at + timedelta(days=row.every_days)
        row.save(update_fields=["next_at"])
