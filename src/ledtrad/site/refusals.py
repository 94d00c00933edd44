"""A refusal is a sentence, not a broken page: 403, 404 or 409, in the reader's own form."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen


class RefusalsAsPages:
    """Answers what an action or a policy refused. Someone who has not signed in is asked to do so first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = status_of(exception)
        if _wants_json(request):
            answer = {"refused": str(exception)}
            return JsonResponse(answer, status=status, headers={"Content-Language": exception.language})
        if isinstance(exception, Unseen):
            raise Http404(str(exception))
        if status == 403 and not request.actor.is_signed_in:  # type: ignore[attr-defined]
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        return render(request, "refused.html", {"sentence": exception}, status=status)


def status_of(refusal: Refused) -> int:
    """403 for one who may not, 404 for what one may not know of, 409 when somebody else was first, or else 422."""
    if isinstance(refusal, Unseen):
        return 404
    if isinstance(refusal, Forbidden):
        return 403
    return 409 if isinstance(refusal, Conflict) else 422


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
