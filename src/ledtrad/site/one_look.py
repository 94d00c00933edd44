"""One request, one look at the log: what is kept in the process is held against one head of the log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ledtrad.apps.audit.freshness import one_look


class LooksOnce:
    """Saves every page but its first question about whether anything has been done (see `freshness`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_look():
            return self._get_response(request)
