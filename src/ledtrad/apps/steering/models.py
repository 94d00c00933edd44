"""The steering calendar, and the decisions that change what has been planned."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q

from ledtrad.apps.audit.models import Record, RecordQuerySet
from ledtrad.apps.organisation.models import Unit
from ledtrad.core.calendar import PhaseDates, PhaseKind


class PhaseQuerySet(RecordQuerySet["Phase"]):
    def dates(self) -> list[PhaseDates]:
        """The phases chosen, as the core knows them, in the order of the steering year. One SQL query."""
        rows = self.values_list("year", "kind", "opens_on", "due_on", "closes_on")
        found = [PhaseDates(year, PhaseKind(kind), *days) for year, kind, *days in rows]
        order = list(PhaseKind)
        return sorted(found, key=lambda phase: (phase.year, order.index(phase.kind)))


class Phase(Record):
    """When a phase of a steering year opens, is due and closes. A moved date is a new record.

    Days are the city's. In time means before 00.00 after `due_on`; from `closes_on` on, nothing more is received.
    """

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in PhaseKind])
    opens_on = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField()

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ("year", "opens_on")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "kind"), condition=Q(is_current=True), name="steering_one_current_phase"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on"), closes_on__gt=F("due_on")), name="steering_phase_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PhaseKind]), name="steering_phase_kind_known"
            ),
        )


def plan_id(unit: str, year: int) -> str:
    """What the log and decisions call the plan of a unit: a decision that touches it adopts it."""
    return f"plan:{unit}/{year}"


class PlanDecision(models.Model):
    """A body decided on a plan, or changed it: the plan of `unit` for `year`. Never edited."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_decisions")
    year = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=200)
    day = models.DateField()
    paragraph = models.CharField(max_length=40)
    case_number = models.CharField(max_length=60)
    motive = models.TextField(blank=True, default="")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("year", "day", "id")
        indexes = (models.Index(fields=("year",), name="steering_decisions_of_year"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(paragraph="") & ~Q(case_number=""), name="steering_decision_is_whole"
            ),
        )


class PlanDecisionObjectQuerySet(models.QuerySet["PlanDecisionObject"]):
    def adopting(self, units: Sequence[str], year: int) -> bool:
        """Whether the plan of one of `units` (short names) for `year` has been adopted."""
        ids = [plan_id(unit, year) for unit in units]
        return any(self.filter(object_id__in=ids[start : start + 1000]).exists() for start in range(0, len(ids), 1000))


class PlanDecisionObject(models.Model):
    """Something that a decision set, changed or withdrew: `goal:…`, `target:…`, `activity:…`."""

    decision = models.ForeignKey(PlanDecision, on_delete=models.PROTECT, related_name="objects_touched")
    object_id = models.CharField(max_length=200)

    objects = PlanDecisionObjectQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("decision", "object_id"), name="steering_object_once_in_a_decision"),
        )
        indexes = (models.Index(fields=("object_id",), name="steering_decided_object"),)
