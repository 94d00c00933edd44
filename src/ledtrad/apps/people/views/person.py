"""A person: the roles, what is answered for, and what can be done about it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.people.actions import end_role, erase_person, give_roles, reactivate, rename_person
from ledtrad.apps.people.forms.dates import read_day
from ledtrad.apps.people.forms.roles import read_grant
from ledtrad.apps.people.models import Person
from ledtrad.apps.people.policies import check_may_be_erased, check_may_manage_people, check_may_see_person
from ledtrad.apps.people.presenters.person import present_person
from ledtrad.apps.people.queries import person_named, roles_of
from ledtrad.core.calendar import city_day


def person_or_404(key: str) -> Person:
    """The person with this key; one who is erased is as if she had never been."""
    found = person_named(key)
    if found is None or found.erased_at is not None:
        raise Http404("no such person")
    return found


@require_safe
def person(request: HttpRequest, key: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    check_may_see_person(actor, key)
    shown = present_person(person_or_404(key), actor, city_day(timezone.now()))
    return render(request, "people/person.html", {"shown": shown})


@require_POST
def give_role(request: HttpRequest, key: str) -> HttpResponse:
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    check_may_see_person(actor, key)
    person_or_404(key)
    give_roles(grants=[read_grant(request.POST, key, city_day(now))], by=actor, at=now)
    messages.success(request, _("The role has been given."))
    return redirect("person", key)


@require_POST
def stop_role(request: HttpRequest, key: str, grant: int) -> HttpResponse:
    """`last_day` is the last day that the role holds."""
    actor = request.actor  # type: ignore[attr-defined]
    check_may_see_person(actor, key)
    if grant not in {role.grant for role in roles_of(person_or_404(key).pk)}:
        raise Http404("another person's role")
    last_day = read_day(request.POST.get("last_day", ""), Phrase("Sista dagen"))
    end_role(grant=grant, last_day=last_day, by=actor, at=timezone.now())
    messages.success(request, _("The role has an end."))
    return redirect("person", key)


@require_POST
def rename(request: HttpRequest, key: str) -> HttpResponse:
    check_may_manage_people(request.actor)  # type: ignore[attr-defined]
    person_or_404(key)
    rename_person(
        person=key,
        name=request.POST.get("name", ""),
        email=request.POST.get("email", ""),
        by=request.actor,  # type: ignore[attr-defined]
        at=timezone.now(),
    )
    messages.success(request, _("The name and the address are saved."))
    return redirect("person", key)


@require_POST
def come_back(request: HttpRequest, key: str) -> HttpResponse:
    check_may_manage_people(request.actor)  # type: ignore[attr-defined]
    person_or_404(key)
    reactivate(person=key, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("The person is back, without roles."))
    return redirect("person", key)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Asks first, with what will be gone and what stays; then does it."""
    check_may_manage_people(request.actor)  # type: ignore[attr-defined]
    found = person_or_404(key)
    if request.method == "POST":
        erase_person(person=key, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        messages.success(request, _("The person’s data are erased."))
        return redirect("people")
    check_may_be_erased(found)
    return render(request, "people/erase.html", {"person": found})
