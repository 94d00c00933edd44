"""Planning, changing and cancelling waves; and who answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.records import append
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.feeding import break_series, measures_of, say_not_measured, wave_name
from ledtrad.apps.surveys.actions.questions import survey_named
from ledtrad.apps.surveys.models import ResponseGroup, Stratum, Survey, Wave, WaveDesign, WaveState
from ledtrad.apps.surveys.policies import (
    check_days,
    check_is_on,
    check_keeps_surveys,
    check_known,
    check_may_cancel,
    check_mode_change,
    check_modes,
    check_population,
    check_responses,
    check_strata,
)


@dataclass(frozen=True, slots=True)
class StratumSize:
    """A stratum of the frame: how many there are in it, and how many of them were drawn."""

    code: str
    population: int
    drawn: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class WavePlan:
    """How a wave is held. The names are those of columns in its answers.

    `modes` are web, post, phone, visit and school. `clusters` and `fpc` go from the first stage on. `replicates`, when
    there are any: {"columns": "rep*", "kind": "jkn", "scale": 1.0}. `women` and `men` are the codes in the column
    `sex`. `shared` is the column that tells who is who from wave to wave. `stages` of a sample are as many as there are
    clusters, plus one.
    """

    population: str
    frame: str = ""
    modes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("sv",)
    opened: date | None = None
    closed: date | None = None
    drawn: int | None = None
    strata: str = ""
    clusters: tuple[str, ...] = ()
    weight: str = ""
    fpc: tuple[str, ...] = ()
    shared: str = ""
    replicates: Mapping[str, Any] | None = None
    single_units: str = ""
    degrees_of_freedom: str = ""
    sex: str = ""
    women: str = ""
    men: str = ""
    age: str = ""
    district: str = ""
    sizes: tuple[StratumSize, ...] = ()


@dataclass(frozen=True, slots=True)
class Responded:
    """How many of a group answered. `kind` is "district", "sex", "age", "mode" or "language", "" for all."""

    answered: int
    drawn: int | None = None
    kind: str = ""
    code: str = ""
    label: str = ""


@transaction.atomic
def plan_wave(
    *, survey: str, year: int, plan: WavePlan, because: str = "", invented: bool = False, by: Actor, at: datetime
) -> None:
    """Say how a wave is held; said again, the later takes over. The first time makes the wave.

    Asked in another mode than the wave before, its figures break with those before, and so do those of the indicators
    that the survey measures; then `because` is needed.
    """
    check_keeps_surveys(by)
    owner = survey_named(survey)
    _check_plan(plan)
    wave, is_new = Wave.objects.get_or_create(survey=owner, year=year)
    if is_new:
        WaveState.objects.create(wave=wave, state="planned", invented=invented, recorded_by=by.key, recorded_at=at)
    check_is_on(_state(wave).state)
    before = _modes_before(owner, year)
    changes_mode = bool(before) and set(before.split()) != set(plan.modes)
    if changes_mode:
        check_mode_change(before, " ".join(plan.modes), because)
    row = _design(wave, plan, "mode" if changes_mode else "", because.strip(), invented, by, at)
    replaced = append(WaveDesign, [row], key=("wave_id",))
    Stratum.objects.bulk_create(
        Stratum(design=row, code=one.code, name=one.name, population=one.population, drawn=one.drawn)
        for one in plan.sizes
    )
    if changes_mode and not any(old.breaks for old in replaced.values()):
        break_series(measures_of(owner.pk), year, "mode", because.strip(), by=by.key, at=at)
    record(
        by=by.key,
        at=at,
        action="surveys.plan_wave",
        objects=(f"wave:{wave}",),
        after=_as_told(plan) | {"breaks": row.breaks, "because": row.change_note, "invented": invented},
    )


def _check_plan(plan: WavePlan) -> None:
    check_population(plan.population)
    check_modes(plan.modes, plan.languages)
    check_days(plan.opened, plan.closed)
    check_strata((one.code, one.population, one.drawn) for one in plan.sizes)


def _as_told(plan: WavePlan) -> dict[str, Any]:
    told = {name: value for name, value in asdict(plan).items() if value and name != "sizes"}
    told |= {name: told[name].isoformat() for name in ("opened", "closed") if name in told}
    return told | ({"strata_sizes": len(plan.sizes)} if plan.sizes else {})


def _modes_before(survey: Survey, year: int) -> str:
    """How the latest wave before `year` that was not cancelled was asked; "" when there was none."""
    held = WaveState.objects.filter(is_current=True).exclude(state="cancelled").values("wave")
    designs = WaveDesign.objects.filter(is_current=True, wave__survey=survey, wave__year__lt=year, wave__in=held)
    return designs.order_by("-wave__year").values_list("modes", flat=True).first() or ""


def _design(
    wave: Wave, plan: WavePlan, breaks: str, because: str, invented: bool, by: Actor, at: datetime
) -> WaveDesign:
    return WaveDesign(
        wave=wave,
        population=plan.population.strip(),
        frame=plan.frame,
        modes=" ".join(plan.modes),
        languages=" ".join(plan.languages),
        opened=plan.opened,
        closed=plan.closed,
        drawn=plan.drawn,
        strata=plan.strata,
        clusters=",".join(plan.clusters),
        weight=plan.weight,
        fpc=",".join(plan.fpc),
        shared=plan.shared,
        replicates=json.dumps(dict(plan.replicates), ensure_ascii=False) if plan.replicates else "",
        single_units=plan.single_units,
        degrees_of_freedom=plan.degrees_of_freedom,
        sex=plan.sex,
        women=plan.women,
        men=plan.men,
        age=plan.age,
        district=plan.district,
        breaks=breaks,
        change_note=because if breaks else "",
        invented=invented,
        recorded_by=by.key,
        recorded_at=at,
    )


@transaction.atomic
def cancel_wave(
    *, survey: str, year: int, reason: str, said_by: str = "", invented: bool = False, by: Actor, at: datetime
) -> int:
    """A wave is not held. Its indicators become not measured, with the reason: nobody types it again.

    A wave that nobody had planned can be cancelled too. Answers how many indicators were left without an outcome.
    """
    check_keeps_surveys(by)
    owner = survey_named(survey)
    wave, is_new = Wave.objects.get_or_create(survey=owner, year=year)
    before = "" if is_new else _state(wave).state
    check_may_cancel(before, has_results(wave), reason)
    row = WaveState(
        wave=wave,
        state="cancelled",
        reason=reason.strip(),
        said_by=said_by,
        invented=invented,
        recorded_by=by.key,
        recorded_at=at,
    )
    append(WaveState, [row], key=("wave_id",))
    said = say_not_measured([(wave, row.reason, said_by)], measures_of(owner.pk), by=by.key, at=at)
    record(
        by=by.key,
        at=at,
        action="surveys.cancel_wave",
        objects=(f"wave:{wave}",),
        before={"state": before} if before else None,
        after={"state": "cancelled", "reason": row.reason, "said_by": said_by, "indicators": said},
    )
    return said


@transaction.atomic
def record_responses(
    *, survey: str, year: int, groups: Sequence[Responded], invented: bool = False, by: Actor, at: datetime
) -> None:
    """How many answered, group by group. Said again of a group, the later takes over."""
    check_keeps_surveys(by)
    wave = wave_of(survey, year)
    check_is_on(_state(wave).state)
    check_responses((one.kind, one.code, one.drawn, one.answered) for one in groups)
    rows = [
        ResponseGroup(wave=wave, invented=invented, recorded_by=by.key, recorded_at=at, **asdict(one)) for one in groups
    ]
    append(ResponseGroup, rows, key=("wave_id", "kind", "code"))
    told = [{name: value for name, value in asdict(one).items() if value} for one in groups]
    record_all(
        by=by.key,
        at=at,
        action="surveys.record_responses",
        changes=[Change((f"wave:{wave}",), {"groups": told, "source": wave_name(wave)})],
    )


def hold(wave: Wave, by: Actor, at: datetime, *, invented: bool = False) -> None:
    """Answers have come: the wave was held. Part of an action."""
    if _state(wave).state != "held":
        row = WaveState(wave=wave, state="held", invented=invented, recorded_by=by.key, recorded_at=at)
        append(WaveState, [row], key=("wave_id",))


def wave_of(survey: str, year: int) -> Wave:
    """The wave, held until the end of the transaction for this act alone. Refused when there is none."""
    rows = Wave.objects.filter(survey__code=survey, year=year)
    with transaction.atomic(savepoint=False):  # so that a look, which is no transaction, may ask for it too
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    found = rows.select_related("survey").first()
    check_known(Phrase("Omgången"), f"{survey} {year}", found is not None)
    assert found is not None
    return found


def check_wave_is_on(wave: Wave) -> None:
    """Refused for a wave that was cancelled."""
    check_is_on(_state(wave).state)


def has_results(wave: Wave) -> bool:
    """Whether anything of the wave is published, in either way."""
    return any(rows.filter(is_current=True).exists() for rows in (wave.estimates, wave.rounded_cells))


def _state(wave: Wave) -> WaveState:
    return WaveState.objects.get(wave=wave, is_current=True)
