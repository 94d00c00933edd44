"""What the auditors hold of a goal, and what the city answers. Nothing here changes a figure of the city's."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.audit.models import Record, RecordQuerySet
from ledtrad.apps.goals.models import VERDICTS, Objective
from ledtrad.apps.organisation.models import Unit


class Opinion(Record):
    """The auditors' own verdict on a goal for a year, with reasons, resting on what was known at `known_at`."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="opinions")
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10)
    reasons = models.TextField()
    known_at = models.DateTimeField()
    answered_by_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions_to_answer")
    answer_due = models.DateField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("objective", "year"), condition=Q(is_current=True), name="auditors_one_current_opinion"
            ),
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="auditors_verdict_known"),
            models.CheckConstraint(condition=~Q(reasons=""), name="auditors_opinion_has_reasons"),
        )


class Answer(Record):
    """What the city answers to an opinion. A later answer supersedes the one before, which stays to be read."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("opinion",), condition=Q(is_current=True), name="auditors_one_current_answer"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="auditors_answer_says_something"),
        )
