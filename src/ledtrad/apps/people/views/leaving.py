"""When somebody leaves: first a preview of who takes over what, then the act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.people.actions import deactivate
from ledtrad.apps.people.forms.leaving import read_heirs
from ledtrad.apps.people.policies import check_is_active, check_may_manage_people
from ledtrad.apps.people.presenters.leaving import present_leaving
from ledtrad.apps.people.views.person import person_or_404
from ledtrad.core.calendar import city_day


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """A first sending previews; one with `confirmed` does it."""
    actor = request.actor  # type: ignore[attr-defined]
    check_may_manage_people(actor)
    found = person_or_404(key)
    check_is_active(found)
    why = request.POST.get("orphans_remain", "")
    shown = present_leaving(found, lambda objects: read_heirs(request.POST, objects), why, city_day(timezone.now()))
    if request.method != "POST":
        return render(request, "people/leaving.html", {"shown": shown})
    if shown.trouble or request.POST.get("confirmed") != "1":
        name = "people/leaving.html" if shown.trouble else "people/leaving_preview.html"
        return render(request, name, {"shown": shown}, status=422 if shown.trouble else 200)
    try:
        deactivate(person=key, heirs=shown.heirs, orphans_remain=why, by=actor, at=timezone.now())
    except Refused as refused:
        return render(request, "people/leaving.html", {"shown": shown, "refusal": str(refused)}, status=422)
    messages.success(request, _("The person can no longer sign in."))
    return redirect("person", key)
