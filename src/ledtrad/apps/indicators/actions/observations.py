"""Recording observations: the figures of areas, sexes and groups, in batches. Made for hundreds of thousands."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators.actions.storing import insert
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import Area, Batch, Indicator, Observation
from ledtrad.apps.indicators.policies import check_keeps_figures
from ledtrad.apps.indicators.queries.observations import held_places
from ledtrad.apps.people.actors import Actor
from ledtrad.core.observations import Observed, Place
from ledtrad.core.quantities import plain

_SLICE = 2_000
_YEARS_TOGETHER = 10_000
_Counts = tuple[int, int, int]


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
    by_indicator: dict[str, list[Place]] = {}
    for place in observations:
        by_indicator.setdefault(place.indicator, []).append(place)
    versions, areas = Versions(by_indicator), _areas({place.area for place in observations})
    check_keeps_figures(by, versions.owners())
    _let_nobody_else_in(by_indicator)
    taking = _Taking(_batch(source, by, at), versions, areas)
    changes = [
        told
        for code, places in sorted(by_indicator.items())
        if (told := taking.take(code, sorted(places), observations)) is not None
    ]
    if changes:
        record_all(by=by.key, at=at, action="indicators.record_observations", changes=changes)
    return BatchDone(taking.batch.pk, *taking.counts)


def _areas(codes: set[str]) -> dict[str, int]:
    ids = dict(Area.objects.filter(code__in=codes).values_list("code", "id"))
    missing = codes - set(ids)
    if missing:
        raise Refused(f"Området {min(missing)} finns inte. Ingenting har sparats.")
    return ids


def _let_nobody_else_in(codes: Iterable[str]) -> None:
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


class _Taking:
    """A batch being taken in: a slice at a time, so that what is held beside it does not grow with it."""

    def __init__(self, batch: Batch, versions: Versions, areas: Mapping[str, int]) -> None:
        self.batch, self._versions, self._areas = batch, versions, areas
        self.counts = (0, 0, 0)

    def take(self, code: str, places: Sequence[Place], said: Mapping[Place, Observed]) -> Change | None:
        """Take in what is said of one indicator; `places` are in order. Answers what the log is to tell of it."""
        counts, total = (0, 0, 0), hashlib.sha256()
        for years in _years_in_slices(places):
            counts = _added(counts, self._take_slice(code, {place: said[place] for place in years}, total))
        self.counts = _added(self.counts, counts)
        new, revised, unchanged = counts
        if not new + revised:
            return None
        told = {"new": new, "revised": revised, "unchanged": unchanged, "sum": total.hexdigest()}
        source = {"source": self.batch.source_name, "fingerprint": self.batch.source_fingerprint}
        return Change((f"indicator:{code}", f"batch:{self.batch.pk}"), source | told)

    def _take_slice(self, code: str, said: Mapping[Place, Observed], total: "hashlib._Hash") -> _Counts:
        held = held_places(code, years={place.year for place in said})
        changed = [
            place for place, one in said.items() if place not in held or not one.says_the_same_as(held[place][1])
        ]
        retired = [held[place][0] for place in changed if place in held]
        if changed and self.batch.pk is None:
            self.batch.save(force_insert=True)
        _retire(retired)
        insert(self._row(place, said[place]) for place in changed)
        for place in changed:
            total.update(_line(place, said[place]))
        return len(changed) - len(retired), len(retired), len(said) - len(changed)

    def _row(self, place: Place, said: Observed) -> tuple[Any, ...]:
        """In the order of `storing.COLUMNS`."""
        version = self._versions.of(place.indicator, place.year)
        about = (version.indicator_id, version.pk, self._areas[place.area], place.year, place.tertial)
        absence = said.absence.value if said.absence else ""
        figure = (said.value, said.decimals, said.margin, absence, said.mark[:200])
        return (*about, place.sex.value, place.group, *figure, self.batch.pk, said.cell[:80], True)


def _added(some: _Counts, more: _Counts) -> _Counts:
    return some[0] + more[0], some[1] + more[1], some[2] + more[2]


def _years_in_slices(places: Sequence[Place]) -> Iterator[list[Place]]:
    """Whole years, so many at a time that a slice is not small; `places` of one indicator, in any order."""
    by_year: dict[int, list[Place]] = {}
    for place in places:
        by_year.setdefault(place.year, []).append(place)
    gathered: list[Place] = []
    for year in sorted(by_year):
        gathered += by_year[year]
        if len(gathered) >= _YEARS_TOGETHER:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _retire(ids: list[int]) -> None:
    for start in range(0, len(ids), _SLICE):
        Observation.objects.filter(pk__in=ids[start : start + _SLICE]).update(is_current=False)


def _line(place: Place, said: Observed) -> bytes:
    """A line of the sum over all that was stored: so that the log binds every figure without repeating it.

    The lines stand in the order of year, area, tertial, sex and group.
    """
    value = plain(said.value) if said.value is not None else str(said.absence)
    margin = "" if said.margin is None else plain(said.margin)
    told = (place.area, place.year, place.tertial, place.sex.value, place.group, value, said.decimals, margin)
    return ("\t".join(map(str, told)) + "\n").encode()
