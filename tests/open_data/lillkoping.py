"""Lillköping with figures for its parts, and with something that must not be seen.

areas           0180 the city · 0180-01 Norr · 0180-02 Söder · 1480 another municipality
1.2.2           2019–2021 × areas × sexes, one suppressed ("XX"), one not measured (".."), one not applicable (".")
2.1.1           groups: age:16-24, age:65-79; the outcome of 2020 corrected from 29 to 28; one invented figure
K.1             kulturnämnden's own, in a plan for 2021 that has not been adopted: its target is 60, and hidden
the report of 2020 is published
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests import universe

from ledtrad.apps.annual_report import actions as report
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.people.actors import program
from ledtrad.apps.steering import actions as steering
from ledtrad.core.assessment import Decision, Sense, at_least
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind, Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT, quantity

BUILDER = program("Lillköping")
CITY, NORTH, SOUTH, ELSEWHERE = "0180", "0180-01", "0180-02", "1480"
LATER = datetime(2021, 6, 1, 9, 0, tzinfo=UTC)
HIDDEN = "Andel unga som läser för nöjes skull"
FORMULA = '=cmd|" /C calc"!A0'


def build() -> None:
    universe.build_city()
    universe.build_report()
    build_areas()
    observe()
    correct()
    plan_in_secret()


def build_areas() -> None:
    indicators.register_areas(
        areas=[
            indicators.NewArea(CITY, AreaKind.MUNICIPALITY, "Lillköping"),
            indicators.NewArea(NORTH, AreaKind.DISTRICT, "Norr", CITY),
            indicators.NewArea(SOUTH, AreaKind.DISTRICT, "Söder", CITY),
            indicators.NewArea(ELSEWHERE, AreaKind.MUNICIPALITY, "Storköping"),
        ],
        by=BUILDER,
        at=universe.AT,
    )


def observe() -> None:
    figures: dict[Place, Observed] = {}
    for number, (area, year, sex) in enumerate(
        (area, year, sex) for area in (NORTH, SOUTH, ELSEWHERE) for year in (2019, 2020, 2021) for sex in Sex
    ):
        figures[Place("1.2.2", area, year, sex=sex)] = Observed(Decimal(700 + number).scaleb(-1), 1, Decimal("1.5"))
    figures[Place("1.2.2", NORTH, 2020, sex=Sex.WOMEN)] = Observed(absence=AbsenceKind.SUPPRESSED, mark="XX")
    figures[Place("1.2.2", SOUTH, 2020)] = Observed(absence=AbsenceKind.NOT_MEASURED, mark="..")
    figures[Place("1.2.2", SOUTH, 2019, sex=Sex.MEN)] = Observed(absence=AbsenceKind.NOT_APPLICABLE, mark=".")
    figures[Place("1.2.2", NORTH, 2021)] = Observed(Decimal(0), 1)
    for year, group, value in ((2020, "age:16-24", "31.5"), (2020, "age:65-79", "-5"), (2021, "age:65-79", "25.75")):
        figures[Place("2.1.1", CITY, year, group=group)] = Observed(Decimal(value), 1)
    _record(figures, FORMULA)
    _record({Place("2.1.1", NORTH, 2020): Observed(Decimal(30), 0)}, "Påhittade mätningar", invented=True)


def _record(figures: dict[Place, Observed], source: str, invented: bool = False) -> None:
    indicators.record_observations(
        observations=figures,
        source=indicators.BatchSource(source, invented=invented),
        by=BUILDER,
        at=datetime(2021, 3, 1, 9, 0, tzinfo=UTC),
    )


def correct() -> None:
    micrograms = quantity("28", universe.MICROGRAMS)
    indicators.record_outcomes(
        outcomes=[indicators.NewOutcome("2.1.1", Period(2020), Measured(micrograms), indicators.Source("rättad.csv"))],
        by=universe.BY,
        at=LATER,
    )


def plan_in_secret() -> None:
    """A board's own indicator and target, in a plan that nobody but the board knows of."""
    definition = indicators.Definition(HIDDEN, PERCENT, Sense.MORE, by_sex=True)
    indicators.define_indicators(
        indicators=[indicators.NewIndicator("K.1", 2021, definition, owner="kultur")], by=universe.BY, at=universe.AT
    )
    target = indicators.NewTarget("K.1", 2021, at_least(quantity("60", PERCENT)))
    indicators.set_targets(targets=[target], by=universe.BY, at=universe.AT)


def adopt() -> None:
    """From here on the plan of the board is open."""
    decision = Decision("Kulturnämnden", date(2021, 1, 8), "§ 2", "KUN 2021/3")
    steering.adopt_plan(unit="kultur", year=2021, decision=decision, by=BUILDER, at=universe.AT)


def publish() -> None:
    """The report of 2020, as far as it can be published."""
    report.publish_edition(year=2020, by=universe.BY, at=LATER)
