"""Outlines of areas: GeoJSON geometries as rings of points, and where in each a label stands best."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]

_FINENESS = 12
_ENOUGH = 70
_SLIVER = 1 / 300


@lru_cache(maxsize=1024)
def rings(outline: str) -> tuple[Ring, ...]:
    """The rings of a Polygon or MultiPolygon (longitude, latitude), holes among them. Empty for anything else."""
    try:
        return tuple(_rings(json.loads(outline)))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return ()


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    kind, found = geometry["type"], geometry["coordinates"]
    parts = [found] if kind == "Polygon" else found if kind == "MultiPolygon" else []
    drawn = [tuple((float(point[0]), float(point[1])) for point in ring) for part in parts for ring in part]
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for ring in drawn for x, y in ring):
        raise ValueError("a point that is nowhere on earth")
    return _without_slivers([ring for ring in drawn if len(ring) > 2])


def _without_slivers(drawn: list[Ring]) -> list[Ring]:
    """Where districts were joined, hair-thin holes are left between them: too small to be seen, but not to be drawn."""
    largest = max((_size(ring) for ring in drawn), default=0.0)
    return [ring for ring in drawn if _size(ring) >= largest * _SLIVER]


@lru_cache(maxsize=1024)
def label_point(outline: str) -> Point:
    """The point inside the largest ring that lies furthest from its edge, near enough for a label."""
    ring = _thinned(max(rings(outline), key=_size))
    left, right = min(x for x, _ in ring), max(x for x, _ in ring)
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    spots = [
        (left + (right - left) * (column + 0.5) / _FINENESS, low + (high - low) * (row + 0.5) / _FINENESS)
        for row in range(_FINENESS)
        for column in range(_FINENESS)
    ]
    inside = [spot for spot in spots if _is_inside(spot, ring)]
    return max(inside or spots, key=lambda spot: min(_apart(spot, corner) for corner in ring))


def _size(ring: Ring) -> float:
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in _sides(ring)))


def _thinned(ring: Ring) -> Ring:
    return ring[:: -(-len(ring) // _ENOUGH)]


def _sides(ring: Ring) -> list[tuple[Point, Point]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def _is_inside(spot: Point, ring: Ring) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    inside = False
    for (x, y), (other_x, other_y) in _sides(ring):
        if (y > spot[1]) != (other_y > spot[1]):
            crossing = x + (spot[1] - y) / (other_y - y) * (other_x - x)
            inside ^= spot[0] < crossing
    return inside


def _apart(spot: Point, corner: Point) -> float:
    """Degrees of longitude are about half as long as those of latitude here; for a label that is near enough."""
    return (0.5 * (spot[0] - corner[0])) ** 2 + (spot[1] - corner[1]) ** 2


def bounds(outlines: Sequence[str]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all of them; None when none has an outline."""
    points = [point for outline in outlines for ring in rings(outline) for point in ring]
    if not points:
        return None
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
