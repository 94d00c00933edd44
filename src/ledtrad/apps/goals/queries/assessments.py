"""Every assessment and verdict recorded: what was said, by whom, and when.

With `known_at`, what held at that moment, records of that very moment included.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.goals.models import Assessment, CityVerdictRecord, Obligation
from ledtrad.apps.goals.queries.loading import city_verdict_of
from ledtrad.core.assessment import CityVerdict, Verdict

GoalAndYear = tuple[str, int]


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One recorded assessment, `is_current` for the one that holds; or, without a verdict, that none was given."""

    goal: str
    year: int
    unit: str
    unit_name: str
    verdict: Verdict | None = None
    analysis: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    is_current: bool = True
    invented: bool = False
    cause: str = ""
    risk: str = ""
    measure: str = ""


def assessment_history(goal: str, year: int, unit: str) -> tuple[AssessmentRecord, ...]:
    """What one unit has answered about one goal for the whole year, newest first. One SQL query."""
    rows = Assessment.objects.filter(
        obligation__objective__code=goal, obligation__year=year, obligation__unit__slug=unit, tertial=0
    )
    return tuple(_record(row) for row in rows.select_related(*_RELATED).order_by("-id"))


def assessment_records(
    wanted: Collection[GoalAndYear], *, tertial: int = 0, known_at: datetime | None = None
) -> tuple[AssessmentRecord, ...]:
    """What holds for every unit that must assess these goals in these years. Two SQL queries at most."""
    if not wanted:
        return ()
    codes, years = {code for code, _ in wanted}, {year for _, year in wanted}
    obliged = Obligation.objects.filter(objective__code__in=codes, year__in=years)
    said = Assessment.objects.known(known_at).filter(
        obligation__objective__code__in=codes, obligation__year__in=years, tertial=tertial
    )
    answered = {row.obligation_id: _record(row) for row in said.select_related(*_RELATED).order_by("id")}
    fields = ("id", "objective__code", "year", "unit__slug", "unit__name")
    return tuple(
        answered.get(pk) or AssessmentRecord(code, year, slug, name)
        for pk, code, year, slug, name in obliged.order_by("unit__sort_key").values_list(*fields)
        if (code, year) in wanted
    )


_RELATED = ("obligation__unit", "obligation__objective")


def _record(row: Assessment) -> AssessmentRecord:
    obligation = row.obligation
    return AssessmentRecord(
        obligation.objective.code,
        obligation.year,
        obligation.unit.slug,
        obligation.unit.name,
        Verdict(row.verdict),
        row.analysis,
        row.recorded_by,
        row.recorded_at,
        row.is_current,
        row.invented,
        row.cause,
        row.risk,
        row.measure,
    )


@dataclass(frozen=True, slots=True)
class CityVerdictEntry:
    """One recorded verdict of the city. `is_current` for the one that holds."""

    goal: str
    year: int
    verdict: CityVerdict
    recorded_by: str
    recorded_at: datetime
    is_current: bool
    invented: bool


def city_verdict_history(goal: str, year: int) -> tuple[CityVerdictEntry, ...]:
    """What the city has decided about one goal for a year, newest first. One SQL query."""
    rows = CityVerdictRecord.objects.filter(objective__code=goal, year=year)
    return tuple(_entry(row) for row in rows.select_related("objective").order_by("-id"))


def city_verdict_records(
    wanted: Collection[GoalAndYear], *, known_at: datetime | None = None
) -> tuple[CityVerdictEntry, ...]:
    """The verdicts that hold on these goals in these years. One SQL query at most."""
    if not wanted:
        return ()
    rows = CityVerdictRecord.objects.known(known_at).filter(
        objective__code__in={code for code, _ in wanted}, year__in={year for _, year in wanted}
    )
    entries = (_entry(row) for row in rows.select_related("objective").order_by("id"))
    held = {(entry.goal, entry.year): entry for entry in entries}
    return tuple(entry for key, entry in held.items() if key in wanted)


def _entry(row: CityVerdictRecord) -> CityVerdictEntry:
    return CityVerdictEntry(
        row.objective.code,
        row.year,
        city_verdict_of(row),
        row.recorded_by,
        row.recorded_at,
        row.is_current,
        row.invented,
    )
