"""Searching."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.search.presenters import present_hits
from ledtrad.apps.search.queries import KINDS
from ledtrad.apps.search.queries import search as find

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`q` is the question, `slag` keeps one kind of text, `sida` turns the pages."""
    check_signed_in(request.actor)  # type: ignore[attr-defined]
    question = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    kind = request.GET.get("slag", "")
    kind = kind if kind in KINDS else ""
    written = request.GET.get("sida", "")
    page = int(written) if written.isascii() and written.isdecimal() and len(written) < 7 else 1
    found = find(question, request.actor, kind=kind, page=page)  # type: ignore[attr-defined]
    shown = present_hits(found, question, kind, request.actor)  # type: ignore[attr-defined]
    return render(request, "search/search.html", {"shown": shown, "question": question, "kind": kind})
