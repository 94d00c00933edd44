"""A file of answers on its way in: sent, looked through, and then taken in or laid away."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.phrases import Bilingual
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.answers import AnswersDone, receive_answers, refuse_named
from ledtrad.apps.surveys.actions.waves import check_wave_is_on, wave_of
from ledtrad.apps.surveys.policies import check_handles_answers, check_readable, check_waits
from ledtrad.apps.surveys.queries.columns import columns_told, misfits_told
from ledtrad.apps.surveys.queries.examining import (
    ExaminedAnswers,
    UnreadableFile,
    examine_answers,
    read_codebook,
)
from ledtrad.apps.surveys.waiting import Waiting, data_of, drop_data, lay_aside, remove_waiting, tell, told_of
from ledtrad.core.surveys.answers import Codebook, codebook_from_json, codebook_to_json


@transaction.atomic
def send_answers(
    *, survey: str, year: int, name: str, data: bytes, codebook: tuple[bytes, str] | None, by: Actor, at: datetime
) -> None:
    """Lay a file aside to be looked through, in place of the one that may wait. Nothing of it is taken in.

    `codebook` is the bytes and the name of its file, None where the answers bring their own (SPSS).
    """
    check_handles_answers(by)
    check_wave_is_on(wave_of(survey, year))
    book = _book(codebook)
    told = Waiting(name[:200], by.key, at.isoformat())
    lay_aside(survey, year, data, codebook_to_json(book) if book else "", told)


def _book(codebook: tuple[bytes, str] | None) -> Codebook | None:
    trouble = ""
    if codebook is None:
        return None
    try:
        return read_codebook(*codebook)
    except UnreadableFile as error:
        trouble = f"Kodboken: {error}"
    check_readable(trouble)
    raise AssertionError("an unreadable codebook is refused")


def look_through(*, survey: str, year: int, by: Actor, at: datetime) -> Waiting:
    """Hold the file that waits against its codebook, and tell what was found. The log says that it was read.

    One with personal identifiers, or that cannot be read, is thrown away at once, and the log says so of the former.
    """
    check_handles_answers(by)
    now = told_of(survey, year)
    check_waits(now is not None)
    assert now is not None
    data, book = data_of(survey, year)
    try:
        examined = examine_answers(data, codebook_from_json(book) if book else None)
        refuse_named(survey, year, examined, by, at)
    except (UnreadableFile, Refused) as error:
        said = error.phrase.in_both() if isinstance(error, Refused) else Bilingual(str(error))
        return _thrown_away(survey, year, now, said)
    found = replace(
        now,
        state="read",
        kind=examined.answers.kind,
        rows=examined.answers.rows,
        seen=examined.seen,
        columns=columns_told(examined),
        misfits=misfits_told(examined),
    )
    _tell_of_look(survey, year, examined, data, by, at)
    tell(survey, year, found)
    return found


def _thrown_away(survey: str, year: int, now: Waiting, sentence: Bilingual) -> Waiting:
    drop_data(survey, year)
    found = replace(now, state="refused", sentence=sentence)
    tell(survey, year, found)
    return found


@transaction.atomic
def _tell_of_look(survey: str, year: int, examined: ExaminedAnswers, data: bytes, by: Actor, at: datetime) -> None:
    told = {
        "rows": examined.answers.rows,
        "kind": examined.answers.kind,
        "misfits": len(examined.misfits),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    record(by=by.key, at=at, action="surveys.examine_answers", objects=(f"wave:{survey}/{year}",), after=told)


def take_in_waiting(
    *, survey: str, year: int, seen: str = "", accepted: str = "", by: Actor, at: datetime
) -> AnswersDone:
    """Take in the file that was looked through; as `receive_answers`. Then nothing waits any more."""
    check_handles_answers(by)
    data, book = data_of(survey, year)
    check_waits(bool(data))
    codebook = codebook_from_json(book) if book else None
    done = receive_answers(
        survey=survey, year=year, data=data, codebook=codebook, seen=seen, accepted=accepted, by=by, at=at
    )
    remove_waiting(survey, year)
    return done


def lay_away(*, survey: str, year: int, by: Actor) -> None:
    """Throw the file away that waits. Nothing of it had been taken in."""
    check_handles_answers(by)
    remove_waiting(survey, year)


__all__ = ["lay_away", "look_through", "send_answers", "take_in_waiting"]
