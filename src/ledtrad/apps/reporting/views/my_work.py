"""My work: what is left for the person who asks, and by when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.policies import Forbidden


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    if not request.actor.is_signed_in:
        raise Forbidden("Logga in för att se ditt arbete.")
    return render(request, "reporting/my_work.html", {})
