"""What is counted of a table's cells in one walk through them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledtrad.core.imports import STORED, Fate, KnownIndicator, Reading, Settled, Strangers, Unmatched, mark_of


@dataclass(frozen=True, slots=True)
class Tally:
    """`counts` of every fate; `figures` the cells that hold a number; `blanks_to` known figures that would be replaced
    by an absence; `marks` every mark with what it is taken to mean and in how many cells it stands.

    `indicators`, `years` and `areas` are what the figures that were understood are about, each in order.
    `fingerprint` is the same as long as every cell is understood as the same.
    """

    counts: dict[Fate, int]
    fingerprint: str
    figures: int
    blanks_to: int
    marks: dict[str, tuple[str, int]]
    unmatched: tuple[Unmatched, ...]
    indicators: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()


def tallied(settled: Iterable[Settled], indicators: Mapping[str, KnownIndicator]) -> Tally:
    """The cells counted."""
    counts, marks, kinds = Counter[Fate](), Counter[str](), dict[str, str]()
    strangers, total, figures, blanks_to = Strangers(indicators), hashlib.sha256(), 0, 0
    codes, years, areas = set[str](), set[int](), set[str]()
    for one in settled:
        counts[one.fate] += 1
        figures += one.reading.number is not None
        blanks_to += _empties(one)
        strangers.add(one)
        if one.fate in STORED and (place := one.reading.place) is not None:
            codes.add(place.indicator)
            years.add(place.year)
            areas.add(place.area)
        total.update(f"{one.reading.row}\t{one.reading.column}\t{one.fate}\t{_told(one.reading)}\n".encode())
        if _is_absent(one):
            mark = mark_of(one.reading.said.mark if one.reading.said else one.reading.text)
            kinds.setdefault(mark, absence_of(one) or "nothing")
            marks[mark] += 1
    named = {mark: (kinds[mark], cells) for mark, cells in marks.items()}
    about = tuple(sorted(codes)), tuple(sorted(years)), tuple(sorted(areas))
    return Tally(dict(counts), total.hexdigest(), figures, blanks_to, named, strangers.found(), *about)


def absence_of(one: Settled) -> str:
    """The kind of absence that a cell says, or ""."""
    said = one.reading.said
    return said.absence.value if said is not None and said.absence is not None else ""


def _is_absent(one: Settled) -> bool:
    return bool(absence_of(one)) or (one.fate is Fate.SILENT and one.reading.number is None)


def _empties(one: Settled) -> bool:
    """Whether a known figure would be replaced by an absence."""
    is_figure = one.before is not None and one.before.value is not None
    return one.fate is Fate.CHANGED and is_figure and bool(absence_of(one))


def _told(reading: Reading) -> str:
    place, said = reading.place, reading.said
    if place is None or said is None:
        return reading.name
    value = f"{said.value:f}" if said.value is not None else said.absence
    about = (place.indicator, place.area, place.year, place.tertial, place.sex, place.group)
    return "\t".join(map(str, (*about, value, said.decimals)))
