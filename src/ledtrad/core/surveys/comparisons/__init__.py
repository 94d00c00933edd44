"""Whether figures differ: between groups, between waves and over many, and whether two answers hang together.

Names are fetched when they are asked for: what reads published figures needs no numbers package.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledtrad.core.surveys.comparisons.cross_tables import Association, association
    from ledtrad.core.surveys.comparisons.differences import Difference
    from ledtrad.core.surveys.comparisons.groups import between_groups
    from ledtrad.core.surveys.comparisons.holm import adjusted
    from ledtrad.core.surveys.comparisons.trends import Point, Trend, trend
    from ledtrad.core.surveys.comparisons.waves import Wave, between_waves

__all__ = [
    "Association",
    "Difference",
    "Point",
    "Trend",
    "Wave",
    "adjusted",
    "association",
    "between_groups",
    "between_waves",
    "trend",
]
_ROOMS = {
    "cross_tables": ("Association", "association"),
    "differences": ("Difference",),
    "groups": ("between_groups",),
    "holm": ("adjusted",),
    "trends": ("Point", "Trend", "trend"),
    "waves": ("Wave", "between_waves"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
