"""Activities: a grid of several at once, also pasted; and changing or withdrawing one."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.goals.actions import NewActivity, change_activity, plan_activities, withdraw_activity
from ledtrad.apps.goals.forms.activities import MOST_ROWS, ActivityForm, GridRow, examined, rows_pasted, rows_sent
from ledtrad.apps.goals.forms.goals import WithdrawForm
from ledtrad.apps.goals.models import ActivityKind
from ledtrad.apps.goals.presenters.plan.unit import goal_choices, present_plan
from ledtrad.apps.goals.queries import PlannedActivity, activities_of
from ledtrad.apps.goals.queries.unit_plan import PlannedUnit, assigner_of, choosable_goals, unit_plan, units_beneath
from ledtrad.apps.goals.views.plan.loading import now, today, tried, unit_of_plan, unit_to_change
from ledtrad.apps.steering.forms import DecisionForm
from ledtrad.apps.steering.policies import check_may_plan

_EMPTY_ROWS = 5


@require_http_methods(["GET", "HEAD", "POST"])
def new_activities(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """The grid. A post with pasted rows shows them in the grid; only a post that saves stores anything."""
    whose = unit_to_change(request, year, unit)
    choices = goal_choices(choosable_goals(whose, year))
    doers = [(whose.slug, whose.name), *units_beneath(whose, year)]
    form = DecisionForm(request.POST or None)
    rows, status, pasted = [GridRow(goal=request.GET.get("under", ""))], 200, 0
    doer = request.POST.get("doer", whose.slug)
    if request.method == "POST":
        rows = rows_sent(request.POST)
        fresh = rows_pasted(request.POST.get("pasted", ""), (code for code, _ in choices))
        rows, pasted = [*rows, *fresh], len(fresh)
        if "save" in request.POST and not fresh:
            status = _save(request, form, whose, year, rows, doer, doers)
            if status == 302:
                return redirect("plan_of_unit", year, unit)
        rows = examined(rows, (code for code, _ in choices)) if status == 422 else rows
    if len(rows) > MOST_ROWS:
        said = Phrase(
            "Högst {most} aktiviteter läggs in åt gången; {rows} är för många.", most=MOST_ROWS, rows=len(rows)
        )
        form.add_error(None, str(said))
        rows, status = rows[:MOST_ROWS], 422
    empty = GridRow(goal=rows[-1].goal if rows else "")
    room = max(0, min(_EMPTY_ROWS, MOST_ROWS - len(rows)))
    shown = present_plan(unit_plan(whose, year, today()), request.actor, now())
    context = {
        "form": form,
        "rows": [*rows, *([empty] * room)],
        "choices": choices,
        "doers": doers,
        "doer": doer,
        "pasted": pasted,
        "shown": shown,
        "plan": shown.plan,
        "year": year,
    }
    return render(request, "goals/plan/new_activities.html", context, status=status)


def _save(
    request: HttpRequest,
    form: DecisionForm,
    unit: PlannedUnit,
    year: int,
    rows: list[GridRow],
    doer: str,
    doers: list[tuple[str, str]],
) -> int:
    """Plan the rows; answers the status: 302 when they are stored."""
    codes = {goal.code for goal in choosable_goals(unit, year)}
    if not form.is_valid() or any(row.problems for row in examined(rows, codes)):
        return 422
    if not rows:
        form.add_error(None, str(Phrase("Skriv minst en aktivitet. Ingenting har sparats.")))
        return 422
    if doer not in dict(doers):
        form.add_error(None, str(Phrase("Välj vem som ska göra det. Ingenting har sparats.")))
        return 422
    kind = ActivityKind.ACTIVITY if doer == unit.slug else ActivityKind.ASSIGNMENT
    made = [_new(row, doer, year, kind) for row in rows]
    given = form.cleaned_data
    act = {"decision": given["decision"], "motive": given["motive"], "by": request.actor, "at": now()}  # type: ignore[attr-defined]
    return tried(form, lambda: plan_activities(activities=made, **act)) or 302


def _new(row: GridRow, unit: str, year: int, kind: Any) -> NewActivity:
    starts, ends = row.day("starts"), row.day("ends")
    return NewActivity(
        "", row.goal, unit, year, kind, row.title, starts or date(year, 1, 1), ends or date(year, 12, 31)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_one(request: HttpRequest, year: int, unit: str, code: str) -> HttpResponse:
    """One activity; a post with `withdraw` takes it out of the plan."""
    whose = unit_of_plan(request, year, unit)
    activity = _activity(unit, year, code)
    _check_may_change(request, activity)
    initial = {
        "title": activity.title,
        "starts": activity.starts,
        "ends": activity.ends,
        "rests_on": activity.record,
    }
    is_withdrawal = "withdraw" in request.POST
    form = ActivityForm(request.POST) if request.method == "POST" else ActivityForm(initial=initial)
    status = 200
    if form.is_bound:
        checked = WithdrawForm(request.POST) if is_withdrawal else form
        status = 422
        if checked.is_valid():
            failed = tried(checked, lambda: _change(request, checked, code))
            if failed is None:
                return redirect("plan_of_unit", year, unit)
            status = failed
        if is_withdrawal:
            form = ActivityForm({**initial, **request.POST.dict()})
            form.is_valid()
            for sentence in checked.non_field_errors():
                form.add_error(None, sentence)
    shown = present_plan(unit_plan(whose, year, today()), request.actor, now())
    context = {
        "form": form,
        "activity": activity,
        "shown": shown,
        "plan": shown.plan,
        "year": year,
        "conflict": status == 409,
    }
    return render(request, "goals/plan/change_activity.html", context, status=status)


def _activity(unit: str, year: int, code: str) -> PlannedActivity:
    for one in activities_of(unit, year):
        if one.code == code:
            return one
    raise Http404(f"{unit} has no activity {code} in {year}")


def _check_may_change(request: HttpRequest, activity: PlannedActivity) -> None:
    """An assignment is changed by whoever gave it."""
    is_given = activity.kind == ActivityKind.ASSIGNMENT
    check_may_plan(request.actor, assigner_of(activity.unit) if is_given else activity.unit)  # type: ignore[attr-defined]


def _change(request: HttpRequest, form: ActivityForm | WithdrawForm, code: str) -> None:
    given = form.cleaned_data
    about = {
        "code": code,
        "rests_on": given["rests_on"],
        "decision": given["decision"],
        "motive": given["motive"],
        "by": request.actor,  # type: ignore[attr-defined]
        "at": now(),
    }
    if isinstance(form, WithdrawForm):
        withdraw_activity(**about)
    else:
        change_activity(title=given["title"], starts=given["starts"], ends=given["ends"], **about)
