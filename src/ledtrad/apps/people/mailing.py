"""Mail about a person's own account."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from logging import getLogger
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _
from django.utils.translation import override

from ledtrad.apps.people.models import Person

_log = getLogger(__name__)
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
_under_way: set["Future[Any]"] = set()
_lock = Lock()


def send_soon(message: EmailMessage) -> None:
    """Send from another thread, so that a page tells nothing by how long it takes. A failure is logged."""
    sending = _post.submit(_send, message)
    with _lock:
        _under_way.add(sending)
    sending.add_done_callback(_forget)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        _log.exception("a mail could not be sent")


def _forget(sending: "Future[Any]") -> None:
    with _lock, suppress(KeyError):
        _under_way.remove(sending)


def wait_for_mail(seconds: float = 10) -> None:
    """Until what has been handed over is sent: for a program that is about to end."""
    with _lock:
        sending = set(_under_way)
    wait(sending, timeout=seconds)


def password_path(person: Person) -> str:
    """The address, within the site, at which the person may choose a password: once, and for three days."""
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": int_to_base36(person.pk), "key": key})


def write_invitation(person: Person, address: str) -> EmailMessage:
    """The mail by which somebody who has been registered chooses a password; `address` is the whole link."""
    with override("sv"):
        text = render_to_string("people/mail/invitation.txt", {"person": person, "address": address})
        return EmailMessage(_("Choose a password for Ledtråd"), text, settings.DEFAULT_FROM_EMAIL, [person.email])


def write_notice(person: Person, what: str) -> EmailMessage | None:
    """The mail that tells a person that her way in was changed; None for what needs no telling."""
    with override("sv"):
        said = _notices().get(what)
        if said is None or person.invented:
            return None
        text = render_to_string("people/mail/notice.txt", {"person": person, "said": said})
        return EmailMessage(_("Your way into Ledtråd has changed"), text, settings.DEFAULT_FROM_EMAIL, [person.email])


def _notices() -> dict[str, str]:
    return {
        "password_changed": _("Your password has been changed."),
        "password_set": _("Your password has been chosen."),
        "password_reset": _("Your password has been changed."),
        "totp_activated": _("The authenticator app is connected."),
        "totp_deactivated": _("The authenticator app is no longer connected."),
        "webauthn_added": _("The key has been added."),
        "webauthn_removed": _("The key has been removed."),
        "recovery_codes_generated": _("You have new recovery codes. Keep them well."),
    }
