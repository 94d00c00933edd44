"""What a file says, laid ready and then stored: outcomes of the whole city, and observations of all else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators.actions.observations import BatchSource, store
from ledtrad.apps.indicators.actions.outcomes import NewOutcome, Source, record_outcomes
from ledtrad.apps.indicators.actions.staging import Staged, staged
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import Upload
from ledtrad.apps.indicators.policies import check_keeps_figures
from ledtrad.apps.indicators.queries.examining import Examined
from ledtrad.apps.indicators.queries.known import city_area, held_outcomes
from ledtrad.apps.people.actors import Actor
from ledtrad.core.imports import STORED, Fate, Reading, Settled
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.outcomes import Outcome as SaidOutcome
from ledtrad.core.periods import Period
from ledtrad.core.quantities import Quantity, unit_named

NOISE = "≈"
_MOST_PAGES = 50
_WRITTEN = {Sex.ALL: "", Sex.WOMEN: "kvinnor ", Sex.MEN: "män "}
_Said = Iterator[tuple[Place, Observed]]


@dataclass(slots=True)
class Ready:
    """What is to be stored of a file. `latest`: the last year, of each indicator, of a figure for the whole city."""

    codes: set[str] = field(default_factory=set)
    latest: dict[str, int] = field(default_factory=dict)
    outcomes: list[NewOutcome] = field(default_factory=list)
    observations: Staged | None = None

    def pages(self, examined: Examined) -> list[tuple[str, int, str]]:
        """The indicators that got outcomes, each with its latest year and title; no more than a page holds."""
        codes = sorted(self.latest)[:_MOST_PAGES]
        return [(code, self.latest[code], examined.indicators[code].titles[0]) for code in codes]


@contextmanager
def laid_ready(upload: Upload, examined: Examined, by: Actor) -> Iterator[Ready]:
    """Lay ready what is to be stored: nobody sees it, and nobody waits. Forbidden for whoever may not store it."""
    ready, noisy = Ready(), {(one.row, one.column) for one in examined.differences if one.is_noise}
    with staged(_all_said(upload, examined, ready, noisy)) as observations:
        if not ready.codes:
            raise Refused("Det finns inga siffror i filen att läsa in. Ingenting har sparats.")
        ready.observations = observations
        check_keeps_figures(by, Versions(ready.codes).owners())
        yield ready


def take_in(
    upload: Upload, examined: Examined, ready: Ready, by: Actor, at: datetime
) -> tuple[int, int, int, int, int]:
    """Store it, inside the transaction: the numbers of outcomes, of new, changed and unchanged cells, and of those
    left out."""
    check_keeps_figures(by, Versions(ready.codes).owners())
    if ready.observations is not None:
        store(ready.observations, BatchSource(upload.name, upload.fingerprint, upload.pk), by, at)
    if ready.outcomes:
        record_outcomes(outcomes=ready.outcomes, by=by.key, at=at)
    counts = examined.counts
    left_out = sum(count for fate, count in counts.items() if fate not in STORED)
    new = counts.get(Fate.NEW, 0) + counts.get(Fate.MISSING, 0)
    return len(ready.outcomes), new, counts.get(Fate.CHANGED, 0), counts.get(Fate.UNCHANGED, 0), left_out


def _all_said(upload: Upload, examined: Examined, ready: Ready, noisy: set[tuple[int, int]]) -> _Said:
    """What becomes observations, in order. What becomes outcomes of the city is gathered in `ready` on the way."""
    cells = (one for one in examined.settled.by_places() if one.fate in STORED)
    for code, of_indicator in groupby(cells, key=lambda one: _place(one).indicator):
        ready.codes.add(code)
        city = _City(upload, examined, code)
        for (area, _), some in groupby(of_indicator, key=lambda one: (_place(one).area, _period(one))):
            of_area = list(some)
            for one in city.kept(of_area, ready) if area == city_area() else of_area:
                if one.fate is not Fate.UNCHANGED:
                    yield _place(one), _observed(one.reading, examined, noisy)


def _place(one: Settled) -> Place:
    assert one.reading.place is not None  # only such cells are stored
    return one.reading.place


def _period(one: Settled) -> Period:
    place = _place(one)
    return Period(place.year, place.tertial)


def _observed(reading: Reading, examined: Examined, noisy: set[tuple[int, int]]) -> Observed:
    """The figure with its cell. A total that differs a little from its parts is marked, to be seen later too."""
    assert reading.said is not None
    mark = NOISE if (reading.row, reading.column) in noisy else reading.said.mark
    return replace(reading.said, cell=examined.cell(reading), mark=mark)


# --- the city's own figures: its outcomes --------------------------------------------------------


class _City:
    """The whole city's figures of one indicator: they are outcomes.

    A figure for women or men whose total nobody knows is kept as observation.
    """

    def __init__(self, upload: Upload, examined: Examined, code: str) -> None:
        self._upload, self._examined, self._code = upload, examined, code
        self._held: dict[tuple[str, Period], SaidOutcome] | None = None

    def kept(self, cells: list[Settled], ready: Ready) -> Iterable[Settled]:
        """Of the cells of one period, those that become observations; what becomes an outcome is put in `ready`."""
        parts = {_place(one).sex: one for one in cells if not _place(one).group}
        if not parts:
            return cells
        period = _period(cells[0])
        ready.latest[self._code] = max(period.year, ready.latest.get(self._code, 0))
        outcome = _outcome(self._upload, self._examined, self._code, period, parts, self._before(period))
        if outcome is not None and any(one.fate is not Fate.UNCHANGED for one in parts.values()):
            ready.outcomes.append(NewOutcome(self._code, period, outcome, _source(self._upload, self._examined, parts)))
        return [one for one in cells if _place(one).group or _is_kept(one, outcome)]

    def _before(self, period: Period) -> SaidOutcome | None:
        if self._held is None:
            self._held = held_outcomes([self._code])
        return self._held.get((self._code, period))


def _is_kept(one: Settled, outcome: SaidOutcome | None) -> bool:
    return outcome is None or (isinstance(outcome, Absence) and _place(one).sex is not Sex.ALL)


def _outcome(
    upload: Upload,
    examined: Examined,
    code: str,
    period: Period,
    parts: dict[Sex, Settled],
    held: SaidOutcome | None,
) -> SaidOutcome | None:
    """What the file, over what is known already, says of the city; None when there is no total to say it of."""
    asked = examined.indicators[code].in_year(period.year)
    unit = unit_named(asked.unit if asked else "")

    def said(sex: Sex, before: Quantity | Absence | None) -> Quantity | Absence | None:
        one = parts.get(sex)
        if one is None or one.reading.said is None or one.fate is Fate.UNCHANGED:
            return before
        value = one.reading.said
        if value.value is None:
            return Absence(value.absence or AbsenceKind.NOT_MEASURED, _reason(one.reading, upload))
        return Quantity(value.value, unit, min(12, value.decimals))

    measured = held if isinstance(held, Measured) else None
    total = said(Sex.ALL, measured.total if measured else held if isinstance(held, Absence) else None)
    if not isinstance(total, Quantity):
        return total if Sex.ALL in parts else None
    women, men = (said(sex, getattr(measured, sex.value, None)) for sex in (Sex.WOMEN, Sex.MEN))
    return Measured(total, women, men)


def _reason(reading: Reading, upload: Upload) -> str:
    mark = reading.said.mark if reading.said else ""
    return f"Markerat med ”{mark}” i {upload.name}" if mark else f"Tom cell i {upload.name}"


def _source(upload: Upload, examined: Examined, parts: dict[Sex, Settled]) -> Source:
    """Where the figures stood: "E17 (kvinnor C17, män D17)" where they fit, else the cells alone."""
    cells = {sex: examined.cell(parts[sex].reading).rpartition("!")[2] for sex in Sex if sex in parts}
    first, *others = (f"{_WRITTEN[sex]}{cell}" for sex, cell in cells.items())
    written = f"{first} ({', '.join(others)})" if others else first
    if len(written) > 40:
        written = ", ".join(cells.values())[:40]
    return Source(upload.name, examined.table.name, written, upload.fingerprint)
