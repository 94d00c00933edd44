"""Asking a neighbour over the network: only hosts on the list, bounded in time and size, at a polite pace."""

from ledtrad.apps.neighbours.asking.addresses import AllowedHosts, NotAllowed
from ledtrad.apps.neighbours.asking.client import (
    LARGEST_ANSWER,
    LONGEST_WAIT,
    Asker,
    NoAnswer,
)

__all__ = ["LARGEST_ANSWER", "LONGEST_WAIT", "AllowedHosts", "Asker", "NoAnswer", "NotAllowed"]
