"""Rows are saved one by one, as JSON: answered with the version, the server's time, and what is wrong or lacking."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.reporting.actions import restore_row, save_rows
from ledtrad.apps.reporting.forms.saves import TooLarge, Unreadable, read_restore, read_save
from ledtrad.apps.reporting.presenters.saving import present_save


@require_POST
def save(request: HttpRequest, row_id: int) -> HttpResponse:
    """200 stored, 409 set aside beside what somebody else has saved, 400, 413 or 422 with a sentence."""
    check_signed_in(request.actor)
    try:
        sent = read_save(request, row_id)
    except (TooLarge, Unreadable) as refusal:
        return _unread(refusal)
    now = timezone.now()
    told, status = present_save(save_rows(saves=[sent], by=request.actor, at=now)[0], now)
    return JsonResponse(told, status=status)


@require_POST
def restore(request: HttpRequest, row_id: int) -> HttpResponse:
    """Undo: the row as it was in an earlier version, as a new one. Answers as `save`, with the row's content."""
    check_signed_in(request.actor)
    try:
        number, rests_on, key = read_restore(request)
    except (TooLarge, Unreadable) as refusal:
        return _unread(refusal)
    now = timezone.now()
    outcome = restore_row(row_id=row_id, number=number, rests_on=rests_on, save_key=key, by=request.actor, at=now)
    told, status = present_save(outcome, now, with_content=True)
    return JsonResponse(told, status=status)


@never_cache
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and the token that the next save needs: asked when a save has been turned away."""
    return JsonResponse({"person": request.actor.key, "token": get_token(request)})


def _unread(refusal: TooLarge | Unreadable) -> HttpResponse:
    status = 413 if isinstance(refusal, TooLarge) else 400
    return JsonResponse({"refused": str(refusal)}, status=status, headers={"Content-Language": refusal.language})
