"""The page that tells what there is, and the way to an indicator's latest page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledtrad.apps.indicators.queries import indicator_page_for
from ledtrad.apps.open_data.queries import catalogue, spans
from ledtrad.core.language.writing import absence_word
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.renderers.tables import MARKS


@require_safe
def open_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """On to the latest year of which something is known."""
    page = indicator_page_for(code) if code in catalogue() else None
    years = [row.year for row in page.years if row.found] if page else []
    if not years:
        raise Http404(f"nothing is known of {code}")
    return redirect("indicator", years[-1], code)


_ADDRESSES = (
    ("REST, OpenAPI 3.1", "/api/v1/"),
    ("OpenAPI", "/api/v1/openapi.json"),
    ("Kolada, version 3", "/api/kolada/v3/kpi"),
    ("PxWebApi 2", "/api/pxweb/v2/tables"),
    ("DCAT-AP-SE", "/dcat"),
    ("Atom", "/andringar.atom"),
)


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, how to read it, and what one may do with it."""
    known = catalogue()
    example = next((code for code in known if code in spans()), "")
    context = {
        "settings": settings.OPEN_DATA,
        "count": len(known),
        "example": example,
        "root": request.build_absolute_uri("/").rstrip("/"),
        "addresses": _ADDRESSES,
        "absences": [(absence_word(kind, request.LANGUAGE_CODE), kind.value, MARKS[kind]) for kind in AbsenceKind],
    }
    return render(request, "open_data/open_data.html", context)
