"""The neighbours' catalogues, asked while somebody waits: what does not come at once is told as a sentence."""

from dataclasses import dataclass

from django.conf import settings

from ledtrad.apps.neighbours.sources import UNREADABLE, Unreachable, asker_for_pages, kolada, pxweb, pxweb_names
from ledtrad.readers.kolada import Kpi, Municipality
from ledtrad.readers.pxweb import Dataset, TableCard

_TROUBLES = (*UNREADABLE, Unreachable)


class Unanswered(Exception):
    """The neighbour did not answer in time, or not so that it could be read. The message is one Swedish sentence."""


@dataclass(frozen=True, slots=True)
class FoundInCatalogue:
    kpis: tuple[Kpi, ...] = ()
    tables: tuple[TableCard, ...] = ()
    total: int = 0
    trouble: str = ""


def catalogues() -> tuple[str, ...]:
    """The names of the catalogues that can be searched."""
    return (*(("kolada",) if settings.KOLADA else ()), *pxweb_names())


def search_catalogue(whose: str, words: str) -> FoundInCatalogue:
    try:
        with asker_for_pages() as ask:
            if whose == "kolada":
                kpis = kolada(ask).search(words)
                return FoundInCatalogue(kpis=kpis, total=len(kpis))
            page = pxweb(ask, whose).search(words)
            return FoundInCatalogue(tables=page.tables, total=page.total)
    except _TROUBLES as trouble:
        return FoundInCatalogue(trouble=str(trouble))


def kpi_of_today(code: str) -> tuple[Kpi, tuple[Municipality, ...]]:
    """What Kolada says of a KPI now, and the municipalities and regions that it has. Unanswered when it does not."""
    try:
        with asker_for_pages() as ask:
            return kolada(ask).kpi(code), kolada(ask).municipalities()
    except _TROUBLES as trouble:
        raise Unanswered(str(trouble)) from None


def table_of_today(source: str, code: str) -> Dataset:
    """What a table holds now. Unanswered when it does not answer."""
    try:
        with asker_for_pages() as ask:
            return pxweb(ask, source).table(code)
    except _TROUBLES as trouble:
        raise Unanswered(str(trouble)) from None
