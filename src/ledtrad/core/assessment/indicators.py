"""One indicator in one year, as a report shows it."""

from dataclasses import dataclass, replace

from ledtrad.core.assessment.targets import Target
from ledtrad.core.assessment.verdicts import Verdict
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured, Outcome
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Forecast:
    """The full-year outcome expected at a tertial (prognos): a value, a verdict, or both."""

    value: Quantity | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """Target, outcome, forecast and the city's verdict for one indicator in one year.

    `outcome` is None only where a text says nothing at all about it (an empty field without a reason).
    `sense_known` is False when a text gave the target without saying which way is better.
    """

    name: str
    target: Target | None = None
    outcome: Outcome | None = None
    verdict: Verdict | None = None
    forecast: Forecast | None = None
    is_new: bool = False
    comment: str = ""
    code: str = ""
    sense_known: bool = True

    @property
    def measured(self) -> Measured | None:
        return self.outcome if isinstance(self.outcome, Measured) else None

    @property
    def absence(self) -> Absence | None:
        return self.outcome if isinstance(self.outcome, Absence) else None


_EVERY = {2: "vartannat år", 3: "vart tredje år", 4: "vart fjärde år", 5: "vart femte år"}


def with_rhythm(result: IndicatorResult, periodicity: Periodicity, year: int) -> IndicatorResult:
    """The same result; where no outcome is due in `year`, it says so instead of standing empty.

    A survey every third year has no outcome in between. That is no gap, but a reader must be told.
    """
    if result.outcome is not None or periodicity.expects(year):
        return result
    every = _EVERY.get(periodicity.every_years, f"vart {periodicity.every_years}:e år")
    last = periodicity.last_expected(year)
    reason = f"mäts {every}, senast {last}" if last else f"mäts {every}, först {periodicity.first_year}"
    return replace(result, outcome=Absence(AbsenceKind.NOT_APPLICABLE, reason))
