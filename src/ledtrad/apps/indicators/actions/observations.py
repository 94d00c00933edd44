"""Recording observations: the figures of areas, sexes and groups, in batches. Made for hundreds of thousands."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import Area, Batch, Observation
from ledtrad.apps.indicators.policies import check_keeps_figures
from ledtrad.apps.indicators.queries.observations import held_places
from ledtrad.apps.people.actors import Actor
from ledtrad.core.observations import Observed, Place
from ledtrad.core.quantities import plain

_SLICE = 2_000


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
    by_indicator: dict[str, dict[Place, Observed]] = {}
    for place, observed in observations.items():
        by_indicator.setdefault(place.indicator, {})[place] = observed
    versions, areas = Versions(by_indicator), _areas({place.area for place in observations})
    check_keeps_figures(by, versions.owners())
    batch = Batch(
        recorded_at=at,
        recorded_by=by.key,
        source_name=source.name[:300],
        source_fingerprint=source.fingerprint,
        upload_id=source.upload,
        invented=source.invented,
    )
    taken = [_take(code, rows, batch, versions, areas) for code, rows in sorted(by_indicator.items())]
    changes = [change for done, change in taken if change is not None]
    if changes:
        record_all(by=by.key, at=at, action="indicators.record_observations", changes=changes)
    new, revised, unchanged = (
        (sum(numbers) for numbers in zip(*(done for done, _ in taken), strict=True)) if taken else (0, 0, 0)
    )
    return BatchDone(batch.pk, new, revised, unchanged)


def _areas(codes: set[str]) -> dict[str, int]:
    ids = dict(Area.objects.filter(code__in=codes).values_list("code", "id"))
    missing = codes - set(ids)
    if missing:
        raise Refused(f"Området {min(missing)} finns inte. Ingenting har sparats.")
    return ids


def _take(
    code: str, rows: Mapping[Place, Observed], batch: Batch, versions: Versions, areas: Mapping[str, int]
) -> tuple[tuple[int, int, int], Change | None]:
    held = held_places(code, years={place.year for place in rows})
    changed = {
        place: said for place, said in rows.items() if place not in held or not said.says_the_same_as(held[place][1])
    }
    retired = [held[place][0] for place in changed if place in held]
    if changed:
        if batch.pk is None:
            batch.save(force_insert=True)
        _retire(retired)
        made = (_row(place, said, batch, versions, areas) for place, said in changed.items())
        Observation.objects.bulk_create(made, batch_size=_SLICE)
    counts = (len(changed) - len(retired), len(retired), len(rows) - len(changed))
    told = Change((f"indicator:{code}", f"batch:{batch.pk}"), _as_told(batch, counts, changed)) if changed else None
    return counts, told


def _retire(ids: list[int]) -> None:
    for start in range(0, len(ids), _SLICE):
        Observation.objects.filter(pk__in=ids[start : start + _SLICE]).update(is_current=False)


def _row(place: Place, said: Observed, batch: Batch, versions: Versions, areas: Mapping[str, int]) -> Observation:
    version = versions.of(place.indicator, place.year)
    return Observation(
        indicator_id=version.indicator_id,
        version_id=version.pk,
        area_id=areas[place.area],
        year=place.year,
        tertial=place.tertial,
        sex=place.sex.value,
        group=place.group,
        value=said.value,
        decimals=said.decimals,
        margin=said.margin,
        absence=said.absence.value if said.absence else "",
        mark=said.mark[:200],
        batch=batch,
        cell=said.cell[:80],
    )


def _as_told(batch: Batch, counts: tuple[int, int, int], changed: Mapping[Place, Observed]) -> dict[str, Any]:
    new, revised, unchanged = counts
    return {
        "source": batch.source_name,
        "fingerprint": batch.source_fingerprint,
        "new": new,
        "revised": revised,
        "unchanged": unchanged,
        "sum": _sum_over(changed.items()),
    }


def _sum_over(rows: Iterable[tuple[Place, Observed]]) -> str:
    """A sha256 over all that was stored: so that the log binds every figure without repeating it."""
    total = hashlib.sha256()
    for place, said in sorted(rows, key=lambda row: row[0]):
        value = plain(said.value) if said.value is not None else str(said.absence)
        told = (place.area, place.year, place.tertial, place.sex.value, place.group, value, said.decimals)
        total.update(("\t".join(map(str, told)) + "\n").encode())
    return total.hexdigest()
