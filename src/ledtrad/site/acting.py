"""Who asks: every request carries the acting person with the roles that hold today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from ledtrad.apps.people.actors import NOBODY, Actor, actor_of
from ledtrad.core.calendar import city_day


class ActingPerson:
    """Sets `request.actor`: found when first asked for, so that public pages need no question to the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        response = self._get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    return actor_of(user, city_day(timezone.now())) if user.is_authenticated else NOBODY  # type: ignore[arg-type]
