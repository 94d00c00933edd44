"""Kolada, asked page by page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urljoin, urlsplit

from ledtrad.apps.neighbours.asking import Asker, NoAnswer, NotAllowed
from ledtrad.apps.neighbours.sources.stored_query import Tell
from ledtrad.core.series.drift import NeighbourDefinition
from ledtrad.readers.kolada import (
    Kpi,
    KpiValue,
    Municipality,
    Page,
    UnreadableKolada,
    read_kpis,
    read_municipalities,
    read_values,
)

AREAS_A_TIME = 25
_MOST_PAGES = 500
_FOUND = 50
_KINDS = {"K": "kommuner", "L": "regioner", "A": "kommuner och regioner"}

T = TypeVar("T")


@dataclass(frozen=True)
class Kolada:
    """Kolada's API, version 3, at `base`. Raises what the asker and the reader raise."""

    ask: Asker
    base: str

    def search(self, words: str) -> tuple[Kpi, ...]:
        """The first KPIs whose titles hold the words."""
        data = self.ask.get(urljoin(self.base, "kpi"), parameters={"title": words, "per_page": str(_FOUND)})
        return read_kpis(data).items[:_FOUND]

    def kpi(self, code: str) -> Kpi:
        """What the catalogue says of one KPI. NoAnswer when it is not there (any more)."""
        found = [kpi for kpi in self._pages(f"kpi/{quote(code)}", read_kpis) if kpi.id == code]
        if not found:
            raise NoAnswer(f"Kolada har inget nyckeltal {code}.")
        return found[0]

    def municipalities(self) -> tuple[Municipality, ...]:
        return tuple(self._pages("municipality", read_municipalities))

    def values(self, code: str, areas: Sequence[str], tell: Tell) -> tuple[KpiValue, ...]:
        """All values of a KPI for the areas, a handful of areas at a time. `tell` hears how far it has come."""
        parts = [areas[start : start + AREAS_A_TIME] for start in range(0, len(areas), AREAS_A_TIME)]
        values: list[KpiValue] = []
        for number, part in enumerate(parts, 1):
            address = f"data/kpi/{quote(code)}/municipality/{quote(','.join(part), safe=',')}"
            got = tuple(self._pages(address, read_values))
            _check_answers(got, code, part)
            values += got
            tell(number, len(parts), f"Kolada: {len(got)} värden för {len(part)} områden.")
        return tuple(values)

    def _pages(self, path: str, read: Callable[[bytes], Page[T]]) -> Iterator[T]:
        address, seen = urljoin(self.base, path), set()
        while address:
            if address in seen or len(seen) >= _MOST_PAGES:
                raise NoAnswer("Kolada bläddrar runt i samma sidor utan slut.")
            seen.add(address)
            page = read(self.ask.get(address))
            yield from page.items
            address = self._next(path, page)

    def _next(self, path: str, page: Page[T]) -> str:
        """The next page's address, which must be Kolada's own; "" after the last one."""
        if not page.next_url:
            return f"{urljoin(self.base, path)}?page={page.next_number}" if page.next_number else ""
        address = urljoin(urljoin(self.base, path), page.next_url)
        theirs, ours = urlsplit(address), urlsplit(self.base)
        if theirs.netloc != ours.netloc:
            raise NotAllowed("Kolada bläddrar vidare till en annan värd. Det följs inte.")
        # A server behind a proxy may write its pages' addresses with http; they are asked for as the first one was.
        return theirs._replace(scheme=ours.scheme).geturl()


def _check_answers(values: Sequence[KpiValue], code: str, areas: Sequence[str]) -> None:
    wanted = set(areas)
    for value in values:
        if value.kpi != code or value.municipality not in wanted:
            raise UnreadableKolada(
                f"Kolada svarade om {value.kpi} i {value.municipality} när frågan gällde {code} i andra områden."
            )


def definition_of(kpi: Kpi) -> NeighbourDefinition:
    """What is pinned of a KPI: not when it was published, which changes every year."""
    traits = (("Delas upp på kön", "ja" if kpi.by_sex else "nej"), ("Gäller", _KINDS.get(kpi.kind, kpi.kind)))
    return NeighbourDefinition(kpi.title, kpi.description, traits)
