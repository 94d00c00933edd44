"""The surveys, a wave, and what came out of a question."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.surveys.presenters.results import present_result
from ledtrad.apps.surveys.presenters.rounded import present_rounded
from ledtrad.apps.surveys.presenters.waves import mode_words, present_responses
from ledtrad.apps.surveys.queries.pages import result_page, wave_page
from ledtrad.apps.surveys.queries.pages import surveys as all_surveys
from ledtrad.apps.surveys.queries.rounded import rounded_result


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """All surveys with their waves."""
    return render(request, "surveys/surveys.html", {"surveys": all_surveys()})


@require_safe
def survey_wave(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """How a wave was held, who answered, and what was asked."""
    page = wave_page(survey, year)
    if page is None:
        raise Http404(f"no wave {survey} {year}")
    context = {
        "page": page,
        "responses": present_responses(page, request.LANGUAGE_CODE),
        "modes": mode_words(page.design.modes) if page.design else "",
    }
    return render(request, "surveys/wave.html", context)


@require_safe
def survey_result(request: HttpRequest, survey: str, year: int, question: str) -> HttpResponse:
    """What came out of a question, for the answers named in the address or those that an indicator counts."""
    result = result_page(survey, year, question, request.GET.get("svar"))
    if result is None and (found := rounded_result(survey, year, question)) is not None:
        shown = present_rounded(found, request.LANGUAGE_CODE)
        return render(request, "surveys/rounded.html", {"found": found, "page": found.page, "shown": shown})
    if result is None:
        raise Http404(f"no result of {question} in {survey} {year}")
    told = {"result": result, "page": result.page, "shown": present_result(result, request.LANGUAGE_CODE)}
    return render(request, "surveys/result.html", told)
