"""Areas, and figures by area: Kolada's, Brå's and Statistics Sweden's as published, and some invented by district."""

from datetime import UTC, datetime

from ledtrad.apps.indicators.actions import (
    BatchSource,
    Definition,
    NewArea,
    NewIndicator,
    define_indicators,
    record_observations,
    register_areas,
    revise_indicator,
)
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.people.actors import Actor
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import COUNT, PERCENT, Unit, unit_named
from ledtrad.site.demo_city import areas, tables
from ledtrad.site.demo_city.figures import periodicity, sense

_KOLADA = "Kolada, Rådet för främjande av kommunala analyser"
_BRÅ = "Brottsförebyggande rådet, Brå"
_SCB = "Statistiska centralbyrån, SCB"
_FETCHED = ("2026-03-04", "2026-03-23")
_NTU_TITLES = {
    "NTU.1": "Andel som är otrygga när de går ut ensamma sent en kväll där de bor",
    "NTU.2": "Andel som oroar sig i stor utsträckning för brottsligheten i samhället",
    "NTU.3": "Andel som oroar sig för att någon närstående ska utsättas för brott",
    "NTU.4": "Andel som oroar sig för bostadsinbrott",
    "NTU.5": "Andel som oroar sig för överfall eller misshandel",
    "NTU.6": "Andel som oroar sig för skada på eller stöld ur bil",
}
BROKEN, BREAK_YEAR = "2.3.10", 2021


def register(*, by: Actor, at: datetime) -> None:
    """The nation, counties, municipalities, and the city's districts with their outlines."""
    told = [
        NewArea(
            row["code"],
            AreaKind(row["kind"]),
            row["name"],
            row["parent"],
            first_year=int(row["first_year"]) if row["first_year"] else None,
            last_year=int(row["last_year"]) if row["last_year"] else None,
            source=_KOLADA,
        )
        for row in areas.rows("areas")
    ]
    own = [
        NewArea(code, AreaKind.DISTRICT, name, areas.CITY, outline=outline, source="Stockholms stad, Stadskartan (CC0)")
        for code, name, outline in areas.districts()
    ]
    register_areas(areas=[*told, *own], by=by, at=at)


def register_neighbourhoods(*, by: Actor, at: datetime) -> None:
    """The parts of the districts that the safety survey is drawn in. Needs the districts."""
    source = "Stockholms stad, Stadskartan (CC0); 13 delade på mitten för demostaden"
    told = [
        NewArea(code, AreaKind.NEIGHBOURHOOD, name, district, outline=outline, source=source)
        for code, name, district, outline in areas.neighbourhoods()
    ]
    register_areas(areas=told, by=by, at=at)


def define(*, by: Actor, at: datetime) -> None:
    """What Kolada, Brå and Statistics Sweden measure. Which way is better is our own assumption where they say none."""
    define_indicators(indicators=[*_kolada(), *_brå(), *_scb()], by=by.key, at=at)


def _kolada() -> list[NewIndicator]:
    output = Unit("tkr per head", "tkr")
    titles = {
        "N00945": ("Tillfälliga föräldrapenningdagar (VAB) som tas ut av män, andel av antal dagar", PERCENT, 1, 2000),
        "N03702": ("Bruttoregionprodukt per invånare", output, 0, 2012),
        "N03703": ("Bruttoregionprodukt per sysselsatt", output, 0, 2012),
    }
    return [
        NewIndicator(code, first, Definition(title, unit, Sense.MORE, decimals, source=f"{_KOLADA}, {code}"))
        for code, (title, unit, decimals, first) in titles.items()
    ]


def _brå() -> list[NewIndicator]:
    survey = f"{_BRÅ}, Nationella trygghetsundersökningen, NTU"
    asked = [
        NewIndicator(code, areas.NTU_YEAR, Definition(title, PERCENT, Sense.LESS, source=survey))
        for code, title in _NTU_TITLES.items()
    ]
    reported = [
        NewIndicator(
            code,
            areas.CRIME_YEAR,
            Definition(
                f"Anmälda brott i augusti per 100 000 invånare: {crime}",
                COUNT,
                Sense.LESS,
                source=f"{_BRÅ}, anmälda brott, preliminära uppgifter",
            ),
        )
        for code, crime in areas.CRIMES.items()
    ]
    return [*asked, *reported]


def _scb() -> list[NewIndicator]:
    def new(code: str, title: str, unit: Unit, decimals: int, *, by_sex: bool, first: int) -> NewIndicator:
        asked = Definition(title, unit, Sense.MORE, decimals, by_sex=by_sex, source=f"{_SCB}, folkmängd 31 december")
        return NewIndicator(code, first, asked)

    return [
        new(areas.POPULATION, "Folkmängd", COUNT, 0, by_sex=True, first=2001),
        new(areas.MARRIED, "Andel gifta", PERCENT, 1, by_sex=False, first=2004),
        new(areas.WIDOWED, "Andel änkor och änklingar", PERCENT, 1, by_sex=False, first=2004),
    ]


def record(*, by: Actor, at: datetime) -> None:
    """All figures by area. Kolada's are taken twice, as they were on two days: what was revised in between shows."""
    told = [
        (areas.ntu(), f"{_BRÅ}: Otrygghet och oro för brott, regionala resultat, NTU 2010", False),
        (areas.reported_crime(), f"{_BRÅ}: anmälda brott i augusti 2026, preliminära, Boden", False),
        (areas.population(), f"{_SCB}: folkmängd efter region, civilstånd och kön, BE0101A1", False),
        (areas.worry(), "Trygghetsmätningen, enligt start.stockholm, september 2020", False),
        (areas.invented(areas.SAFE), "Medborgarundersökningen efter stadsdelsområde och ålder (påhittade)", True),
        (areas.invented(areas.HOME_CARE), "Äldres omdöme efter utförare (påhittade)", True),
    ]
    for observations, source, invented in told:
        record_observations(observations=observations, source=BatchSource(source, invented=invented), by=by, at=at)
    for day in _FETCHED:
        fetched = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)
        taken = BatchSource(f"{_KOLADA}, hämtat {day}")
        record_observations(observations=areas.kolada(day), source=taken, by=by, at=fetched)


def revise(*, by: Actor, at: datetime) -> None:
    """One indicator that asks something else from a year on, so that its series breaks."""
    row = next(row for row in tables.indicators() if row.code == BROKEN)
    definition = Definition(
        title=row.name,
        unit=unit_named(row.unit),
        sense=sense(row),
        decimals=row.decimals,
        by_sex=bool(row.gap) and row.gap != "0",
        periodicity=periodicity(row),
        source=tables.sources()[row.source].name,
    )
    because = f"Påhittat för demostaden: från {BREAK_YEAR} besvaras enkäten av alla från 18 år, förut av 18–79 år."
    revise_indicator(
        code=BROKEN, from_year=BREAK_YEAR, definition=definition, because=because, breaks="mode", by=by.key, at=at
    )
