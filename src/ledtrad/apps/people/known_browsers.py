"""Browsers in which a person has signed in before: they are not held up when others guess at her password."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from ledtrad.apps.people.models import Person

COOKIE = "ledtrad_browser"
_SALT = "ledtrad.apps.people.known_browsers"
_DAYS = 180 * 24 * 3600


def remember(response: HttpResponse, person: Person) -> None:
    """Leave a signed mark that this person has been here."""
    mark = signing.dumps([person.email, secrets.token_urlsafe(9)], salt=_SALT)
    response.set_cookie(
        COOKIE,
        mark,
        max_age=_DAYS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/konto/",
    )


def known(request: HttpRequest, email: str) -> str:
    """The browser's own mark when the person with this address has signed in here, "" otherwise."""
    try:
        owner, mark = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_DAYS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return mark if owner == email.strip().lower() else ""
