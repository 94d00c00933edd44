"""Searching in the neighbours' catalogues."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.neighbours.policies import check_keeps_subscriptions
from ledtrad.apps.neighbours.queries.catalogues import catalogues, search_catalogue


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`q` are the words, `hos` whose catalogue. Without words nobody is asked anything."""
    check_keeps_subscriptions(request.actor)
    words, whose = request.GET.get("q", "").strip()[:100], request.GET.get("hos", "kolada")
    found = search_catalogue(whose, words) if words else None
    page = {"words": words, "whose": whose, "catalogues": catalogues(), "found": found}
    return render(request, "neighbours/search.html", page, status=502 if found and found.trouble else 200)
