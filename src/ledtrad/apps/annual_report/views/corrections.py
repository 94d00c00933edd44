"""The year's corrections, and the sentences of the report that each of them touches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledtrad.apps.annual_report.presenters.corrections import present_corrections
from ledtrad.apps.annual_report.queries import touched_sentences
from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.reporting.queries.centre.corrections import corrections as read_corrections


@require_safe
def corrections(request: HttpRequest, year: int) -> HttpResponse:
    """The latest first; `sida` turns the pages."""
    check_signed_in(request.actor)
    written = request.GET.get("sida", "")
    page = int(written) if written.isascii() and written.isdecimal() and len(written) < 7 else 1
    found = read_corrections(year, page=page)
    touched = touched_sentences({fact for one in found.corrections for fact in one.facts})
    shown = present_corrections(found, touched, timezone.now())
    return render(request, "annual_report/corrections.html", {"shown": shown, "year": year})
