"""Pages that are kept whole for whoever has not signed in, until something lasting is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ledtrad.apps.audit.freshness import until_the_log_grows

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class _Asked:
    """What a page depends on beside the data: its own address and its language. Nobody's page is their own."""

    path: str
    language: str
    is_part: bool
    request: HttpRequest = field(compare=False)
    named: dict[str, Any] = field(compare=False)


class _NotKept(Exception):
    """This answer is for the one who asked."""

    def __init__(self, answer: HttpResponseBase) -> None:
        self.answer = answer


def kept_for_strangers(view: View) -> View:
    """Keep what `view` answers, in this process: a page of some size takes longer to write out than to find.

    The page of somebody who has signed in carries their name: it is made for them and never kept. Nor is an answer
    that sets a cookie, or that is anything but a page (status 200).
    """

    @until_the_log_grows
    def page(asked: _Asked) -> tuple[bytes, str]:
        answer = view(asked.request, **asked.named)
        if answer.status_code != 200 or answer.cookies or asked.request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            raise _NotKept(answer)
        return answer.content, answer["Content-Type"]

    @wraps(view)
    def asked_for(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if request.user.is_authenticated or request.method not in ("GET", "HEAD"):
            return view(request, **named)
        is_part = request.headers.get("HX-Request") == "true"
        asked = _Asked(request.get_full_path(), request.LANGUAGE_CODE, is_part, request, named)  # type: ignore[attr-defined]
        try:
            content, kind = page(asked)
        except _NotKept as not_kept:
            return not_kept.answer
        return HttpResponse(content, content_type=kind)

    return asked_for  # type: ignore[return-value]
