"""A report as policies and pages know it."""

from dataclasses import dataclass

from ledtrad.apps.organisation.models import UnitKind
from ledtrad.core.calendar import PhaseKind, phase_of
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State

PERIOD_NAMES = {"t1": 1, "t2": 2, "ar": 0}
_NAMES = {tertial: name for name, tertial in PERIOD_NAMES.items()}
_TITLES = {0: "årsrapporten", 1: "tertialrapport 1", 2: "tertialrapport 2"}


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report: whose, of which period, and where it is on its way up.

    `above` are the short names of the units that its unit is part of, nearest first.
    """

    id: int
    unit: str
    unit_name: str
    unit_kind: str
    above: tuple[str, ...]
    period: Period
    state: State
    version: int
    invented: bool = False

    @property
    def chain(self) -> tuple[str, ...]:
        """The unit and all that it is part of."""
        return (self.unit, *self.above)

    @property
    def phase(self) -> PhaseKind:
        return phase_of(self.period)

    @property
    def is_of_a_unit(self) -> bool:
        """Whether it is a unit's beneath a board, which its head answers for, and not a board's own."""
        return self.unit_kind == UnitKind.UNIT

    @property
    def is_of_the_city(self) -> bool:
        return self.unit_kind == UnitKind.COUNCIL

    @property
    def object_id(self) -> str:
        """What the log calls it."""
        return f"report:{self.period}/{self.unit}"

    @property
    def title(self) -> str:
        """ "tertialrapport 1 för 2021" """
        return f"{_TITLES[self.period.tertial]} för {self.period.year}"


def period_name(period: Period) -> str:
    """How a period stands in an address: t1, t2 or ar."""
    return _NAMES[period.tertial]


def period_named(year: int, name: str) -> Period | None:
    """The period of an address; None for an unknown one."""
    tertial = PERIOD_NAMES.get(name)
    return None if tertial is None or not 1800 <= year <= 2999 else Period(year, tertial)
