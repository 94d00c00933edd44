"""What a browser is told of a save: as JSON, with the server's own time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from ledtrad.apps.reporting.actions import Clash, Saved
from ledtrad.apps.reporting.presenters.moments import moment_words


def present_save(outcome: Saved | Clash, now: datetime, *, with_content: bool = False) -> tuple[Mapping[str, Any], int]:
    """What is answered, and the status: 200 for a row that is stored, 409 for a text that was set aside."""
    if isinstance(outcome, Clash):
        return {"conflict": reverse("conflict", args=[outcome.set_aside_id])}, 409
    content = outcome.content
    told: dict[str, Any] = {
        "version": outcome.version,
        "saved_at": outcome.saved_at.isoformat(),
        "saved": moment_words(outcome.saved_at, now),
        "problems": dict(content.problems),
        "lacking": dict(content.lacking),
        "notices": dict(content.notices),
        "is_complete": content.is_complete,
    }
    return told | ({"content": dict(content.fields)} if with_content else {}), 200
