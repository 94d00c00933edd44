"""Goals, who must assess them, what they answered, and what the city decided."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan

from ledtrad.apps.audit.models import Record
from ledtrad.apps.indicators.models import Indicator
from ledtrad.apps.organisation.models import Unit

VERDICTS = ("met", "partly", "not_met")


class Level(models.TextChoices):
    """Where in the tree an objective stands. The values are the words of the glossary."""

    DIRECTION = "direction", "inriktningsmål"
    AREA = "area", "mål för verksamhetsområdet"
    SUBAREA = "subarea", "delområde"
    BOARD = "board", "nämndmål"
    COMMITMENT = "commitment", "åtagande"


COUNCIL_LEVELS = (Level.DIRECTION, Level.AREA, Level.SUBAREA)


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def in_year(self, year: int) -> "ObjectiveQuerySet":
        """Objectives that hold in `year`."""
        begun = self.filter(first_year__lte=year)
        return begun.filter(Q(last_year__isnull=True) | Q(last_year__gte=year))

    def of_the_council(self) -> "ObjectiveQuerySet":
        """The council's own objectives, without those of boards and units beneath."""
        return self.filter(level__in=COUNCIL_LEVELS)


class Objective(models.Model):
    """A goal in the tree. A code names one goal at a time; a new mandate may give it to another."""

    code = models.CharField(max_length=40)
    level = models.CharField(max_length=20, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    owner = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="objectives")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sort_key = models.CharField(max_length=2000, editable=False)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "first_year")
        indexes = (models.Index(fields=("level",), name="goals_of_level"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "first_year"), name="goals_code_once_a_year"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="goals_objective_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="goals_objective_not_its_own_parent"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="goals_level_known"),
        )

    def __str__(self) -> str:
        return self.code


class Wording(Record):
    """What an objective is called and aims at, from a year on; or that it has been withdrawn from that year on."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="wordings")
    from_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=400)
    aim = models.TextField(blank=True, default="")
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("objective", "from_year")
        constraints = (
            models.UniqueConstraint(
                fields=("objective", "from_year"), condition=Q(is_current=True), name="goals_one_current_wording"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="goals_wording_has_a_title"),
        )


class ObjectiveIndicator(models.Model):
    """An indicator that follows an objective. Those not `listed` may be cited, but are neither shown nor counted."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="indicator_links")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="objective_links")
    place = models.PositiveSmallIntegerField(default=0)
    listed = models.BooleanField(default=True)

    class Meta:
        ordering = ("objective", "place")
        constraints = (
            models.UniqueConstraint(fields=("objective", "indicator"), name="goals_indicator_once_for_an_objective"),
        )


class Obligation(models.Model):
    """A unit that must assess an objective for a year: a board, or the company group for all its companies."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="obligations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="obligations")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("objective", "unit", "year"), name="goals_obliged_once"),)
        indexes = (models.Index(fields=("year",), name="goals_obligation_year"),)


class Assessment(Record):
    """What a unit that is obliged answers for the year (tertial 0) or a tertial of it.

    `analysis` tells the result; then its cause, the risk ahead, and the measure taken with the effect expected.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="assessments")
    tertial = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=10)
    analysis = models.TextField(blank=True, default="")
    cause = models.TextField(blank=True, default="")
    risk = models.TextField(blank=True, default="")
    measure = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("obligation", "tertial"), condition=Q(is_current=True), name="goals_one_current_assessment"
            ),
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="goals_assessment_verdict_known"),
            models.CheckConstraint(condition=Q(tertial__gte=0, tertial__lte=3), name="goals_assessment_tertial"),
        )


