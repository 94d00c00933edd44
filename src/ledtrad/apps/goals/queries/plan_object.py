"""Finding what a history is about: an object of a plan by its id in the log."""

from dataclasses import dataclass

from ledtrad.apps.goals.models import COUNCIL_LEVELS, Activity, Objective
from ledtrad.apps.goals.queries.planned import titles_of
from ledtrad.apps.indicators.models import Indicator, IndicatorVersion


@dataclass(frozen=True, slots=True)
class PlanObject:
    """Something in a plan. `unit` is the short name of its owner, "" for the council's.

    `object_ids` are all ids under which decisions and the log name it: a goal's once for each year.
    """

    kind: str
    code: str
    title: str
    unit: str
    object_ids: tuple[str, ...]


def plan_object(object_id: str, year: int) -> PlanObject | None:
    """The object with this id (`goal:1.2`, `activity:…`, `indicator:…`) in the plan of `year`; None without one."""
    kind, _, code = object_id.partition(":")
    find = {"goal": _goal, "activity": _activity, "indicator": _indicator}.get(kind)
    # PostgreSQL has no NUL in texts, and says so with an error.
    return find(code, year) if find and code and "\0" not in code else None


def _goal(code: str, year: int) -> PlanObject | None:
    found = Objective.objects.filter(code=code, first_year__lte=year).order_by("-first_year")
    row = found.values_list("pk", "level", "owner__slug", "first_year").first()
    if row is None:
        return None
    pk, level, owner, first = row
    unit = "" if level in COUNCIL_LEVELS else owner or ""
    # A year on: what was decided on the goal for the year to come is part of the story.
    ids = (f"goal:{code}", *(f"goal:{code}/{one}" for one in range(first, year + 2)))
    return PlanObject("goal", code, titles_of([pk], year).get(pk, code), unit, ids)


def _activity(code: str, year: int) -> PlanObject | None:
    row = Activity.objects.filter(code=code, year=year, is_current=True).values_list("title", "unit__slug").first()
    return row and PlanObject("activity", code, row[0], row[1], (f"activity:{code}",))


def _indicator(code: str, year: int) -> PlanObject | None:
    row = Indicator.objects.filter(code=code, first_year__lte=year).values_list("pk", "owner__slug").first()
    if row is None:
        return None
    versions = IndicatorVersion.objects.filter(indicator=row[0], from_year__lte=year).order_by("-from_year")
    title = versions.values_list("title", flat=True).first() or code
    ids = (f"indicator:{code}", *(f"target:{code}/{one}" for one in range(year - 1, year + 2)))
    return PlanObject("indicator", code, title, row[1] or "", ids)
