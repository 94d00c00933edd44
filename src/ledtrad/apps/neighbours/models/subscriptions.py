"""Subscriptions: what is fetched from whom, how often, and what it was said to be when it was pinned."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.indicators.models import Indicator

PROVIDERS = ("kolada", "pxweb")
EVERY_DAYS = (0, 1, 7, 30, 91)


class Subscription(models.Model):
    """Figures that are fetched from a neighbour into one indicator.

    `asked` is JSON: a KPI, or a stored query to a table. `areas` are the codes of the areas that are asked for, parted
    by spaces. `definition` is JSON: what the neighbour said of it when it was pinned; it changes only when somebody
    settles a drift. `every_days` is 0 when it is fetched by hand alone. Figures from before `from_year` are not taken:
    the neighbour would give them as answers to its new question.
    """

    name = models.SlugField(max_length=60, unique=True)
    provider = models.CharField(max_length=6)
    source = models.CharField(max_length=40)
    asked = models.TextField()
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    areas = models.TextField(blank=True, default="")
    by_sex = models.BooleanField(default=False)
    from_year = models.PositiveSmallIntegerField(default=0)
    every_days = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    definition = models.TextField()
    fingerprint = models.CharField(max_length=64)
    pinned_by = models.CharField(max_length=200)
    pinned_at = models.DateTimeField()
    is_stopped = models.BooleanField(default=False)
    kept_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=Q(provider__in=PROVIDERS), name="neighbours_provider_known"),
            models.CheckConstraint(condition=Q(every_days__in=EVERY_DAYS), name="neighbours_schedule_known"),
            models.CheckConstraint(
                condition=Q(next_at__isnull=True) | (Q(is_stopped=False) & ~Q(every_days=0)),
                name="neighbours_only_what_runs_is_due",
            ),
        )

    def __str__(self) -> str:
        return self.name
