"""Goals × boards for a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.kept_pages import kept_for_strangers
from ledtrad.apps.goals.presenters.matrix import present_matrix, verdict_words
from ledtrad.apps.goals.queries import matrix as read_matrix
from ledtrad.apps.goals.queries import years
from ledtrad.apps.organisation.models import BOARD_KINDS


@require_safe
@kept_for_strangers
def matrix(request: HttpRequest, year: int) -> HttpResponse:
    """`slag` keeps one kind of board, `jamfor` shows the difference from the year before."""
    kind = next((one for one in BOARD_KINDS if one.value == request.GET.get("slag")), None)
    known = years()
    if year not in known:
        raise Http404(f"nothing is known of {year}")
    shown = present_matrix(
        read_matrix(year, kind=kind), known, kind=kind, shows_change=request.GET.get("jamfor") == "1"
    )
    return render(request, "goals/matrix.html", {"shown": shown, "year": year, "words": verdict_words()})
