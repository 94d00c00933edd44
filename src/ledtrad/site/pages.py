"""Pages with next to no data: about, and the accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.queries import page_of_log

BUILT = "demo_city.build"  # what the demo city writes in the log; its data need not be loaded to ask that


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    is_demonstration = bool(page_of_log(action=BUILT, size=1).entries)
    return render(request, "about.html", {"is_demonstration": is_demonstration})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")
