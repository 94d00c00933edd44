"""The report's own steps on its way up: handed in, and decided by the board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ledtrad.apps.reporting.actions import decide_report, submit_report
from ledtrad.apps.reporting.forms.steps import read_decision, read_version
from ledtrad.apps.reporting.views.workspace.loading import report_seen


@require_POST
def submit(request: HttpRequest, year: int, unit: str, period: str) -> HttpResponse:
    card = report_seen(request, year, unit, period)
    submit_report(report_id=card.id, rests_on=read_version(request.POST), by=request.actor, at=timezone.now())
    return redirect("workspace", year, unit, period)


@require_POST
def decide(request: HttpRequest, year: int, unit: str, period: str) -> HttpResponse:
    """The board's decision with its day, paragraph and case number; a unit's report is accepted by its board."""
    card, now = report_seen(request, year, unit, period), timezone.now()
    decide_report(
        report_id=card.id,
        rests_on=read_version(request.POST),
        decision=read_decision(request.POST),
        by=request.actor,
        at=now,
    )
    return redirect("workspace", year, unit, period)
