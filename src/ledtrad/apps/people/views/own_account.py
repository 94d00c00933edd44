"""My account: who I am here, what I get by mail, and how I sign in."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ledtrad.apps.people.actions import own_account
from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.people.presenters.own_account import present_account
from ledtrad.core.calendar import city_day


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    check_signed_in(request.actor)  # type: ignore[attr-defined]
    factors = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    shown = present_account(request.user, factors, city_day(timezone.now()), request.build_absolute_uri)
    return render(request, "people/account.html", {"shown": shown})


@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    check_signed_in(request.actor)  # type: ignore[attr-defined]
    wants_mail = request.POST.get("wants_mail") == "1"
    own_account.choose_mail(person=request.user, wants_mail=wants_mail, at=timezone.now())
    messages.success(request, _("Your choice of mail is saved."))
    return redirect("account")


@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    check_signed_in(request.actor)  # type: ignore[attr-defined]
    own_account.renew_feed(person=request.user, at=timezone.now())
    messages.success(request, _("The calendar has a new address. The old one no longer works."))
    return redirect("account")


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    check_signed_in(request.actor)  # type: ignore[attr-defined]
    own_account.sign_out_everywhere(person=request.user, at=timezone.now())
    get_adapter(request).logout(request)
    return redirect("account_login")
