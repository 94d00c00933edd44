"""A goal's section, or the whole year, to take home: PDF, Word, or a web page that stands alone."""

from collections.abc import Callable
from importlib import import_module

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ledtrad.apps.annual_report.queries import document
from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.core.document import Document
from ledtrad.renderers import html

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


@require_safe
def file(request: HttpRequest, year: int, kind: str, code: str | None = None) -> HttpResponse:
    content = _made(year, code, kind) if kind in _TYPES else None
    if content is None:
        raise Http404(f"no {kind} of goal {code} in {year}")
    name = "-".join(["arsredovisning", str(year), *([f"mal-{code}"] if code else [])])
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=_TYPES[kind], headers=headers)


@until_the_log_grows
def _made(year: int, code: str | None, kind: str) -> bytes | None:
    found = document(year, code)
    return _renderer(kind)(found) if found else None


def _renderer(kind: str) -> Callable[[Document], bytes]:
    if kind == "html":
        return html.page
    # Loading typst and python-docx takes a while, and most readers never ask for a file.
    render: Callable[[Document], bytes] = import_module(f"ledtrad.renderers.{kind}").render
    return render
