"""Answers of a SAML identity provider. The library reads them; what nobody could read gets a page, not a fault."""

from allauth.socialaccount.providers.saml import views as library
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from lxml.etree import LxmlError
from onelogin.saml2.errors import OneLogin_Saml2_Error

_LARGEST = 200_000  # an answer is some ten thousand bytes; it is kept until the browser comes back with our cookie


# The answer comes from another site, without our token: it is believed for its signature.
@csrf_exempt
@never_cache
@require_POST
def receive(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """The browser brings the answer, without our cookie, and is sent on to `finish`, which has it."""
    get_app_or_404(request, organization_slug)
    if int(request.headers.get("Content-Length") or 0) > _LARGEST:
        return _unread(request)
    return library.acs(request, organization_slug)


@never_cache
@require_safe
def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    try:
        return library.finish_acs(request, organization_slug)
    except (LxmlError, ValueError, OneLogin_Saml2_Error):
        return _unread(request)


def _unread(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=422)
