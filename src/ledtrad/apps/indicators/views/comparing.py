"""The page that sets the city beside other municipalities."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.kept_pages import kept_for_strangers
from ledtrad.apps.indicators.forms.comparing import read_choice
from ledtrad.apps.indicators.presenters.comparing import present_comparison
from ledtrad.apps.indicators.queries import comparison, own_city


@require_safe
@kept_for_strangers
def compare(request: HttpRequest, code: str) -> HttpResponse:
    asked = read_choice(request.GET)
    found = comparison(code, asked.year, asked.codes)
    if found is None:
        raise Http404(f"nothing to compare for {code}")
    chosen, trouble = asked.with_named(found.all_areas, own_city())
    if chosen != asked.codes:
        found = comparison(code, found.year, chosen) or found
    shown = present_comparison(found, request.LANGUAGE_CODE)
    return render(
        request,
        "indicators/compare.html",
        {"shown": shown, "found": found, "trouble": trouble, "written": asked.written if trouble else ""},
    )
