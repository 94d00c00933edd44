"""A report's page; before the report has been opened, the page on which that is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ledtrad.apps.audit.policies import Unseen, why_not
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.organisation.queries import unit as unit_named
from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.reporting.actions import open_report
from ledtrad.apps.reporting.policies import check_may_open, check_may_see
from ledtrad.apps.reporting.presenters.workspace.opening import present_opening
from ledtrad.apps.reporting.presenters.workspace.page import present_workspace
from ledtrad.apps.reporting.queries import report_of
from ledtrad.apps.reporting.queries.workspace import workspace as read_workspace
from ledtrad.apps.reporting.views.workspace.loading import period_of
from ledtrad.apps.reporting.views.workspace.rendering import render_workspace
from ledtrad.apps.steering.policies import check_receives
from ledtrad.core.calendar import phase_of
from ledtrad.core.periods import Period


@require_safe
def workspace(request: HttpRequest, year: int, unit: str, period: str) -> HttpResponse:
    check_signed_in(request.actor)
    asked, now = period_of(year, period), timezone.now()
    card = report_of(unit, asked)
    if card is None:
        return _not_open_yet(request, unit, asked)
    check_may_see(request.actor, card)
    return render_workspace(request, present_workspace(read_workspace(card, request.actor.key), request.actor, now))


def _not_open_yet(request: HttpRequest, unit: str, period: Period) -> HttpResponse:
    above = chains().get(unit)
    if above is None or why_not(check_may_open, request.actor, [above]):
        raise Unseen("Rapporten finns inte.")
    found = unit_named(unit)
    assert found is not None  # it has a chain
    return render(
        request, "reporting/opening.html", {"shown": present_opening(unit, found.name, period, timezone.now())}
    )


@require_POST
def open_now(request: HttpRequest, year: int, unit: str, period: str) -> HttpResponse:
    """Open the report with a row for everything that its unit is asked about."""
    check_signed_in(request.actor)
    asked, now = period_of(year, period), timezone.now()
    if unit not in chains():
        raise Unseen("Enheten finns inte.")
    check_receives(year, phase_of(asked), now)
    open_report(unit=unit, period=asked, by=request.actor, at=now)
    return redirect("workspace", year, unit, period)