class ObjectiveForecast(Record):
    """How likely a unit, at a tertial, holds each verdict on the whole year to be: percents that sum to 100."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="forecasts")
    tertial = models.PositiveSmallIntegerField()
    met = models.PositiveSmallIntegerField()
    partly = models.PositiveSmallIntegerField()
    not_met = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("obligation", "tertial"), condition=Q(is_current=True), name="goals_one_current_forecast"
            ),
            models.CheckConstraint(
                condition=Q(met=100 - F("partly") - F("not_met")), name="goals_forecast_sums_to_a_hundred"
            ),
            models.CheckConstraint(condition=Q(tertial__in=(1, 2)), name="goals_forecast_tertial"),
        )


class ActivityKind(models.TextChoices):
    """Something that a unit does for an objective of its own will, or because the council has told it to."""

    ACTIVITY = "activity", "aktivitet"
    ASSIGNMENT = "assignment", "uppdrag"


class Activity(Record):
    """What a unit is to do for an objective in a year. A change is a new record, made by a decision.

    `code` names it for good; one that is withdrawn keeps its record. `continues` names the one of the year before
    that this goes on with.
    """

    code = models.CharField(max_length=80)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ActivityKind.choices, default=ActivityKind.ACTIVITY)
    title = models.CharField(max_length=400)
    starts = models.DateField()
    ends = models.DateField()
    is_withdrawn = models.BooleanField(default=False)
    continues = models.CharField(max_length=80, blank=True, default="")
    sort_key = models.CharField(max_length=2000, editable=False)

    class Meta:
        ordering = ("sort_key",)
        constraints = (
            models.UniqueConstraint(fields=("code",), condition=Q(is_current=True), name="goals_one_current_activity"),
            models.CheckConstraint(condition=~Q(title=""), name="goals_activity_has_a_title"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="goals_activity_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="goals_activity_kind_known"),
        )
        indexes = (models.Index(fields=("year", "unit"), name="goals_activity_of_unit"),)


class PlanCopy(models.Model):
    """What held in one year was taken along into another: once for each year."""

    year = models.PositiveSmallIntegerField(unique=True)
    from_year = models.PositiveSmallIntegerField()
    copied_by = models.CharField(max_length=200)
    copied_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(year__gt=F("from_year")), name="goals_copied_forward"),)


class Progress(models.TextChoices):
    """How it went with an activity."""

    DONE = "done", "genomförd"
    PARTLY = "partly", "delvis genomförd"
    NOT_DONE = "not_done", "ej genomförd"
    STOPPED = "stopped", "avbruten"


class ActivityReport(Record):
    """What a unit answers of one activity (by its code) for the year (tertial 0) or a tertial of it."""

    code = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    tertial = models.PositiveSmallIntegerField(default=0)
    progress = models.CharField(max_length=10, choices=Progress.choices)
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("code", "tertial"), condition=Q(is_current=True), name="goals_one_current_activity_report"
            ),
            models.CheckConstraint(condition=Q(progress__in=Progress.values), name="goals_progress_known"),
            models.CheckConstraint(condition=Q(progress="done") | ~Q(why=""), name="goals_not_done_says_why"),
            models.CheckConstraint(condition=Q(tertial__lte=3), name="goals_activity_report_tertial"),
        )
        indexes = (models.Index(fields=("year", "tertial"), name="goals_activity_report_year"),)


_NO_DECISION = Q(decision_body="", decision_paragraph="", decision_case_number="", decision_day__isnull=True)
_A_DECISION = (
    ~Q(decision_body="") & ~Q(decision_paragraph="") & ~Q(decision_case_number="") & Q(decision_day__isnull=False)
)


class CityVerdictRecord(Record):
    """The city's own verdict on an objective for a year, with its motive and what weighed."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="verdicts")
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10)
    motive = models.TextField()
    grounds = models.CharField(max_length=200)
    decision_body = models.CharField(max_length=200, blank=True, default="")
    decision_day = models.DateField(null=True, blank=True)
    decision_paragraph = models.CharField(max_length=40, blank=True, default="")
    decision_case_number = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("objective", "year"), condition=Q(is_current=True), name="goals_one_current_city_verdict"
            ),
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="goals_city_verdict_known"),
            models.CheckConstraint(
                condition=GreaterThan(Length(Trim(F("motive"))), 0), name="goals_city_verdict_has_a_motive"
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="goals_city_verdict_names_its_grounds"),
            models.CheckConstraint(condition=_NO_DECISION | _A_DECISION, name="goals_decision_whole_or_none"),
        )
