"""The plan of one unit: the goal chain on one page, its decisions, and the adoption of the plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.goals.forms.goals import AdoptForm
from ledtrad.apps.goals.presenters.plan.unit import present_plan
from ledtrad.apps.goals.queries import plan_years
from ledtrad.apps.goals.queries.unit_plan import unit_plan
from ledtrad.apps.goals.views.plan.loading import now, today, tried, unit_of_plan, unit_to_change
from ledtrad.apps.steering.actions import adopt_plan


@require_safe
def plan_of_unit(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    found = unit_plan(unit_of_plan(request, year, unit), year, today())
    shown = present_plan(found, request.actor, now())
    years = tuple(sorted({*plan_years(), year}, reverse=True))
    return render(request, "goals/plan/unit.html", {"shown": shown, "plan": found, "year": year, "years": years})


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    whose = unit_to_change(request, year, unit)
    form = AdoptForm(request.POST) if request.method == "POST" else AdoptForm(initial={"body": whose.name})
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            if given["decision"] is None:
                said = Phrase("Ange organ, datum, paragraf och diarienummer för beslutet. Ingenting har sparats.")
                form.add_error(None, str(said))
            else:
                made = {"decision": given["decision"], "motive": given["motive"], "by": request.actor, "at": now()}
                failed = tried(form, lambda: adopt_plan(unit=unit, year=year, **made))
                if failed is None:
                    return redirect("plan_of_unit", year, unit)
                status = failed
    found = unit_plan(whose, year, today())
    context = {"form": form, "plan": found, "shown": present_plan(found, request.actor, now()), "year": year}
    return render(request, "goals/plan/adopt.html", context, status=status)
