"""The log's table, and the shape of every record that is never changed, only followed by a newer one."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One thing that was done. `objects` and `change` are canonical JSON, kept as text so that the hash holds."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    objects_json = models.TextField()
    change_json = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(condition=models.Q(number__gte=1), name="audit_entry_counts_from_one"),
            models.CheckConstraint(condition=~models.Q(by=""), name="audit_entry_has_an_actor"),
        )


R = TypeVar("R", bound=models.Model)


class RecordQuerySet(models.QuerySet[R]):
    def known(self, moment: datetime | None = None) -> "RecordQuerySet[R]":
        """What held at `moment`, as it was known then; with None, what holds now."""
        if moment is None:
            return self.filter(is_current=True)
        later = Q(superseded_by__isnull=False, superseded_by__recorded_at__lte=moment)
        return self.filter(recorded_at__lte=moment).exclude(later)


class Record(models.Model):
    """Something said at a moment. A correction is a new record that supersedes the old one, which stays.

    `invented` marks what was made up for demonstration.
    """

    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    is_current = models.BooleanField(default=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    invented = models.BooleanField(default=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
