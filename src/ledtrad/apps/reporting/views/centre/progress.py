"""How far everybody has come with a period's reports."""

from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.reporting.cards import PERIOD_NAMES, period_named
from ledtrad.apps.reporting.oversight import check_sees_the_whole
from ledtrad.apps.reporting.presenters.centre.progress import present_progress
from ledtrad.apps.reporting.presenters.centre.stages import late_mark, stage_sprite
from ledtrad.apps.reporting.queries.centre import progress as read_progress
from ledtrad.core.calendar import city_day, midnight
from ledtrad.core.periods import Period


@require_safe
def progress(request: HttpRequest, year: int, period: str) -> HttpResponse:
    """`slag` keeps one kind of board, `visa` those in one state of affairs; `sedan` is the day changes are new from."""
    check_sees_the_whole(request.actor)
    asked = period_or_404(year, period)
    now = timezone.now()
    kind = next((one for one in UnitKind if one.value == request.GET.get("slag")), None)
    found = read_progress(asked, at=now, since=_since(request.GET.get("sedan", ""), now))
    shown = present_progress(found, kind=kind, shows=request.GET.get("visa", ""), now=now)
    context = {
        "shown": shown,
        "year": year,
        "period": period,
        "periods": tuple(PERIOD_NAMES),
        "stage_sprite": stage_sprite(),
        "late_mark": late_mark(),
    }
    return render(request, "reporting/centre/progress.html", context)


def period_or_404(year: int, name: str) -> Period:
    """The period of an address."""
    found = period_named(year, name)
    if found is None:
        raise Http404(f"no period is called {name}")
    return found


def _since(written: str, now: datetime) -> datetime:
    """The beginning of the day chosen, or of yesterday: by the city's clock."""
    try:
        day: date | None = parse_date(written)
    except ValueError:
        day = None
    today = city_day(now)
    return midnight(day if day and day <= today else today - timedelta(days=1))
