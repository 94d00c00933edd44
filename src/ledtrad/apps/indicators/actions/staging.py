"""Observations laid ready beside the tables, so that storing them takes a moment and nobody waits while they are read.

They lie in a table of this connection alone: it asks for no one's lock, nobody else sees it, and it is gone with the
process, however that ends.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ledtrad.apps.audit.policies import Conflict, Refused
from ledtrad.apps.indicators.actions import storing
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import Area
from ledtrad.apps.indicators.queries.observations import held_places
from ledtrad.core.observations import Observed, Place
from ledtrad.core.quantities import plain

_TOGETHER = 5_000
_Said = list[tuple[Place, Observed]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the observations were new, revised or known already."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.new + other.new, self.revised + other.revised, self.unchanged + other.unchanged)


@dataclass(frozen=True, slots=True)
class Staged:
    """What lies ready. `sums` are the counts of each indicator and the sum over what is stored of it."""

    sums: dict[str, tuple[Counts, str]]
    counts: Counts

    @property
    def is_empty(self) -> bool:
        """Whether everything was known already."""
        return not self.counts.new + self.counts.revised

    def store(self, batch_id: int) -> None:
        """Put all in the tables, inside the transaction. Conflict when others have stored figures in its place."""
        if storing.retire_staged() != self.counts.revised or not storing.store_staged(batch_id):
            raise Conflict(
                "Någon annan sparade siffror för samma områden i samma stund. Ingenting har sparats. Försök igen."
            )


def in_order(place: Place) -> tuple[Any, ...]:
    """Observations are laid ready in this order."""
    return place.indicator, place.year, place.area, place.tertial, place.sex.value, place.group


@contextmanager
def staged(observations: Iterable[tuple[Place, Observed]]) -> Iterator[Staged]:
    """Lay observations ready, in the order of `in_order`; what says the same as what is known is left out.

    Refused for an unknown indicator or area, and for a year before the indicator was defined.
    """
    storing.open_stage()
    stage, sums = _Stage(), dict[str, tuple[Counts, str]]()
    for code, said in groupby(observations, key=lambda one: one[0].indicator):
        sums[code] = stage.lay(code, said)
    yield Staged(sums, sum((counts for counts, _ in sums.values()), Counts()))
    storing.close_stage()


class _Stage:
    """A slice at a time, so that what is held in memory does not grow with what is laid ready."""

    def __init__(self) -> None:
        self._areas = dict(Area.objects.values_list("code", "id"))

    def lay(self, code: str, said: Iterable[tuple[Place, Observed]]) -> tuple[Counts, str]:
        counts, total, versions = Counts(), hashlib.sha256(), Versions([code])
        for some in _years_in_slices(said):
            counts += self._lay_slice(code, versions, some, total)
        return counts, total.hexdigest()

    def _lay_slice(self, code: str, versions: Versions, said: _Said, total: "hashlib._Hash") -> Counts:
        held = held_places(code, years={place.year for place, _ in said})
        changed = [(place, one) for place, one in said if place not in held or not one.says_the_same_as(held[place][1])]
        retired = [held[place][0] if place in held else None for place, _ in changed]
        rows = (self._row(versions, *one, old) for one, old in zip(changed, retired, strict=True))
        storing.lay_ready(rows)
        for place, one in changed:
            total.update(_line(place, one))
        revised = len(retired) - retired.count(None)
        return Counts(len(changed) - revised, revised, len(said) - len(changed))

    def _row(self, versions: Versions, place: Place, said: Observed, retires: int | None) -> tuple[Any, ...]:
        """In the order of `storing.STAGED`."""
        version, area = versions.of(place.indicator, place.year), self._areas.get(place.area)
        if area is None:
            raise Refused("Området {area} finns inte. Ingenting har sparats.", area=place.area)
        about = (version.indicator_id, version.pk, area, place.year, place.tertial, place.sex.value, place.group)
        absence = said.absence.value if said.absence else ""
        return *about, said.value, said.decimals, said.margin, absence, said.mark[:200], said.cell[:80], retires


def _years_in_slices(said: Iterable[tuple[Place, Observed]]) -> Iterator[_Said]:
    """Whole years, so many at a time that a slice is not small."""
    gathered: _Said = []
    for _, of_year in groupby(said, key=lambda one: one[0].year):
        gathered += of_year
        if len(gathered) >= _TOGETHER:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _line(place: Place, said: Observed) -> bytes:
    """A line of the sum over all that was stored: so that the log binds every figure without repeating it.

    The lines stand in the order of year, area, tertial, sex and group.
    """
    value = plain(said.value) if said.value is not None else str(said.absence)
    margin = "" if said.margin is None else plain(said.margin)
    told = (place.area, place.year, place.tertial, place.sex.value, place.group, value, said.decimals, margin)
    return ("\t".join(map(str, told)) + "\n").encode()
