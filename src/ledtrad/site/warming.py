"""The pages that most people come to are asked for once before anybody has come.

What a page is made of (templates, catalogues, answers that are kept) is then in memory, and every process that the
server divides itself into has it from the start. Else the first minute of a busy day goes to making it in each.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

_LINKS = re.compile(r'href="(/\d{4}/(matris|mal|indikator)/(?:[^/"#]+/)?)"')
_OF_EACH, _MOST_ONWARD = 3, 3


def warm(application: Callable[..., Any]) -> list[tuple[str, str]]:
    """Ask for the front page and a few pages of each public kind; answers what was asked for, with its status.

    A page that fails has been told of in the server's log, and hinders nobody else from asking for it.
    """
    asked: list[tuple[str, str]] = []
    kinds, waiting = Counter[str](), ["/"]
    while waiting:
        address = waiting.pop(0)
        status, onward, page = _ask(application, address)
        asked.append((address, status))
        if onward and len(asked) <= _MOST_ONWARD:  # "/" leads on to the year
            waiting.append(onward)
        for link, kind in _LINKS.findall(page):
            if kinds[kind] < _OF_EACH and link not in waiting and link not in dict(asked):
                kinds[kind] += 1
                waiting.append(link)
    return asked


def _ask(application: Callable[..., Any], address: str) -> tuple[str, str, str]:
    """Status, where it leads on to ("" when it does not), and the page."""
    told: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], trouble: object = None) -> None:
        told.update(status=status, onward=dict(headers).get("Location", ""))

    parts = application(_surroundings(address), start)
    page = b"".join(_closing(parts)).decode(errors="replace")
    return told["status"], told["onward"], page


def _closing(parts: Any) -> Iterator[bytes]:
    try:
        yield from parts
    finally:
        if hasattr(parts, "close"):
            parts.close()


def _surroundings(address: str) -> dict[str, Any]:
    """A request as a browser makes it ahead of its reader: it is not counted as reading."""
    from django.conf import settings

    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith(("*", "."))), "localhost")
    path, _, query = address.partition("?")
    told: dict[str, Any] = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        "HTTP_SEC_PURPOSE": "prefetch",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https",  # or production would lead on to it
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    setup_testing_defaults(told)
    return told
