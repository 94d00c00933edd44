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

from django.contrib.auth.hashers import make_password

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import ActivityKind
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.organisation import actions as organisation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.people import actions as people
from ledtrad.apps.people.actors import Actor, program
from ledtrad.apps.people.models import Person, Role
from ledtrad.apps.people.queries import actor as person_as_actor
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.steering import actions as steering
from ledtrad.core.assessment import Decision, Sense, at_least, at_most
from ledtrad.core.calendar import PhaseDates, PhaseKind
from ledtrad.core.periods import Period
from ledtrad.core.quantities import COUNT, PERCENT, quantity

BUILDER = program("Lillköping")
BEFORE = datetime(2020, 11, 15, 9, 0, tzinfo=UTC)
IN_PLANNING = datetime(2021, 1, 10, 9, 0, tzinfo=UTC)
IN_TERTIAL_1 = datetime(2021, 5, 3, 9, 0, tzinfo=UTC)
IN_TERTIAL_2 = datetime(2021, 9, 6, 9, 0, tzinfo=UTC)
IN_YEAR_REPORT = datetime(2022, 1, 20, 9, 0, tzinfo=UTC)
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


def open_and_fill(unit: str = "kultur", period: Period = WHOLE, by: str = "rut", at: datetime = IN_YEAR_REPORT) -> int:
    """Open the report and fill in every row of the whole year; answers its id."""
    from ledtrad.apps.reporting.queries import rows_of

    report = reporting.open_report(unit=unit, period=period, by=actor(by), at=at)
    saves = [
        reporting.RowSave(row.id, FULL_YEAR_ROWS[row.subject], row.version, f"fill-{row.id}-{row.version}")
        for row in rows_of(report)
    ]
    reporting.save_rows(saves=saves, by=actor(by), at=at)
    return report
