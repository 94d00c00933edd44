"""What is to be measured: a new indicator under a goal, and the target of a year."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ledtrad.apps.goals.actions import PlannedIndicator, plan_indicators, plan_targets
from ledtrad.apps.goals.forms.indicators import MEASURES, SENSES, IndicatorForm, TargetForm
from ledtrad.apps.goals.presenters.plan.unit import goal_choices, present_plan
from ledtrad.apps.goals.queries.plan import PlanIndicator
from ledtrad.apps.goals.queries.unit_plan import UnitPlan, choosable_goals, unit_plan
from ledtrad.apps.goals.views.plan.loading import now, today, tried, unit_to_change
from ledtrad.apps.indicators.actions import Definition, NewIndicator, NewTarget


@require_http_methods(["GET", "HEAD", "POST"])
def new_indicator(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    whose = unit_to_change(request, year, unit)
    found = unit_plan(whose, year, today())
    goals = goal_choices(choosable_goals(whose, year))
    wholes = [] if whose.is_council else [(one.code, f"{one.code} {one.title}") for one in _of_the_council(found)]
    initial = {"goal": request.GET.get("under", ""), "decimals": 0}
    form = IndicatorForm(goals, wholes, request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            new = _new(form.cleaned_data, year, "" if whose.is_council else unit)
            failed = tried(form, lambda: plan_indicators(indicators=[new], **_act(request, form)))
            if failed is None:
                return redirect("plan_of_unit", year, unit)
            status = failed
    context = {
        "form": form,
        "plan": found,
        "shown": present_plan(found, request.actor, now()),
        "year": year,
        "goals": goals,
        "wholes": wholes,
        "measures": MEASURES,
        "senses": SENSES,
    }
    return render(request, "goals/plan/new_indicator.html", context, status=status)


def _of_the_council(plan: UnitPlan) -> list[PlanIndicator]:
    return [one for one in plan.indicators if not one.owner]


def _new(given: dict[str, Any], year: int, owner: str) -> PlannedIndicator:
    definition = Definition(
        " ".join(given["title"].split()), given["unit"], given["way"], given["decimals"] or 0, given["by_sex"]
    )
    indicator = NewIndicator(given["code"], year, definition, owner=owner, part_of=given["part_of"])
    return PlannedIndicator(given["goal"], indicator, given["target"])


def _act(request: HttpRequest, form: TargetForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"decision": given["decision"], "motive": given["motive"], "by": request.actor, "at": now()}  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest, year: int, unit: str, code: str) -> HttpResponse:
    """The target of one indicator. While none has been set, last year's stands in the field as a proposal."""
    whose = unit_to_change(request, year, unit)
    found = unit_plan(whose, year, today())
    indicator = _own(found, code)
    form = TargetForm(request.POST) if request.method == "POST" else TargetForm(initial=_initial(indicator))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            wanted = form.target(indicator.sense, indicator.unit)
            if not form.errors:
                new = NewTarget(code, year, wanted)
                rests_on = {code: form.cleaned_data["rests_on"] or 0}
                failed = tried(form, lambda: plan_targets(targets=[new], rests_on=rests_on, **_act(request, form)))
                if failed is None:
                    return redirect("plan_of_unit", year, unit)
                status = failed
    context = {
        "form": form,
        "indicator": indicator,
        "plan": found,
        "shown": present_plan(found, request.actor, now()),
        "year": year,
        "conflict": status == 409,
    }
    return render(request, "goals/plan/target.html", context, status=status)


def _own(plan: UnitPlan, code: str) -> PlanIndicator:
    owner = "" if plan.unit.is_council else plan.unit.slug
    for one in plan.indicators:
        if one.code == code and one.owner == owner:
            return one
    raise Http404(f"{plan.unit.slug} has no indicator {code} in {plan.year}")


def _initial(indicator: PlanIndicator) -> dict[str, object]:
    standing = indicator.target or indicator.proposed
    if standing is None:
        return {"rests_on": indicator.record}
    sexes = {name: getattr(standing, name) for name in ("women", "men")}
    return {
        "low": _typed(standing.low),
        "high": _typed(standing.high),
        **{name: _typed(part and (part.low or part.high)) for name, part in sexes.items()},
        "rests_on": indicator.record,
    }


def _typed(quantity: Any) -> str:
    """A figure as a person would type it: "88,5"."""
    return "" if quantity is None else f"{quantity.value:.{quantity.decimals}f}".replace(".", ",")
