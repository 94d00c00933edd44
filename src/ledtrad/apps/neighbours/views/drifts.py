"""A definition that has drifted, shown as what it is, and settled."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Conflict, Refused, why_not
from ledtrad.apps.indicators.models import BREAKS
from ledtrad.apps.neighbours.actions import settle_drift
from ledtrad.apps.neighbours.actions.settling import NewVersion
from ledtrad.apps.neighbours.policies import check_keeps_subscriptions, check_may_see
from ledtrad.apps.neighbours.queries import DriftCard, drift_by_id


@require_http_methods(["GET", "HEAD", "POST"])
def drift(request: HttpRequest, number: int) -> HttpResponse:
    check_may_see(request.actor)
    card = drift_by_id(number)
    if card is None:
        raise Http404(f"no drift {number}")
    if request.method != "POST":
        return _show(request, card, "")
    check_keeps_subscriptions(request.actor)
    try:
        settle_drift(
            drift=number,
            settlement=request.POST.get("betyder", ""),
            motive=request.POST.get("varfor", "")[:5000],
            version=_version(request),
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return _show(request, card, str(refused), 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, _("It is settled what the change means."))
    return redirect("subscription", card.subscription)


def _version(request: HttpRequest) -> NewVersion | None:
    given = request.POST
    if given.get("betyder") != "new_version":
        return None
    year = given.get("fran", "")
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Refused("Skriv från vilket år den nya frågan gäller, till exempel 2026. Ingenting har sparats.")
    return NewVersion(int(year), given.get("titel", "")[:400], given.get("fraga", "")[:20_000], given.get("brott", ""))


def _show(request: HttpRequest, card: DriftCard, refusal: str, status: int = 200) -> HttpResponse:
    page = {
        "card": card,
        "drift": card.drift,
        "refusal": refusal,
        "data": request.POST,
        "breaks": BREAKS,
        "why_not": why_not(check_keeps_subscriptions, request.actor),
    }
    return render(request, "neighbours/drift.html", page, status=status)
