"""Weights that make up for those who did not answer, kept beside the answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.records import append
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.answers import leave_only_current, open_answers
from ledtrad.apps.surveys.actions.designs import name_weight, weight_before
from ledtrad.apps.surveys.actions.waves import check_wave_is_on, wave_of
from ledtrad.apps.surveys.keeping import keep
from ledtrad.apps.surveys.models import AnswerSet, Wave, WaveDesign
from ledtrad.apps.surveys.policies import check_handles_answers
from ledtrad.apps.surveys.publishing_policies import check_has_design, check_weighable, check_weights_seen
from ledtrad.apps.surveys.queries.weighing import WEIGHT, Weighed, Weighting, weigh
from ledtrad.core.surveys.answers import Codebook, Variable, VariableKind, codebook_from_json, codebook_to_json
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.weighting import Spread
from ledtrad.readers.answers import with_column


@dataclass(frozen=True, slots=True)
class WeighedDone:
    """What came of a weighing, without any weight of anybody."""

    before: Spread
    after: Spread
    held: int
    rounds: int
    seen: str


@transaction.atomic
def try_weights(*, survey: str, year: int, weighting: Weighting, by: Actor, at: datetime) -> WeighedDone:
    """What the weights would be; nothing is kept. A reading is logged."""
    check_handles_answers(by)
    wave = wave_of(survey, year)
    return _done(_weighed(wave, weighting, "Förhandsgranskning av vikter", by, at)[1])


@transaction.atomic
def weigh_answers(*, survey: str, year: int, weighting: Weighting, seen: str, by: Actor, at: datetime) -> WeighedDone:
    """Keep the weights that were seen as a column of the answers, and have the wave's design name it from now on.

    The weights that came with the answers stay beside them, and are what a later weighing starts from.
    """
    check_handles_answers(by)
    wave = wave_of(survey, year)
    check_wave_is_on(wave)
    path, weighed = _weighed(wave, weighting, "Vägning av svaren", by, at)
    check_weights_seen(seen, weighed.seen)
    _replace_answers(wave, keep(survey, year, with_column(path, WEIGHT, weighed.weights)), by, at)
    name_weight(wave, WEIGHT, by, at)
    done = _done(weighed)
    record(
        by=by.key,
        at=at,
        action="surveys.weigh_answers",
        objects=(f"wave:{wave}",),
        after=_as_told(weighting, done),
    )
    transaction.on_commit(lambda: leave_only_current(survey, year))
    return done


def _weighed(wave: Wave, weighting: Weighting, why: str, by: Actor, at: datetime) -> tuple[Any, Weighed]:
    design = WaveDesign.objects.filter(wave=wave, is_current=True).first()
    check_has_design(design is not None)
    assert design is not None
    path = open_answers(survey=wave.survey.code, year=wave.year, why=why, by=by, at=at)
    try:
        return path, weigh(path, design, weighting, weight_before(wave))
    except SurveyError as error:
        trouble = str(error)
    check_weighable(trouble)
    raise AssertionError("what cannot be weighed is refused")


def _done(weighed: Weighed) -> WeighedDone:
    return WeighedDone(weighed.before, weighed.after, weighed.held, weighed.rounds, weighed.seen)


def _replace_answers(wave: Wave, fingerprint: str, by: Actor, at: datetime) -> None:
    held = AnswerSet.objects.get(wave=wave, is_current=True, state="kept")
    book = codebook_from_json(held.codebook)
    left = tuple(one for one in book.variables if one.name != WEIGHT)
    added = Variable(WEIGHT, VariableKind.NUMBER, "Vikt, beräknad här efter bortfall och kända totaler")
    same = ("rows", "kind", "source_fingerprint", "misfits", "accepted", "invented")
    row = AnswerSet(
        wave=wave,
        state="kept",
        fingerprint=fingerprint,
        columns=held.columns + (book.named(WEIGHT) is None),
        codebook=codebook_to_json(Codebook((*left, added))),
        recorded_by=by.key,
        recorded_at=at,
        **{name: getattr(held, name) for name in same},
    )
    append(AnswerSet, [row], key=("wave_id",))


def _as_told(weighting: Weighting, done: WeighedDone) -> dict[str, Any]:
    told: dict[str, Any] = {
        "by_strata": weighting.by_strata,
        "margins": {name: len(totals) for name, totals in weighting.margins},
        "least": round(done.after.least, 6),
        "greatest": round(done.after.greatest, 6),
        "effect": round(done.after.effect, 6),
        "held": done.held,
    }
    bounds = {"trimmed_to": [weighting.least, weighting.most]} if weighting.most < float("inf") else {}
    return told | bounds


__all__ = ["WeighedDone", "Weighting", "try_weights", "weigh_answers"]
