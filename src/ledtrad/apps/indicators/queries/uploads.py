"""Files that were sent in: lists of them, and one."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledtrad.apps.indicators.models import Upload
from ledtrad.apps.indicators.upload_policies import check_sees_upload, check_sees_uploads
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.people.queries import names

FILES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class UploadCard:
    """A file as lists and its own page show it. `done` is what became of it, {} until it is taken in."""

    id: int
    name: str
    size: int
    fingerprint: str
    state: str
    received_by: str
    received_at: datetime
    settled_by: str
    settled_at: datetime | None
    note: str
    done: dict[str, Any]


def uploads_seen_by(actor: Actor, page: int = 1) -> tuple[tuple[UploadCard, ...], bool]:
    """The files that the actor may see, newest first; and whether there are older ones. Two SQL queries."""
    check_sees_uploads(actor)
    rows = Upload.objects.all()
    if not actor.holds(Role.CENTRAL_CONTROLLER, Role.AUDITOR):
        rows = rows.filter(received_by=actor.key)
    start = (max(1, page) - 1) * FILES_A_PAGE
    found = list(rows[start : start + FILES_A_PAGE + 1])
    called = names({key for row in found for key in (row.received_by, row.settled_by)})
    return tuple(_card(row, called) for row in found[:FILES_A_PAGE]), len(found) > FILES_A_PAGE


def upload_seen_by(actor: Actor, upload_id: int) -> Upload:
    """The file, when the actor may see it; otherwise there is no such page."""
    check_sees_uploads(actor)
    upload = Upload.objects.filter(pk=upload_id).first()
    check_sees_upload(actor, upload.received_by if upload else "")
    assert upload is not None  # nobody sees what is not there
    return upload


def upload_card(upload: Upload) -> UploadCard:
    """The file as its page shows it."""
    return _card(upload, names({upload.received_by, upload.settled_by}))


def taken_in_before(upload: Upload) -> Upload | None:
    """An earlier file with the very same bytes that was taken in."""
    same = Upload.objects.filter(fingerprint=upload.fingerprint, state="confirmed").exclude(pk=upload.pk)
    return same.order_by("-id").first()


def _card(row: Upload, called: dict[str, str]) -> UploadCard:
    done = json.loads(row.choices).get("done", {}) if row.choices and row.state == "confirmed" else {}
    return UploadCard(
        row.pk,
        row.name,
        row.size,
        row.fingerprint,
        row.state,
        called.get(row.received_by, row.received_by),
        row.received_at,
        called.get(row.settled_by, row.settled_by),
        row.settled_at,
        row.note,
        done,
    )
