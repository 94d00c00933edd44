"""Signing in with an address and a password, and what is told by mail."""

import unicodedata
from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.apps.people import known_browsers
from ledtrad.apps.people.actions import own_account
from ledtrad.apps.people.actions.attempts import begin_attempt, succeed
from ledtrad.apps.people.guessing import try_of
from ledtrad.apps.people.mailing import send_soon, write_notice
from ledtrad.apps.people.models import Person
from ledtrad.apps.people.policies import TooManyTries

_LONGEST_PASSWORD = 256
_SAID: dict[str, Promise] = {
    "account/messages/password_changed.txt": gettext_lazy("Your password has been changed."),
    "account/messages/password_set.txt": gettext_lazy("Your password has been chosen."),
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is connected."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app is no longer connected."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The key has been added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The key has been removed."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("You have new recovery codes. Keep them well."),
    "usersessions/messages/sessions_logged_out.txt": gettext_lazy("All other sessions are over."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by herself; tries are counted; passwords are chosen through the one door for writing."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is wrong. Try once more."),
        "incorrect_password": gettext_lazy("The password is wrong. Try once more."),
        "incorrect_code": gettext_lazy("The code is wrong or too old. Wait for the next one and try again."),
        "invalid_password_reset": gettext_lazy("The link is no longer good."),
        "too_many_login_attempts": gettext_lazy("There have been too many tries. Wait five minutes and try again."),
        "rate_limited": gettext_lazy("That was too many at once. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators register people."""
        return False

    # --- trying a password

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The person, or None. The try is counted first: guessing is stopped before the password is looked at."""
        password = unicodedata.normalize("NFC", credentials.get("password") or "")
        email = credentials.get("email", "")
        if len(password) > _LONGEST_PASSWORD:
            raise self.validation_error("email_password_mismatch")
        self._attempt = self._count(request, email, password)
        person = super().authenticate(request, email=email, password=password)
        if person is not None:
            succeed(attempt=self._attempt, at=timezone.now())
        return person

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Instead of the library's own counting, which forgets when a process ends."""

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether somebody who is signed in still knows her password. Counted apart from signing in."""
        attempt = self._count(self.request, f"again:{user.key}", unicodedata.normalize("NFC", password))
        if not user.check_password(password):
            return False
        succeed(attempt=attempt, at=timezone.now())
        return True

    def _count(self, request: HttpRequest, email: str, password: str) -> int:
        browser = known_browsers.known(request, email)
        tried = try_of(email, password, self.get_client_ip(request), browser, settings.OFFICE_NETWORKS)
        try:
            return begin_attempt(tried=tried, at=timezone.now())
        except TooManyTries as refusal:
            raise ValidationError(str(refusal), code="too_many_login_attempts") from refusal

    # --- when it is done

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        response = super().post_login(request, user, **options)
        known_browsers.remember(response, user)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        try:
            return reverse("my_work")
        except NoReverseMatch:
            return reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def clean_password(self, password: str, user: Any = None) -> str:
        if len(password) > _LONGEST_PASSWORD:
            raise ValidationError(_("The password is longer than %(most)s characters.") % {"most": _LONGEST_PASSWORD})
        return super().clean_password(unicodedata.normalize("NFC", password), user)

    def set_password(self, user: Any, password: str) -> None:
        own_account.choose_password(person=cast(Person, user), password=password, at=timezone.now())

    # --- what is said

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what the house has words for, so that no sentence of the library's slips in."""
        said = message or _SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Out of the way of the page, which must take as long for an address that nobody has."""
        send_soon(self.render_mail(template_prefix, email, {"request": self.request, **context}))

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person, and the log, that her way in has changed."""
        what = template_prefix.rsplit("/", 1)[-1]
        if not what.startswith("password"):  # choosing a password has written its own entry
            own_account.note_security_change(person=user, what=what, at=timezone.now())
        notice: EmailMessage | None = write_notice(user, what)
        if notice:
            send_soon(notice)
