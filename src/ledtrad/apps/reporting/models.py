"""Reports of boards and units, row by row; who changed what; questions and answers; corrections after the lock."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.organisation.models import Unit


class State(models.TextChoices):
    """Where a report is on its way up."""

    DRAFT = "draft", "utkast"
    SUBMITTED = "submitted", "inlämnad"
    RETURNED = "returned", "återlämnad"
    DECIDED = "decided", "beslutad"
    LOCKED = "locked", "låst"


class RowKind(models.TextChoices):
    """What a row of a report is about. `subject` of the row is then a code of an indicator, activity or goal."""

    INDICATOR = "indicator", "indikator"
    ACTIVITY = "activity", "aktivitet"
    ASSESSMENT = "assessment", "bedömning"


class Report(models.Model):
    """What a unit reports of a period (tertial 0: the whole year). `version` counts the steps that it has taken."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    tertial = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "year", "tertial"), name="reporting_one_report_a_period"),
            models.CheckConstraint(condition=Q(tertial__lte=2), name="reporting_tertial"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reporting_state_known"),
        )
        indexes = (models.Index(fields=("year", "tertial", "state"), name="reporting_by_period"),)


class Step(models.Model):
    """A report went from one state to another. Never changed: so it is known where it was at any moment."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    from_state = models.CharField(max_length=10, choices=State.choices)
    to_state = models.CharField(max_length=10, choices=State.choices)
    note = models.TextField(blank=True, default="")
    decision_body = models.CharField(max_length=200, blank=True, default="")
    decision_day = models.DateField(null=True, blank=True)
    decision_paragraph = models.CharField(max_length=40, blank=True, default="")
    decision_case_number = models.CharField(max_length=60, blank=True, default="")
    taken_by = models.CharField(max_length=200)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("report", "number")
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="reporting_step_number_once"),
            models.CheckConstraint(
                # A board decides with paragraph and case number, which the policies see to; a unit's head without.
                condition=~Q(to_state="decided") | (~Q(decision_body="") & Q(decision_day__isnull=False)),
                name="reporting_decided_by_somebody_some_day",
            ),
        )


class Row(models.Model):
    """One row as it stands. `content` is canonical JSON; `version` counts its saves, 0 while nothing is written.

    `frame` (canonical JSON) is what it is judged by, pinned when the report was opened. A row whose subject has been
    withdrawn from the plan stays, but is asked for no longer.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=12, choices=RowKind.choices)
    subject = models.CharField(max_length=80)
    place = models.PositiveIntegerField(default=0)
    frame = models.TextField(default="{}")
    is_withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    content = models.TextField(default="{}")
    is_complete = models.BooleanField(default=False)
    saved_by = models.CharField(max_length=200, blank=True, default="")
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("report", "place", "id")
        constraints = (
            models.UniqueConstraint(fields=("report", "kind", "subject"), name="reporting_row_once"),
            models.CheckConstraint(condition=Q(kind__in=RowKind.values), name="reporting_row_kind_known"),
            models.CheckConstraint(
                condition=Q(version=0, saved_at__isnull=True) | Q(version__gt=0, saved_at__isnull=False),
                name="reporting_saved_row_says_when",
            ),
        )


class RowVersion(models.Model):
    """A row as it was saved once. Only grows. `save_key` is the browser's: a save that is sent again is the same save.

    `content` may be emptied by an erasure, nothing else ever changes.
    """

    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    save_key = models.CharField(max_length=64)
    saved_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("row", "number")
        constraints = (
            models.UniqueConstraint(fields=("row", "number"), name="reporting_version_number_once"),
            models.UniqueConstraint(fields=("row", "save_key"), name="reporting_a_save_is_stored_once"),
        )


class SetAside(models.Model):
    """What somebody wrote while somebody else saved the same row: kept for its writer until it is used or let go."""

    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="set_aside")
    rests_on = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    content = models.TextField()
    save_key = models.CharField(max_length=64)
    written_by = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("row", "save_key"), name="reporting_set_aside_once"),)
        indexes = (
            models.Index(
                fields=("written_by",), condition=Q(settled_at__isnull=True), name="reporting_waiting_text_of"
            ),
        )


class Question(models.Model):
    """What the one above asks about a report, a row or a field of it; answered in place."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="questions")
    row = models.ForeignKey(Row, null=True, blank=True, on_delete=models.PROTECT, related_name="questions")
    field = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField()
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=200, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="reporting_question_asks"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="reporting_answer_says_when",
            ),
        )


class Correction(models.Model):
    """A figure or text that was wrong in a locked report, put right in the open. Numbered within the year.

    `facts` names the facts that it touches, with spaces between: whoever prints reports finds its sentences by them.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="corrections")
    before = models.TextField()
    after = models.TextField()
    why = models.TextField()
    facts = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("year", "number")
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="reporting_correction_number_once"),
            models.CheckConstraint(condition=~Q(why=""), name="reporting_correction_says_why"),
        )


class Reminder(models.Model):
    """A digest that was sent to a person on a day of the city: at most one."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reminders")
    day = models.DateField()
    subject = models.CharField(max_length=200)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "day"), name="reporting_one_digest_a_day"),)
