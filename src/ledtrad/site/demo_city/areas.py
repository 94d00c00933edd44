"""Figures by area: published ones as they stand in print, and the city's districts with figures drawn by lot."""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files

from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind, Measured
from ledtrad.core.quantities import decimals_of, rounded
from ledtrad.site.demo_city.figures import all_figures
from ledtrad.site.demo_city.lots import lot, spread
from ledtrad.site.demo_city.tables import safety_survey

CITY = "0180"
SAFE, HOME_CARE = "1.2.1", "1.5.1"
POPULATION, MARRIED, WIDOWED = "SCB.1", "SCB.2", "SCB.3"
NTU = {
    "NTU.1": "otrygghet_sen_kvall",
    "NTU.2": "oro_brottsligheten",
    "NTU.3": "oro_narstaende",
    "NTU.4": "oro_bostadsinbrott",
    "NTU.5": "oro_overfall",
    "NTU.6": "oro_bilbrott",
}
NTU_YEAR, CRIME_YEAR, BODEN = 2010, 2026, "2582"
CRIMES = {
    "BRÅ.1": "Totalt antal brott",
    "BRÅ.2": "3-7 kap. Brott mot person",
    "BRÅ.3": "12 kap. Skadegörelsebrott",
    "BRÅ.4": "8 kap. Stöld, rån m.m.",
}
KOLADA = ("N00945", "N03702", "N03703")
_KOLADA_DECIMALS = {"N00945": 1, "N03702": 0, "N03703": 0}
_WORRY = "TM.2"
_SEXES = {Sex.WOMEN: "women", Sex.MEN: "men"}
_AGES = ("16-19", "20-34", "35-49", "50-64", "65-79", "80-")
_UNSURE = Decimal("2.1")
Observations = dict[Place, Observed]


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    text = files(__package__).joinpath("data", f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter=";"))


def districts() -> Iterator[tuple[str, str, str]]:
    """Code, name and outline (GeoJSON geometry) of each of the city's districts."""
    for told, outline in _outlines("districts"):
        yield told["code"], told["name"], outline


def neighbourhoods() -> Iterator[tuple[str, str, str, str]]:
    """Code, name, district and outline of each of the 130 parts that the safety survey is drawn in."""
    outlines = {told["code"]: outline for told, outline in _outlines("neighbourhoods")}
    taken = {name for _code, name, _outline in districts()}
    for row in rows("survey_strata"):
        name = f"{row['name']} (stadsdel)" if row["name"] in taken else row["name"]
        yield row["code"], name, row["district"], outlines[row["code"]]


def _outlines(name: str) -> Iterator[tuple[dict[str, str], str]]:
    text = files(__package__).joinpath("data", f"{name}.geojson").read_text("utf-8")
    for feature in json.loads(text)["features"]:
        yield feature["properties"], json.dumps(feature["geometry"], separators=(",", ":"))


# --- as published --------------------------------------------------------------------------------


def kolada(fetched: str) -> Observations:
    """What Kolada had on a day."""
    return {
        Place(row["kpi"], row["area"], int(row["year"])): Observed(
            Decimal(row["value"]), _KOLADA_DECIMALS[row["kpi"]], cell=f"{row['kpi']}/{row['area']}/{row['year']}"
        )
        for row in rows("kolada")
        if row["fetched"] == fetched
    }


def ntu() -> Observations:
    """The national safety survey of 2010, by county and large municipality. XX: too few answered."""
    return {
        Place(code, row["code"], NTU_YEAR): _printed(row[column], f"{row['area']}/{column}")
        for row in rows("ntu_2010")
        for code, column in NTU.items()
    }


def _printed(text: str, cell: str) -> Observed:
    if text == "XX":
        return Observed(absence=AbsenceKind.SUPPRESSED, mark=text, cell=cell)
    return Observed(Decimal(text), decimals_of(Decimal(text)), cell=cell)


def reported_crime() -> Observations:
    """Crimes reported in one month in Boden, per 100 000 inhabitants; zero is a figure like any other."""
    said = {row["crime"]: row["per_100000"] for row in rows("reported_crime_boden")}
    return {Place(code, BODEN, CRIME_YEAR): _printed(said[crime], crime) for code, crime in CRIMES.items()}


