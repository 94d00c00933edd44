"""Cells pasted from a spreadsheet: first a preview of what each would change, then, once confirmed, the change."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.reporting.actions import Clash, RowSave, save_rows
from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.forms.pasting import GRIDS, read_block, read_grid_name
from ledtrad.apps.reporting.forms.saves import read_key, read_versions
from ledtrad.apps.reporting.policies import check_may_write
from ledtrad.apps.reporting.presenters.workspace.pasting import ShownPaste, fields_in_order, present_paste
from ledtrad.apps.reporting.presenters.workspace.words import period_title
from ledtrad.apps.reporting.queries.workspace import workspace as read_workspace
from ledtrad.apps.reporting.views.workspace.loading import report_seen


@require_http_methods(["GET", "HEAD", "POST"])
def paste_rows(request: HttpRequest, year: int, unit: str, period: str) -> HttpResponse:
    """A field to paste in; the preview; and after the confirmation the report again."""
    card = report_seen(request, year, unit, period)
    check_may_write(request.actor, card, timezone.now())
    if request.method != "POST":
        return _page(request, card)
    try:
        preview = _preview(request, card)
        return (
            _confirm(request, card, preview) if request.POST.get("do") == "confirm" else _page(request, card, preview)
        )
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _page(request, card, sentence=refusal)


def _preview(request: HttpRequest, card: ReportCard) -> ShownPaste:
    kind, block = read_grid_name(request.POST), read_block(request.POST.get("text", ""))
    found = read_workspace(card, request.actor.key)
    rows = found.beside.in_order(found.asked, kind)
    at_row = request.POST.get("row", "")
    return present_paste(
        block,
        rows,
        fields_in_order(kind, card.period.tertial),
        at_row=int(at_row) if at_row.isascii() and at_row.isdigit() else 0,
        at_field=request.POST.get("field", ""),
    )


def _confirm(request: HttpRequest, card: ReportCard, preview: ShownPaste) -> HttpResponse:
    """Saves what was shown, resting on the versions that were shown: a row that has moved on is set aside, not lost."""
    shown, key = dict(read_versions(request.POST)), read_key(request.POST)
    saves = [
        RowSave(one.row.id, one.changes, shown[one.row.id], f"{key}.{one.row.id}")
        for one in preview.rows
        if one.row and one.changes and one.row.id in shown
    ]
    outcomes = save_rows(saves=saves, by=request.actor, at=timezone.now())
    clash = next((one for one in outcomes if isinstance(one, Clash)), None)
    if clash is not None:
        return HttpResponseRedirect(reverse("conflict", args=[clash.set_aside_id]))
    address = reverse("workspace", args=[card.period.year, card.unit, period_name(card.period)])
    return HttpResponseRedirect(f"{address}#rad-{saves[0].row_id}" if saves else address)


def _page(
    request: HttpRequest, card: ReportCard, preview: ShownPaste | None = None, sentence: Refused | None = None
) -> HttpResponse:
    grid = request.POST.get("grid") or request.GET.get("grid", "")
    context = {
        "card": card,
        "period": period_name(card.period),
        "title": period_title(card.period.tertial, card.period.year),
        "preview": preview,
        "sentence": sentence,
        "grid": grid if grid in GRIDS else "indicators",
        "asked": {name: request.POST.get(name, "") for name in ("text", "row", "field")},
        "key": read_key(request.POST),
    }
    name = "reporting/_paste.html" if request.htmx else "reporting/paste.html"
    return render(request, name, context, status=422 if sentence and not request.htmx else 200)
