"""The council's plan of a year as a tree, and one branch of it with all that lies beneath."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.goals.policies import check_may_copy
from ledtrad.apps.goals.presenters.plan.tree import present_branch, present_tree
from ledtrad.apps.goals.queries import copied, plan_years
from ledtrad.apps.goals.queries.plan_tree import goal_branch, plan_tree
from ledtrad.apps.goals.views.plan.loading import now, today
from ledtrad.apps.steering.policies import check_receives, check_signed_in, check_year
from ledtrad.apps.steering.queries import hidden_plans
from ledtrad.core.calendar import PhaseKind


@require_safe
def plan(request: HttpRequest, year: int) -> HttpResponse:
    check_signed_in(request.actor)
    check_year(year)
    shown = present_tree(plan_tree(year, today()), hidden_plans(request.actor, year), plan_years())
    context = {
        "shown": shown,
        "why_not_copy": why_not(check_may_copy, request.actor),
        "copied": copied(year),
        "may_be_copied": year - 1 in shown.years and not why_not(check_receives, year, PhaseKind.PLAN, now()),
    }
    return render(request, "goals/plan/tree.html", context)


@require_safe
def branch(request: HttpRequest, year: int, code: str) -> HttpResponse:
    check_signed_in(request.actor)
    check_year(year)
    found = goal_branch(code, year, today(), hidden_plans(request.actor, year))
    if found is None:
        raise Http404(f"the council has no goal {code} in {year}")
    return render(request, "goals/plan/branch.html", {"shown": present_branch(found), "year": year})
