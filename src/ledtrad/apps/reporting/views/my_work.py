"""My work: what is left for the person who asks, and by when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.reporting.presenters.my_work import present_my_work
from ledtrad.apps.reporting.queries.my_work import my_work as read_my_work
from ledtrad.core.calendar import city_day


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    check_signed_in(request.actor)
    now = timezone.now()
    shown = present_my_work(read_my_work(request.actor, now, city_day(now)), now)
    return render(request, "reporting/my_work.html", {"shown": shown})
