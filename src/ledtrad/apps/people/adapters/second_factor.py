"""Authenticator apps and keys."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are stored encrypted, with a key that is not in the database."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is wrong or too old. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture as it stands in a page: drawn by the library from the address, which it turns into squares."""
        return Markup(super().build_totp_svg(url).partition("?>")[2].strip())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("My key")

    def _get_site_name(self) -> str:
        return "Ledtråd"


def _cipher() -> MultiFernet:
    """The first key encrypts; earlier ones still open what they closed."""
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = hashlib.sha256(b"ledtrad.apps.people.second_factor" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
