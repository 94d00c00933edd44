"""How much a question's figure has changed from one wave to the next, and whether chance alone could have done it.

Waves whose samples are drawn for themselves vary for themselves, and the spread of the change follows from those of the
two figures. Waves that share people vary together: then the change was estimated when the later one was published, and
where it was not, or the earlier has been published anew since with other figures, nothing is said of how sure it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf, isclose

from ledtrad.apps.surveys.models import PublishedDifference, PublishedEstimate, WaveDesign

_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class WaveChange:
    """From the wave `before` to this one, with its interval. None is what cannot be said. `is_certain` takes into
    account how many changes are told at once (Holm). `is_shared` when the two waves have people in common."""

    before: int
    difference: float
    low: float | None
    high: float | None
    is_certain: bool | None
    is_shared: bool


def wave_changes(waves: Sequence[PublishedEstimate], broken: Sequence[int]) -> Mapping[int, WaveChange]:
    """For each wave the change from the one before, by its year; none across a break or where either is hidden.

    `waves` are one figure, wave by wave in order of time. Two SQL queries.
    """
    shared = {one.wave_id: one.shared for one in _designs(waves)}
    stored = {(one.wave_id, one.first, one.answers): one for one in _stored(waves)}
    told = []
    for before, after in pairwise(waves):
        years = before.wave.year, after.wave.year
        if before.estimate is None or after.estimate is None or any(years[0] < year <= years[1] for year in broken):
            continue
        common = shared.get(before.wave_id, "")
        if common and common == shared.get(after.wave_id):
            row = stored.get((after.wave_id, f"wave:{years[0]}", after.answers))
            told.append((years[1], *_together(before, after, row)))
        else:
            told.append((years[1], *_apart(before, after)))
    return _tested(told)


def _designs(waves: Sequence[PublishedEstimate]) -> Sequence[WaveDesign]:
    return list(WaveDesign.objects.filter(wave__in=[one.wave_id for one in waves], is_current=True))


def _stored(waves: Sequence[PublishedEstimate]) -> Sequence[PublishedDifference]:
    if not waves:
        return ()
    rows = PublishedDifference.objects.filter(question_id=waves[0].question_id, levels=waves[0].levels, is_current=True)
    return list(rows.filter(wave__in=[one.wave_id for one in waves], first__startswith="wave:"))


_Told = tuple[int, WaveChange, float | None]


def _together(
    before: PublishedEstimate, after: PublishedEstimate, row: PublishedDifference | None
) -> tuple[WaveChange, float | None]:
    now = _difference(before, after)
    is_of_these = row is not None and isclose(row.difference, now, rel_tol=1e-9, abs_tol=1e-9)
    low, high, p = (row.low, row.high, row.p) if row is not None and is_of_these else (None, None, None)
    return WaveChange(before.wave.year, now, low, high, None, True), p


def _apart(before: PublishedEstimate, after: PublishedEstimate) -> tuple[WaveChange, float | None]:
    from ledtrad.core.surveys.comparisons.differences import Figure, difference
    from ledtrad.core.surveys.estimates import Rules

    plain = WaveChange(before.wave.year, _difference(before, after), None, None, None, False)
    if before.se is None or after.se is None:
        return plain, None
    figures = [Figure("", one.estimate or 0.0, (one.se or 0.0) ** 2, one.base or 0) for one in (before, after)]
    freedom = sum(inf if one.df is None else one.df for one in (before, after))
    found = difference(figures[0], figures[1], 0.0, freedom, Rules())
    return replace(plain, low=found.low, high=found.high), found.p


def _difference(before: PublishedEstimate, after: PublishedEstimate) -> float:
    return (after.estimate or 0.0) - (before.estimate or 0.0)


def _tested(told: Sequence[_Told]) -> Mapping[int, WaveChange]:
    from ledtrad.core.surveys.comparisons.holm import adjusted

    corrected = iter(adjusted([p for _year, _one, p in told if p is not None]))
    return {year: one if p is None else replace(one, is_certain=next(corrected) < _LEVEL) for year, one, p in told}
