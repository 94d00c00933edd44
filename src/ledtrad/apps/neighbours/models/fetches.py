"""Fetches: the jobs that ask a neighbour. The table is the queue itself."""

from django.db import models
from django.db.models import F, Q

from ledtrad.apps.indicators.models import Batch
from ledtrad.apps.neighbours.models.subscriptions import Subscription

FETCH_STATES = ("queued", "running", "done", "held", "failed")
UNFINISHED = ("queued", "running")


class Fetch(models.Model):
    """One time that a subscription's figures are asked for.

    It is queued, taken by a worker (`worker` is that worker's own mark, `beat_at` when it was last heard of), and ends
    as done, held (the definition has drifted: nothing was stored) or failed (`trouble` says why, nothing was stored).
    A worker that is not heard of any more loses it to the next one.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="fetches")
    state = models.CharField(max_length=7, default="queued")
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    worker = models.CharField(max_length=32, blank=True, default="")
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    takes = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    new = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=FETCH_STATES), name="neighbours_fetch_state_known"),
            models.CheckConstraint(
                condition=Q(state="queued", worker="", ended_at__isnull=True)
                | (Q(state="running", beat_at__isnull=False, ended_at__isnull=True) & ~Q(worker=""))
                | Q(state__in=("done", "held", "failed"), ended_at__isnull=False),
                name="neighbours_fetch_is_where_it_says",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(trouble=""), name="neighbours_a_failed_fetch_says_why"
            ),
            models.CheckConstraint(
                condition=Q(batch__isnull=True) | Q(state="done"), name="neighbours_only_a_done_fetch_stored"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="neighbours_no_more_done_than_all"),
            models.UniqueConstraint(
                fields=("subscription",), condition=Q(state__in=UNFINISHED), name="neighbours_one_fetch_at_a_time"
            ),
        )


class FetchLine(models.Model):
    """A line in a fetch's own log: what was asked, what came, what was left out."""

    fetch = models.ForeignKey(Fetch, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ("id",)
