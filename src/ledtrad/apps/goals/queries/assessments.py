"""Every assessment and verdict ever recorded: what was said, by whom, and when."""

from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.goals.models import Assessment, CityVerdictRecord
from ledtrad.apps.goals.queries.loading import city_verdict_of
from ledtrad.core.assessment import CityVerdict, Verdict


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One recorded assessment. `is_current` for the one that holds."""

    goal: str
    year: int
    unit: str
    unit_name: str
    verdict: Verdict
    analysis: str
    recorded_by: str
    recorded_at: datetime
    is_current: bool
    invented: bool


def assessment_history(goal: str, year: int, unit: str) -> tuple[AssessmentRecord, ...]:
    """What one unit has answered about one goal for the whole year, newest first. One SQL query."""
    rows = Assessment.objects.filter(
        obligation__objective__code=goal, obligation__year=year, obligation__unit__slug=unit, tertial=0
    ).select_related("obligation__unit")
    return tuple(
        AssessmentRecord(
            goal,
            year,
            unit,
            row.obligation.unit.name,
            Verdict(row.verdict),
            row.analysis,
            row.recorded_by,
            row.recorded_at,
            row.is_current,
            row.invented,
        )
        for row in rows.order_by("-id")
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
    rows = CityVerdictRecord.objects.filter(objective__code=goal, year=year).order_by("-id")
    return tuple(
        CityVerdictEntry(
            goal, year, city_verdict_of(row), row.recorded_by, row.recorded_at, row.is_current, row.invented
        )
        for row in rows
    )
