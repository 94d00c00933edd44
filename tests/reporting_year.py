"""The second part of Lillköping: the reporting year 2021, with its people. Needs the city of `universe`.

kf       kommunfullmäktige
kultur   kulturnämnden          answers for 1.1 and 1.2; owns the indicators K.1 (by sex) and K.2
├── bibliotek   Biblioteket     a unit with a head; activity 2021/bibliotek/1
└── scenen      Stora scenen    a unit without a head
miljo    miljönämnden           answers for 1.2 and 2.1

Rut     reporter of kultur              Ove     reporter of miljo: the outsider
Sara    secretary of kultur             Rakel   auditor
Ulla    head of bibliotek               Edit    editor
Carl    central controller              Ada     administrator
Lars    reader of kultur                Rolf    reporter of kultur: Rut's colleague

calendar 2021     opens       due         closes
plan              2020-11-01  2021-01-15  2021-02-01
tertial 1         2021-04-26  2021-05-10  2021-06-01
tertial 2         2021-08-30  2021-09-13  2021-10-01
year report       2022-01-03  2022-01-31  2022-03-01
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from tests.built_once import built_once

from ledtrad.apps.auditors import actions as auditors
from ledtrad.apps.auditors.models import Opinion
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import ActivityKind
from ledtrad.apps.goals.queries import preview_copy
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.organisation import actions as organisation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.people import actions as people
from ledtrad.apps.people.actors import Actor, program
from ledtrad.apps.people.models import Person, Role
from ledtrad.apps.people.queries import actor as person_as_actor
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.queries import questions_of, report_by_id, rows_of
from ledtrad.apps.steering import actions as steering
from ledtrad.core.assessment import Decision, Sense, Verdict, at_least, at_most
from ledtrad.core.calendar import PhaseDates, PhaseKind, city_day
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.periods import Period
from ledtrad.core.quantities import COUNT, PERCENT, quantity

BUILDER = program("Lillköping")
BEFORE = datetime(2020, 11, 15, 9, 0, tzinfo=UTC)
IN_PLANNING = datetime(2021, 1, 10, 9, 0, tzinfo=UTC)
IN_TERTIAL_1 = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
IN_TERTIAL_2 = datetime(2021, 9, 6, 9, 0, tzinfo=UTC)
IN_YEAR_REPORT = datetime(2022, 1, 20, 9, 0, tzinfo=UTC)
AFTER = datetime(2022, 4, 15, 9, 0, tzinfo=UTC)
YEAR = 2021
T1, T2, WHOLE = Period(YEAR, 1), Period(YEAR, 2), Period(YEAR)
PASSWORD = "tre-gula-bussar"
DECISION = Decision("Kulturnämnden", date(2022, 1, 19), "§ 8", "KUN 2022/14")

PEOPLE: dict[str, tuple[Role, str]] = {
    "rut": (Role.REPORTER, "kultur"),
    "rolf": (Role.REPORTER, "kultur"),
    "sara": (Role.BOARD_SECRETARY, "kultur"),
    "lars": (Role.READER, "kultur"),
    "ulla": (Role.UNIT_HEAD, "bibliotek"),
    "ove": (Role.REPORTER, "miljo"),
    "carl": (Role.CENTRAL_CONTROLLER, "kf"),
    "edit": (Role.EDITOR, "kf"),
    "rakel": (Role.AUDITOR, "kf"),
    "ada": (Role.ADMINISTRATOR, "kf"),
}


@built_once
def build() -> None:
    """People, calendar, plan. No report is open yet."""
    build_units()
    build_people()
    build_calendar()
    build_plan()


def build_units() -> None:
    organisation.register_units(
        units=[
            organisation.NewUnit("bibliotek", "Biblioteket", UnitKind.UNIT, date(2015, 1, 1), parent="kultur"),
            organisation.NewUnit("scenen", "Stora scenen", UnitKind.UNIT, date(2015, 1, 1), parent="kultur"),
        ],
        by=BUILDER.key,
        at=BEFORE,
    )


def build_people() -> None:
    password = make_password(PASSWORD)
    people.register_people(
        people=[
            people.NewPerson(email(name), f"{name.capitalize()} Lillqvist", password, key=name, invented=True)
            for name in PEOPLE
        ],
        by=BUILDER,
        at=BEFORE,
    )
    people.give_roles(
        grants=[people.NewGrant(email(name), role, unit, date(2020, 1, 1)) for name, (role, unit) in PEOPLE.items()],
        by=BUILDER,
        at=BEFORE,
    )


def email(name: str) -> str:
    return f"{name}@lillkoping.example"


def person(name: str) -> Person:
    return Person.objects.get(email=email(name))


def actor(name: str, day: date = date(2021, 6, 1)) -> Actor:
    """The person as she acts, with the roles that hold on `day`."""
    return person_as_actor(person(name).key, day)


def build_calendar() -> None:
    def phase(kind: PhaseKind, opens: date, due: date, closes: date) -> PhaseDates:
        return PhaseDates(YEAR, kind, opens, due, closes)

    steering.set_phases(
        phases=[
            phase(PhaseKind.PLAN, date(2020, 11, 1), date(2021, 1, 15), date(2021, 2, 1)),
            phase(PhaseKind.TERTIAL_1, date(2021, 4, 26), date(2021, 5, 10), date(2021, 6, 1)),
            phase(PhaseKind.TERTIAL_2, date(2021, 8, 30), date(2021, 9, 13), date(2021, 10, 1)),
            phase(PhaseKind.YEAR_REPORT, date(2022, 1, 3), date(2022, 1, 31), date(2022, 3, 1)),
        ],
        by=BUILDER,
        at=BEFORE,
    )


def build_plan() -> None:
    goals.oblige(
        year=YEAR,
        units_by_goal={"1.1": ["kultur"], "1.2": ["kultur", "miljo"], "2.1": ["miljo"]},
        by=BUILDER.key,
        at=BEFORE,
    )
    by_sex = indicators.Definition("Andel unga som läser varje dag", PERCENT, Sense.MORE, 1, by_sex=True)
    plain = indicators.Definition("Antal inställda föreställningar", COUNT, Sense.LESS)
    indicators.define_indicators(
        indicators=[
            indicators.NewIndicator("K.1", 2019, by_sex, owner="kultur"),
            indicators.NewIndicator("K.2", 2019, plain, owner="kultur"),
        ],
        by=BUILDER.key,
        at=BEFORE,
    )
    indicators.set_targets(
        targets=[
            indicators.NewTarget("K.1", YEAR, at_least(quantity("60", PERCENT))),
            indicators.NewTarget("K.2", YEAR, at_most(quantity("3", COUNT))),
        ],
        by=BUILDER.key,
        at=BEFORE,
    )
    goals.plan_activities(
        activities=[
            goals.NewActivity(
                code,
                goal,
                unit,
                YEAR,
                ActivityKind.ACTIVITY,
                title=title,
                starts=date(2021, 1, 1),
                ends=date(2021, 12, 31),
            )
            for code, goal, unit, title in [
                ("2021/kultur/1", "1.1", "kultur", "Läsa högt i alla förskolor"),
                ("2021/kultur/2", "1.2", "kultur", "Hålla öppet på kvällar"),
                ("2021/bibliotek/1", "1.1", "bibliotek", "Bokbuss till Årsta"),
            ]
        ],
        by=BUILDER,
        at=BEFORE,
    )


# --- rows, filled in as a person would ------------------------------------------------------------

FULL_YEAR_ROWS: dict[str, dict[str, str]] = {
    "K.1": {"total": "61,5", "women": "66", "men": "57", "comment": "Fler flickor än pojkar läser."},
    "K.2": {"not_measured": "Scenen var stängd hela året."},
    "2021/kultur/1": {"progress": "done"},
    "2021/kultur/2": {"progress": "partly", "why": "Personal saknades under hösten."},
    "1.1": {"verdict": "met", "result": "Läsandet ökar i alla åldrar."},
    "1.2": {
        "verdict": "partly",
        "result": "Fler besöker biblioteken på kvällen.",
        "cause": "Två bibliotek höll stängt.",
        "risk": "Vakanserna kvarstår.",
        "measure": "Rekrytering pågår; öppet varje kväll från mars.",
    },
    "2021/bibliotek/1": {"progress": "done"},
}


@built_once
def open_and_fill(unit: str = "kultur", period: Period = WHOLE, by: str = "rut", at: datetime = IN_YEAR_REPORT) -> int:
    """Open the report and fill in every row of the whole year; answers its id."""
    report = reporting.open_report(unit=unit, period=period, by=actor(by), at=at)
    fill(report, FULL_YEAR_ROWS, by, at)
    return report


# --- a whole year, played through ------------------------------------------------------------------


@built_once
def play() -> int:
    """The year of kulturnämnden from plan to correction and audit answer; answers the year report's id.

    Afterwards every table of the reporting year has a row.
    """
    adopt_and_change_the_plan()
    report_the_tertial()
    report = open_and_fill()
    clash_over("1.1", report)
    return_and_answer(report)
    close(report, DECISION, IN_YEAR_REPORT)
    correct_the_readers(report)
    hear_the_auditors()
    copy_the_plan()
    take_in_figures()
    return report


def adopt_and_change_the_plan() -> None:
    adopted = Decision("Kulturnämnden", date(2021, 1, 8), "§ 2", "KUN 2021/3")
    steering.adopt_plan(unit="kultur", year=YEAR, decision=adopted, by=actor("sara"), at=IN_PLANNING)
    changed = Decision("Kulturnämnden", date(2021, 4, 14), "§ 31", "KUN 2021/77")
    goals.change_activity(
        code="2021/kultur/2",
        title="Hålla öppet alla kvällar",
        starts=date(2021, 1, 1),
        ends=date(2021, 12, 31),
        decision=changed,
        by=actor("sara"),
        at=IN_TERTIAL_1,
    )


TERTIAL_ROWS: dict[str, dict[str, str]] = {
    "K.1": {"forecast": "62", "forecast_verdict": "met"},
    "K.2": {"forecast_verdict": "partly"},
    "2021/kultur/1": {"progress": "done"},
    "2021/kultur/2": {"progress": "partly", "why": "Rekrytering pågår."},
    "1.1": {"result": "Läsandet ökar.", "forecast_met": "80", "forecast_partly": "20", "forecast_not_met": "0"},
    "1.2": {"result": "Fler kommer.", "forecast_met": "40", "forecast_partly": "50", "forecast_not_met": "10"},
}


def report_the_tertial() -> None:
    report = reporting.open_report(unit="kultur", period=T1, by=actor("rut"), at=IN_TERTIAL_1)
    fill(report, TERTIAL_ROWS, "rut", IN_TERTIAL_1)
    submit(report, "rut", IN_TERTIAL_1)
    close(report, Decision("Kulturnämnden", date(2021, 5, 2), "§ 40", "KUN 2021/90"), IN_TERTIAL_1)


def fill(report: int, rows: dict[str, dict[str, str]], by: str, at: datetime) -> None:
    saves = [
        reporting.RowSave(row.id, rows[row.subject], row.version, f"fill-{row.id}-{row.version}")
        for row in rows_of(report)
    ]
    reporting.save_rows(saves=saves, by=actor(by), at=at)


def clash_over(subject: str, report: int) -> None:
    row = next(row for row in rows_of(report) if row.subject == subject)
    clash = reporting.save_row(
        row_id=row.id,
        fields={"result": "Läsandet ökar mest bland de yngsta."},
        rests_on=row.version - 1,
        save_key="rolf-1",
        by=actor("rolf"),
        at=IN_YEAR_REPORT,
    )
    assert isinstance(clash, reporting.Clash)


def submit(report: int, by: str, at: datetime) -> None:
    reporting.submit_report(report_id=report, rests_on=report_by_id(report).version, by=actor(by), at=at)


def return_and_answer(report: int) -> None:
    submit(report, "rut", IN_YEAR_REPORT)
    cause = next(row for row in rows_of(report) if row.subject == "1.2")
    reporting.return_report(
        report_id=report,
        rests_on=report_by_id(report).version,
        questions=[reporting.NewQuestion("Vilka två bibliotek höll stängt?", cause.id, "cause")],
        by=actor("carl"),
        at=IN_YEAR_REPORT,
    )
    (question,) = questions_of(report)
    reporting.answer_question(
        question_id=question.id, text="Biblioteken i Årsta och Älvsjö.", by=actor("rut"), at=IN_YEAR_REPORT
    )
    submit(report, "rut", IN_YEAR_REPORT)


def close(report: int, decision: Decision, at: datetime) -> None:
    reporting.decide_report(
        report_id=report, rests_on=report_by_id(report).version, decision=decision, by=actor("sara"), at=at
    )
    reporting.lock_report(report_id=report, rests_on=report_by_id(report).version, by=actor("carl"), at=at)


def correct_the_readers(report: int) -> None:
    row = next(row for row in rows_of(report) if row.subject == "K.1")
    reporting.correct_row(
        row_id=row.id,
        fields={"total": "61,0"},
        why="Talet hade avrundats två gånger.",
        rests_on=row.version,
        by=actor("sara"),
        at=AFTER,
    )


def hear_the_auditors() -> None:
    auditors.give_opinion(
        goal="1.2",
        year=YEAR,
        verdict=Verdict.NOT_MET,
        reasons="Två av tre mått pekar nedåt.",
        known_at=AFTER,
        answered_by_unit="kultur",
        answer_due=date(2022, 6, 30),
        by=actor("rakel"),
        at=AFTER,
    )
    (opinion,) = Opinion.objects.values_list("pk", flat=True)
    auditors.answer_opinion(opinion_id=opinion, text="Nämnden öppnar åter i mars.", by=actor("sara"), at=AFTER)


def copy_the_plan() -> None:
    """The year after begins with what goes on from this one."""
    plan = PhaseDates(YEAR + 1, PhaseKind.PLAN, date(2021, 11, 1), date(2022, 5, 31), date(2022, 6, 30))
    steering.set_phases(phases=[plan], by=actor("carl"), at=AFTER)
    seen = preview_copy(YEAR, YEAR + 1, city_day(AFTER)).fingerprint
    goals.copy_plan(from_year=YEAR, year=YEAR + 1, seen=seen, by=actor("carl"), at=AFTER)


def take_in_figures() -> None:
    """Figures of a neighbour for the indicator of the readers, and what it costs to collect."""
    indicators.register_areas(
        areas=[indicators.NewArea("9999", AreaKind.MUNICIPALITY, "Storköping", source="påhittat")],
        by=actor("carl"),
        at=AFTER,
    )
    indicators.record_observations(
        observations={Place("K.1", "9999", YEAR, sex=Sex.WOMEN): Observed(Decimal("64.5"), 1)},
        source=indicators.BatchSource("Lillköpings grannar", invented=True),
        by=actor("carl"),
        at=AFTER,
    )
    indicators.estimate_cost(code="K.1", minutes=90, note="Två mejl och en tabell.", by=actor("rut"), at=AFTER)
