"""Settings for mail, read from LEDTRAD_SMTP: `smtp://user:password@host:587` (STARTTLS), `smtps://…` (TLS from the
first byte), or `smtp://host:25?tls=no` for a server on the same machine. Without it, mail is kept as files."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_SECONDS = 10


class WrongMailSettings(RuntimeError):
    """LEDTRAD_SMTP is no address of a mail server."""


def mail_settings(written: str, var: Path, sender: str) -> dict[str, Any]:
    """Django's settings for mail."""
    ours = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": _SECONDS}
    if not written:
        kept = var / "mail"
        return {**ours, "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": kept}
    parts = urlsplit(written)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise WrongMailSettings("LEDTRAD_SMTP ska se ut som smtp://användare:lösenord@server:587.")
    is_plain = parse_qs(parts.query).get("tls") == ["no"]
    return {
        **ours,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
    }
