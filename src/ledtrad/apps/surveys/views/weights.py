"""Weighing the answers of a wave: how, what comes of it, and keeping the weights."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen, why_not
from ledtrad.apps.surveys import actions
from ledtrad.apps.surveys.forms.weights import MarginField, read_weighting
from ledtrad.apps.surveys.policies import check_handles_answers
from ledtrad.apps.surveys.presenters.weights import present_weights
from ledtrad.apps.surveys.queries.handling import HandledAnswers, handled_answers
from ledtrad.core.surveys.answers import VariableKind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_weights(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """The choice of weights; a post shows what they would be, and one with what was seen keeps them."""
    handled = handled_answers(survey, year, request.actor)
    if request.method != "POST":
        return _page(request, handled)
    check_handles_answers(request.actor)
    try:
        return _tried_or_kept(request, handled)
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _page(request, handled, {"errors": [refusal]}, 422)


def _tried_or_kept(request: HttpRequest, handled: HandledAnswers) -> HttpResponse:
    wave = handled.wave
    weighting = read_weighting(request.POST, _fields(handled))
    about: dict[str, Any] = {"survey": wave.survey.code, "year": wave.year, "weighting": weighting}
    about |= {"by": request.actor, "at": timezone.now()}
    seen = request.POST.get("seen", "")
    if seen and "behall" in request.POST:
        actions.weigh_answers(seen=seen, **about)
        return redirect("survey_publish", wave.survey.code, wave.year)
    done = actions.try_weights(**about)
    return _page(request, handled, {"shown": present_weights(done, request.LANGUAGE_CODE)})


def _page(
    request: HttpRequest, handled: HandledAnswers, told: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "handled": handled,
        "wave": handled.wave,
        "fields": _fields(handled),
        "knows_strata": _knows_strata(handled),
        "start": actions.weight_before(handled.wave),
        "cannot": why_not(check_handles_answers, request.actor),
        "sent": request.POST,
        "errors": [],
        "shown": None,
    }
    return render(request, "surveys/weights.html", context | (told or {}), status=status)


def _knows_strata(handled: HandledAnswers) -> bool:
    design = handled.design
    return bool(design and design.strata and design.parts.filter(drawn__gt=0).exists())


def _fields(handled: HandledAnswers) -> list[MarginField]:
    """The columns of codes that may be weighed to; of the strata the totals are known."""
    book, design = handled.codebook, handled.design
    known = {one.code: one.population for one in design.parts.all()} if design else {}
    found = []
    for one in book.variables if book else ():
        codes = tuple((code.code, code.meaning) for code in one.codes if not code.is_missing)
        totals = known if design and one.name == design.strata else {}
        field = MarginField(one.name, one.label, codes, totals)
        if one.kind is VariableKind.CODE and (not field.is_long or all(code in totals for code, _ in codes)):
            found.append(field)
    return [one for one in found if _is_about_people(one, handled)]


def _is_about_people(field: MarginField, handled: HandledAnswers) -> bool:
    """What was asked is not what the population is known by."""
    design = handled.design
    named = {design.strata, design.sex, design.age, design.district} if design else set()
    return field.name in named or not named - {""}
