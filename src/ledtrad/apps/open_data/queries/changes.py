"""What has lately become known or been put right, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from ledtrad.apps.indicators.models import Batch, Observation, Outcome
from ledtrad.apps.indicators.queries.reading import outcome_of
from ledtrad.apps.open_data.queries.goals import OpenEdition, open_editions
from ledtrad.core.outcomes import Outcome as SaidOutcome
from ledtrad.core.periods import Period

MOST = 100


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """An outcome that was recorded; `before` is the one that it took over from, None when it was the first."""

    id: int
    at: datetime
    code: str
    title: str
    period: Period
    outcome: SaidOutcome
    before: SaidOutcome | None
    invented: bool


@dataclass(frozen=True, slots=True)
class BatchChange:
    """Figures that were taken in at once: how many, of how many indicators, and one of these."""

    id: int
    at: datetime
    source: str
    figures: int
    indicators: int
    code: str
    invented: bool


Change = OutcomeChange | BatchChange | OpenEdition


def moment_of(change: Change) -> datetime:
    return change.published_at if isinstance(change, OpenEdition) else change.at


def changes() -> tuple[Change, ...]:
    """At most a hundred. Four SQL queries."""
    found: list[Change] = [*_outcomes(), *_batches(), *open_editions()[:MOST]]
    return tuple(sorted(found, key=moment_of, reverse=True)[:MOST])


def _outcomes() -> Iterator[OutcomeChange]:
    rows = Outcome.objects.select_related("indicator", "version", "supersedes__version")
    for row in rows.order_by("-recorded_at", "-id")[:MOST]:
        yield OutcomeChange(
            row.pk,
            row.recorded_at,
            row.indicator.code,
            row.version.title,
            Period(row.year, row.tertial),
            outcome_of(row),
            outcome_of(row.supersedes) if row.supersedes else None,
            row.invented,
        )


def _batches() -> Iterator[BatchChange]:
    rows = list(
        Batch.objects.order_by("-recorded_at", "-id").values_list("id", "recorded_at", "source_name", "invented")[:MOST]
    )
    held = Observation.objects.filter(batch_id__in=[row[0] for row in rows]).order_by()
    counts: dict[int, list[tuple[str, int]]] = {}
    for batch, code, number in held.values_list("batch_id", "indicator__code").annotate(Count("id")):
        counts.setdefault(batch, []).append((code, number))
    for pk, at, source, invented in rows:
        told = sorted(counts.get(pk, ()))
        if told:
            yield BatchChange(pk, at, source, sum(number for _, number in told), len(told), told[0][0], invented)
