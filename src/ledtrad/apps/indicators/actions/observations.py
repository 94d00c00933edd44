"""Recording observations: the figures of areas, sexes and groups, in batches. Made for hundreds of thousands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators.actions.staging import Counts, Staged, in_order, staged
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import Batch, Indicator
from ledtrad.apps.indicators.policies import check_keeps_figures
from ledtrad.apps.people.actors import Actor
from ledtrad.core.observations import Observed, Place


@dataclass(frozen=True, slots=True)
class BatchSource:
    """Where a batch comes from: a name for people ("Kolada, N07401", a file's name), and the sha256 of its bytes."""

    name: str
    fingerprint: str = ""
    upload: int | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What became of a batch. `id` is None when everything was known already and nothing was stored."""

    id: int | None
    new: int
    revised: int
    unchanged: int


@transaction.atomic
def record_observations(
    *, observations: Mapping[Place, Observed], source: BatchSource, by: Actor, at: datetime
) -> BatchDone:
    """Store what is new or revised; what says the same as before is left alone. All is stored, or nothing.

    The log gets one entry for each indicator, with counts and a sum over the values. Refused for an unknown indicator
    or area, and for a year before the indicator was defined; Forbidden for whoever may not.
    """
    if not source.name.strip():
        raise Refused("Ange var siffrorna kommer ifrån. Ingenting har sparats.")
    codes = {place.indicator for place in observations}
    check_keeps_figures(by, Versions(codes).owners())
    let_nobody_else_in(codes)
    with staged((place, observations[place]) for place in sorted(observations, key=in_order)) as ready:
        return store(ready, source, by, at)


def store(ready: Staged, source: BatchSource, by: Actor, at: datetime) -> BatchDone:
    """Store what lies ready, inside a transaction that lets nobody else in, and log it. Conflict when it has been
    overtaken all the same."""
    counts, batch = ready.counts, _batch(source, by, at)
    if not ready.is_empty:
        batch.save(force_insert=True)
        ready.store(batch.pk)
        changes = [_change(batch, code, *told) for code, told in sorted(ready.sums.items())]
        told = [change for change in changes if change is not None]
        record_all(by=by.key, at=at, action="indicators.record_observations", changes=told)
    return BatchDone(batch.pk, counts.new, counts.revised, counts.unchanged)


def _change(batch: Batch, code: str, counts: Counts, total: str) -> Change | None:
    """What the log is to tell of one indicator."""
    if not counts.new + counts.revised:
        return None
    told = {"new": counts.new, "revised": counts.revised, "unchanged": counts.unchanged, "sum": total}
    source = {"source": batch.source_name, "fingerprint": batch.source_fingerprint}
    return Change((f"indicator:{code}", f"batch:{batch.pk}"), source | told)


def let_nobody_else_in(codes: Iterable[str]) -> None:
    """Until the end of the transaction nobody else takes figures in for these indicators."""
    rows = Indicator.objects.filter(code__in=list(codes)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _batch(source: BatchSource, by: Actor, at: datetime) -> Batch:
    return Batch(
        recorded_at=at,
        recorded_by=by.key,
        source_name=source.name[:300],
        source_fingerprint=source.fingerprint,
        upload_id=source.upload,
        invented=source.invented,
    )
