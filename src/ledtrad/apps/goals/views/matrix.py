"""Goals × boards for a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.presenters.matrix import ShownMatrix, present_matrix, verdict_words
from ledtrad.apps.goals.queries import matrix as read_matrix
from ledtrad.apps.goals.queries import years
from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind


@require_safe
def matrix(request: HttpRequest, year: int) -> HttpResponse:
    """`slag` keeps one kind of board, `jamfor` shows the difference from the year before."""
    kind = next((one for one in BOARD_KINDS if one.value == request.GET.get("slag")), None)
    shown = _shown(year, kind, request.GET.get("jamfor") == "1", request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    if shown is None:
        raise Http404(f"nothing is known of {year}")
    return render(request, "goals/matrix.html", {"shown": shown, "year": year, "words": verdict_words()})


# The language is asked for, though it is not used here: what is kept in one is not shown in another.
@until_the_log_grows
def _shown(year: int, kind: UnitKind | None, shows_change: bool, language: str) -> ShownMatrix | None:
    known = years()
    if year not in known:
        return None
    return present_matrix(read_matrix(year, kind=kind), known, kind=kind, shows_change=shows_change)
