"""All goals of a year: the city's verdict, the auditors', and the answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledtrad.apps.auditors.policies import sees_everything
from ledtrad.apps.auditors.presenters.year import present_year
from ledtrad.apps.auditors.queries import opinions_of_year
from ledtrad.apps.goals.queries import overview, years


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    if not 1800 <= year <= 2999:
        raise Http404(f"nothing is known of {year}")
    shown = present_year(overview(year), opinions_of_year(year), years(), timezone.now())
    sees_all = sees_everything(request.actor)
    return render(request, "auditors/year.html", {"shown": shown, "year": year, "sees_all": sees_all})
