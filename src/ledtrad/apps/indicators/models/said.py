"""What is said of indicators, year by year: target, outcome, forecast, verdict."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.audit.models import Record
from ledtrad.apps.indicators.fields import ExactDecimalField
from ledtrad.apps.indicators.models.definitions import Indicator, IndicatorVersion

ABSENCES = ("not_measured", "suppressed", "not_applicable", "late")
VERDICTS = ("met", "partly", "not_met")
_TERTIALS = Q(tertial__gte=0, tertial__lte=3)


class AboutIndicator(Record):
    """A record about one indicator in one year, under the version that held then."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class Target(AboutIndicator):
    """The year's target (årsmål). With both bounds empty the indicator is followed without a target."""

    low = ExactDecimalField(null=True)
    high = ExactDecimalField(null=True)
    women_low = ExactDecimalField(null=True)
    women_high = ExactDecimalField(null=True)
    men_low = ExactDecimalField(null=True)
    men_high = ExactDecimalField(null=True)
    sense = models.CharField(max_length=20)
    decimals = models.PositiveSmallIntegerField(default=0)
    is_new = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "year"), condition=Q(is_current=True), name="indicators_one_current_target"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(sense="more_is_better", low__isnull=False, high__isnull=True)
                | Q(sense="less_is_better", low__isnull=True, high__isnull=False)
                | Q(sense="within_band", low__isnull=False, high__isnull=False),
                name="indicators_target_bounds_fit_the_sense",
            ),
        )


_ONLY_A_REASON = Q(total__isnull=True, women__isnull=True, men__isnull=True, women_absence="", men_absence="")


class Outcome(AboutIndicator):
    """What came out: a figure, or why there is none; and where it came from.

    What was estimated from a sample has a margin of error and the base of answers that it rests on.
    """

    tertial = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20)
    total = ExactDecimalField(null=True)
    total_decimals = models.PositiveSmallIntegerField(default=0)
    numerator = ExactDecimalField(null=True)
    denominator = ExactDecimalField(null=True)
    women = ExactDecimalField(null=True)
    women_decimals = models.PositiveSmallIntegerField(default=0)
    women_absence = models.CharField(max_length=20, blank=True, default="")
    women_reason = models.TextField(blank=True, default="")
    men = ExactDecimalField(null=True)
    men_decimals = models.PositiveSmallIntegerField(default=0)
    men_absence = models.CharField(max_length=20, blank=True, default="")
    men_reason = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    said_by = models.CharField(max_length=200, blank=True, default="")
    expected = models.CharField(max_length=200, blank=True, default="")
    margin = ExactDecimalField(null=True)
    base = models.PositiveIntegerField(null=True)
    women_margin = ExactDecimalField(null=True)
    women_base = models.PositiveIntegerField(null=True)
    men_margin = ExactDecimalField(null=True)
    men_base = models.PositiveIntegerField(null=True)
    source_name = models.CharField(max_length=300, blank=True, default="")
    source_sheet = models.CharField(max_length=200, blank=True, default="")
    source_cell = models.CharField(max_length=40, blank=True, default="")
    source_fingerprint = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "year", "tertial"),
                condition=Q(is_current=True),
                name="indicators_one_current_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="measured", total__isnull=False) | (Q(state__in=ABSENCES) & _ONLY_A_REASON),
                name="indicators_a_measured_outcome_has_a_value",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_measured") | ~Q(reason=""), name="indicators_not_measured_has_a_reason"
            ),
            models.CheckConstraint(
                condition=(Q(women__isnull=True) | Q(women_absence="")) & (Q(men__isnull=True) | Q(men_absence="")),
                name="indicators_a_sex_has_a_value_or_an_absence",
            ),
            models.CheckConstraint(
                condition=Q(women_absence__in=("", *ABSENCES), men_absence__in=("", *ABSENCES)),
                name="indicators_absence_known",
            ),
            models.CheckConstraint(condition=_TERTIALS, name="indicators_outcome_tertial"),
        )


class Forecast(AboutIndicator):
    """The full-year outcome expected at a tertial: a value, a verdict, or both. It never counts as an outcome."""

    tertial = models.PositiveSmallIntegerField()
    value = ExactDecimalField(null=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "year", "tertial"),
                condition=Q(is_current=True),
                name="indicators_one_current_forecast",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(verdict=""), name="indicators_forecast_says_something"
            ),
            models.CheckConstraint(condition=Q(verdict__in=("", *VERDICTS)), name="indicators_forecast_verdict_known"),
            models.CheckConstraint(condition=_TERTIALS, name="indicators_forecast_tertial"),
        )


class IndicatorVerdict(AboutIndicator):
    """What the city says of an indicator in a year: the printed verdict, if any, and the comment."""

    verdict = models.CharField(max_length=10, blank=True, default="")
    comment = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "year"), condition=Q(is_current=True), name="indicators_one_current_verdict"
            ),
            models.CheckConstraint(condition=Q(verdict__in=("", *VERDICTS)), name="indicators_verdict_known"),
            models.CheckConstraint(condition=~Q(verdict="", comment=""), name="indicators_verdict_or_comment"),
        )
