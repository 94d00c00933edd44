"""How a wave is to be held, or that it is not: for the one who runs the survey."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.surveys import actions
from ledtrad.apps.surveys.forms.planning import CancelForm, PlanForm, YearForm, initial_of
from ledtrad.apps.surveys.models import MODES
from ledtrad.apps.surveys.policies import check_keeps_surveys, check_seen
from ledtrad.apps.surveys.presenters.waves import mode_words
from ledtrad.apps.surveys.queries.pages import surveys, wave_page
from ledtrad.apps.surveys.views.answers import require_valid


@never_cache
@require_safe
def survey_new_wave(request: HttpRequest, survey: str) -> HttpResponse:
    """The way to the plan of a year."""
    check_keeps_surveys(request.actor)
    form = YearForm(request.GET)
    require_valid(form)
    return redirect("survey_plan", survey, form.cleaned_data["year"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_plan(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """The plan of a wave, which need not be there yet; a post says it."""
    check_keeps_surveys(request.actor)
    return _answered(request, survey, year, _plan) if request.method == "POST" else _page(request, survey, year)


def _plan(request: HttpRequest, survey: str, year: int) -> None:
    form = PlanForm(request.POST)
    require_valid(form)
    because = form.cleaned_data["because"]
    page = wave_page(survey, year)
    invented = next((one.invented for one in surveys() if one.code == survey), False)
    actions.plan_wave(
        survey=survey,
        year=year,
        plan=form.plan(page.design if page else None),
        because=because,
        invented=invented,
        by=request.actor,
        at=timezone.now(),
    )


@never_cache
@require_POST
def survey_cancel(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """The wave is not held."""
    check_keeps_surveys(request.actor)
    return _answered(request, survey, year, _cancel)


def _cancel(request: HttpRequest, survey: str, year: int) -> None:
    form = CancelForm(request.POST)
    require_valid(form)
    actions.cancel_wave(survey=survey, year=year, by=request.actor, at=timezone.now(), **form.cleaned_data)


def _answered(
    request: HttpRequest, survey: str, year: int, act: Callable[[HttpRequest, str, int], None]
) -> HttpResponse:
    try:
        act(request, survey, year)
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _page(request, survey, year, refusal, 422)
    return redirect("survey_wave", survey, year)


def _page(request: HttpRequest, survey: str, year: int, error: object = None, status: int = 200) -> HttpResponse:
    card = next((one for one in surveys() if one.code == survey), None)
    check_seen(Phrase("Enkäten"), survey, card is not None)
    page = wave_page(survey, year)
    filled: Any = request.POST if "population" in request.POST else initial_of(page.design if page else None)
    context = {
        "survey": card,
        "year": year,
        "page": page,
        "filled": filled,
        "chosen_modes": filled.getlist("modes") if hasattr(filled, "getlist") else filled["modes"],
        "modes": [(one, mode_words(one)) for one in MODES],
        "errors": [error] if error else [],
        "sent": request.POST,
    }
    return render(request, "surveys/plan.html", context, status=status)
