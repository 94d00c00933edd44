"""Drift reports: a neighbour says something else of its figures than when they were pinned."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.neighbours.models.fetches import Fetch
from ledtrad.apps.neighbours.models.subscriptions import Subscription

# A new version of the indicator with a break; the same question in other words; or the pinned one is kept, and no
# more is fetched.
SETTLEMENTS = ("new_version", "same_question", "stopped")


class DriftReport(models.Model):
    """That a fetch found another definition than the pinned one. Both are kept here as JSON.

    Until somebody has settled it, nothing is stored from the neighbour. `settlement` says how.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="drifts")
    fetch = models.ForeignKey(Fetch, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    pinned = models.TextField()
    found = models.TextField()
    found_fingerprint = models.CharField(max_length=64)
    settlement = models.CharField(max_length=13, blank=True, default="")
    settled_by = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    motive = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(settlement="", settled_at__isnull=True, settled_by="")
                | (Q(settlement__in=SETTLEMENTS, settled_at__isnull=False) & ~Q(settled_by="") & ~Q(motive="")),
                name="neighbours_drift_settled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=("subscription",), condition=Q(settlement=""), name="neighbours_one_open_drift"
            ),
        )
