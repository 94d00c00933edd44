"""The neighbours: what each is asked, and how what it answers becomes definitions and figures."""

from ledtrad.apps.neighbours.sources.figures import Figures
from ledtrad.apps.neighbours.sources.kolada import Kolada
from ledtrad.apps.neighbours.sources.pxweb import PxWeb
from ledtrad.apps.neighbours.sources.reaching import (
    UNREADABLE,
    Unreachable,
    asker,
    asker_for_pages,
    kolada,
    pxweb,
    pxweb_names,
)
from ledtrad.apps.neighbours.sources.stored_query import StoredQuery, Tell

__all__ = [
    "UNREADABLE",
    "Figures",
    "Kolada",
    "PxWeb",
    "StoredQuery",
    "Tell",
    "Unreachable",
    "asker",
    "asker_for_pages",
    "kolada",
    "pxweb",
    "pxweb_names",
]
