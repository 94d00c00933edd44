"""What is known of the answers, which themselves never stand in the database; and who answered, group by group."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.audit.models import Record
from ledtrad.apps.surveys.models.surveys import Wave

ANSWER_STATES = ("kept", "deleted")


class AnswerSet(Record):
    """The answers of a wave: a file in a place of its own, by the sha256 of its bytes; or that they are deleted.

    `codebook` is JSON as `core.surveys.answers` writes it. `misfits` is JSON: what did not fit it, by column and kind
    with the number of rows; `accepted` says in writing why they were taken in all the same.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="answer_sets")
    state = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    source_fingerprint = models.CharField(max_length=64)
    codebook = models.TextField()
    misfits = models.TextField(blank=True, default="")
    accepted = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wave",), condition=Q(is_current=True), name="surveys_one_current_answer_set"
            ),
            models.CheckConstraint(condition=Q(state__in=ANSWER_STATES), name="surveys_answers_state_known"),
            models.CheckConstraint(
                condition=~Q(state="deleted") | ~Q(reason=""), name="surveys_deleted_answers_say_why"
            ),
            models.CheckConstraint(condition=Q(misfits="") | ~Q(accepted=""), name="surveys_misfits_are_accepted"),
        )


class ResponseGroup(Record):
    """How many of a group were drawn, and how many of them answered. `kind` and `code` are "" for the whole wave.

    `kind` is "district", "sex", "age", "mode" or "language". `code` is an area's code, "women", "men", or as `label`.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=20, blank=True, default="")
    code = models.CharField(max_length=60, blank=True, default="")
    label = models.CharField(max_length=200, blank=True, default="")
    drawn = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "kind", "code"), condition=Q(is_current=True), name="surveys_one_current_response"
            ),
            models.CheckConstraint(
                condition=Q(drawn__isnull=True) | Q(answered__lte=models.F("drawn")),
                name="surveys_no_more_answer_than_were_drawn",
            ),
            models.CheckConstraint(
                condition=Q(kind="", code="") | (~Q(kind="") & ~Q(code="")), name="surveys_response_group_has_both"
            ),
        )
