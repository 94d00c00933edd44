"""Correcting a row of a locked report: what it should say, and why."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.reporting.actions import correct_row as do_correct
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.forms.steps import read_version
from ledtrad.apps.reporting.policies import check_may_correct
from ledtrad.apps.reporting.presenters.centre.correcting import present_correcting
from ledtrad.apps.reporting.queries import ReportRow, rows_of
from ledtrad.apps.reporting.views.workspace.loading import report_seen
from ledtrad.core.reporting.contents import FIELDS


@require_http_methods(["GET", "HEAD", "POST"])
def correct_row(request: HttpRequest, year: int, unit: str, period: str, row_id: int) -> HttpResponse:
    card = report_seen(request, year, unit, period)
    check_may_correct(request.actor, card)
    row = next((one for one in rows_of(card.id) if one.id == row_id), None)
    if row is None:
        raise Unseen("Raden finns inte.")
    if request.method != "POST":
        return _page(request, card, row)
    typed = {name: request.POST[name] for name in FIELDS[row.kind] if name in request.POST}
    why = request.POST.get("varfor", "")
    try:
        number = do_correct(
            row_id=row.id,
            fields=typed,
            why=why,
            rests_on=read_version(request.POST),
            by=request.actor,
            at=timezone.now(),
        )
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        status = 409 if isinstance(refusal, Conflict) else 422
        return _page(request, card, row, typed=typed, why=why, refused=refusal, status=status)
    address = redirect("corrections", year)
    address["Location"] += f"#rattelse-{number}"
    return address


def _page(
    request: HttpRequest,
    card: ReportCard,
    row: ReportRow,
    *,
    typed: Mapping[str, str] | None = None,
    why: str = "",
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = present_correcting(card, row, typed, why)
    return render(request, "reporting/centre/correct.html", {"shown": shown, "refused": refused}, status=status)
