"""Indicators and what exactly each of them asks."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.organisation.models import Unit

SENSES = ("more_is_better", "less_is_better", "within_band")
BREAKS = ("wording", "mode", "area", "source", "method")
SPLITS = ("district", "age", "provider")


class Indicator(models.Model):
    """Something that is measured year after year. What exactly is asked stands in its versions.

    `part_of` is the council's indicator of which this is one board's part: measured and judged for itself.
    """

    code = models.CharField(max_length=40, unique=True)
    owner = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sort_key = models.CharField(max_length=2000, editable=False)

    class Meta:
        ordering = ("sort_key",)
        constraints = (
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=models.F("first_year")),
                name="indicators_indicator_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | (Q(owner__isnull=False) & ~Q(part_of=models.F("id"))),
                name="indicators_a_part_has_an_owner",
            ),
        )

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(models.Model):
    """What an indicator asks, from a year on. A changed question is a new version, never an edit.

    `breaks` says why its outcomes cannot be set beside those of the version before: "" when they can. `splits` are the
    groups, other than the sexes, by which outcomes are asked for: "district", "age", "provider", parted by spaces.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    from_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)
    question = models.TextField(blank=True, default="")
    unit = models.CharField(max_length=60)
    decimals = models.PositiveSmallIntegerField(default=0)
    sense = models.CharField(max_length=20)
    by_sex = models.BooleanField(default=False)
    every_years = models.PositiveSmallIntegerField(default=1)
    rhythm_from = models.PositiveSmallIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=60)
    source = models.TextField(blank=True, default="")
    change_note = models.TextField(blank=True, default="")
    breaks = models.CharField(max_length=10, blank=True, default="")
    splits = models.CharField(max_length=200, blank=True, default="")
    numerator = models.TextField(blank=True, default="")
    denominator = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("indicator", "number")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "number"), name="indicators_version_number_once"),
            models.UniqueConstraint(fields=("indicator", "from_year"), name="indicators_version_year_once"),
            models.CheckConstraint(condition=Q(sense__in=SENSES), name="indicators_version_sense_known"),
            models.CheckConstraint(condition=~Q(title=""), name="indicators_version_has_a_title"),
            models.CheckConstraint(condition=Q(breaks__in=("", *BREAKS)), name="indicators_version_break_known"),
            models.CheckConstraint(condition=Q(decimals__lte=12), name="indicators_version_decimals"),
            models.CheckConstraint(
                condition=Q(every_years=1) | Q(every_years__gt=1, rhythm_from__isnull=False),
                name="indicators_version_rhythm_has_a_start",
            ),
        )
