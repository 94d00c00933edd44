"""The page of one goal in one year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.annual_report.presenters.goal import present_goal
from ledtrad.apps.annual_report.queries import document
from ledtrad.apps.audit.kept_pages import kept_for_strangers
from ledtrad.apps.auditors.queries import opinion_history
from ledtrad.apps.goals.queries import goal_year, years


@require_safe
@kept_for_strangers
def goal(request: HttpRequest, year: int, code: str) -> HttpResponse:
    found = goal_year(code, year)
    if found is None:
        raise Http404(f"no goal {code} in {year}")
    shown = present_goal(document(year, code), found, years(), request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    audited = next(iter(opinion_history(code, year)), None)
    return render(request, "annual_report/goal.html", {"shown": shown, "year": year, "audited": audited})
