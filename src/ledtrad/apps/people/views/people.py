"""The list of people, and registering somebody new."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.people.actions import NewPerson, register_people
from ledtrad.apps.people.models import Role
from ledtrad.apps.people.policies import check_may_manage_people, check_may_see_people
from ledtrad.apps.people.presenters.people import present_people
from ledtrad.apps.people.queries import find_people
from ledtrad.apps.people.views.inviting import invite_by_mail
from ledtrad.core.calendar import city_day


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`q` searches, `roll` keeps one role, `avslutade` shows those who have left too, `sida` is the page."""
    actor = request.actor  # type: ignore[attr-defined]
    check_may_see_people(actor)
    asked = request.GET
    role = Role(asked["roll"]) if asked.get("roll") in Role.values else None
    page = int(asked["sida"]) if asked.get("sida", "").isascii() and asked.get("sida", "").isdigit() else 1
    left_too = asked.get("avslutade") == "1"
    words = asked.get("q", "")[:200]
    found = find_people(
        words=words, role=role, left_too=left_too, page=min(page, 100_000), day=city_day(timezone.now())
    )
    shown = present_people(found, actor, words=words, role=role, left_too=left_too)
    return render(request, "people/people.html", {"shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    check_may_manage_people(actor)
    name, email, refusal = request.POST.get("name", ""), request.POST.get("email", ""), ""
    if request.method == "POST":
        try:
            (key,) = register_people(people=[NewPerson(email, name)], by=actor, at=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            if request.POST.get("invite") == "1":
                invite_by_mail(request, key)
            messages.success(request, _("The person is registered. Give them a role to let them do something."))
            return redirect("person", key)
    page = {"name": name[:400], "email": email[:400], "refusal": refusal}
    return render(request, "people/new_person.html", page, status=422 if refusal else 200)
