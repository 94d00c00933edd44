"""Who reads an indicator, and what it costs to collect: so that measuring can be kept to what is used."""

from django.db import models
from django.db.models import Q

from ledtrad.apps.audit.models import Record
from ledtrad.apps.indicators.models.definitions import Indicator


class ReadCount(models.Model):
    """How often an indicator's page was opened in a month, by role. No person is counted by name."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    readers = models.CharField(max_length=20)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "year", "month", "readers"), name="indicators_read_count_once"
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="indicators_read_count_month"),
        )


class CollectionCost(Record):
    """How many minutes a year it takes to collect an indicator, as estimated by those who do it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("indicator",), condition=Q(is_current=True), name="indicators_one_current_cost"
            ),
        )
