"""The neighbours of the settings, ready to be asked."""

from collections.abc import Callable

from django.conf import settings

from ledtrad.apps.neighbours.asking import AllowedHosts, Asker, NoAnswer, NotAllowed
from ledtrad.apps.neighbours.sources.kolada import Kolada
from ledtrad.apps.neighbours.sources.pxweb import PxWeb
from ledtrad.readers.kolada import UnreadableKolada
from ledtrad.readers.pxweb import UnreadablePxWeb

# Everything that a neighbour can do to us, each with a sentence.
UNREADABLE = (NoAnswer, NotAllowed, UnreadableKolada, UnreadablePxWeb)


class Unreachable(Exception):
    """The settings know of no such neighbour. The message is one Swedish sentence."""


def _silent(sentence: str) -> None:
    """Nobody listens."""


def asker(tell: Callable[[str], None] = _silent) -> Asker:
    """Asks the neighbours of the settings, and nobody else; patient, as a job can be."""
    return Asker(_allowed(), pace=settings.NEIGHBOURS_PACE, tell=tell)


def asker_for_pages() -> Asker:
    """The same for somebody who waits before a page: one more try, no long pauses."""
    return Asker(_allowed(), pace=settings.NEIGHBOURS_PACE, tries=2, longest=5.0, longest_pause=1.0)


def _allowed() -> AllowedHosts:
    origins = [address for address in (settings.KOLADA, *settings.PXWEB.values()) if address]
    return AllowedHosts.of(origins, settings.NEIGHBOURS_INSIDE)


def kolada(asking: Asker) -> Kolada:
    """Unreachable when Kolada is turned off."""
    if not settings.KOLADA:
        raise Unreachable("Kolada är avstängt i inställningarna.")
    return Kolada(asking, settings.KOLADA)


def pxweb(asking: Asker, name: str) -> PxWeb:
    """Unreachable when the settings know of no tables by that name."""
    if name not in settings.PXWEB:
        raise Unreachable(f"Inställningarna har ingen statistikdatabas som heter {name[:40]}.")
    return PxWeb(asking, name, settings.PXWEB[name])


def pxweb_names() -> tuple[str, ...]:
    return tuple(settings.PXWEB)
