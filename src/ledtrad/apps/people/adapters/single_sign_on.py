"""Signing in through the city's own directory (OpenID Connect or SAML)."""

from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

STATUS = 403


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Only people whom an administrator has registered are let in, each under one account in the directory."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Called when the directory has answered, before anybody is signed in."""
        if sociallogin.state.get("process", AuthProcess.LOGIN) != AuthProcess.LOGIN:
            self._refuse(request, _("Accounts in the directory are tied when you sign in with them."))
        told = sociallogin.account.extra_data or {}
        if not answers_to(sociallogin.state, told):
            self._refuse(request, _("The answer does not belong to this sign-in. Start again from the sign-in page."))
        _forget_what_is_not_needed(sociallogin.account)
        if not sociallogin.is_existing:
            self._refuse(
                request,
                _("Nobody here has that e-mail address. Ask an administrator to register you."),
            )
        if getattr(sociallogin, "_did_authenticate_by_email", None):
            self._tie(request, sociallogin)

    def _tie(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, by the address; from then on by the directory's own name for the person."""
        provider = sociallogin.account.provider
        if SocialAccount.objects.filter(user=sociallogin.user, provider=provider).exists():
            self._refuse(
                request,
                _("The address belongs to another account in the directory. Ask an administrator for help."),
            )
        sociallogin.account.user = sociallogin.user
        sociallogin.account.save()
        # The library would now take away a password that nobody has proved to own: here, administrators vouch.
        sociallogin._did_authenticate_by_email = None

    def _refuse(self, request: HttpRequest, sentence: str) -> None:
        page = render(request, "socialaccount/refused.html", {"sentence": sentence}, status=STATUS)
        raise ImmediateHttpResponse(page)


def answers_to(state: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether what an OpenID Connect directory told was asked for in this browser, and is about one person.

    SAML's answers name the question in another way, which has been checked by then.
    """
    id_token = told.get("id_token")
    if "nonce" not in state:
        return id_token is None
    if not isinstance(id_token, Mapping):
        return False
    same_person = told.get("userinfo", {}).get("sub", id_token.get("sub")) == id_token.get("sub")
    return same_person and constant_time_compare(str(id_token.get("nonce", "")), str(state["nonce"]))


def _forget_what_is_not_needed(account: SocialAccount) -> None:
    """The directory may tell telephone numbers and photographs; only its name for the person is kept."""
    account.extra_data = {}
    if account.pk:
        account.save(update_fields=["extra_data"])
