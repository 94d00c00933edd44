"""Answers: taken in, read for a reason, and deleted for real. The database never holds one."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.records import append
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.designs import forget_weights
from ledtrad.apps.surveys.actions.waves import check_wave_is_on, hold, wave_of
from ledtrad.apps.surveys.keeping import is_unharmed, keep, path_of, remove_all_but
from ledtrad.apps.surveys.models import AnswerSet, Wave, WaveDesign
from ledtrad.apps.surveys.policies import (
    check_accepted,
    check_columns_there,
    check_handles_answers,
    check_has_answers,
    check_nobody_is_named,
    check_readable,
    check_why,
)
from ledtrad.apps.surveys.queries.examining import ExaminedAnswers, UnreadableFile, examine_answers
from ledtrad.apps.surveys.waiting import remove_waiting
from ledtrad.core.surveys.answers import Codebook, IdentifierKind, Misfit, codebook_to_json
from ledtrad.readers.answers import Identified, as_parquet, coded

_CALLED = {
    IdentifierKind.PERSONAL_NUMBER: Phrase("personnummer"),
    IdentifierKind.EMAIL: Phrase("e-postadresser"),
    IdentifierKind.PHONE: Phrase("telefonnummer"),
}


class Unfit(Refused):
    """The file does not fit its codebook in all. `misfits` says how; `seen` is what to accept them by."""

    def __init__(self, phrase: Phrase, misfits: Sequence[Misfit], seen: str) -> None:
        super().__init__(phrase)
        self.misfits, self.seen = tuple(misfits), seen


@dataclass(frozen=True, slots=True)
class AnswersDone:
    """What was taken in, and what of it says nothing since it did not fit the codebook."""

    rows: int
    columns: int
    fingerprint: str
    misfits: tuple[Misfit, ...]


def receive_answers(
    *,
    survey: str,
    year: int,
    data: bytes,
    codebook: Codebook | None = None,
    seen: str = "",
    accepted: str = "",
    by: Actor,
    at: datetime,
) -> AnswersDone:
    """Take in the answers of a wave, in place of those that may be there. SPSS files bring their own codebook.

    A file with personal identifiers is refused whatever is written, and the log says that it was. What does not fit
    the codebook is refused (`Unfit`, a kind of Refused) unless `seen` sums up just that and `accepted` says why; then
    the cells that do not fit say nothing. Nothing of a refused file is kept anywhere.
    """
    check_handles_answers(by)
    examined = _examined(data, codebook)
    refuse_named(survey, year, examined, by, at)
    try:
        return _take_in(survey, year, examined, (seen, accepted), hashlib.sha256(data).hexdigest(), by, at)
    except BaseException:
        leave_only_current(survey, year)
        raise


@transaction.atomic
def _take_in(
    survey: str, year: int, examined: ExaminedAnswers, accepting: tuple[str, str], source: str, by: Actor, at: datetime
) -> AnswersDone:
    wave = wave_of(survey, year)
    check_wave_is_on(wave)
    _check_fits(examined, *accepting)
    forget_weights(wave, by, at)
    table = coded(examined.answers, examined.codebook)
    check_columns_there(_columns_of_design(wave), table.column_names)
    fingerprint = keep(survey, year, as_parquet(table))
    row = AnswerSet(
        wave=wave,
        state="kept",
        fingerprint=fingerprint,
        rows=table.num_rows,
        columns=table.num_columns,
        kind=examined.answers.kind,
        source_fingerprint=source,
        codebook=codebook_to_json(examined.codebook),
        misfits=_told(examined.misfits),
        accepted=accepting[1].strip() if examined.misfits else "",
        recorded_by=by.key,
        recorded_at=at,
    )
    append(AnswerSet, [row], key=("wave_id",))
    hold(wave, by, at)
    record(by=by.key, at=at, action="surveys.receive_answers", objects=(f"wave:{wave}",), after=_as_told(row))
    transaction.on_commit(lambda: leave_only_current(survey, year))
    return AnswersDone(row.rows, row.columns, fingerprint, examined.misfits)


def _as_told(row: AnswerSet) -> dict[str, Any]:
    told = {"rows": row.rows, "columns": row.columns, "kind": row.kind, "sha256": row.fingerprint}
    return told | ({"misfits": row.misfits, "accepted": row.accepted} if row.misfits else {})


def leave_only_current(survey: str, year: int) -> None:
    """No file remains but the one that the database names: not the one before, nor one that could not be taken in."""
    held = AnswerSet.objects.filter(wave__survey__code=survey, wave__year=year, is_current=True, state="kept")
    remove_all_but(survey, year, tuple(held.values_list("fingerprint", flat=True)))


def _examined(data: bytes, codebook: Codebook | None) -> ExaminedAnswers:
    trouble = ""
    try:
        return examine_answers(data, codebook)
    except UnreadableFile as error:
        trouble = str(error)
    check_readable(trouble)
    raise AssertionError("an unreadable file is refused")


def refuse_named(survey: str, year: int, examined: ExaminedAnswers, by: Actor, at: datetime) -> None:
    """Refuse a file that names somebody, and write in the log that it came."""
    if examined.identified:
        _tell_of_refusal(survey, year, examined.identified, by, at)
    check_nobody_is_named(list(_where(examined.identified)))


def _where(found: Sequence[Identified]) -> Iterator[Phrase]:
    """Where identifiers stand, without repeating any: "telefonnummer i kolumn 4 (fritext), 3 rader"."""
    for one in found:
        column = f"{one.number} ({one.column})" if one.column else one.number
        if one.rows == 1:
            yield Phrase("{kind} i kolumn {column}, 1 rad", kind=_CALLED[one.kind], column=column)
        elif one.rows:
            yield Phrase("{kind} i kolumn {column}, {rows} rader", kind=_CALLED[one.kind], column=column, rows=one.rows)
        else:
            yield Phrase("{kind} i kolumn {column} i rubriken eller kodboken", kind=_CALLED[one.kind], column=column)


@transaction.atomic
def _tell_of_refusal(survey: str, year: int, found: Sequence[Identified], by: Actor, at: datetime) -> None:
    """That somebody sent identifiers is an incident of its own: what kinds, and in how many columns and rows."""
    kinds = sorted({one.kind.value for one in found})
    told = {"kinds": kinds, "columns": len({one.number for one in found}), "rows": sum(one.rows for one in found)}
    record(by=by.key, at=at, action="surveys.refuse_answers", objects=(f"wave:{survey}/{year}",), after=told)


def _check_fits(examined: ExaminedAnswers, seen: str, accepted: str) -> None:
    try:
        check_accepted(len(examined.misfits), seen, examined.seen, accepted)
    except Refused as refusal:
        raise Unfit(refusal.phrase, examined.misfits, examined.seen) from None


def _told(misfits: Sequence[Misfit]) -> str:
    """Columns, kinds and numbers of rows; no value, however harmless, goes into the database."""
    rows: dict[tuple[str, str], int] = {}
    for one in misfits:
        rows[one.column, one.kind.value] = rows.get((one.column, one.kind.value), 0) + one.rows
    told = [{"column": column, "kind": kind, "rows": count} for (column, kind), count in rows.items()]
    return json.dumps(told, ensure_ascii=False) if told else ""


def _columns_of_design(wave: Wave) -> list[str]:
    design = WaveDesign.objects.filter(wave=wave, is_current=True).first()
    if design is None:
        return []
    replicates = json.loads(design.replicates)["columns"] if design.replicates else ""
    single = [design.strata, design.weight, design.shared, design.sex, design.age, design.district, replicates]
    return [name for name in (*single, *design.clusters.split(","), *design.fpc.split(",")) if name]


@transaction.atomic
def open_answers(*, survey: str, year: int, why: str, by: Actor, at: datetime) -> Path:
    """Where the answers of a wave lie, to be read now: the log says who, when, which wave and why.

    A Parquet file as `readers.answers` writes it: codes as integers where all are, else texts; numbers as floats;
    null for no answer. Refused when there are none, or they are no longer the bytes that were kept.
    """
    check_handles_answers(by)
    why = check_why(why, Phrase("läses"))
    row = _kept(wave_of(survey, year))
    path = path_of(survey, year, row.fingerprint)
    check_has_answers(is_unharmed(path, row.fingerprint))
    record(
        by=by.key,
        at=at,
        action="surveys.read_answers",
        objects=(f"wave:{survey}/{year}",),
        after={"why": why, "rows": row.rows, "sha256": row.fingerprint},
    )
    return path


@transaction.atomic
def delete_answers(*, survey: str, year: int, why: str, by: Actor, at: datetime) -> None:
    """Delete the answers of a wave for good. The log says so; figures that have been published stay.

    The file goes before the deletion is committed: what the log calls deleted is never there.
    """
    check_handles_answers(by)
    why = check_why(why, Phrase("raderas"))
    wave = wave_of(survey, year)
    held = _kept(wave)
    gone = {
        name: getattr(held, name)
        for name in ("fingerprint", "rows", "columns", "kind", "source_fingerprint", "codebook", "invented")
    }
    row = AnswerSet(wave=wave, state="deleted", reason=why, recorded_by=by.key, recorded_at=at, **gone)
    append(AnswerSet, [row], key=("wave_id",))
    record(
        by=by.key,
        at=at,
        action="surveys.delete_answers",
        objects=(f"wave:{wave}",),
        before={"rows": held.rows, "sha256": held.fingerprint},
        after={"why": why},
    )
    _remove(survey, year)


def _remove(survey: str, year: int) -> None:
    try:
        remove_all_but(survey, year, ())
        remove_waiting(survey, year)
    except OSError:
        raise Refused("Filen med svaren gick inte att radera. Ingenting har ändrats; säg till förvaltaren.") from None


def _kept(wave: Wave) -> AnswerSet:
    row = AnswerSet.objects.filter(wave=wave, is_current=True, state="kept").first()
    check_has_answers(row is not None)
    assert row is not None
    return row
