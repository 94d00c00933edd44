"""Two people, one text: both side by side, and the choice of the one who came second."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Conflict, Refused, Unseen
from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.people.queries import names
from ledtrad.apps.reporting.actions import Clash, settle
from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.forms.choices import chosen_fields
from ledtrad.apps.reporting.forms.steps import read_version
from ledtrad.apps.reporting.policies import check_may_see
from ledtrad.apps.reporting.presenters.workspace.conflict import present_conflict
from ledtrad.apps.reporting.queries import KeptText, kept_text, kept_texts_of, report_by_id


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, set_aside_id: int) -> HttpResponse:
    """Shows both texts; a post saves what was chosen, or lets the own text go. Never overwrites what came meanwhile."""
    check_signed_in(request.actor)
    kept = kept_text(set_aside_id)
    if kept.written_by != request.actor.key:
        raise Unseen("Texten finns inte.")
    card = report_by_id(kept.report_id)
    check_may_see(request.actor, card)
    if kept.is_settled:
        return _back(card, kept)
    if request.method == "POST":
        return _settle(request, kept, card)
    return _page(request, kept, card)


def _page(
    request: HttpRequest, kept: KeptText, card: ReportCard, sentence: Refused | None = None, status: int = 200
) -> HttpResponse:
    shown = present_conflict(kept, card, names([kept.row.saved_by]), timezone.now())
    return render(request, "reporting/conflict.html", {"shown": shown, "sentence": sentence}, status=status)


def _settle(request: HttpRequest, kept: KeptText, card: ReportCard) -> HttpResponse:
    rests_on, now = read_version(request.POST), timezone.now()
    lets_go = request.POST.get("do") == "let_go"
    try:
        if rests_on != kept.row.version:
            raise Conflict("Raden har ändrats igen sedan du hämtade sidan. Här är den nyaste texten. Välj på nytt.")
        fields = None if lets_go else chosen_fields(kept, request.POST)
        outcome = settle(set_aside_id=kept.id, fields=fields, rests_on=rests_on, by=request.actor, at=now)
    except Conflict as refusal:
        return _page(request, kept, card, refusal, 409)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _page(request, kept, card, refusal, 422)
    if isinstance(outcome, Clash):
        return HttpResponseRedirect(reverse("conflict", args=[outcome.set_aside_id]))
    _let_go_of_what_led_up(request, kept)
    return _back(card, kept)


def _let_go_of_what_led_up(request: HttpRequest, kept: KeptText) -> None:
    """Typing on while the first save was under way sets the same text aside more than once: the last one holds all."""
    for other, row in kept_texts_of(request.actor.key, kept.report_id):
        if row == kept.row.id and other < kept.id and kept_text(other).rests_on == kept.rests_on:
            settle(set_aside_id=other, fields=None, rests_on=kept.row.version, by=request.actor, at=timezone.now())


def _back(card: ReportCard, kept: KeptText) -> HttpResponse:
    address = reverse("workspace", args=[card.period.year, card.unit, period_name(card.period)])
    return HttpResponseRedirect(f"{address}#rad-{kept.row.id}")
