"""How much may be sent to a page: told before anything of it is stored, where Django itself has no bound for files."""

import tempfile
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.indicators.keeping import LARGEST

_BESIDE = 1_000_000  # what stands in a form beside its file
_PIECE = 1 << 16
# Pages that take larger files than texts are, by their URL names.
MOST = {"uploads": LARGEST, "survey_answers": 200_000_000}


class BoundedBodies:
    """Answers 413 with a sentence to what is too large: by the size that is stated, and where none is, by counting.

    Stands before whatever reads forms. What was counted is handed on as if its size had been stated.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self._get_response(request)
        finally:
            if (counted := getattr(request, "counted_body", None)) is not None:
                counted.close()

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        most = _most(request)
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return None if _counted(request, most + _BESIDE) else _too_large(request, most)
        if _stated(request) <= most + _BESIDE:
            return None
        _let_it_come(request, 2 * most)
        return _too_large(request, most)


def _most(request: HttpRequest) -> int:
    name = request.resolver_match.url_name if request.resolver_match else None
    return MOST.get(name or "", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _stated(request: HttpRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or ""
    return int(stated) if stated.isdecimal() else 0


def _let_it_come(request: HttpRequest, most: int) -> None:
    """Read some more and keep nothing: a browser shows no answer while it is still sending."""
    while most > 0 and (piece := request._stream.read(_PIECE)):  # type: ignore[attr-defined]
        most -= len(piece)


def _counted(request: HttpRequest, most: int) -> bool:
    """Whether a body of unstated size is small enough; then it can be read from the request as any other."""
    body, size = tempfile.SpooledTemporaryFile(max_size=1 << 20), 0  # noqa: SIM115 — closed when there is an answer
    request.counted_body = body  # type: ignore[attr-defined]
    while piece := request.environ["wsgi.input"].read(_PIECE):  # type: ignore[attr-defined]
        size += len(piece)
        if size > most:
            return False
        body.write(piece)
    body.seek(0)
    request.META["CONTENT_LENGTH"] = str(size)
    request._stream = LimitedStream(body, size)  # type: ignore[attr-defined]
    return True


def _too_large(request: HttpRequest, most: int) -> HttpResponse:
    sentence = Phrase(
        "Det som skickades är för stort: sidan tar emot högst {most} MB. Ingenting har sparats. "
        "Dela upp filen, eller ta bort det som inte behövs.",
        most=most // 1_000_000,
    )
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"refused": str(sentence)}, status=413)
    return render(request, "refused.html", {"sentence": sentence}, status=413)
