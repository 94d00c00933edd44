"""The log's tables, and the shape of every record that is never changed, only followed by a newer one."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One thing that was done. `objects` and `change` are canonical JSON, kept as text so that the hash holds.

    `salt` and `change_json` may be emptied by an erasure; the chain holds only `change_hash`. An entry of a draft
    (`is_draft`) changes nothing that the public sees.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    objects_json = models.TextField()
    is_draft = models.BooleanField(default=False)
    salt = models.CharField(max_length=32, default="")
    change_json = models.TextField()
    change_hash = models.CharField(max_length=64, default="")
    format = models.PositiveSmallIntegerField(default=1)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_entry_counts_from_one"),
            models.CheckConstraint(condition=~Q(by=""), name="audit_entry_has_an_actor"),
            models.CheckConstraint(
                condition=Q(format=1, change_hash="") | (Q(format=2) & ~Q(change_hash="")),
                name="audit_entry_format_known",
            ),
        )
        indexes = (
            models.Index(fields=("number",), condition=Q(is_draft=False), name="audit_entry_lasting"),
            models.Index(fields=("by", "number"), name="audit_entry_by"),
            models.Index(fields=("action", "number"), name="audit_entry_action"),
            models.Index(fields=("by", "action", "number"), name="audit_entry_by_action"),
            models.Index(fields=("at", "number"), name="audit_entry_at"),
        )


class EntryObject(models.Model):
    """That an entry touched an object: what the entry says itself, once more in a form that can be searched.

    No constraint in the database ties it to its entry: the walk through the log holds each against the other.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="links", db_index=False, db_constraint=False
    )
    object_id = models.CharField(max_length=300)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("object_id", "entry"), name="audit_object_entries"),)


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
