"""Open questions: whose turn it is, and for how long they have waited."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.organisation.queries import beneath
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.oversight import check_signed_in
from ledtrad.apps.reporting.policies import sees_drafts_everywhere
from ledtrad.apps.reporting.presenters.centre.questions import present_questions
from ledtrad.apps.reporting.queries.centre import Turn, open_questions


@require_safe
def questions(request: HttpRequest, year: int) -> HttpResponse:
    """All for the centre and the auditors; for others those of their own units. `tur` keeps those of one turn."""
    check_signed_in(request.actor, Phrase("se frågorna"))
    turn = next((one for one in Turn if one.value == request.GET.get("tur")), None)
    found = open_questions(
        year, units=_own_units(request.actor), turn=turn, page=page_number(request.GET.get("sida", ""))
    )
    shown = present_questions(found, turn=turn, now=timezone.now())
    return render(request, "reporting/centre/questions.html", {"shown": shown, "year": year, "turn": turn})


def page_number(written: str) -> int:
    """The page asked for; the first for anything else than a number."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 7 else 1


def _own_units(actor: Actor) -> Collection[str] | None:
    if sees_drafts_everywhere(actor):
        return None
    return beneath(actor.units_as(Role.READER, Role.REPORTER, Role.BOARD_SECRETARY, Role.UNIT_HEAD))
