"""The overview of a year, and the way to the latest one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.kept_pages import kept_for_strangers
from ledtrad.apps.goals.presenters.year import present_year
from ledtrad.apps.goals.queries import overview, years


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """On to the latest year; a page that says what will be here while there is none."""
    known = years()
    return redirect("year", known[-1]) if known else render(request, "goals/empty.html")


@require_safe
@kept_for_strangers
def year(request: HttpRequest, year: int) -> HttpResponse:
    known = years()
    # The year to come has goals before anybody has been asked about them.
    if not known or not known[0] <= year <= known[-1] + 1:
        raise Http404(f"nothing is known of {year}")
    return render(request, "goals/year.html", {"shown": present_year(overview(year), known), "year": year})
