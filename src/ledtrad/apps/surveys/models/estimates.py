"""Estimates that have been published, each with how sure it is."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.audit.models import Record
from ledtrad.apps.surveys.models.questions import Question
from ledtrad.apps.surveys.models.surveys import Wave

ESTIMATE_STATES = ("shown", "uncertain", "suppressed")
ESTIMATE_KINDS = ("direct", "modelled")


class PublishedEstimate(Record):
    """An estimate as it was let out: or that it was not, and why; then it holds no number at all.

    `levels` are the answers whose share it is, "" for a mean. `area` is an area's code, "" for the whole; `sex` "" for
    both; `group` "" for all, else `age:65-79`. `base` is how many answers it rests on. "uncertain" rests on few. Shares
    are in percent. `answers` is the fingerprint of the answers that it was made of.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="estimates")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="estimates")
    statistic = models.CharField(max_length=12)
    levels = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=10, default="direct")
    area = models.CharField(max_length=40, blank=True, default="")
    sex = models.CharField(max_length=5, blank=True, default="")
    group = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=12)
    estimate = models.FloatField(null=True)
    se = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    df = models.FloatField(null=True)
    deff = models.FloatField(null=True)
    base = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    answers = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "question", "statistic", "levels", "kind", "area", "sex", "group"),
                condition=Q(is_current=True),
                name="surveys_one_current_estimate",
            ),
            models.CheckConstraint(condition=Q(state__in=ESTIMATE_STATES), name="surveys_estimate_state_known"),
            models.CheckConstraint(condition=Q(kind__in=ESTIMATE_KINDS), name="surveys_estimate_kind_known"),
            models.CheckConstraint(condition=Q(sex__in=("", "women", "men")), name="surveys_estimate_sex_known"),
            models.CheckConstraint(
                condition=(
                    Q(state="suppressed", estimate__isnull=True, se__isnull=True, low__isnull=True, high__isnull=True)
                    & Q(df__isnull=True, deff__isnull=True, base__isnull=True)
                    & ~Q(reason="")
                )
                | (~Q(state="suppressed") & Q(estimate__isnull=False, base__isnull=False)),
                name="surveys_what_is_hidden_holds_no_number",
            ),
        )


class ShownCells(Record):
    """Which cells of a question's tables of counts were let out with a publication, and which were hidden.

    `cells` is JSON as `core.surveys.releases` writes it: hidden cells hold no number and no reason. Every later
    publication abides by every earlier one. `answers` is the fingerprint of the answers that were counted.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="shown_cells")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="shown_cells")
    answers = models.CharField(max_length=64)
    cells = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "question"), condition=Q(is_current=True), name="surveys_one_current_set_of_cells"
            ),
            models.CheckConstraint(condition=~Q(cells="") & ~Q(answers=""), name="surveys_shown_cells_are_told"),
        )


class PublishedDifference(Record):
    """How much two groups of the same wave differ, where both are shown: `second` less `first`, in percentage points.

    Stands beside the estimates of groups that vary together, since the spread of a difference cannot be told from
    theirs. Groups are "women", "men", "age:16-29"; `p` is for this difference alone. Waves that share people stand here
    too, the earlier and this one: "wave:2018" and "wave:2020".
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="differences")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="differences")
    levels = models.CharField(max_length=200, blank=True, default="")
    first = models.CharField(max_length=60)
    second = models.CharField(max_length=60)
    difference = models.FloatField()
    se = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    df = models.FloatField(null=True)
    p = models.FloatField(null=True)
    answers = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "question", "levels", "first", "second"),
                condition=Q(is_current=True),
                name="surveys_one_current_difference",
            ),
            models.CheckConstraint(
                condition=~Q(first="") & ~Q(second="") & ~Q(first=models.F("second")),
                name="surveys_difference_is_between_two",
            ),
        )
