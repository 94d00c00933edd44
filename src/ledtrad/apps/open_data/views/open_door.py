"""What every address of open data has in common: anybody may read it, from any web page, at a decent pace."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response

from ledtrad.apps.open_data.pace import PACE, WINDOW

View = Callable[..., HttpResponse]
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, RateLimit-Policy",
}
_PREFLIGHT = {"Access-Control-Allow-Headers": "If-None-Match, Accept, Content-Type", "Access-Control-Max-Age": "86400"}
MINUTES_KEPT = 5
_CODES = {400: "Förfrågan går inte att tolka", 404: "Finns inte", 405: "Fel metod", 422: "Går inte", 429: "För tätt"}


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """What went wrong, as JSON: a word for the status and a whole Swedish sentence."""
    return JsonResponse(
        {"type": "about:blank", "title": _CODES.get(status, "Fel"), "status": status, "detail": detail, **more},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )


def open_door(*methods: str) -> Callable[[View], View]:
    """Let everybody read what the view answers. HEAD goes as GET; `methods` are others that only read."""
    allowed = ("GET", *methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _answer(view, request, args, kwargs, allowed)
            for name, value in _HEADERS.items():
                response.headers[name] = value
            response.headers.setdefault("Link", f'<{settings.OPEN_DATA["licence"]}>; rel="license"')
            return response

        return answer

    return decorate


def _answer(view: View, request: HttpRequest, args: Any, kwargs: Any, allowed: tuple[str, ...]) -> HttpResponse:
    if request.method == "OPTIONS":
        ways = ", ".join((*allowed, "HEAD", "OPTIONS"))
        return HttpResponse(status=204, headers={"Allow": ways, "Access-Control-Allow-Methods": ways, **_PREFLIGHT})
    if request.method not in (*allowed, "HEAD"):
        refused = problem(405, "Här går det bara att läsa.")
        refused.headers["Allow"] = ", ".join((*allowed, "HEAD", "OPTIONS"))
        return refused
    calls = settings.OPEN_DATA["calls_per_minute"]
    seconds = PACE.wait(_address(request), calls)
    if seconds:
        slow = problem(429, f"Högst {calls} frågor i minuten. Försök igen om {seconds} sekunder.")
        slow.headers["Retry-After"] = str(seconds)
        return slow
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return problem(422, "Adressen innehåller ett tecken som inte kan stå i en adress.")
    return _read(view, request, args, kwargs)


def _address(request: HttpRequest) -> str:
    """Who asks. Behind a proxy of the city's own, the last address that it names."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and forwarded:
        return str(forwarded.split(",")[-1].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def _read(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    is_head, asked = request.method == "HEAD", request.method
    request.method = "GET" if is_head else request.method
    try:
        response = view(request, *args, **kwargs)
    except Http404:
        response = problem(404, "Det som efterfrågas finns inte, eller är inte offentligt.")
    finally:
        request.method = asked
    if response.status_code != 200:
        return response
    response.headers["Cache-Control"] = f"public, max-age={60 * MINUTES_KEPT}"
    calls = settings.OPEN_DATA["calls_per_minute"]
    response.headers["RateLimit-Policy"] = f'"default";q={calls};w={WINDOW}'
    if asked == "POST":
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
