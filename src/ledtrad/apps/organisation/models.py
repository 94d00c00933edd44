"""Units of every kind, and how they turn into one another."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class UnitKind(models.TextChoices):
    """What a unit is. The values are the words of the glossary."""

    COUNCIL = "council", "kommunfullmäktige"
    EXECUTIVE_BOARD = "executive_board", "kommunstyrelse"
    SPECIALIST_BOARD = "specialist_board", "facknämnd"
    DISTRICT_BOARD = "district_board", "stadsdelsnämnd"
    COMPANY_GROUP = "company_group", "bolagskoncern"
    COMPANY = "company", "bolag"
    ADMINISTRATION = "administration", "förvaltning"
    UNIT = "unit", "enhet"


BOARD_KINDS = (UnitKind.EXECUTIVE_BOARD, UnitKind.SPECIALIST_BOARD, UnitKind.DISTRICT_BOARD)


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date) -> "UnitQuerySet":
        """Units that existed on `day`."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def in_year(self, year: int) -> "UnitQuerySet":
        """Units that existed on some day of `year`."""
        begun = self.filter(valid_from__lte=date(year, 12, 31))
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=date(year, 1, 1)))

    def boards(self) -> "UnitQuerySet":
        return self.filter(kind__in=BOARD_KINDS)


class Unit(models.Model):
    """A body of the city. `valid_to` is the last day that it existed; None while it does."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    number = models.CharField(max_length=20, blank=True, default="")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=2000, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key",)
        indexes = (models.Index(fields=("kind", "valid_to"), name="organisation_unit_of_kind"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_unit_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="organisation_unit_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_unit_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class ChangeKind(models.TextChoices):
    """How one unit became another."""

    MERGED = "merged", "sammanslagen"
    SPLIT = "split", "delad"
    RENAMED = "renamed", "namnändrad"


class UnitChange(models.Model):
    """On `day`, `predecessor` went over into `successor`."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="later")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="earlier")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    day = models.DateField()

    class Meta:
        ordering = ("day", "predecessor__sort_key")
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor"), name="organisation_change_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="organisation_change_between_two_units"
            ),
        )
