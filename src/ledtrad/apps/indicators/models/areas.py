"""Areas that figures are about."""

from django.db import models
from django.db.models import F, Q


class AreaKind(models.TextChoices):
    """What sort of area it is. The values are the words of the glossary."""

    NATION = "nation", "riket"
    COUNTY = "county", "län"
    MUNICIPALITY = "municipality", "kommun"
    DISTRICT = "district", "stadsdelsområde"
    NEIGHBOURHOOD = "neighbourhood", "stadsdel"


class Area(models.Model):
    """A part of the country that figures can be about. `code` is the official one: `0180` is Stockholm.

    Boundaries change: one that is drawn anew is an area of its own with a code of its own. `outline` is a GeoJSON
    geometry (WGS 84), "" where none is known.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=14, choices=AreaKind.choices)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sort_key = models.CharField(max_length=2000, editable=False)
    outline = models.TextField(blank=True, default="")
    source = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ("sort_key",)
        constraints = (
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="indicators_area_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="indicators_area_kind_known"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(first_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="indicators_area_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=("kind", "sort_key"), name="indicators_area_of_kind"),)

    def __str__(self) -> str:
        return self.name