def population() -> Observations:
    """Inhabitants by sex, and for the last year what share is married and widowed: our sums of the printed cells."""
    found: Observations = {}
    last = max(row["year"] for row in rows("population"))
    for row in rows("population"):
        found |= _people(row)
        if row["year"] == last:
            found |= _shares(row)
    return found


def _people(row: dict[str, str]) -> Observations:
    place = Place(POPULATION, row["code"], int(row["year"]))
    counted = {
        sex: sum(int(row[f"{state}_{name}"]) for state in ("single", "married", "widowed", "divorced"))
        for sex, name in _SEXES.items()
    }
    counted[Sex.ALL] = sum(counted.values())
    return {
        Place(place.indicator, place.area, place.year, 0, sex): Observed(Decimal(count), 0)
        for sex, count in counted.items()
    }


def _shares(row: dict[str, str]) -> Observations:
    whole = sum(int(count) for name, count in row.items() if name not in ("code", "year"))
    found = {}
    for code, state in ((MARRIED, "married"), (WIDOWED, "widowed")):
        part = sum(int(row[f"{state}_{name}"]) for name in _SEXES.values())
        share = rounded(Decimal(100 * part) / whole, 2)
        found[Place(code, row["code"], int(row["year"]))] = Observed(share, 1)
    return found


def worry() -> Observations:
    """The city's safety survey as published: in three districts, and for two groups."""
    wanted = {"TM.3": "0180-rinkeby-kista", "TM.4": "0180-spanga-tensta", "TM.5": "0180-farsta"}
    found = {
        Place(_WORRY, wanted[row.code], row.year): Observed(Decimal(row.value), 0)
        for row in safety_survey()
        if row.code in wanted
    }
    found[Place(_WORRY, CITY, 2020, group="age:65-79")] = Observed(Decimal(6), 0)
    found[Place(_WORRY, CITY, 2020, group="disability:yes")] = Observed(Decimal(12), 0)
    return found


# --- invented ------------------------------------------------------------------------------------


def invented(code: str) -> Observations:
    """Figures around the city's own outcome of each year: the safe city by district and age, home care by provider."""
    found: Observations = {}
    for figure in all_figures():
        if figure.indicator.code == code and isinstance(figure.outcome, Measured):
            level = figure.outcome.total.value
            found |= _by_district(code, figure.year, level) if code == SAFE else _by_provider(code, figure.year, level)
    return found


def _by_district(code: str, year: int, level: Decimal) -> Observations:
    found = {Place(code, CITY, year): _estimated(level, Decimal("1.2"))}
    for district, _name, _outline in districts():
        here = level + 13 * spread(code, district) + 3 * spread(code, district, year)
        margin = _UNSURE + rounded(3 * lot("osäkerhet", district), 1)
        found[Place(code, district, year)] = _estimated(here, margin)
        apart = 2 + 3 * lot("kön", district)
        found[Place(code, district, year, sex=Sex.WOMEN)] = _estimated(here - apart, margin + 1)
        found[Place(code, district, year, sex=Sex.MEN)] = _men(district, year, here + apart, margin + 1)
    for age in _AGES:
        here = level + 8 * spread(code, age) + 2 * spread(code, age, year)
        found[Place(code, CITY, year, group=f"age:{age}")] = _estimated(here, _UNSURE)
    return found


def _men(district: str, year: int, value: Decimal, margin: Decimal) -> Observed:
    """Now and then too few have answered."""
    if lot("för få", district, year) < Decimal("0.12"):
        return Observed(absence=AbsenceKind.SUPPRESSED, mark="..")
    return _estimated(value, margin)


def _by_provider(code: str, year: int, level: Decimal) -> Observations:
    return {
        Place(code, CITY, year, group=f"provider:{who}"): _estimated(
            level + 4 * spread(code, who, year), Decimal("1.4")
        )
        for who in ("own", "private")
    }


def _estimated(value: Decimal, margin: Decimal) -> Observed:
    return Observed(rounded(min(value, Decimal(99)), 0), 0, rounded(margin, 1))
