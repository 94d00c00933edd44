"""A report before the one above: returned with questions, accepted, or locked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.reporting.actions import decide_report, lock_report, return_report
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.forms.steps import read_decision, read_version
from ledtrad.apps.reporting.forms.way_up import as_typed, read_questions
from ledtrad.apps.reporting.presenters.centre.stages import stage_sprite
from ledtrad.apps.reporting.presenters.centre.way_up import present_way_up
from ledtrad.apps.reporting.queries import rows_of
from ledtrad.apps.reporting.queries.centre.way_up import way_up as read_way_up
from ledtrad.apps.reporting.views.workspace.loading import report_seen


@require_http_methods(["GET", "HEAD", "POST"])
def way_up(request: HttpRequest, year: int, unit: str, period: str) -> HttpResponse:
    """The report to read; a post takes the step that `steg` names: tillbaka, godkann or las."""
    card = report_seen(request, year, unit, period)
    if request.method != "POST":
        return _page(request, card)
    try:
        _take_step(request, card)
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _page(request, card, refused=str(refusal), status=409 if isinstance(refusal, Conflict) else 422)
    return redirect("way_up", year, unit, period)


def _take_step(request: HttpRequest, card: ReportCard) -> None:
    sent, by, at = request.POST, request.actor, timezone.now()
    version, step = read_version(sent), sent.get("steg", "")
    if step == "tillbaka":
        questions = read_questions(sent, rows_of(card.id))
        note = sent.get("note", "")[:2_000]
        return_report(report_id=card.id, rests_on=version, questions=questions, note=note, by=by, at=at)
    elif step == "godkann":
        decide_report(report_id=card.id, rests_on=version, decision=read_decision(sent), by=by, at=at)
    elif step == "las":
        lock_report(report_id=card.id, rests_on=version, by=by, at=at)
    else:
        raise Refused("Steget finns inte. Hämta sidan på nytt. Ingenting har ändrats.")


def _page(request: HttpRequest, card: ReportCard, *, refused: str = "", status: int = 200) -> HttpResponse:
    typed = as_typed(request.POST) if refused else None
    shown = present_way_up(read_way_up(card), request.actor, timezone.now(), typed)
    context = {"shown": shown, "card": card, "refused": refused, "stage_sprite": stage_sprite()}
    return render(request, "reporting/centre/way_up.html", context, status=status)
