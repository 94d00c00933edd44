"""How the year's forecasts did."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.goals.queries import years
from ledtrad.apps.reporting.oversight import check_signed_in
from ledtrad.apps.reporting.presenters.centre.forecasts import present_forecasts
from ledtrad.apps.reporting.queries.centre import forecast_scores as read_scores


@require_safe
def forecast_scores(request: HttpRequest, year: int) -> HttpResponse:
    check_signed_in(request.actor, Phrase("läsa hur prognoserna slog in"))
    known = years()
    if year not in known:
        raise Http404(f"nothing is known of {year}")
    shown = present_forecasts(read_scores(year))
    return render(
        request, "reporting/centre/forecasts.html", {"shown": shown, "year": year, "years": tuple(reversed(known))}
    )
