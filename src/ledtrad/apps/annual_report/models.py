"""Editions of the annual report: their sections, statements and citations, and what checking found."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.goals.models import Objective


class Edition(models.Model):
    """The report of a year. A published edition never changes; a correction is a new one with the next number."""

    class State(models.TextChoices):
        DRAFT = "draft", "utkast"
        PUBLISHED = "published", "publicerad"

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    correction_note = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=200, blank=True, default="")
    decision_body = models.CharField(max_length=200, blank=True, default="")
    decision_day = models.DateField(null=True, blank=True)
    decision_paragraph = models.CharField(max_length=40, blank=True, default="")
    decision_case_number = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ("year", "number")
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="annual_report_number_once"),
            models.UniqueConstraint(fields=("year",), condition=Q(state="draft"), name="annual_report_one_draft"),
            models.CheckConstraint(condition=Q(number__gte=1), name="annual_report_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, published_by="")
                | (Q(state="published", published_at__isnull=False) & ~Q(published_by="")),
                name="annual_report_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(correction_note=""), name="annual_report_a_correction_says_why"
            ),
        )


class InEdition(models.Model):
    """Something in one edition about one goal; as locked as the edition is."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class PartKind(models.TextChoices):
    """What a part of a section is."""

    NARRATIVE = "narrative", "berättande text"
    ACTIVITIES = "activities", "hur planerade aktiviteter har genomförts"
    IMAGE = "image", "bild"


class Part(InEdition):
    """What an editor writes in a section: narrative under a heading, a sentence on activities, or a picture.

    `paragraphs_json` is a list of paragraphs, each a list of sentence templates; `pull_quote_json` is the quoted
    sentence's place in the part, its words, or null.
    """

    kind = models.CharField(max_length=12, choices=PartKind.choices)
    place = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300, blank=True, default="")
    paragraphs_json = models.TextField(default="[]")
    pull_quote_json = models.TextField(default="null")
    image_alt = models.TextField(blank=True, default="")
    image_source = models.CharField(max_length=300, blank=True, default="")
    image_credit = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("edition", "objective", "place")
        constraints = (
            models.UniqueConstraint(fields=("edition", "objective", "place"), name="annual_report_part_place_once"),
            models.CheckConstraint(
                condition=Q(image_source="") | ~Q(image_alt=""), name="annual_report_picture_has_alt_text"
            ),
        )


class BoundSection(InEdition):
    """A goal section as it was composed: the whole tree, every figure bound. This is what readers see.

    The one without an objective is the frame: the year's overview and chapters, with the sections left out.
    """

    objective = models.ForeignKey(Objective, null=True, on_delete=models.PROTECT, related_name="+")
    content_json = models.TextField()
    fingerprint = models.CharField(max_length=64)
    bound_at = models.DateTimeField()
    bound_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "objective"), name="annual_report_section_once"),
            models.UniqueConstraint(
                fields=("edition",), condition=Q(objective__isnull=True), name="annual_report_one_frame"
            ),
        )


class StatementKind(models.TextChoices):
    """What states something: a sentence, or a block that shows figures without one."""

    SENTENCE = "sentence", "mening"
    INDICATOR = "indicator", "indikator"
    TALLY = "tally", "sammanräkning"
    VERDICT = "verdict", "bedömning"
    FIGURE = "figure", "diagram"


class Statement(InEdition):
    """A sentence of a bound section or of the frame, or a block that shows figures (`text` is then its title)."""

    kind = models.CharField(max_length=10, choices=StatementKind.choices, default=StatementKind.SENTENCE)
    objective = models.ForeignKey(Objective, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    sentence_id = models.CharField(max_length=80, db_index=True)
    text = models.TextField()

    class Meta:
        ordering = ("edition", "objective", "place")
        constraints = (
            models.UniqueConstraint(fields=("edition", "sentence_id"), name="annual_report_sentence_id_once"),
        )


class Citation(models.Model):
    """The stretch `start:end` of a statement states this fact, as it was when the fingerprint was taken."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="citations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    fact = models.CharField(max_length=200, db_index=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ("statement", "start")
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="annual_report_citation_has_words"),
            models.CheckConstraint(condition=~Q(fact=""), name="annual_report_citation_names_a_fact"),
        )


class CheckRun(InEdition):
    """One check of a section, with its counts."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    section_fingerprint = models.CharField(max_length=64)
    counts_json = models.TextField()
    claims_json = models.TextField(default="[]")

    class Meta:
        ordering = ("id",)


class Finding(models.Model):
    """Something that a check found."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="findings")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    sentence_id = models.CharField(max_length=80, blank=True, default="")
    message = models.TextField()
    claims_json = models.TextField(default="[]")

    class Meta:
        ordering = ("run", "place")
        constraints = (
            models.CheckConstraint(
                condition=Q(severity__in=("error", "warning")), name="annual_report_finding_severity_known"
            ),
        )


class Waiver(InEdition):
    """Somebody answers for a claim as it stands, and says why."""

    sentence_id = models.CharField(max_length=80)
    claim_text = models.TextField()
    because = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "sentence_id", "claim_text"), name="annual_report_waived_once"),
            models.CheckConstraint(condition=~Q(because=""), name="annual_report_waiver_says_why"),
        )
