"""Direct labels moved apart, so that none stands on another."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Positions near `wanted`, in the same order, at least `height` apart and within `top`–`bottom`.

    Labels that collide share their middle. If there is no room for all, they are set as tight as they fit.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    height = min(height, (bottom - top) / max(len(wanted) - 1, 1))
    groups: list[tuple[float, int]] = []  # (position of the first label, number of labels)
    for index in order:
        groups.append((_clamped(wanted[index], 1, height, top, bottom), 1))
        while len(groups) > 1 and groups[-2][0] + groups[-2][1] * height > groups[-1][0]:
            later, earlier = groups.pop(), groups.pop()
            groups.append(_merged(earlier, later, height, top, bottom))
    places = [first + step * height for first, count in groups for step in range(count)]
    placed = dict(zip(order, places, strict=True))
    return [placed[index] for index in range(len(wanted))]


def _merged(
    earlier: tuple[float, int], later: tuple[float, int], height: float, top: float, bottom: float
) -> tuple[float, int]:
    count = earlier[1] + later[1]
    middle = (_middle(earlier, height) * earlier[1] + _middle(later, height) * later[1]) / count
    return _clamped(middle - (count - 1) * height / 2, count, height, top, bottom), count


def _middle(group: tuple[float, int], height: float) -> float:
    return group[0] + (group[1] - 1) * height / 2


def _clamped(first: float, count: int, height: float, top: float, bottom: float) -> float:
    return min(max(first, top), bottom - (count - 1) * height)
