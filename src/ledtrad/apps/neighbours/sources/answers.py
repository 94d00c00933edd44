"""A subscription as a question to its neighbour, whichever kind of neighbour that is."""

from dataclasses import dataclass
from typing import Protocol

from ledtrad.apps.indicators.models import Area
from ledtrad.apps.neighbours.asking import Asker
from ledtrad.apps.neighbours.models import Subscription
from ledtrad.apps.neighbours.sources.figures import Figures, kolada_figures, pxweb_figures
from ledtrad.apps.neighbours.sources.kolada import Kolada
from ledtrad.apps.neighbours.sources.kolada import definition_of as definition_of_kpi
from ledtrad.apps.neighbours.sources.places import codes_in_table
from ledtrad.apps.neighbours.sources.pxweb import PxWeb
from ledtrad.apps.neighbours.sources.pxweb import definition_of as definition_of_table
from ledtrad.apps.neighbours.sources.reaching import Unreachable, kolada, pxweb
from ledtrad.apps.neighbours.sources.stored_query import StoredQuery, Tell, UnknownQuery, variable_of
from ledtrad.core.series.drift import NeighbourDefinition
from ledtrad.readers.pxweb import Dataset


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures that came, and what the batch is to be called."""

    figures: Figures
    source: str


class Question(Protocol):
    """What a subscription asks."""

    def definition(self) -> NeighbourDefinition:
        """What the neighbour says of it now."""

    def figures(self, empty: Figures, tell: Tell) -> Answer:
        """All figures, put into `empty`. `tell` hears how far it has come."""


@dataclass(frozen=True)
class KoladaQuestion:
    kolada: Kolada
    kpi: str
    areas: tuple[str, ...]
    by_sex: bool

    def definition(self) -> NeighbourDefinition:
        return definition_of_kpi(self.kolada.kpi(self.kpi))

    def figures(self, empty: Figures, tell: Tell) -> Answer:
        values = self.kolada.values(self.kpi, self.areas, tell)
        return Answer(kolada_figures(empty, values, by_sex=self.by_sex), f"Kolada, {self.kpi}")


@dataclass(frozen=True)
class PxWebQuestion:
    pxweb: PxWeb
    query: StoredQuery
    areas: tuple[str, ...]

    def definition(self) -> NeighbourDefinition:
        return definition_of_table(self.query, self._table())

    def figures(self, empty: Figures, tell: Tell) -> Answer:
        table = self._table()
        codes = codes_in_table(variable_of(table, self.query.area), self.areas)
        missing = set(self.areas) - set(codes)
        if missing:
            names = Area.objects.filter(code__in=missing).values_list("name", flat=True)
            raise Unreachable(f"Tabellen {self.query.table} har inte området {min(names)}.")
        names, cells = self.pxweb.cells(self.query, table, tuple(codes.values()), tell)
        ours = {theirs: our for our, theirs in codes.items()}
        years = self.query.periods(variable_of(table, self.query.time))
        figures = pxweb_figures(empty, names, cells, self.query, ours, years)
        return Answer(figures, f"{self.pxweb.name}, {self.query.table}")

    def _table(self) -> Dataset:
        table = self.pxweb.table(self.query.table)
        try:
            self.query.check(table)
        except UnknownQuery as trouble:
            raise Unreachable(f"Frågan till {self.query.table} går inte längre att ställa. {trouble}") from None
        return table


def question_of(subscription: Subscription, ask: Asker) -> Question:
    """Unreachable when the neighbour is no longer in the settings."""
    areas = tuple(subscription.areas.split())
    if subscription.provider == "kolada":
        return KoladaQuestion(kolada(ask), subscription.asked, areas, subscription.by_sex)
    return PxWebQuestion(pxweb(ask, subscription.source), StoredQuery.from_json(subscription.asked), areas)
