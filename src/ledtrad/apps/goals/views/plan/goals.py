"""Putting a goal into a plan, wording it anew, and withdrawing it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ledtrad.apps.goals.actions import NewObjective, change_objective, plan_objectives, withdraw_objective
from ledtrad.apps.goals.forms.goals import GoalForm, WithdrawForm
from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.presenters.plan.unit import COUNCIL_CHOICES, parents_for, present_plan
from ledtrad.apps.goals.queries.plan import PlanGoal
from ledtrad.apps.goals.queries.unit_plan import PlannedUnit, choosable_goals, is_of, unit_plan
from ledtrad.apps.goals.views.plan.loading import now, today, tried, unit_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def new_goal(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    whose = unit_to_change(request, year, unit)
    shown = present_plan(unit_plan(whose, year, today()), request.actor, now())
    level = _level(request, whose, shown.makes)
    form = GoalForm(request.POST or None, initial={"parent": request.GET.get("under", "")})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            new = _new(form.cleaned_data, level, year, whose)
            failed = tried(form, lambda: plan_objectives(objectives=[new], **_act(request, form)))
            if failed is None:
                return redirect("plan_of_unit", year, unit)
            status = failed
    parents = parents_for(level, choosable_goals(whose, year))
    context = {
        "form": form,
        "shown": shown,
        "plan": shown.plan,
        "year": year,
        "level": level,
        "levels": COUNCIL_CHOICES if whose.is_council else (),
        "parents": parents,
    }
    return render(request, "goals/plan/new_goal.html", context, status=status)


def _level(request: HttpRequest, unit: PlannedUnit, otherwise: Level) -> Level:
    """The council's goals are of three sorts; others make but one."""
    asked = request.POST.get("level") or request.GET.get("niva", "")
    return Level(asked) if unit.is_council and asked in dict(COUNCIL_CHOICES) else otherwise


def _new(given: dict[str, Any], level: Level, year: int, unit: PlannedUnit) -> NewObjective:
    return NewObjective(
        code=given["code"].strip(),
        title=given["title"],
        level=level,
        first_year=year,
        last_year=None if given["stays"] else year,
        aim=given["aim"],
        parent=given["parent"],
        owner="" if unit.is_council else unit.slug,
    )


def _act(request: HttpRequest, form: GoalForm | WithdrawForm) -> dict[str, Any]:
    """By which decision, why, by whom and when."""
    given = form.cleaned_data
    return {"decision": given["decision"], "motive": given["motive"], "by": request.actor, "at": now()}  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def change_goal(request: HttpRequest, year: int, unit: str, code: str) -> HttpResponse:
    """The wording of a goal; a post with `withdraw` takes it out of the plan instead."""
    whose = unit_to_change(request, year, unit)
    goal = _goal(whose, year, code)
    initial = {"title": goal.title, "aim": goal.aim, "rests_on": goal.record}
    kind = WithdrawForm if "withdraw" in request.POST else GoalForm
    form = kind(request.POST) if request.method == "POST" else GoalForm(initial=initial)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            failed = tried(form, lambda: _change(request, form, code, year))
            if failed is None:
                return redirect("plan_of_unit", year, unit)
            status = failed
    if kind is WithdrawForm:
        form = _with_initial(form, initial)
    shown = present_plan(unit_plan(whose, year, today()), request.actor, now())
    context = {"form": form, "goal": goal, "shown": shown, "plan": shown.plan, "year": year, "conflict": status == 409}
    return render(request, "goals/plan/change_goal.html", context, status=status)


def _goal(unit: PlannedUnit, year: int, code: str) -> PlanGoal:
    for goal in choosable_goals(unit, year):
        if goal.code == code and is_of(goal, unit):
            return goal
    raise Http404(f"{unit.slug} has no goal {code} in {year}")


def _change(request: HttpRequest, form: GoalForm | WithdrawForm, code: str, year: int) -> None:
    given = form.cleaned_data
    about = {"goal": code, "year": year, "rests_on": given["rests_on"], **_act(request, form)}
    if isinstance(form, WithdrawForm):
        withdraw_objective(**about)
    else:
        change_objective(title=given["title"], aim=given["aim"], **about)


def _with_initial(form: WithdrawForm, initial: dict[str, Any]) -> GoalForm:
    """A refused withdrawal is shown in the form of the goal, with what was written of the decision."""
    shown = GoalForm({**initial, **form.data.dict()})  # type: ignore[attr-defined]
    shown.is_valid()
    for sentence in form.non_field_errors():
        shown.add_error(None, sentence)
    return shown
