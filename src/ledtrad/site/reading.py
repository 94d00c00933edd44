"""Counting who reads indicators: by role, never by name, and without a question to the database."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ledtrad.apps.indicators.actions.counting_reads import readers_of, reads
from ledtrad.core.calendar import city_day

# Pages about one indicator, each with its code in the address.
COUNTED = frozenset(("indicator", "indicator_compare", "definition"))
_MACHINES = ("bot", "crawl", "spider", "slurp", "monitor", "curl", "wget", "python")


class CountsReads:
    """After a page about an indicator has been answered, counts it. HEAD, machines and prefetching are no reading."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        match = request.resolver_match
        if match is not None and match.url_name in COUNTED and _is_read(request, response):
            reads.count(str(match.kwargs["code"]), readers_of(request.actor), city_day(timezone.now()))  # type: ignore[attr-defined]
        return response


def _is_read(request: HttpRequest, response: HttpResponse) -> bool:
    if request.method != "GET" or response.status_code not in (200, 304):
        return False
    agent = request.headers.get("User-Agent", "").lower()
    is_early = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return not is_early and not any(word in agent for word in _MACHINES)
