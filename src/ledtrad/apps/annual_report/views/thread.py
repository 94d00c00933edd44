"""The thread of a sentence, fact, outcome or assessment: a page, or what the drawer shows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ledtrad.apps.annual_report.presenters import thread as presenter
from ledtrad.apps.annual_report.queries import trace


@require_safe
def thread(request: HttpRequest, trace_id: str) -> HttpResponse:
    found = trace(trace_id)
    if found is None:
        raise Http404(f"nothing has the id {trace_id}")
    name = "annual_report/_thread.html" if request.htmx else "annual_report/thread.html"  # type: ignore[attr-defined]
    response = render(request, name, {"shown": presenter.present_thread(found), "presenter": presenter})
    patch_vary_headers(response, ("HX-Request",))
    return response
