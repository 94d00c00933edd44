"""What every page of a plan begins with: the unit, whether the plan may be seen, and what a refusal becomes."""

from collections.abc import Callable
from datetime import date, datetime

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.goals.queries.unit_plan import PlannedUnit, planned_unit
from ledtrad.apps.steering.policies import check_may_plan, check_sees_plan, check_signed_in, check_year
from ledtrad.apps.steering.queries import holding_plans
from ledtrad.core.calendar import city_day


def today() -> date:
    """The day that it is in the city."""
    return city_day(timezone.now())


def now() -> datetime:
    return timezone.now()


def unit_of_plan(request: HttpRequest, year: int, slug: str) -> PlannedUnit:
    """The unit whose plan is asked for, when whoever asks may see it: otherwise there is no such page."""
    check_signed_in(request.actor)  # type: ignore[attr-defined]
    check_year(year)
    unit = planned_unit(slug, year)
    if unit is None:
        raise Http404(f"{slug} has no plan for {year}")
    is_open = unit.is_council or slug in holding_plans(year)
    check_sees_plan(request.actor, slug, is_adopted=is_open)  # type: ignore[attr-defined]
    return unit


def unit_to_change(request: HttpRequest, year: int, slug: str) -> PlannedUnit:
    """The same, when whoever asks may also change the plan."""
    unit = unit_of_plan(request, year, slug)
    check_may_plan(request.actor, slug)  # type: ignore[attr-defined]
    return unit


def tried(form: forms.Form, act: Callable[[], object]) -> int | None:
    """Do `act`; None when it was done. Otherwise the status to answer with, and the form says why in words."""
    try:
        act()
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409 if isinstance(refusal, Conflict) else 422
    return None
