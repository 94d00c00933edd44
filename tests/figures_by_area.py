"""Lillköping among other municipalities, and its two parts: built through actions, beside `universe.build_city`.

0000 Riket
└── 0001 Lilla län
    ├── 0180 Lillköping   0180-norr (a square), 0180-soder (a square beside it), 0180-vast (no outline)
    ├── 0181 Grannby      like Lillköping in size and structure
    ├── 0182 Storstad     much larger
    ├── 0183 Lillboda     small, and old
    ├── 0184 Tystnad      suppressed everywhere
    └── 0185 Forndorp     until 2018

Y.1  Andel som trivs, %, more is better; asks something else from 2020 (wording)
     2018       2019       2020
0000 60         61         55
0180 62 ±2      64 ±2      50 ±2      women 48, men 53 in 2020; age:16-29 40, age:30- 52 in 2020
0181 61         64         52 ±2
0182 –          70         70 ±1
0183 58         –          0          zero is a figure
0184 ..         ..         ..
0185 44         –          –
norr –          –          45 ±6      women 40, men suppressed
soder –         –          58 ±6
vast –          –          not measured
Y.2  Anmälda ärenden (a count), 2020: 0180 10, 0181 10, 0182 900, 0000 9000
SCB.1, SCB.2 of 2015: population, and the share of old people, for all but Tystnad
"""

from datetime import UTC, datetime
from decimal import Decimal

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
from ledtrad.apps.people.actors import program
from ledtrad.core.assessment import Sense
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import COUNT, PERCENT

BY, AT = program("Kim Kontroller"), datetime(2021, 1, 15, 9, 0, tzinfo=UTC)
HIDDEN = Observed(absence=AbsenceKind.SUPPRESSED, mark="..")
UNKNOWN = Observed(absence=AbsenceKind.NOT_MEASURED, mark="–")
TITLE = "Andel som trivs"


def square(west: float) -> str:
    corners = [(west, 59.0), (west + 0.1, 59.0), (west + 0.1, 59.1), (west, 59.1), (west, 59.0)]
    return f'{{"type": "Polygon", "coordinates": [{[list(corner) for corner in corners]}]}}'


def build_areas() -> None:
    def town(code: str, name: str, **more: int) -> NewArea:
        return NewArea(code, AreaKind.MUNICIPALITY, name, "0001", **more)

    register_areas(
        areas=[
            NewArea("0000", AreaKind.NATION, "Riket"),
            NewArea("0001", AreaKind.COUNTY, "Lilla län", "0000"),
            town("0180", "Lillköping"),
            town("0181", "Grannby"),
            town("0182", "Storstad"),
            town("0183", "Lillboda"),
            town("0184", "Tystnad"),
            town("0185", "Forndorp", last_year=2018),
            NewArea("0180-norr", AreaKind.DISTRICT, "Norr", "0180", outline=square(18.0)),
            NewArea("0180-soder", AreaKind.DISTRICT, "Söder", "0180", outline=square(18.1)),
            NewArea("0180-vast", AreaKind.DISTRICT, "Väst", "0180"),
        ],
        by=BY,
        at=AT,
    )


def build_figures() -> None:
    """The areas first."""
    asked = Definition(TITLE, PERCENT, Sense.MORE, by_sex=True, question="Trivs du?", splits=("district", "age"))
    define_indicators(
        indicators=[
            NewIndicator("Y.1", 2018, asked),
            NewIndicator("Y.2", 2020, Definition("Anmälda ärenden", COUNT, Sense.LESS)),
            NewIndicator("SCB.1", 2015, Definition("Folkmängd", COUNT, Sense.MORE)),
            NewIndicator("SCB.2", 2015, Definition("Andel äldre", PERCENT, Sense.MORE)),
        ],
        by=BY.key,
        at=AT,
    )
    revise_indicator(
        code="Y.1", from_year=2020, definition=asked, because="Ny fråga.", breaks="wording", by=BY.key, at=AT
    )
    record_observations(observations={**_towns(), **_parts()}, source=BatchSource("Trivselenkäten"), by=BY, at=AT)


def _figure(text: str) -> Observed:
    value, _sign, margin = text.partition(" ±")
    return Observed(Decimal(value), 0, Decimal(margin) if margin else None)


def _towns() -> dict[Place, Observed]:
    known = {
        "0000": ("60", "61", "55"),
        "0180": ("62 ±2", "64 ±2", "50 ±2"),
        "0181": ("61", "64", "52 ±2"),
        "0182": ("", "70", "70 ±1"),
        "0183": ("58", "", "0"),
        "0185": ("44", "", ""),
    }
    found = {
        Place("Y.1", area, year): _figure(text)
        for area, texts in known.items()
        for year, text in zip((2018, 2019, 2020), texts, strict=True)
        if text
    }
    found |= {Place("Y.1", "0184", year): HIDDEN for year in (2018, 2019, 2020)}
    counts = {"0180": 10, "0181": 10, "0182": 900, "0000": 9000}
    found |= {Place("Y.2", area, 2020): Observed(Decimal(count), 0) for area, count in counts.items()}
    sizes = {"0180": (40_000, 20), "0181": (41_000, 21), "0182": (800_000, 15), "0183": (5_000, 33), "0185": (900, 40)}
    for area, (size, old) in sizes.items():
        found[Place("SCB.1", area, 2015)] = Observed(Decimal(size), 0)
        found[Place("SCB.2", area, 2015)] = Observed(Decimal(old), 0)
    return found


def _parts() -> dict[Place, Observed]:
    def of(area: str, sex: Sex = Sex.ALL, group: str = "") -> Place:
        return Place("Y.1", area, 2020, 0, sex, group)

    return {
        of("0180", Sex.WOMEN): _figure("48"),
        of("0180", Sex.MEN): _figure("53"),
        of("0180", group="age:16-29"): _figure("40"),
        of("0180", group="age:30-"): _figure("52"),
        of("0180-norr"): _figure("45 ±6"),
        of("0180-norr", Sex.WOMEN): _figure("40"),
        of("0180-norr", Sex.MEN): HIDDEN,
        of("0180-soder"): _figure("58 ±6"),
        of("0180-vast"): UNKNOWN,
    }
