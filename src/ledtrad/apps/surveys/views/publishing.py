"""Publishing what a wave's answers say: choosing, looking through what would be shown and hidden, and letting out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen, why_not
from ledtrad.apps.surveys import actions
from ledtrad.apps.surveys.forms.publishing import GROUPS, read_chosen
from ledtrad.apps.surveys.policies import check_keeps_surveys
from ledtrad.apps.surveys.presenters.publishing import present_releases
from ledtrad.apps.surveys.queries.handling import HandledAnswers, asked_questions, handled_answers
from ledtrad.apps.surveys.queries.pages import wave_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_publish(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """The choice; a post shows what would be let out, and one that says so lets it out."""
    handled = handled_answers(survey, year, request.actor)
    if request.method != "POST":
        return _page(request, handled)
    check_keeps_surveys(request.actor)
    try:
        return _previewed_or_published(request, handled)
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _page(request, handled, {"errors": [str(refusal)]}, 422)


def _previewed_or_published(request: HttpRequest, handled: HandledAnswers) -> HttpResponse:
    questions = {one.question.code: one.question_id for one in asked_questions(handled.wave)}
    chosen = read_chosen(request.POST, questions)
    about: dict[str, Any] = {"survey": handled.wave.survey.code, "year": handled.wave.year, "chosen": chosen}
    about |= {"by": request.actor, "at": timezone.now()}
    if "publicera" in request.POST:
        actions.publish_estimates(**about)
        return redirect("survey_wave", handled.wave.survey.code, handled.wave.year)
    releases = actions.work_out_estimates(**about)
    shown = present_releases(releases, handled, request.LANGUAGE_CODE)
    return _page(request, handled, {"shown": shown})


def _page(
    request: HttpRequest, handled: HandledAnswers, told: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    page = wave_page(handled.wave.survey.code, handled.wave.year)
    sent = request.method == "POST"
    cards = page.questions if page else ()
    context = {
        "handled": handled,
        "wave": handled.wave,
        "questions": cards,
        "ticked": request.POST.getlist("fraga") if sent else [one.code for one in cards],
        "groups": request.POST.getlist("grupp") if sent else list(GROUPS),
        "cannot": why_not(check_keeps_surveys, request.actor),
        "errors": [],
        "shown": None,
    }
    return render(request, "surveys/publish.html", context | (told or {}), status=status)
