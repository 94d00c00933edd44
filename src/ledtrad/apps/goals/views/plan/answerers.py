"""Who must answer for one of the council's goals."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ledtrad.apps.goals.actions import set_answerers
from ledtrad.apps.goals.forms.goals import AnswerersForm
from ledtrad.apps.goals.presenters.plan.unit import present_plan
from ledtrad.apps.goals.queries import council_goals, obligations
from ledtrad.apps.goals.queries.unit_plan import unit_plan, units_beneath
from ledtrad.apps.goals.views.plan.loading import now, today, tried, unit_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def answerers(request: HttpRequest, year: int, unit: str, code: str) -> HttpResponse:
    """Boards to tick; a post makes those that are ticked answer, and no others."""
    whose = unit_to_change(request, year, unit)
    goal = next((one for one in council_goals(year) if one.code == code), None)
    if goal is None or not whose.is_council:
        raise Http404(f"the council has no goal {code} in {year}")
    choices = list(units_beneath(whose, year))
    asked = [one.unit for one in obligations(year) if one.goal == code]
    form = AnswerersForm(choices, request.POST) if request.method == "POST" else AnswerersForm(choices)
    ticked, status = asked, 200
    if form.is_bound:
        ticked, status = request.POST.getlist("units"), 422
        if form.is_valid():
            given = form.cleaned_data
            about = {"goal": code, "year": year, "units": given["units"], "by": request.actor, "at": now()}
            decided = {"decision": given["decision"], "motive": given["motive"]}
            failed = tried(form, lambda: set_answerers(**about, **decided))
            if failed is None:
                return redirect("plan_of_unit", year, unit)
            status = failed
    found = unit_plan(whose, year, today())
    context = {
        "form": form,
        "goal": goal,
        "choices": choices,
        "ticked": set(ticked),
        "plan": found,
        "shown": present_plan(found, request.actor, now()),
        "year": year,
    }
    return render(request, "goals/plan/answerers.html", context, status=status)
