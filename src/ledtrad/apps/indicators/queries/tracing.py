"""Every outcome ever recorded for an indicator in a year: what was known when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.indicators import models
from ledtrad.apps.indicators.queries.reading import outcome_of, source_address
from ledtrad.core.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class OutcomeRecord:
    """One recorded outcome with where it came from. `is_current` for the one that holds."""

    code: str
    year: int
    title: str
    outcome: Outcome
    source: str
    source_fingerprint: str
    recorded_by: str
    recorded_at: datetime
    is_current: bool
    invented: bool


def outcome_history(code: str, year: int) -> tuple[OutcomeRecord, ...]:
    """The records for a whole year, newest first. One SQL query."""
    rows = models.Outcome.objects.filter(indicator__code=code, year=year, tertial=0)
    return tuple(_record(row) for row in rows.select_related("version", "indicator").order_by("-id"))


def outcome_records(
    wanted: Collection[tuple[str, int]], *, known_at: datetime | None = None
) -> tuple[OutcomeRecord, ...]:
    """The outcomes that hold (or held at `known_at`) for these indicators and years. One SQL query at most."""
    if not wanted:
        return ()
    rows = models.Outcome.objects.known(known_at).filter(
        indicator__code__in={code for code, _ in wanted}, year__in={year for _, year in wanted}, tertial=0
    )
    records = (_record(row) for row in rows.select_related("version", "indicator").order_by("id"))
    held = {(record.code, record.year): record for record in records}
    return tuple(record for key, record in held.items() if key in wanted)


def _record(row: models.Outcome) -> OutcomeRecord:
    return OutcomeRecord(
        row.indicator.code,
        row.year,
        row.version.title,
        outcome_of(row),
        source_address(row),
        row.source_fingerprint,
        row.recorded_by,
        row.recorded_at,
        row.is_current,
        row.invented,
    )
