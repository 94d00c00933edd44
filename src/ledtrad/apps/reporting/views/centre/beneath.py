"""The reports right beneath a unit, and doing the same with many of them at once: chosen, previewed, done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from ledtrad.apps.audit.policies import Refused, Unseen
from ledtrad.apps.organisation.queries import UnitCard, chain
from ledtrad.apps.organisation.queries import unit as read_unit
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.actions import decide_reports, lock_reports, submit_reports
from ledtrad.apps.reporting.cards import PERIOD_NAMES
from ledtrad.apps.reporting.forms.bulk import BulkMove, read_bulk
from ledtrad.apps.reporting.forms.steps import read_decision
from ledtrad.apps.reporting.oversight import check_sees_beneath, check_sees_the_whole
from ledtrad.apps.reporting.presenters.centre.beneath import present_beneath, present_preview
from ledtrad.apps.reporting.presenters.centre.stages import stage_sprite
from ledtrad.apps.reporting.queries.centre.bulk import boards_reports, chosen_reports, prospects, reports_beneath
from ledtrad.apps.reporting.views.centre.progress import period_or_404
from ledtrad.apps.reporting.views.centre.questions import page_number
from ledtrad.apps.steering.queries import phase
from ledtrad.core.calendar import phase_of
from ledtrad.core.reporting import Move

ALL = "alla"


@require_safe
def progress_beneath(request: HttpRequest, year: int, period: str, unit: str) -> HttpResponse:
    """The units right beneath `unit`; for "alla" the boards themselves."""
    asked, now = period_or_404(year, period), timezone.now()
    above = _unit_seen(request.actor, unit)
    page = page_number(request.GET.get("sida", ""))
    found = reports_beneath(unit, asked, page=page) if above else boards_reports(asked)
    shown = present_beneath(found, above, asked, phase(year, phase_of(asked)), request.GET, now)
    context = {
        "shown": shown,
        "unit": unit,
        "year": year,
        "period": period,
        "periods": tuple(PERIOD_NAMES),
        "stage_sprite": stage_sprite(),
    }
    return render(request, "reporting/centre/beneath.html", context)


@require_POST
def bulk(request: HttpRequest, year: int, period: str, unit: str) -> HttpResponse:
    """First a preview: which can go on, which not and why. Then, confirmed, all of the former or none."""
    asked = period_or_404(year, period)
    above = _unit_seen(request.actor, unit)
    sent = read_bulk(request.POST)
    if request.POST.get("bekraftat") == "1":
        _do(sent, request)
        done = urlencode({"steg": sent.move.value, "klart": len(sent.reports)})
        return redirect(f"{reverse('progress_beneath', args=[year, period, unit])}?{done}")
    cards = chosen_reports([pk for pk, _ in sent.reports], asked, with_beneath=sent.with_beneath)
    if len(cards) < len(sent.reports) or (above and any(unit not in card.above for card in cards)):
        raise Unseen("Rapporten finns inte.")
    found = prospects(sent.move, cards, asked, request.actor, timezone.now())
    shown = present_preview(found, sent.move, above, timezone.now())
    context = {"shown": shown, "unit": unit, "year": year, "period": period}
    return render(request, "reporting/centre/preview.html", context)


def _unit_seen(actor: Actor, slug: str) -> UnitCard | None:
    """The unit whose reports are asked for; None for the whole city. Unseen for an unknown one."""
    if slug == ALL:
        check_sees_the_whole(actor)
        return None
    try:
        check_sees_beneath(actor, chain(slug))
    except Refused as refusal:
        if type(refusal) is Refused:
            raise Unseen("Enheten finns inte.") from refusal
        raise
    return read_unit(slug)


def _do(sent: BulkMove, request: HttpRequest) -> None:
    by, at = request.actor, timezone.now()
    if sent.move is Move.SUBMIT:
        submit_reports(reports=sent.reports, by=by, at=at)
    elif sent.move is Move.DECIDE:
        decide_reports(reports=sent.reports, decision=read_decision(request.POST), by=by, at=at)
    else:
        lock_reports(reports=sent.reports, by=by, at=at)
