"""A step for many reports at once, as it is sent."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.core.reporting import Move

MOST = 500
_MOVES = (Move.SUBMIT, Move.DECIDE, Move.LOCK)
_ONE = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class BulkMove:
    """What is to be done with which reports, (id, version seen) each."""

    move: Move
    reports: tuple[tuple[int, int], ...]
    with_beneath: bool


def read_bulk(sent: QueryDict) -> BulkMove:
    """Refused with a sentence for an unknown step, for none chosen, and for what no page has sent."""
    move = next((move for move in _MOVES if move.value == sent.get("steg")), None)
    if move is None:
        raise Refused("Välj vad som ska göras med rapporterna. Ingenting har ändrats.")
    written = list(dict.fromkeys(sent.getlist("rapport")))
    found = [match for match in map(_ONE.fullmatch, written) if match]
    if len(found) < len(written):
        raise Refused("Sidan är gammal eller skadad. Hämta den på nytt. Ingenting har ändrats.")
    if not found:
        raise Refused("Välj minst en rapport. Ingenting har ändrats.")
    if len(found) > MOST:
        raise Refused("Välj högst {most} rapporter åt gången. Ingenting har ändrats.", most=MOST)
    reports = tuple((int(match[1]), int(match[2])) for match in found)
    return BulkMove(move, reports, sent.get("under") == "1" and move is Move.LOCK)
