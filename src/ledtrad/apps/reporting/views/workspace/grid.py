"""A whole grid sent as a form: how the page is saved without scripts."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.reporting.actions import Clash, RowSave, save_rows
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.forms.grids import changed, unstorable, with_typed
from ledtrad.apps.reporting.forms.saves import read_grid
from ledtrad.apps.reporting.presenters.workspace.page import present_workspace
from ledtrad.apps.reporting.queries import rows_of
from ledtrad.apps.reporting.queries.seen import seen_fields
from ledtrad.apps.reporting.queries.workspace import workspace as read_workspace
from ledtrad.apps.reporting.views.workspace.loading import report_seen
from ledtrad.apps.reporting.views.workspace.rendering import render_workspace

ANCHORS = ("indicators", "activities", "assessments")


@require_POST
def save_grid(request: HttpRequest, year: int, unit: str, period: str) -> HttpResponse:
    """Every changed row is saved or set aside; or, when one cannot be stored, none is and all that was typed stays."""
    card, now = report_seen(request, year, unit, period), timezone.now()
    sent = read_grid(request.POST)
    rows = {row.id: row for row in rows_of(card.id)}
    if any(save.row_id not in rows for save in sent):
        raise Unseen("Raden finns inte i rapporten.")
    saves = changed(sent, rows, seen_fields(tuple(rows.values()), {save.row_id: save.rests_on for save in sent}))
    try:
        outcomes = save_rows(saves=saves, by=request.actor, at=now)
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _typed_stays(request, card, saves, refusal)
    clash = next((one for one in outcomes if isinstance(one, Clash)), None)
    if clash is not None:
        return HttpResponseRedirect(reverse("conflict", args=[clash.set_aside_id]))
    place = request.POST.get("grid", "")
    address = reverse("workspace", args=[year, unit, period])
    return HttpResponseRedirect(f"{address}#{place}" if place in ANCHORS else address)


def _typed_stays(request: HttpRequest, card: ReportCard, saves: tuple[RowSave, ...], refusal: Refused) -> HttpResponse:
    found = with_typed(read_workspace(card, request.actor.key), saves)
    refused = unstorable(saves, {row.id: row for row in found.rows})
    shown = present_workspace(found, request.actor, timezone.now())
    return render_workspace(request, shown, sentence=refusal, refused=refused)
