"""One small municipality, invented, built only through actions: so no test can start from an impossible state.

    Lillköping, 2019–2021
    ├── kf            kommunfullmäktige
    ├── ks            kommunstyrelsen
    ├── kultur        kulturnämnden             ┐ specialist boards
    ├── miljo         miljönämnden              ┘
    ├── alvsjo        Älvsjö stadsdelsnämnd     ┐ district boards; Årsta and Älvsjö merge into
    ├── arsta         Årsta stadsdelsnämnd      │ Årsta-Älvsjö on 1 January 2021
    ├── arsta-alvsjo  from 2021                 ┘
    └── stadshus      Lillköpings Stadshus AB (company group)

    goals                                        asked in 2020                     answered
    1    En trygg kommun
    ├─ 1.1  Alla barn når sin fulla potential    kultur, alvsjo                    helt, helt
    │   └─ 1.1.F  Förskola (sub-area)            alvsjo                            helt
    └─ 1.2  Lillköping är tryggt att bo i        ks, kultur, miljo, alvsjo, arsta  helt helt helt delvis –
                                                 stadshus                          helt
    2    En hållbar kommun
    └─ 2.1  Luften är ren                        miljo, ks                         ej, delvis

    indicators      2019            2020                                 2021
    1.1.1  more     71 of 70 %      72 of 70 %                           –
    1.2.1  more     76 of 77 %      not measured (the survey was called off)
    1.2.2  more     –               84 (w 82, m 87) of 88,5 %, new       86 (w suppressed, m 87)
    2.1.1  less     31 of 30 µg     29 of 30 µg                          0 of 30 µg
    2.1.2  band     –               −1,1 % against −1 to 1 %
    B.1    no target, not listed: 11 % in 2017, 10 % in 2020 (a survey every third year)

The city's verdicts in 2020: 1.1 helt, 1.1.F helt, 1.2 delvis, 2.1 ej.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.built_once import built_once

from ledtrad.apps.annual_report import actions as report
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Level
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.organisation import actions as organisation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.core.assessment import (
    CityVerdict,
    Decision,
    Ground,
    Sense,
    Target,
    Verdict,
    at_least,
    at_most,
    within,
)
from ledtrad.core.document import Image, NarrativePart
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured, Outcome
from ledtrad.core.periods import Period, Periodicity
from ledtrad.core.quantities import PERCENT, Quantity, Unit, quantity

BY = "Kim Kontroller"
AT = datetime(2021, 1, 15, 9, 0, tzinfo=UTC)
YEAR = Period(2020)
MICROGRAMS = Unit("µg/m³", "µg/m³")
CALLED_OFF = Absence(
    AbsenceKind.NOT_MEASURED, "Medborgarundersökningen genomfördes inte 2020", "Kommunledningskontoret"
)
MET, PARTLY, NOT_MET = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET


@built_once
def build_city() -> None:
    """Lillköping with its goals, indicators, assessments and verdicts; no report yet."""
    build_organisation()
    build_goals()
    build_indicators()
    assess()
    decide()


@built_once
def build_report(year: int = 2020) -> None:
    """A draft for `year`, written, bound and checked; not published. Needs the city."""
    report.draft_edition(year=year, publisher="Lillköpings kommun", by=BY, at=AT)
    write_safety_section(year)
    report.bind_sections(year=year, by=BY, at=AT)
    report.record_checks(year=year, by=BY, at=AT)


def build_organisation() -> None:
    def unit(slug: str, name: str, kind: UnitKind, first: int = 2010, parent: str = "") -> organisation.NewUnit:
        return organisation.NewUnit(slug, name, kind, date(first, 1, 1), parent=parent)

    organisation.register_units(
        units=[
            unit("kf", "Kommunfullmäktige", UnitKind.COUNCIL),
            unit("ks", "Kommunstyrelsen", UnitKind.EXECUTIVE_BOARD, parent="kf"),
            unit("kultur", "Kulturnämnden", UnitKind.SPECIALIST_BOARD),
            unit("miljo", "Miljönämnden", UnitKind.SPECIALIST_BOARD),
            unit("alvsjo", "Älvsjö stadsdelsnämnd", UnitKind.DISTRICT_BOARD),
            unit("arsta", "Årsta stadsdelsnämnd", UnitKind.DISTRICT_BOARD),
            unit("arsta-alvsjo", "Årsta-Älvsjö stadsdelsnämnd", UnitKind.DISTRICT_BOARD, 2021),
            unit("stadshus", "Lillköpings Stadshus AB", UnitKind.COMPANY_GROUP),
        ],
        by=BY,
        at=AT,
    )
    organisation.merge_units(
        predecessors=["alvsjo", "arsta"], successor="arsta-alvsjo", day=date(2021, 1, 1), by=BY, at=AT
    )


def build_goals() -> None:
    def goal(code: str, title: str, level: Level, parent: str = "", aim: str = "") -> goals.NewObjective:
        return goals.NewObjective(code, title, level, 2019, parent=parent, aim=aim, invented=True)

    goals.set_objectives(
        objectives=[
            goal("1", "En trygg kommun", Level.DIRECTION),
            goal("1.1", "Alla barn når sin fulla potential", Level.AREA, "1", "Skolan ska vara bra. Alla ska lyckas."),
            goal("1.1.F", "Förskola", Level.SUBAREA, "1.1"),
            goal("1.2", "Lillköping är tryggt att bo i", Level.AREA, "1", "Alla ska känna sig trygga där de bor."),
            goal("2", "En hållbar kommun", Level.DIRECTION),
            goal("2.1", "Luften är ren", Level.AREA, "2", "Luften ska gå att andas."),
        ],
        by=BY,
        at=AT,
    )


def build_indicators() -> None:
    def define(code: str, title: str, unit: Unit, sense: Sense, **more: object) -> indicators.NewIndicator:
        definition = indicators.Definition(title, unit, sense, **more)  # type: ignore[arg-type]
        return indicators.NewIndicator(code, 2015, definition)

    third_year = Periodicity(3, 2017)
    indicators.define_indicators(
        indicators=[
            define("1.1.1", "Andel elever som når målen", PERCENT, Sense.MORE),
            define("1.2.1", "Andel som känner sig trygga där de bor", PERCENT, Sense.MORE, by_sex=True),
            define("1.2.2", "Andel ungdomar som inte utsatts för hot", PERCENT, Sense.MORE, decimals=1, by_sex=True),
            define("2.1.1", "Halten av kvävedioxid", MICROGRAMS, Sense.LESS),
            define("2.1.2", "Avvikelse från budget", PERCENT, Sense.BAND, decimals=1),
            define("B.1", "Andel otrygga på kvällen", PERCENT, Sense.LESS, periodicity=third_year),
        ],
        by=BY,
        at=AT,
    )
    links = [("1.1", "1.1.1"), ("1.2", "1.2.1"), ("1.2", "1.2.2"), ("2.1", "2.1.1"), ("2.1", "2.1.2")]
    goals.follow_with_indicators(
        links=[
            *(goals.IndicatorLink(goal, code, 2020) for goal, code in links),
            goals.IndicatorLink("1.2", "B.1", 2020, listed=False),
        ],
        by=BY,
        at=AT,
    )
    _set_targets()
    _record_outcomes()
    indicators.judge_indicators(
        verdicts=[
            indicators.NewVerdict("1.1.1", 2020, MET),
            indicators.NewVerdict("1.2.1", 2020, None, "Mäts i en undersökning som inte genomfördes 2020."),
            indicators.NewVerdict("1.2.2", 2020, PARTLY, "Kvinnor har i högre grad utsatts för hot."),
            indicators.NewVerdict("2.1.1", 2020, MET),
            indicators.NewVerdict("2.1.2", 2020, PARTLY),
        ],
        by=BY,
        at=AT,
    )


def percent(written: str) -> Quantity:
    return quantity(written, PERCENT)


def _set_targets() -> None:
    micrograms = at_most(quantity("30", MICROGRAMS))
    targets: list[tuple[str, int, Target]] = [
        ("1.1.1", 2019, at_least(percent("70"))),
        ("1.1.1", 2020, at_least(percent("70"))),
        ("1.2.1", 2019, at_least(percent("77"))),
        ("1.2.1", 2020, at_least(percent("77"))),
        ("1.2.2", 2020, at_least(percent("88.5"))),
        ("1.2.2", 2021, at_least(percent("88.5"))),
        ("2.1.1", 2019, micrograms),
        ("2.1.1", 2020, micrograms),
        ("2.1.1", 2021, micrograms),
        ("2.1.2", 2020, within(percent("-1.0"), percent("1.0"))),
    ]
    indicators.set_targets(
        targets=[
            indicators.NewTarget(code, year, target, is_new=(code, year) == ("1.2.2", 2020))
            for code, year, target in targets
        ],
        by=BY,
        at=AT,
    )


def _record_outcomes() -> None:
    few = Absence(AbsenceKind.SUPPRESSED, "Färre än tio svar")
    cell = indicators.Source("utfall.xlsx", "Blad1", "C17", "ab" * 32)
    survey = indicators.Source("Stockholmsenkäten 2020")
    rows: list[tuple[str, int, Outcome, indicators.Source]] = [
        ("1.1.1", 2019, Measured(percent("71")), cell),
        ("1.1.1", 2020, Measured(Quantity(Decimal(72), PERCENT, 0, Decimal(720), Decimal(1000))), cell),
        ("1.2.1", 2019, Measured(percent("76"), percent("74"), percent("78")), cell),
        ("1.2.1", 2020, CALLED_OFF, indicators.Source()),
        ("1.2.2", 2020, Measured(percent("84"), percent("82"), percent("87")), survey),
        ("1.2.2", 2021, Measured(percent("86"), few, percent("87")), survey),
        ("2.1.1", 2019, Measured(quantity("31", MICROGRAMS)), cell),
        ("2.1.1", 2020, Measured(quantity("29", MICROGRAMS)), cell),
        ("2.1.1", 2021, Measured(quantity("0", MICROGRAMS)), cell),
        ("2.1.2", 2020, Measured(percent("-1.1")), cell),
        ("B.1", 2017, Measured(percent("11")), survey),
        ("B.1", 2020, Measured(percent("10")), survey),
    ]
    indicators.record_outcomes(
        outcomes=[indicators.NewOutcome(code, Period(year), value, source) for code, year, value, source in rows],
        by=BY,
        at=AT,
    )


def assess() -> None:
    asked = {
        "1.1": ["kultur", "alvsjo"],
        "1.1.F": ["alvsjo"],
        "1.2": ["ks", "kultur", "miljo", "alvsjo", "arsta", "stadshus"],
        "2.1": ["miljo", "ks"],
    }
    goals.oblige(year=2019, units_by_goal={"1.2": asked["1.2"], "2.1": ["miljo"]}, by=BY, at=AT)
    goals.oblige(year=2020, units_by_goal=asked, by=BY, at=AT)
    earlier, now = Period(2019), YEAR
    said: Sequence[tuple[str, str, Period, Verdict]] = [
        ("1.2", "alvsjo", earlier, NOT_MET),
        ("1.2", "ks", earlier, MET),
        ("2.1", "miljo", earlier, PARTLY),
        ("1.1", "kultur", now, MET),
        ("1.1", "alvsjo", now, MET),
        ("1.1.F", "alvsjo", now, MET),
        ("1.2", "ks", now, MET),
        ("1.2", "kultur", now, MET),
        ("1.2", "miljo", now, MET),
        ("1.2", "alvsjo", now, PARTLY),
        ("1.2", "stadshus", now, MET),
        ("2.1", "miljo", now, NOT_MET),
        ("2.1", "ks", now, PARTLY),
    ]
    goals.record_assessments(
        assessments=[
            goals.BoardAssessment(goal, unit, period, verdict, "Så har vi sett på saken.", invented=True)
            for goal, unit, period, verdict in said
        ],
        by=BY,
        at=AT,
    )


def decide() -> None:
    decision = Decision("Kommunstyrelsen", date(2021, 3, 24), "§ 7", "KS 2021/17")
    said = [
        ("1.1", MET, "Indikatorn når årsmålet och båda nämnderna bedömer målet som uppfyllt.", Ground.INDICATORS),
        ("1.1.F", MET, "Nämnden bedömer att delområdet uppnås helt.", Ground.BOARDS),
        ("1.2", PARTLY, "Utvecklingen går åt rätt håll, men trenden är svag.", Ground.INDICATORS),
        ("2.1", NOT_MET, "Den ansvariga nämnden bedömer att luften inte är ren.", Ground.RESPONSIBLE_BOARDS),
    ]
    goals.decide_verdicts(
        verdicts=[
            goals.GoalVerdict(goal, 2020, CityVerdict(verdict, motive, (ground,), decision))
            for goal, verdict, motive, ground in said
        ],
        by=BY,
        at=AT,
    )


def write_safety_section(year: int = 2020) -> None:
    evening = "Andelen otrygga på kvällen är {{indicator:B.1/2020/outcome.total|spelled}}."
    report.write_section(
        year=year,
        goal="1.2",
        narrative=[
            NarrativePart(
                "Tryggare kvällar",
                (
                    (evening, "Vid förra mätningen var den {{indicator:B.1/2017/outcome.total|spelled}}."),
                    ("Kommunen har lyst upp tre parker.",),
                ),
                pull_quote=0,
                image=Image("En upplyst park om kvällen.", "park.jpg", "Kommunen"),
            )
        ],
        activities=["Nämnderna har i huvudsak genomfört sina aktiviteter."],
        image=Image("Två personer på en bänk."),
        by=BY,
        at=AT,
    )
