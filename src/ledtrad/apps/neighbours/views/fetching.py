"""Starting a fetch, watching it, and changing a subscription's rhythm."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.neighbours.actions import ask_fetch, reschedule, resume, stop
from ledtrad.apps.neighbours.policies import check_may_see
from ledtrad.apps.neighbours.queries import fetch_by_id, fetch_lines


@require_POST
def start(request: HttpRequest, name: str) -> HttpResponse:
    return redirect("fetch", ask_fetch(name=name, by=request.actor, at=timezone.now()))


@require_safe
def fetch(request: HttpRequest, number: int) -> HttpResponse:
    """The whole page; only what changes, for htmx, which asks again while it is under way."""
    check_may_see(request.actor)
    card = fetch_by_id(number)
    if card is None:
        raise Http404(f"no fetch {number}")
    page = "neighbours/_progress.html" if getattr(request, "htmx", False) else "neighbours/fetch.html"
    return render(request, page, {"fetch": card, "lines": fetch_lines(number)})


@require_POST
def change(request: HttpRequest, name: str) -> HttpResponse:
    """`steg`: "takt" with `dagar`, "stoppa" with `varfor`, or "starta"."""
    step, now = request.POST.get("steg", ""), timezone.now()
    if step == "stoppa":
        stop(name=name, because=request.POST.get("varfor", "")[:2000], by=request.actor, at=now)
    elif step == "starta":
        resume(name=name, by=request.actor, at=now)
    elif step == "takt" and request.POST.get("dagar", "").isdecimal():
        reschedule(name=name, every_days=int(request.POST["dagar"][:4]), by=request.actor, at=now)
    else:
        raise Refused("Välj vad som ska ändras. Ingenting har sparats.")
    messages.success(request, _("The subscription is changed."))
    return redirect("subscription", name)
