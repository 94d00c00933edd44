"""Goals × boards for a year."""

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.presenters.matrix import present_matrix, verdict_words
from ledtrad.apps.goals.queries import matrix as read_matrix
from ledtrad.apps.goals.queries import years
from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind


@require_safe
def matrix(request: HttpRequest, year: int) -> HttpResponse:
    """`slag` keeps one kind of board, `jamfor` shows the difference from the year before."""
    kind = next((one for one in BOARD_KINDS if one.value == request.GET.get("slag")), None)
    asked = _Asked(request.get_full_path(), request.LANGUAGE_CODE, request)  # type: ignore[attr-defined]
    # The page of somebody who has signed in carries their name: it is made for them and never kept.
    page = (_page.now if request.user.is_authenticated else _page)(asked, year, kind, request.GET.get("jamfor") == "1")
    if page is None:
        raise Http404(f"nothing is known of {year}")
    return HttpResponse(page)


@dataclass(frozen=True)
class _Asked:
    """What the page depends on beside the data: its own address and its language. Nobody's page is their own."""

    path: str
    language: str
    request: HttpRequest = field(compare=False)


@until_the_log_grows
def _page(asked: _Asked, year: int, kind: UnitKind | None, shows_change: bool) -> str | None:
    """The whole page, kept: four hundred cells take longer to write out than to find."""
    known = years()
    if year not in known:
        return None
    shown = present_matrix(read_matrix(year, kind=kind), known, kind=kind, shows_change=shows_change)
    context = {"shown": shown, "year": year, "words": verdict_words()}
    return render_to_string("goals/matrix.html", context, asked.request)
