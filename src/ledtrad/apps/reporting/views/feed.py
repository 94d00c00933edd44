"""The calendar of one person, at an address that is its only secret: calendar programs do not sign in."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledtrad.apps.people.models import Person
from ledtrad.apps.reporting.presenters.feed import write_feed
from ledtrad.apps.reporting.queries.reminders import own_left
from ledtrad.apps.steering.queries import phases_with_stamps
from ledtrad.core.calendar import city_day


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    person = Person.objects.filter(feed_token=token, is_active=True).first()
    if person is None:
        raise Http404("no calendar has this address")
    today = city_day(timezone.now())
    # A year back and all to come: a calendar program forgets what is no longer sent.
    phases = [(phase, at) for phase, at in phases_with_stamps() if phase.closes.year >= today.year - 1]
    written = write_feed(phases, own_left(person.pk, today), person.key, request.build_absolute_uri("/").rstrip("/"))
    tag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="styrkalender.ics"'
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer
