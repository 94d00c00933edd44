"""Inviting somebody to choose a password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ledtrad.apps.people.actions import note_invitation
from ledtrad.apps.people.mailing import password_path, send_soon, write_invitation
from ledtrad.apps.people.policies import check_may_manage_people


def invite_by_mail(request: HttpRequest, key: str) -> None:
    """Send a link by which the person chooses a password, once, within three days."""
    person = note_invitation(person=key, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    send_soon(write_invitation(person, request.build_absolute_uri(password_path(person))))


@require_POST
def invite(request: HttpRequest, key: str) -> HttpResponse:
    check_may_manage_people(request.actor)  # type: ignore[attr-defined]
    invite_by_mail(request, key)
    messages.success(request, _("The invitation has been sent. The link holds for three days."))
    return redirect("person", key)
