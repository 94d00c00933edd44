"""Publishing what a wave's answers say: choosing, looking through what would be shown and hidden, and letting out."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen, why_not
from ledtrad.apps.surveys import actions
from ledtrad.apps.surveys.forms.publishing import GROUPS, HIDE, ROUND, read_chosen, read_multiple
from ledtrad.apps.surveys.policies import check_keeps_surveys
from ledtrad.apps.surveys.presenters.publishing import present_releases
from ledtrad.apps.surveys.presenters.rounded_preview import closed_ways, present_preview, why_not_ways
from ledtrad.apps.surveys.queries.handling import HandledAnswers, asked_questions, handled_answers
from ledtrad.apps.surveys.queries.pages import QuestionCard, wave_page
from ledtrad.apps.surveys.queries.ways import ways_of
from ledtrad.core.surveys.multiples import USUAL


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
        return _page(request, handled, {"errors": [refusal]}, 422)


def _previewed_or_published(request: HttpRequest, handled: HandledAnswers) -> HttpResponse:
    questions = {one.question.code: one.question_id for one in asked_questions(handled.wave)}
    chosen, multiple = read_chosen(request.POST, questions), read_multiple(request.POST)
    about: dict[str, Any] = {"survey": handled.wave.survey.code, "year": handled.wave.year, "chosen": chosen}
    about |= {"by": request.actor, "at": timezone.now()}
    if multiple is not None:
        return _rounded(request, handled, about | {"multiple": multiple})
    if "publicera" in request.POST:
        actions.publish_estimates(**about)
        return redirect("survey_wave", handled.wave.survey.code, handled.wave.year)
    releases = actions.work_out_estimates(**about)
    shown = present_releases(releases, handled, request.LANGUAGE_CODE)
    return _page(request, handled, {"shown": shown})


def _rounded(request: HttpRequest, handled: HandledAnswers, about: dict[str, Any]) -> HttpResponse:
    if "publicera" in request.POST:
        actions.publish_rounded(**about)
        return redirect("survey_wave", handled.wave.survey.code, handled.wave.year)
    found, page = actions.work_out_rounded(**about), wave_page(handled.wave.survey.code, handled.wave.year)
    assert page is not None
    shown = present_preview(found, about["chosen"].groups, page, request.LANGUAGE_CODE)
    return _page(request, handled, {"rounded": shown})


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
        "groups": request.POST.getlist("grupp") if sent else list(GROUPS),
        "cannot": why_not(check_keeps_surveys, request.actor),
        "errors": [],
        "shown": None,
        "rounded": None,
    }
    context |= _ways(request, handled, cards)
    return render(request, "surveys/publish.html", context | (told or {}), status=status)


def _ways(request: HttpRequest, handled: HandledAnswers, cards: Sequence[QuestionCard]) -> dict[str, Any]:
    """In which way questions are to be published, as it was sent or as it is still open; and why not in the other."""
    ways, sent = ways_of(handled.wave), request.POST
    named = {one.question_id: one.question.code for one in asked_questions(handled.wave)}
    ways = {key: ways[key] for key in named}
    no_hiding, no_rounding = why_not_ways(ways)
    way = sent.get("satt", ROUND if no_hiding else HIDE)
    is_open = {named[key]: not (one.is_hidden if way == ROUND else one.multiple) for key, one in ways.items()}
    usual = [card.code for card in cards if is_open[card.code] and (card.steps or way == HIDE)]
    multiple = next((one.multiple for one in ways.values() if one.multiple), USUAL)
    return {
        "closed": {named[key]: why for key, why in closed_ways(ways).items()},
        "why_not_way": {HIDE: no_hiding, ROUND: no_rounding},
        "way": way,
        "multiple": sent.get("bas", str(multiple)),
        "ticked": sent.getlist("fraga") if request.method == "POST" else usual,
    }
