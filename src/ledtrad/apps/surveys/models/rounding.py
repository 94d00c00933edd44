"""Rounded numbers that have been published, in place of estimates."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.audit.models import Record
from ledtrad.apps.surveys.models.questions import Question
from ledtrad.apps.surveys.models.surveys import Wave


class RoundedCells(Record):
    """A question told of in rounded numbers: how many gave each answer, and how many answered, in each part.

    All are multiples of `multiple`. `cells` is JSON, [answer, {axis: code}, number] of every cell with the codes of
    the answers, "" for all who answered; every later publication has the same. `figures` is what readers see of them:
    [answers, area, sex, group, number] as estimates name them, by the `groups` that were chosen. When the parts do not
    make up their wholes, `off` is the most that they are more or less. `mark` tells whether the counts behind are still
    the same, to nobody but who has the secret that they were rounded with.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="rounded_cells")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="rounded_cells")
    multiple = models.PositiveSmallIntegerField()
    adds_up = models.BooleanField()
    off = models.PositiveIntegerField(default=0)
    groups = models.CharField(max_length=40, blank=True, default="")
    cells = models.TextField()
    figures = models.TextField()
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "question"), condition=Q(is_current=True), name="surveys_one_current_rounding"
            ),
            models.CheckConstraint(condition=Q(multiple__gte=3, multiple__lte=20), name="surveys_multiple_is_offered"),
            models.CheckConstraint(
                condition=~Q(cells="") & ~Q(figures="") & ~Q(mark=""), name="surveys_rounded_cells_are_told"
            ),
            models.CheckConstraint(condition=Q(adds_up=False) | Q(off=0), name="surveys_what_adds_up_is_not_off"),
        )
