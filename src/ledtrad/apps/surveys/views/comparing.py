"""Two groups of a wave beside each other."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.surveys.presenters.comparing import present_contrasts, token
from ledtrad.apps.surveys.queries.comparing import contrasts, kind_of, offered
from ledtrad.apps.surveys.queries.rounded import rounded_result
from ledtrad.apps.surveys.queries.tables import published


@require_safe
def survey_compare(request: HttpRequest, survey: str, year: int, question: str) -> HttpResponse:
    """How much a group differs from another, or from each of its kind; only groups whose figures are shown."""
    found = published(survey, year, question)
    if found is None and (rounded := rounded_result(survey, year, question)) is not None:
        about = {"found": rounded, "page": rounded.page, "shown": None, "rounded_to": rounded.multiple}
        return render(request, "surveys/compare.html", about)
    if found is None:
        raise Http404(f"nothing is published of {question} in {survey} {year}")
    levels = request.GET.get("svar", found.levels[0])
    if levels not in found.levels:
        raise Http404(f"no answer {levels} to {question}")
    may = offered(found, levels)
    named = {token(spot): spot for spot in may}
    one = named.get(request.GET.get("grupp", ""), may[0] if may else None)
    shown, other = None, None
    if one is not None:
        others = [spot for spot in may if spot != one and kind_of(spot) == kind_of(one)]
        other = named.get(request.GET.get("mot", ""))
        other = other if other in others else None
        told = contrasts(found, levels, one, other)
        shown = present_contrasts(found, told, levels, one, others, request.LANGUAGE_CODE)
    context = {
        "found": found,
        "page": found.page,
        "shown": shown,
        "levels": levels,
        "chosen": token(one) if one else "",
        "against": token(other) if other else "",
    }
    return render(request, "surveys/compare.html", context)
