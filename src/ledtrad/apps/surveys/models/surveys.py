"""Surveys and their waves."""

from django.db import models
from django.db.models import F, Q

from ledtrad.apps.audit.models import Record

MODES = ("web", "post", "phone", "visit", "school")
WAVE_STATES = ("planned", "held", "cancelled")


class Survey(models.Model):
    """Questions that are put to a population again and again. `code` stands in addresses: `trygghet`."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True, default="")
    sort_key = models.CharField(max_length=2000, editable=False)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("sort_key",)
        constraints = (models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="surveys_survey_has_a_name"),)

    def __str__(self) -> str:
        return self.name


class Wave(models.Model):
    """One time that a survey is held, or was to be held: named by its year. All that is said of it stands elsewhere."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("survey", "year")
        constraints = (models.UniqueConstraint(fields=("survey", "year"), name="surveys_one_wave_a_year"),)

    def __str__(self) -> str:
        return f"{self.survey.code}/{self.year}"


class WaveState(Record):
    """How far a wave has come. A wave that was cancelled says why, and is still a wave."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10)
    reason = models.TextField(blank=True, default="")
    said_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("wave",), condition=Q(is_current=True), name="surveys_one_current_state"),
            models.CheckConstraint(condition=Q(state__in=WAVE_STATES), name="surveys_wave_state_known"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="surveys_a_cancelled_wave_says_why"
            ),
        )


class WaveDesign(Record):
    """How a wave is held: whom it is put to, how it is sent and sampled, and which columns of the answers say so.

    `modes` and `languages` are codes parted by spaces. `clusters` and `fpc` are names of columns, parted by commas,
    from the first stage on. `replicates` is JSON: {"columns": "rep*", "kind": "jkn", "scale": 1.0}. `breaks` is "mode"
    when answers given in this way cannot be set beside those of the wave before; then `change_note` says what changed.
    `shared` is the column that tells who is who from wave to wave, in a panel; "" where every sample is drawn anew.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="designs")
    population = models.TextField()
    frame = models.TextField(blank=True, default="")
    modes = models.CharField(max_length=60, blank=True, default="")
    languages = models.CharField(max_length=100, blank=True, default="")
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    drawn = models.PositiveIntegerField(null=True, blank=True)
    strata = models.CharField(max_length=100, blank=True, default="")
    clusters = models.CharField(max_length=300, blank=True, default="")
    weight = models.CharField(max_length=100, blank=True, default="")
    fpc = models.CharField(max_length=300, blank=True, default="")
    shared = models.CharField(max_length=100, blank=True, default="")
    replicates = models.TextField(blank=True, default="")
    single_units = models.CharField(max_length=20, blank=True, default="")
    degrees_of_freedom = models.CharField(max_length=20, blank=True, default="")
    sex = models.CharField(max_length=100, blank=True, default="")
    women = models.CharField(max_length=40, blank=True, default="")
    men = models.CharField(max_length=40, blank=True, default="")
    age = models.CharField(max_length=100, blank=True, default="")
    district = models.CharField(max_length=100, blank=True, default="")
    breaks = models.CharField(max_length=10, blank=True, default="")
    change_note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("wave",), condition=Q(is_current=True), name="surveys_one_current_design"),
            models.CheckConstraint(condition=~Q(population=""), name="surveys_design_has_a_population"),
            models.CheckConstraint(condition=Q(breaks__in=("", "mode")), name="surveys_design_break_known"),
            models.CheckConstraint(condition=Q(breaks="") | ~Q(change_note=""), name="surveys_design_break_says_why"),
            models.CheckConstraint(
                condition=Q(opened__isnull=True) | Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="surveys_wave_ends_after_it_begins",
            ),
        )


class Stratum(models.Model):
    """A part of the frame that is sampled for itself: how many there are in it, and how many were drawn."""

    design = models.ForeignKey(WaveDesign, on_delete=models.PROTECT, related_name="parts")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True, default="")
    population = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("design", "code"), name="surveys_stratum_once"),
            models.CheckConstraint(condition=~Q(code=""), name="surveys_stratum_has_a_code"),
            models.CheckConstraint(
                condition=Q(drawn__isnull=True) | Q(drawn__lte=F("population")), name="surveys_stratum_holds_its_sample"
            ),
        )
