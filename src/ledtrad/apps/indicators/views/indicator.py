"""The page of one indicator in one year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.kept_pages import kept_for_strangers
from ledtrad.apps.indicators.presenters import present_indicator
from ledtrad.apps.indicators.queries import indicator_page_for, uses


@require_safe
@kept_for_strangers
def indicator(request: HttpRequest, year: int, code: str) -> HttpResponse:
    page = indicator_page_for(code, request.actor)
    used = uses(code, request.actor) if page else None
    shown = present_indicator(page, year, request.LANGUAGE_CODE, used) if page else None
    if shown is None:
        raise Http404(f"no indicator {code} in {year}")
    return render(
        request, "indicators/indicator.html", {"shown": shown, "page": shown.page, "year": year, "used": used}
    )
