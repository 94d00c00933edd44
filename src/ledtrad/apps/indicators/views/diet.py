"""The page that says what is measured and used by nobody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledtrad.apps.indicators.presenters.diet import present_diet
from ledtrad.apps.indicators.queries.diet import diet as diet_of
from ledtrad.apps.steering.policies import check_signed_in, check_year
from ledtrad.core.calendar import city_day


@require_safe
def diet(request: HttpRequest, year: int) -> HttpResponse:
    """For everybody who works here. A year that has not begun has no reads."""
    check_signed_in(request.actor)  # type: ignore[attr-defined]
    check_year(year)
    if year > city_day(timezone.now()).year:
        raise Http404(f"{year} has not begun")
    asked = request.GET.get("sida", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    shown = present_diet(diet_of(year), page)
    return render(request, "indicators/diet.html", {"shown": shown, "diet": shown.diet, "year": year})
