"""One goal on the centre's desk, and the city's verdict on it."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen, why_not
from ledtrad.apps.goals.actions import conclude
from ledtrad.apps.goals.verdict_policies import check_may_conclude
from ledtrad.apps.reporting.cards import PERIOD_NAMES
from ledtrad.apps.reporting.forms.verdict import as_sent, read_verdict
from ledtrad.apps.reporting.oversight import check_sees_the_whole
from ledtrad.apps.reporting.presenters.centre.desk import present_desk
from ledtrad.apps.reporting.presenters.centre.stages import stage_sprite
from ledtrad.apps.reporting.queries.centre import desk as read_desk
from ledtrad.apps.reporting.views.centre.progress import period_or_404

STATUSES = {"Conflict": 409}


@require_http_methods(["GET", "HEAD", "POST"])
def objective_desk(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """`rapport` chooses whose texts are read, `oppna` unfolds them all. A post is the city's verdict."""
    check_sees_the_whole(request.actor)
    if request.method != "POST":
        return _page(request, year, code)
    check_may_conclude(request.actor)
    try:
        written = read_verdict(request.POST)
        conclude(
            goal=code,
            year=year,
            verdict=written.verdict,
            motive=written.motive,
            grounds=written.grounds,
            decision=written.decision,
            rests_on=written.rests_on,
            by=request.actor,
            at=timezone.now(),
        )
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        status = STATUSES.get(type(refusal).__name__, 422)
        return _page(request, year, code, sent=as_sent(request.POST), refused=str(refusal), status=status)
    return redirect("objective_desk", year, code)


def _page(
    request: HttpRequest,
    year: int,
    code: str,
    *,
    sent: Mapping[str, object] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    name = request.GET.get("rapport", "ar")
    found = read_desk(code, period_or_404(year, name))
    if found is None:
        raise Http404(f"the council has no goal {code} in {year}")
    shown = present_desk(found, now=timezone.now(), opens_all=request.GET.get("oppna") == "alla", sent=sent)
    context = {
        "shown": shown,
        "year": year,
        "period": name,
        "periods": tuple(PERIOD_NAMES),
        "refused": refused,
        "stage_sprite": stage_sprite(),
        "why_not": why_not(check_may_conclude, request.actor),
    }
    return render(request, "reporting/centre/desk.html", context, status=status)
