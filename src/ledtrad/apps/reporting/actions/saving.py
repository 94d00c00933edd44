"""Saving rows. A save rests on a version; whoever comes second gets a text set aside, never an overwrite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.chain import canonical
from ledtrad.apps.audit.composed import Composed, inserting, updating
from ledtrad.apps.audit.phrases import Phrase, Swedish
from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Row, RowVersion, SetAside
from ledtrad.apps.reporting.policies import check_may_see, check_may_write
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.apps.reporting.queries.rows import fields_of, frame_of
from ledtrad.core.reporting import Content, Unstorable, examined, read_content

_LONGEST_KEY = 64
_KEY_IS_USED = Phrase(
    "Sparandets nyckel är redan använd för en annan text. Hämta sidan på nytt. Ingenting har sparats."
)
_STORED_ONCE = ("reporting_rowversion.save_key", "reporting_a_save_is_stored_once")  # SQLite's word, PostgreSQL's word


@dataclass(frozen=True, slots=True)
class RowSave:
    """One row to save: the fields that were written, the version that the writer saw, and the browser's key.

    The same `save_key` with the same fields is the same save sent again: it is answered as it was the first time.
    With other fields it is refused, since an answer must not vouch for what was not stored.
    """

    row_id: int
    fields: Mapping[str, object]
    rests_on: int
    save_key: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The row is stored as `version`. `again` when this very save had been stored already."""

    row_id: int
    version: int
    saved_at: datetime
    content: Content
    again: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else had saved the row as version `met`; what was sent is kept as text `set_aside_id`."""

    row_id: int
    set_aside_id: int
    rests_on: int
    met: int


Outcome = Saved | Clash


def save_row(
    *, row_id: int, fields: Mapping[str, object], rests_on: int, save_key: str, by: Actor, at: datetime
) -> Outcome:
    """Save one row. Raises Unseen, Forbidden or Refused with a sentence; then nothing is stored."""
    return save_rows(saves=[RowSave(row_id, fields, rests_on, save_key)], by=by, at=at)[0]


def save_rows(*, saves: Sequence[RowSave], by: Actor, at: datetime) -> list[Outcome]:
    """Save some rows of one report or several: each is stored or set aside, or all are refused."""
    above = chains()  # asked before the transaction: on SQLite whoever is in one holds up every other writer
    try:
        with transaction.atomic():
            return _save_all(saves, above, by, at)
    except IntegrityError as error:
        if any(name in str(error) for name in _STORED_ONCE):
            raise Refused(_KEY_IS_USED) from error
        raise


def _save_all(saves: Sequence[RowSave], above: Mapping[str, tuple[str, ...]], by: Actor, at: datetime) -> list[Outcome]:
    outcomes: list[Outcome] = []
    changes: list[Change] = []
    rows = _locked_rows([save.row_id for save in saves])
    for save in saves:
        _check_key(save.save_key)
        row = rows.get(save.row_id)
        if row is None:
            raise Unseen("Raden finns inte.")
        outcome, change = _save(row, card_of(row.report, above), save, by, at)
        outcomes.append(outcome)
        changes += change
    if changes:
        record_all(by=by.key, at=at, action="reporting.save_rows", changes=changes, is_draft=True)
    return outcomes


def _locked_rows(ids: Sequence[int]) -> dict[int, Row]:
    """The rows with their reports, held so that no report moves on while its rows are written."""
    return {row.pk: row for row in _held_rows(*sorted(set(ids)))} if ids else {}


@Composed
def _held_rows(*ids: int) -> QuerySet[Row]:
    held = Row.objects.select_for_update(of=("self", "report"), no_key=True).filter(pk__in=ids)
    return held.select_related("report__unit").order_by("pk")


def _check_key(key: str) -> None:
    if not key or len(key) > _LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Refused("Sparandet saknar en giltig nyckel. Ingenting har sparats.")


def _save(row: Row, report: ReportCard, save: RowSave, by: Actor, at: datetime) -> tuple[Outcome, list[Change]]:
    check_may_see(by, report)
    if save.rests_on != row.version:
        earlier = _same_save(row, save, by)
        if earlier is not None:
            return earlier, []
    check_may_write(by, report, at)
    before = fields_of(row.kind, row.content)
    content = _content_of(row, save, before if save.rests_on == row.version else _base(row, save))
    if dict(content.fields) == before:
        return Saved(row.pk, row.version, row.saved_at or at, content, again=True), []
    if save.rests_on != row.version:
        return _set_aside(row, report, save, content, by, at)
    return _store(row, report, save.save_key, content, by, at)


def _base(row: Row, save: RowSave) -> dict[str, str]:
    """What the writer saw: the version that the save rests on."""
    seen = RowVersion.objects.filter(row=row, number=save.rests_on).values_list("content", flat=True).first()
    if seen is None and save.rests_on != 0:
        raise Refused("Raden har aldrig haft den versionen. Hämta sidan på nytt. Ingenting har sparats.")
    return fields_of(row.kind, seen or "")


def _same_save(row: Row, save: RowSave, by: Actor) -> Outcome | None:
    """What was answered when this save came the first time; None when it has not come before."""
    stored = RowVersion.objects.filter(row=row, save_key=save.save_key).first()
    if stored is not None:
        _check_same(row, save, stored.content, stored.saved_by, by)
        content = examined(frame_of(row)[0], fields_of(row.kind, stored.content))
        return Saved(row.pk, stored.number, stored.saved_at, content, again=True)
    aside = SetAside.objects.filter(row=row, save_key=save.save_key).first()
    if aside is not None:
        _check_same(row, save, aside.content, aside.written_by, by)
        return Clash(row.pk, aside.pk, aside.rests_on, aside.met)
    return None


def _check_same(row: Row, save: RowSave, stored: str, written_by: str, by: Actor) -> None:
    if written_by != by.key:
        raise Forbidden("Sparandets nyckel är någon annans. Ingenting har sparats.")
    sent = _content_of(row, save, _base(row, save))
    if dict(sent.fields) != fields_of(row.kind, stored):
        raise Refused(_KEY_IS_USED)


def _content_of(row: Row, save: RowSave, before: Mapping[str, str]) -> Content:
    try:
        return read_content(frame_of(row)[0], save.fields, before)
    except Unstorable as trouble:
        raise Refused("{sentence}", sentence=Swedish(trouble)) from trouble


def _store(
    row: Row, report: ReportCard, save_key: str, content: Content, by: Actor, at: datetime
) -> tuple[Outcome, list[Change]]:
    before = row.content
    row.version += 1
    row.content = canonical(dict(content.fields))
    row.is_complete, row.saved_by, row.saved_at = content.is_complete, by.key, at
    _store_row((row.version, row.content, row.is_complete, by.key, at, row.pk))
    _add_version((row.pk, row.version, row.content, save_key, by.key, at))
    change = Change(objects_of(row, report), _told(row.version, row.content), _told(row.version - 1, before))
    return Saved(row.pk, row.version, at, content), [change]


_store_row = updating(Row, "version", "content", "is_complete", "saved_by", "saved_at")
_add_version = inserting(RowVersion, "row_id", "number", "content", "save_key", "saved_by", "saved_at")


def _told(version: int, content: str) -> dict[str, Any]:
    return {"version": version, "content": content}


def objects_of(row: Row, report: ReportCard) -> tuple[str, ...]:
    """What the log calls a row: itself, and the report that it stands in."""
    return (f"row:{row.pk}", report.object_id)


def _set_aside(
    row: Row, report: ReportCard, save: RowSave, content: Content, by: Actor, at: datetime
) -> tuple[Outcome, list[Change]]:
    kept = SetAside.objects.create(
        row=row,
        rests_on=save.rests_on,
        met=row.version,
        content=canonical(dict(content.fields)),
        save_key=save.save_key,
        written_by=by.key,
        written_at=at,
    )
    change = Change((*objects_of(row, report), f"set_aside:{kept.pk}"), {"set_aside": kept.content})
    return Clash(row.pk, kept.pk, save.rests_on, row.version), [change]


@transaction.atomic
def restore_row(*, row_id: int, number: int, rests_on: int, save_key: str, by: Actor, at: datetime) -> Outcome:
    """Take the row back to how it stood as version `number` (0: empty), as a new version."""
    row = Row.objects.filter(pk=row_id).select_related("report__unit").first()
    if row is None:
        raise Unseen("Raden finns inte.")
    check_may_see(by, card_of(row.report, chains()))
    stored = RowVersion.objects.filter(row=row, number=number).values_list("content", flat=True).first()
    if stored is None and number != 0:
        raise Refused("Den versionen finns inte. Ingenting har sparats.")
    return save_row(
        row_id=row_id,
        fields=fields_of(row.kind, stored or ""),
        rests_on=rests_on,
        save_key=save_key,
        by=by,
        at=at,
    )


@transaction.atomic
def settle(
    *, set_aside_id: int, fields: Mapping[str, object] | None, rests_on: int, by: Actor, at: datetime
) -> Outcome | None:
    """Settle a text that was set aside: save `fields` as the row's next version, or let the text go with None.

    Only its writer may. Somebody may have saved anew meanwhile: then there is a new clash, and both texts are kept.
    """
    kept = SetAside.objects.select_for_update(no_key=True).filter(pk=set_aside_id).first()
    if kept is None or kept.written_by != by.key:
        raise Unseen("Texten finns inte.")
    if kept.settled_at is not None:
        raise Refused("Texten är redan använd eller borttagen.")
    outcome = None
    if fields is not None:
        outcome = save_row(
            row_id=kept.row_id,
            fields=fields,
            rests_on=rests_on,
            save_key=f"settle-{kept.pk}-{rests_on}",
            by=by,
            at=at,
        )
    kept.settled_at = at
    kept.save(update_fields=("settled_at",))
    record_all(
        by=by.key,
        at=at,
        action="reporting.settle",
        changes=[Change((f"set_aside:{kept.pk}", f"row:{kept.row_id}"), "used" if outcome else "let go")],
        is_draft=True,
    )
    return outcome
