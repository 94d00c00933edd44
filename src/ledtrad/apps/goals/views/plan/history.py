"""How one thing in a plan has changed, with the decisions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.queries import entries_about
from ledtrad.apps.goals.presenters.plan.history import present_history
from ledtrad.apps.goals.queries.plan_object import plan_object
from ledtrad.apps.goals.views.plan.loading import unit_of_plan
from ledtrad.apps.people.queries import names
from ledtrad.apps.steering.policies import check_signed_in, check_year
from ledtrad.apps.steering.queries import decisions_about


@require_safe
def history(request: HttpRequest, year: int, object_id: str) -> HttpResponse:
    """`object_id` is as in the log: `goal:1.2/2021`, `activity:kultur-2021-3`, `target:1.2.1/2021`."""
    check_signed_in(request.actor)
    check_year(year)
    found = plan_object(object_id, year)
    if found is None:
        raise Http404(f"no plan for {year} has {object_id}")
    if found.unit:
        unit_of_plan(request, year, found.unit)
    entries = [entry for one in found.object_ids for entry in entries_about(one)]
    entries.sort(key=lambda entry: entry.number, reverse=True)
    changes = present_history(entries, decisions_about(found.object_ids), names({entry.by for entry in entries}))
    return render(request, "goals/plan/history.html", {"object": found, "changes": changes, "year": year})
