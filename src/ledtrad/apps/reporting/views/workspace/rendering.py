"""A report's page as an answer: with the browser's token, and a key for each form that is sent whole."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.reporting.presenters.workspace.page import ShownReport
from ledtrad.apps.reporting.presenters.workspace.words import options, progress_words, prompt_words, verdict_words


def render_workspace(
    request: HttpRequest, shown: ShownReport, *, sentence: Refused | None = None, refused: dict[int, str] | None = None
) -> HttpResponse:
    """`sentence` says why what was sent could not be done; `refused` why single rows could not be stored."""
    context = {
        "shown": shown,
        "token": get_token(request),
        "new_key": lambda: uuid4().hex,
        "verdicts": verdict_words(),
        "verdict_options": options(verdict_words()),
        "progress": progress_words(),
        "progress_options": options(progress_words()),
        "prompts": prompt_words(),
        "sentence": sentence,
        "refused": refused or {},
    }
    return render(request, "reporting/workspace.html", context, status=422 if sentence else 200)
