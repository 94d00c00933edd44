"""Files with figures, and how their columns were understood."""

from django.db import models
from django.db.models import Q

UPLOAD_STATES = ("waiting", "confirmed", "refused")


class Upload(models.Model):
    """A file that was sent in. Its bytes lie in a folder beside the database under their sha256; neither ever changes.

    `state` goes from waiting to confirmed or refused, once. `choices` is JSON: what was chosen for it in the preview.
    """

    name = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received_by = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    choices = models.TextField(blank=True, default="")
    settled_by = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=UPLOAD_STATES), name="indicators_upload_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="indicators_upload_is_settled_at_a_moment",
            ),
        )


class ColumnChoice(models.Model):
    """How a table with these headings was read last time, so that the next one is guessed right. JSON in `choices`.

    `headings` is the sha256 of the headings in their order, folded.
    """

    headings = models.CharField(max_length=64, unique=True)
    choices = models.TextField()
    chosen_by = models.CharField(max_length=200)
    chosen_at = models.DateTimeField()
