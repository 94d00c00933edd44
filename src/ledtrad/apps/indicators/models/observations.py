"""Observations: what an indicator was in an area, for a sex or a group, in a year."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.indicators.fields import ExactDecimalField
from ledtrad.apps.indicators.models.areas import Area
from ledtrad.apps.indicators.models.definitions import Indicator, IndicatorVersion
from ledtrad.apps.indicators.models.said import ABSENCES
from ledtrad.apps.indicators.models.uploads import Upload

SEXES = ("", "women", "men")


class Batch(models.Model):
    """Observations that were taken in by one act: from a file, from a neighbour, or by a program. Never changed."""

    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    source_name = models.CharField(max_length=300)
    source_fingerprint = models.CharField(max_length=64, blank=True, default="")
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="batches")
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(source_name=""), name="indicators_batch_has_a_source"),)


class Observation(models.Model):
    """A figure, or why there is none: `absence` and the `mark` as it stood in the source.

    `sex` is "" for both together. `group` is "" for all, else the kind of group and which: `age:65-79`,
    `provider:private`. A newer one with the same key takes over; the older stays. Who took it in, when and from where
    stands in its batch; `cell` is its address there. There can be millions: the table holds nothing twice.
    """

    id = models.BigAutoField(primary_key=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    tertial = models.PositiveSmallIntegerField(default=0)
    sex = models.CharField(max_length=5, blank=True, default="")
    group = models.CharField(max_length=60, blank=True, default="")
    value = ExactDecimalField(null=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    margin = ExactDecimalField(null=True)
    absence = models.CharField(max_length=14, blank=True, default="")
    mark = models.CharField(max_length=200, blank=True, default="")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="observations")
    cell = models.CharField(max_length=80, blank=True, default="")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "area", "sex", "group", "year", "tertial"),
                condition=Q(is_current=True),
                name="indicators_one_current_observation",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, absence="")
                | (Q(value__isnull=True, margin__isnull=True) & Q(absence__in=ABSENCES)),
                name="indicators_observation_has_a_value_or_an_absence",
            ),
            models.CheckConstraint(condition=Q(sex__in=SEXES), name="indicators_observation_sex_known"),
            models.CheckConstraint(condition=Q(tertial__gte=0, tertial__lte=3), name="indicators_observation_tertial"),
        )
        indexes = (
            models.Index(
                fields=("indicator", "year", "sex", "group"),
                condition=Q(is_current=True),
                name="indicators_areas_of_a_year",
            ),
        )
