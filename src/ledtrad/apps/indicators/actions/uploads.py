"""Files with figures: received, understood, and taken in or refused. Every figure keeps its file, sheet and cell."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Conflict, Refused
from ledtrad.apps.audit.queries import head
from ledtrad.apps.indicators.actions.observations import BatchSource, record_observations
from ledtrad.apps.indicators.actions.outcomes import NewOutcome, Source, record_outcomes
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.keeping import keep
from ledtrad.apps.indicators.models import ColumnChoice, Upload
from ledtrad.apps.indicators.policies import check_keeps_figures
from ledtrad.apps.indicators.previews import forget, lay_aside
from ledtrad.apps.indicators.queries.examining import Examined, Told, examine
from ledtrad.apps.indicators.queries.known import city_area, held_outcomes
from ledtrad.apps.indicators.upload_policies import (
    check_may_upload,
    check_sees_upload,
    check_summed,
    check_understood,
    check_waits,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.core.imports import STORED, Fate, Reading, Settled
from ledtrad.core.imports.choices import Choices, to_record, to_remember
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.outcomes import Outcome as SaidOutcome
from ledtrad.core.periods import Period
from ledtrad.core.quantities import Quantity, unit_named

NOISE = "≈"
_MOST_AT_ONCE = 50_000
_MOST_PAGES = 50
_WRITTEN = {Sex.ALL: "", Sex.WOMEN: "kvinnor ", Sex.MEN: "män "}


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
    examined = examine(upload, told)  # may take its time: nobody waits for the database meanwhile
    with transaction.atomic():
        held = _waiting(upload_id, by)
        held.choices = chosen
        held.save(update_fields=["choices"])
    lay_aside(held, examined)


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
    known_at, upload = head(), waiting_upload(upload_id, by)
    examined = examine(upload, told)  # may take its time: nobody waits for the database meanwhile
    with transaction.atomic():
        held = _waiting(upload_id, by)
        if (head(), held.choices) != (known_at, upload.choices):  # something was written meanwhile
            examined = examine(held)
        return _confirm(held, examined, seen, leave_out, accepted.strip(), by, at)


def _confirm(
    upload: Upload, examined: Examined, seen: str, leave_out: int, note: str, by: Actor, at: datetime
) -> UploadDone:
    if examined.fingerprint != seen:
        forget(upload)  # what was laid aside no longer holds
        raise Conflict(
            "Sedan du såg förhandsgranskningen har uppgifterna ändrats, så att filen nu läses på ett annat sätt. "
            "Ingenting har lästs in. Se igenom den igen."
        )
    check_understood(examined.counts, leave_out, is_too_large=examined.is_too_large)
    check_summed(examined.differences, note)
    done = _take_in(upload, examined, by, at)
    told = {**asdict(done), "accepted": note, "choices": to_record(examined.choices)}
    kept = to_record(examined.choices) | {"done": told | {"pages": _pages(examined)}}
    upload.choices = json.dumps(kept, ensure_ascii=False)
    _settle(upload, "confirmed", note, by, at)
    _remember(examined, by, at)
    _log(upload, "indicators.confirm_upload", by, at, told)
    forget(upload)
    return done


def _pages(examined: Examined) -> list[tuple[str, int, str]]:
    """The indicators that got outcomes, each with its latest year and title; no more than a page holds."""
    latest: dict[str, int] = {}
    for one in examined.settled:
        place = one.reading.place
        if one.fate in STORED and place is not None and place.area == city_area() and not place.group:
            latest[place.indicator] = max(place.year, latest.get(place.indicator, 0))
    return [(code, latest[code], examined.indicators[code].titles[0]) for code in sorted(latest)[:_MOST_PAGES]]


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
    choices = json.dumps(to_remember(examined.choices, examined.layout), ensure_ascii=False)
    ColumnChoice.objects.update_or_create(
        headings=examined.guess.fingerprint, defaults={"choices": choices, "chosen_by": by.key, "chosen_at": at}
    )


def _log(upload: Upload, act: str, by: Actor, at: datetime, told: dict[str, Any]) -> None:
    record(by=by.key, at=at, action=act, objects=(f"upload:{upload.pk}",), after=told)


# --- taking in -----------------------------------------------------------------------------------


def _take_in(upload: Upload, examined: Examined, by: Actor, at: datetime) -> UploadDone:
    cells = [one for one in examined.settled if one.fate in STORED]
    if not cells:
        raise Refused("Det finns inga siffror i filen att läsa in. Ingenting har sparats.")
    check_keeps_figures(by, Versions({one.reading.indicator for one in cells}).owners())
    outcomes, rest = _parted(upload, examined, cells)
    if outcomes:
        record_outcomes(outcomes=outcomes, by=by.key, at=at)
    source = BatchSource(upload.name, upload.fingerprint, upload.pk)
    noisy = {(one.row, one.column) for one in examined.differences if one.is_noise}
    for some in _slices(rest):
        record_observations(
            observations={place: _observed(one.reading, examined, noisy) for place, one in some},
            source=source,
            by=by,
            at=at,
        )
    counts = examined.counts
    left_out = sum(count for fate, count in counts.items() if fate not in STORED)
    new = counts.get(Fate.NEW, 0) + counts.get(Fate.MISSING, 0)
    return UploadDone(len(outcomes), new, counts.get(Fate.CHANGED, 0), counts.get(Fate.UNCHANGED, 0), left_out)


def _slices(cells: Sequence[Settled]) -> Iterator[list[tuple[Place, Settled]]]:
    """What changes something, one indicator after the other, in batches that fit in memory."""
    placed = [(one.reading.place, one) for one in cells if one.reading.place and one.fate is not Fate.UNCHANGED]
    placed.sort(key=lambda pair: (pair[0].indicator, pair[0].year))
    for start in range(0, len(placed), _MOST_AT_ONCE):
        yield placed[start : start + _MOST_AT_ONCE]


def _observed(reading: Reading, examined: Examined, noisy: set[tuple[int, int]]) -> Observed:
    """The figure with its cell. A total that differs a little from its parts is marked, to be seen later too."""
    assert reading.said is not None
    mark = NOISE if (reading.row, reading.column) in noisy else reading.said.mark
    return replace(reading.said, cell=examined.cell(reading), mark=mark)


# --- the city's own figures: its outcomes --------------------------------------------------------


def _parted(upload: Upload, examined: Examined, cells: list[Settled]) -> tuple[list[NewOutcome], list[Settled]]:
    """What becomes outcomes, and what becomes observations.

    The whole city's figures are outcomes. A figure for women or men whose total nobody knows is kept as observation.
    """
    own: dict[tuple[str, Period], dict[Sex, Settled]] = {}
    rest: list[Settled] = []
    for one in cells:
        place = one.reading.place
        if place is not None and place.area == city_area() and not place.group:
            own.setdefault((place.indicator, Period(place.year, place.tertial)), {})[place.sex] = one
        else:
            rest.append(one)
    held = held_outcomes({code for code, _ in own}, {period.year for _, period in own})
    made: list[NewOutcome] = []
    for (code, period), parts in own.items():
        outcome = _outcome(upload, examined, code, period, parts, held.get((code, period)))
        kept = parts.values() if outcome is None else () if isinstance(outcome, Measured) else _of_sexes(parts)
        rest.extend(kept)
        if outcome is not None and any(one.fate is not Fate.UNCHANGED for one in parts.values()):
            made.append(NewOutcome(code, period, outcome, _source(upload, examined, parts)))
    return made, rest


def _of_sexes(parts: dict[Sex, Settled]) -> list[Settled]:
    return [one for sex, one in parts.items() if sex is not Sex.ALL]


def _outcome(
    upload: Upload,
    examined: Examined,
    code: str,
    period: Period,
    parts: dict[Sex, Settled],
    held: SaidOutcome | None,
) -> SaidOutcome | None:
    """What the file, over what is known already, says of the city; None when there is no total to say it of."""
    asked = examined.indicators[code].in_year(period.year)
    unit = unit_named(asked.unit if asked else "")

    def said(sex: Sex, before: Quantity | Absence | None) -> Quantity | Absence | None:
        one = parts.get(sex)
        if one is None or one.reading.said is None or one.fate is Fate.UNCHANGED:
            return before
        value = one.reading.said
        if value.value is None:
            return Absence(value.absence or AbsenceKind.NOT_MEASURED, _reason(one.reading, upload))
        return Quantity(value.value, unit, min(12, value.decimals))

    measured = held if isinstance(held, Measured) else None
    total = said(Sex.ALL, measured.total if measured else held if isinstance(held, Absence) else None)
    if not isinstance(total, Quantity):
        return total if Sex.ALL in parts else None
    women, men = (said(sex, getattr(measured, sex.value, None)) for sex in (Sex.WOMEN, Sex.MEN))
    return Measured(total, women, men)


def _reason(reading: Reading, upload: Upload) -> str:
    mark = reading.said.mark if reading.said else ""
    return f"Markerat med ”{mark}” i {upload.name}" if mark else f"Tom cell i {upload.name}"


def _source(upload: Upload, examined: Examined, parts: dict[Sex, Settled]) -> Source:
    """Where the figures stood: "E17 (kvinnor C17, män D17)" where they fit, else the cells alone."""
    cells = {sex: examined.cell(parts[sex].reading).rpartition("!")[2] for sex in Sex if sex in parts}
    first, *others = (f"{_WRITTEN[sex]}{cell}" for sex, cell in cells.items())
    written = f"{first} ({', '.join(others)})" if others else first
    if len(written) > 40:
        written = ", ".join(cells.values())[:40]
    return Source(upload.name, examined.table.name, written, upload.fingerprint)
