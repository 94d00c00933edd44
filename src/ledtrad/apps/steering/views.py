"""The steering calendar of a year: when phases open, are due and close; the centre sets the days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Forbidden, Refused, why_not
from ledtrad.apps.steering.actions import set_phases
from ledtrad.apps.steering.forms import DAYS, PhasesForm
from ledtrad.apps.steering.policies import check_may_set_phases, check_signed_in, check_year
from ledtrad.apps.steering.presenters import PHASE_WORDS, days_of, present_calendar, proposed_days
from ledtrad.apps.steering.queries import calendar_years, moved_phases, phases


@require_http_methods(["GET", "HEAD", "POST"])
def steering_year(request: HttpRequest, year: int) -> HttpResponse:
    """The calendar; after a post with new days, the calendar as it then stands."""
    check_signed_in(request.actor)
    check_year(year)
    standing = phases(year)
    if request.method != "POST":
        return _page(request, year, _form(year, standing))
    check_may_set_phases(request.actor)
    form = PhasesForm(year, request.POST)
    try:
        if form.is_valid():
            set_phases(phases=form.cleaned_data["phases"], by=request.actor, at=timezone.now())
            return redirect("steering_year", year)
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return _page(request, year, form, status=422)


def _form(year: int, standing: tuple) -> PhasesForm:
    proposed = {} if standing else proposed_days(phases(year - 1), year)
    return PhasesForm(year, initial=proposed | days_of(standing))


def _page(request: HttpRequest, year: int, form: PhasesForm, status: int = 200) -> HttpResponse:
    standing = phases(year)
    shown = present_calendar(year, standing, calendar_years(), moved_phases(year), timezone.now())
    context = {
        "shown": shown,
        "form": form,
        "rows": _rows(form),
        "is_proposed": not standing and bool(form.initial),
        "may_set": not why_not(check_may_set_phases, request.actor),
    }
    return render(request, "steering/calendar.html", context, status=status)


def _rows(form: PhasesForm) -> list[tuple]:
    return [(kind, str(name), [form[f"{kind.value}_{day}"] for day in DAYS]) for kind, name in PHASE_WORDS.items()]
