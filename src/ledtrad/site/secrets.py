"""The key that signs cookies: given from outside in production, made once and kept under var/ elsewhere."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


class MissingSecret(RuntimeError):
    """Production was asked for without a key of its own."""


def secret_key(var: Path, *, given: str, is_production: bool) -> str:
    """`given` when there is one; else a random key kept in `var`. MissingSecret in production without a key."""
    if given:
        return given
    if is_production:
        raise MissingSecret("Sätt LEDTRAD_SECRET_KEY till minst 50 slumpmässiga tecken innan du startar i skarp drift.")
    kept = var / "secret_key"
    if not kept.exists():
        _make(kept)
    return kept.read_text()


def _make(kept: Path) -> None:
    """Write beside and link into place: two processes that start at once end up with the same whole key."""
    handle, name = tempfile.mkstemp(dir=kept.parent, prefix=".secret_key")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(name, kept)
    os.unlink(name)
