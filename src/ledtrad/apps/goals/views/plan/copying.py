"""Beginning a new year: what comes along from the year before, shown first, then copied in one act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.goals.actions import copy_plan
from ledtrad.apps.goals.forms.goals import CopyForm
from ledtrad.apps.goals.policies import check_may_copy, check_not_copied
from ledtrad.apps.goals.queries import copied, folded_copy
from ledtrad.apps.goals.views.plan.loading import now, today, tried
from ledtrad.apps.steering.policies import check_signed_in, check_year

_MOST = 100  # of each list; how many more there are is told


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, year: int) -> HttpResponse:
    check_signed_in(request.actor)
    check_year(year)
    check_may_copy(request.actor)
    form = CopyForm(request.POST) if request.method == "POST" else CopyForm()
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            act = {"seen": form.cleaned_data["seen"], "by": request.actor, "at": now()}
            failed = tried(form, lambda: copy_plan(from_year=year - 1, year=year, **act))
            if failed is None:
                return redirect("plan", year)
            status = failed
    already = copied(year)
    context = {
        "form": form,
        "shown": folded_copy(year - 1, year, today(), _MOST),
        "why_not": why_not(check_not_copied, year, already),
        "year": year,
    }
    return render(request, "goals/plan/copy.html", context, status=status)
