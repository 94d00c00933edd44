"""Files with figures: received, understood, and taken in or refused. Every figure keeps its file, sheet and cell."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Conflict
from ledtrad.apps.indicators.actions.observations import let_nobody_else_in
from ledtrad.apps.indicators.actions.taking_in import Ready, laid_ready, take_in
from ledtrad.apps.indicators.keeping import keep
from ledtrad.apps.indicators.models import ColumnChoice, Upload
from ledtrad.apps.indicators.previews import forget, lay_aside
from ledtrad.apps.indicators.queries.examining import Examined, Told, examine
from ledtrad.apps.indicators.queries.known import figures_known
from ledtrad.apps.indicators.upload_policies import (
    check_may_upload,
    check_sees_upload,
    check_summed,
    check_understood,
    check_waits,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.core.imports.choices import Choices, to_record, to_remember

_TRIES = 3


@dataclass(frozen=True, slots=True)
class UploadDone:
    """What became of a confirmed file: how many figures were new, changed or known already, and how many left out."""

    outcomes: int
    new: int
    changed: int
    unchanged: int
    left_out: int


def receive_upload(*, pieces: Iterable[bytes], name: str, by: Actor, at: datetime) -> int:
    """Keep a file that is sent in, and answer its number. Nothing in it counts until it is confirmed."""
    check_may_upload(by)
    kept = keep(pieces)
    with transaction.atomic():
        upload = Upload.objects.create(
            name=_cleaned(name), fingerprint=kept.fingerprint, size=kept.size, received_by=by.key, received_at=at
        )
        told = {"name": upload.name, "sha256": upload.fingerprint, "bytes": upload.size}
        _log(upload, "indicators.receive_upload", by, at, told)
    return upload.pk


def _cleaned(name: str) -> str:
    """The file's own name: no folders, nothing that cannot be seen."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    seen = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").strip()
    stem, dot, end = seen[:400].rpartition(".")
    return (f"{stem[:200]}{dot}{end[:20]}" if stem else seen[:200]) or "fil"


def choose_for_upload(*, upload_id: int, choices: Choices, by: Actor, told: Told | None = None) -> None:
    """Change how a waiting file is understood. It is examined anew; nothing is taken in.

    `told` hears how many rows of how many have been read.
    """
    upload, chosen = waiting_upload(upload_id, by), json.dumps(to_record(choices), ensure_ascii=False)
    upload.choices = chosen
    examined = examine(upload, by, told)  # may take its time: nobody waits for the database meanwhile
    with transaction.atomic():
        held = _waiting(upload_id, by)
        held.choices = chosen
        held.save(update_fields=["choices"])
    lay_aside(held, examined, by)


@transaction.atomic
def refuse_upload(*, upload_id: int, why: str, by: Actor, at: datetime) -> None:
    """Lay a file aside for good. Its bytes are kept, and so is the reason."""
    upload = _waiting(upload_id, by)
    _settle(upload, "refused", why.strip(), by, at)
    _log(upload, "indicators.refuse_upload", by, at, {"why": why.strip()})
    forget(upload)


def confirm_upload(
    *,
    upload_id: int,
    seen: str,
    leave_out: int = 0,
    accepted: str = "",
    by: Actor,
    at: datetime,
    told: Told | None = None,
) -> UploadDone:
    """Take in the figures of a file: all that were understood, or none.

    The bytes are read once more. Conflict when they are now understood otherwise than in the preview whose fingerprint
    is `seen`. `leave_out` is how many cells that were not understood whoever confirms agrees to go without. `accepted`
    says in words why sums that do not agree with the file's own totals are taken in all the same.
    """
    note = accepted.strip()
    for _ in range(_TRIES):
        known, upload = figures_known(), waiting_upload(upload_id, by)
        examined = examine(upload, by, told)  # may take its time: nobody waits for the database meanwhile
        _check(upload, examined, seen, leave_out, note)
        with laid_ready(upload, examined, by) as ready, transaction.atomic():
            held = _waiting(upload_id, by)
            let_nobody_else_in(ready.codes)
            if (figures_known(), held.choices) == (known, upload.choices):
                return _confirm(held, examined, ready, note, by, at)
    raise Conflict("Andra sparar siffror i samma stund. Ingenting har lästs in. Försök igen om en stund.")


def _check(upload: Upload, examined: Examined, seen: str, leave_out: int, note: str) -> None:
    if examined.fingerprint != seen:
        forget(upload)  # what was laid aside no longer holds
        raise Conflict(
            "Sedan du såg förhandsgranskningen har uppgifterna ändrats, så att filen nu läses på ett annat sätt. "
            "Ingenting har lästs in. Se igenom den igen."
        )
    check_understood(examined.counts, leave_out, is_too_large=examined.is_too_large)
    check_summed(examined.differences, note)


def _confirm(upload: Upload, examined: Examined, ready: Ready, note: str, by: Actor, at: datetime) -> UploadDone:
    done = UploadDone(*take_in(upload, examined, ready, by, at))
    told = {**asdict(done), "accepted": note, "choices": to_record(examined.choices)}
    kept = to_record(examined.choices) | {"done": told | {"pages": ready.pages(examined)}}
    upload.choices = json.dumps(kept, ensure_ascii=False)
    _settle(upload, "confirmed", note, by, at)
    _remember(examined, by, at)
    _log(upload, "indicators.confirm_upload", by, at, told)
    forget(upload)
    return done


def waiting_upload(upload_id: int, by: Actor) -> Upload:
    """The file, when it waits and `by` may take it in."""
    return _checked(Upload.objects.filter(pk=upload_id).first(), by)


def _waiting(upload_id: int, by: Actor) -> Upload:
    """The file, held for this act alone."""
    return _checked(Upload.objects.select_for_update().filter(pk=upload_id).first(), by)


def _checked(upload: Upload | None, by: Actor) -> Upload:
    check_may_upload(by)
    check_sees_upload(by, upload.received_by if upload else "")
    assert upload is not None  # nobody sees what is not there
    check_waits(upload)
    return upload


def _settle(upload: Upload, state: str, note: str, by: Actor, at: datetime) -> None:
    upload.state, upload.note, upload.settled_by, upload.settled_at = state, note, by.key, at
    upload.save(update_fields=["state", "note", "settled_by", "settled_at", "choices"])


def _remember(examined: Examined, by: Actor, at: datetime) -> None:
    """The next table with the same headings is read as this one was."""
    remembered = to_remember(examined.choices, examined.layout, examined.guess)
    choices = json.dumps(remembered, ensure_ascii=False)
    ColumnChoice.objects.update_or_create(
        headings=examined.guess.fingerprint, defaults={"choices": choices, "chosen_by": by.key, "chosen_at": at}
    )


def _log(upload: Upload, act: str, by: Actor, at: datetime, told: dict[str, Any]) -> None:
    record(by=by.key, at=at, action=act, objects=(f"upload:{upload.pk}",), after=told)
