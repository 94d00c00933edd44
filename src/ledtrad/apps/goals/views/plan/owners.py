"""Who answers for something in a plan: an owner and a stand-in, from a day on."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ledtrad.apps.goals.forms.goals import OwnerForm
from ledtrad.apps.goals.presenters.plan.tree import NOBODY, Pair
from ledtrad.apps.goals.presenters.plan.unit import line_of, present_plan
from ledtrad.apps.goals.queries.unit_plan import UnitPlan, people_near, unit_plan
from ledtrad.apps.goals.views.plan.loading import now, today, tried, unit_of_plan
from ledtrad.apps.people.actions import NewResponsibility, make_responsible
from ledtrad.apps.people.models import Answering
from ledtrad.apps.people.policies import check_may_make_responsible


@dataclass(frozen=True, slots=True)
class _Owned:
    """Something in the plan: its id, what it is called, and what belongs to it that nobody answers for."""

    object_id: str
    title: str
    unowned: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def owners(request: HttpRequest, year: int, unit: str, object_id: str) -> HttpResponse:
    whose = unit_of_plan(request, year, unit)
    check_may_make_responsible(request.actor, line_of(whose))
    plan = unit_plan(whose, year, today())
    owned = _owned(plan, object_id)
    standing = plan.answering.get(object_id, NOBODY)
    initial = {"owner": standing[0] and standing[0].email, "stand_in": standing[1] and standing[1].email}
    form = OwnerForm(request.POST) if request.method == "POST" else OwnerForm(initial={**initial, "since": today()})
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            wanted = _wanted(form, owned, standing, "" if whose.is_council else unit)
            act = {"responsibilities": wanted, "by": request.actor, "at": now()}
            failed = tried(form, lambda: make_responsible(**act)) if wanted else None
            if failed is None:
                return redirect("plan_of_unit", year, unit)
            status = failed
    context = {
        "form": form,
        "owned": owned,
        "people": people_near(whose, today()),
        "plan": plan,
        "shown": present_plan(plan, request.actor, now()),
        "year": year,
    }
    return render(request, "goals/plan/owners.html", context, status=status)


def _owned(plan: UnitPlan, object_id: str) -> _Owned:
    """The goal, indicator or activity of the unit's own plan; for a goal with what belongs to it."""
    for goal in plan.own:
        if goal.object_id == object_id:
            parts = [one.object_id for one in plan.indicators if one.goal_id == goal.id and _is_own(plan, one.owner)]
            parts += [f"activity:{one.code}" for one in plan.activities if one.goal == goal.code]
            unowned = (one for one in parts if plan.answering.get(one, NOBODY)[0] is None)
            return _Owned(object_id, goal.title, tuple(unowned))
    for indicator in plan.indicators:
        if indicator.object_id == object_id and _is_own(plan, indicator.owner):
            return _Owned(object_id, indicator.title, ())
    for activity in plan.activities:
        if f"activity:{activity.code}" == object_id:
            return _Owned(object_id, activity.title, ())
    raise Http404(f"{object_id} is not in the plan of {plan.unit.slug}")


def _is_own(plan: UnitPlan, owner: str) -> bool:
    return owner == ("" if plan.unit.is_council else plan.unit.slug)


def _wanted(form: OwnerForm, owned: _Owned, standing: Pair, unit: str) -> list[NewResponsibility]:
    given = form.cleaned_data
    wanted = []
    for name, answering, before in (
        ("owner", Answering.OWNER, standing[0]),
        ("stand_in", Answering.STAND_IN, standing[1]),
    ):
        person = given[name].strip()
        if person and (before is None or before.email.casefold() != person.casefold()):
            wanted.append(NewResponsibility(owned.object_id, person, given["since"], answering, unit))
    if given["parts_too"] and given["owner"].strip():
        wanted += [NewResponsibility(one, given["owner"].strip(), given["since"], unit=unit) for one in owned.unowned]
    return wanted
