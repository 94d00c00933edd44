"""Two groups of a wave beside each other: only those that are both shown, and only where the spread is known.

Sexes and ages vary together, so how much they differ was estimated at publication. Districts that are strata by
themselves were drawn apart from each other: there the spread of a difference follows from those of the two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from ledtrad.apps.surveys.models import PublishedDifference, PublishedEstimate
from ledtrad.apps.surveys.queries.tables import Published, Spot


@dataclass(frozen=True, slots=True)
class Contrast:
    """`second` less `first`, with its interval; `is_certain` when chance alone hardly makes such a difference, among
    the `compared` that are told at once. None where it cannot be said."""

    first: Spot
    second: Spot
    difference: float
    low: float | None
    high: float | None
    is_certain: bool | None


@dataclass(frozen=True, slots=True)
class Contrasts:
    """The differences that were asked for, how many were tested at once, and the groups that can be chosen."""

    found: tuple[Contrast, ...]
    compared: int
    offered: tuple[Spot, ...]


def offered(found: Published, levels: str) -> tuple[Spot, ...]:
    """The groups that can be set beside another of their kind: those whose figure is shown."""
    shown = [spot for (at, spot), one in found.estimates.items() if at == levels and one.estimate is not None]
    kinds = {spot: kind_of(spot) for spot in shown}
    return tuple(sorted(spot for spot, kind in kinds.items() if kind and _may_differ(found, kind)))


def kind_of(spot: Spot) -> str:
    """What kind of group a part is, "" for the whole and for what is divided twice."""
    named = [kind for kind, value in (("district", spot.area), ("sex", spot.sex), ("age", spot.group)) if value]
    return named[0] if len(named) == 1 and not spot.group.startswith("sex:") else ""


def _may_differ(found: Published, kind: str) -> bool:
    design = found.page.design
    return kind != "district" or (
        design is not None and design.strata == design.district != "" and not design.replicates
    )


def contrasts(found: Published, levels: str, one: Spot, other: Spot | None) -> Contrasts:
    """How much a group differs from another, or without one from every other of its kind: all tested at once (Holm)."""
    may = offered(found, levels)
    others = [spot for spot in may if spot != one and kind_of(spot) == kind_of(one) and other in (None, spot)]
    if one not in may:
        return Contrasts((), 0, may)
    told = _districts(found, levels, one, others) if kind_of(one) == "district" else _stored(found, levels, one, others)
    return Contrasts(*_tested(told), may)


def _tested(told: Sequence[tuple[Contrast, float | None]]) -> tuple[tuple[Contrast, ...], int]:
    from ledtrad.core.surveys.comparisons.holm import adjusted

    corrected = iter(adjusted([p for _one, p in told if p is not None]))
    settled = tuple(_settled(one, None if p is None else next(corrected) < _LEVEL) for one, p in told)
    return settled, sum(p is not None for _one, p in told)


_LEVEL = 0.05


def _settled(one: Contrast, is_certain: bool | None) -> Contrast:
    return Contrast(one.first, one.second, one.difference, one.low, one.high, is_certain)


def _stored(found: Published, levels: str, one: Spot, others: Iterable[Spot]) -> list[tuple[Contrast, float | None]]:
    """Differences that were estimated at publication, turned so that `one` comes first."""
    rows = PublishedDifference.objects.filter(
        wave__survey__code=found.page.survey.code,
        wave__year=found.page.wave.year,
        question__code=found.question.code,
        levels=levels,
        is_current=True,
    )
    by_pair = {(row.first, row.second): row for row in rows}
    told = []
    for other in others:
        names = _token(one), _token(other)
        if row := by_pair.get(names):
            told.append((Contrast(one, other, row.difference, row.low, row.high, None), row.p))
        elif row := by_pair.get((names[1], names[0])):
            low, high = (None if end is None else -end for end in (row.high, row.low))
            told.append((Contrast(one, other, -row.difference, low, high, None), row.p))
    return told


def _token(spot: Spot) -> str:
    return spot.sex or spot.group


def _districts(found: Published, levels: str, one: Spot, others: Iterable[Spot]) -> list[tuple[Contrast, float | None]]:
    from ledtrad.core.surveys.comparisons.differences import Figure, difference
    from ledtrad.core.surveys.estimates import Rules

    told = []
    for other in others:
        first, second = found.estimates[levels, one], found.estimates[levels, other]
        figures = [Figure("", each.estimate or 0.0, (each.se or 0.0) ** 2, each.base or 0) for each in (first, second)]
        apart = difference(figures[0], figures[1], 0.0, _freedom(first, second), Rules())
        known = first.se is not None and second.se is not None
        low, high, p = (apart.low, apart.high, apart.p) if known else (None, None, None)
        told.append((Contrast(one, other, apart.difference, low, high, None), p))
    return told


def _freedom(first: PublishedEstimate, second: PublishedEstimate) -> float:
    """The design's degrees of freedom, the same for all its groups, or the fewer of the two."""
    return min(inf if one.df is None else one.df for one in (first, second))
