"""What a survey asks, in which words and with which answers to choose from; and what it is measured for."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.audit.models import Record
from ledtrad.apps.indicators.models import Indicator
from ledtrad.apps.surveys.models.surveys import Survey

WORDING_BREAKS = ("wording", "scale")
STATISTICS = ("proportion", "mean")


class Scale(models.Model):
    """Answers to choose from. `steps` is JSON, in order: [{"code", "missing", "words": {"sv": …}}].

    A scale never changes: one that differs in anything is another scale.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="scales")
    code = models.SlugField(max_length=40)
    steps = models.TextField()

    class Meta:
        ordering = ("survey", "code")
        constraints = (
            models.UniqueConstraint(fields=("survey", "code"), name="surveys_scale_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(steps=""), name="surveys_scale_has_steps"),
        )


class Question(models.Model):
    """Something that a survey asks. What exactly is asked stands in its wordings."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="questions")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    topic = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("survey", "code"), name="surveys_question_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="surveys_question_has_a_title"),
        )

    def __str__(self) -> str:
        return self.title


class Wording(models.Model):
    """How a question is put, from a year on. Other words or another scale are a new wording, never an edit.

    `texts` is JSON, the words by language: {"sv": …, "en": …}. `column` is where its answers stand. `breaks` says why
    its answers cannot be set beside those to the wording before: "" when they can.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    from_year = models.PositiveSmallIntegerField()
    scale = models.ForeignKey(Scale, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    texts = models.TextField()
    column = models.CharField(max_length=100)
    breaks = models.CharField(max_length=10, blank=True, default="")
    change_note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("question", "number")
        constraints = (
            models.UniqueConstraint(fields=("question", "number"), name="surveys_wording_number_once"),
            models.UniqueConstraint(fields=("question", "from_year"), name="surveys_wording_year_once"),
            models.CheckConstraint(condition=Q(breaks__in=("", *WORDING_BREAKS)), name="surveys_wording_break_known"),
            models.CheckConstraint(condition=~Q(texts="") & ~Q(column=""), name="surveys_wording_has_words"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(change_note=""), name="surveys_wording_says_why"),
        )


class Measure(Record):
    """That an indicator is measured by a question: the share of those who gave one of `levels`, or the mean.

    `levels` are codes of the scale, parted by spaces. One question at a time measures an indicator.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="measures")
    statistic = models.CharField(max_length=12)
    levels = models.CharField(max_length=200, blank=True, default="")
    from_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator",), condition=Q(is_current=True), name="surveys_one_current_measure"
            ),
            models.CheckConstraint(condition=Q(statistic__in=STATISTICS), name="surveys_measure_statistic_known"),
            models.CheckConstraint(
                condition=Q(statistic="mean", levels="") | (Q(statistic="proportion") & ~Q(levels="")),
                name="surveys_a_share_counts_some_answers",
            ),
        )
