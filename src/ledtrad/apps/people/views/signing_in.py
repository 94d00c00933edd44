"""The sign-in page: a password, a key, the city's directory, or (in the demo) somebody invented."""

from itertools import groupby
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter as get_directory_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from ledtrad.apps.people.policies import check_may_sign_in_as
from ledtrad.apps.people.queries import invented_people, person_named
from ledtrad.core.calendar import city_day


class SignIn(LoginView):
    """The library's sign-in view, with the ways that this house offers, and honest status codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        invented = invented_people(city_day(timezone.now())) if settings.DEMO else ()
        by_role = [(role.label, list(group)) for role, group in groupby(invented, key=lambda one: one.role)]
        return {**context, "ways": settings.SIGN_IN_WAYS, "invented_people": by_role}

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 429 if form.has_error("__all__", "too_many_login_attempts") else 422
        return response


def sign_in(request: HttpRequest) -> HttpResponse:
    """The browser lets a form lead on to the directory only if the page says so."""
    origins = [origin for way in settings.SIGN_IN_WAYS for origin in way.origins]
    return csp_update({"form-action": origins})(SignIn.as_view())(request)  # type: ignore[no-untyped-call]


@never_cache
@require_POST
def sign_in_as(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the demo city's invented people, without a password."""
    person = person_named(key)
    check_may_sign_in_as(is_demo=settings.DEMO, person=person)
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    login = Login(user=person, redirect_url=get_next_redirect_url(request), email_verification=_UNASKED)
    return perform_login(request, login)


_UNASKED = account_settings.EmailVerificationMethod.NONE


@never_cache
@require_POST
def sign_in_with_directory(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the city's directory (OpenID Connect), with a number that its answer must repeat."""
    try:
        provider = get_directory_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404("no such directory") from error
    if request.user.is_authenticated:
        return redirect(get_adapter(request).get_login_redirect_url(request))
    nonce = get_random_string(32)
    try:
        return provider.redirect(
            request,
            AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except RequestException:
        return _unreachable(request)


@never_cache
@require_safe
def answer_of_directory(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the directory sends the browser back."""
    try:
        return openid_connect.callback(request, provider_id)
    except RequestException:
        return _unreachable(request)


def _unreachable(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=503)
