"""Simulated people of the safety survey: who lives in the 130 parts of the city, who is drawn and who answers.

Invented from beginning to end, and the same on every machine: no one in it exists. The city shows its survey for 130
inhabited parts (stadsdelar), and its open map has 117; so one part by lot in each of the 13 district areas is divided
in two ("norra delen", "södra delen").
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ledtrad.site.demo_city.areas import rows
from ledtrad.site.demo_city.lots import lot

Vector = np.ndarray[Any, Any]
WAVES = (2008, 2011, 2014, 2017, 2020, 2023)
AGES = ("16-24", "25-44", "45-64", "65-79")
_AGE_SHARES = (0.15, 0.42, 0.29, 0.14)
_AGE_RESPONSE = (0.62, 0.86, 1.15, 1.42)
# Answers: published for 2017, "about 15 000" for 2020 and 2023; the others are made up. Rates: 51 and 55 percent
# published for 2014 and 2017.
ANSWERED = {2008: 16_000, 2011: 16_500, 2014: 16_300, 2017: 17_669, 2020: 15_000, 2023: 15_000}
RESPONSE = {2008: 0.6, 2011: 0.57, 2014: 0.51, 2017: 0.55, 2020: 0.5, 2023: 0.47}
_PEOPLE = {2008: 640_000, 2011: 680_000, 2014: 715_000, 2017: 745_000, 2020: 770_000, 2023: 785_000}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the city that is sampled for itself. `divided` when it is one half of a part on the map."""

    code: str
    name: str
    district: str
    divided: bool


@cache
def parts() -> tuple[Part, ...]:
    """The 130 parts, district by district."""
    return tuple(
        Part(row["code"], row["name"], row["district"], row["divided"] == "yes") for row in rows("survey_strata")
    )


@cache
def populations(year: int) -> tuple[int, ...]:
    """How many aged 16–79 live in each part: drawn by lot, and together about as many as in the city."""
    sizes = [0.35 + 1.3 * float(lot("folkmängd", part.code)) for part in parts()]
    return tuple(round(_PEOPLE[year] * size / sum(sizes)) for size in sizes)


@cache
def sampled(year: int) -> tuple[int, ...]:
    """How many are drawn in each part: about as many everywhere, so that each can be shown."""
    each = ANSWERED[year] / RESPONSE[year] / len(parts())
    return tuple(round(each * (0.93 + 0.14 * float(lot("urval", year, part.code)))) for part in parts())


@dataclass(frozen=True, slots=True)
class Answering:
    """Those who answer, row by row: places of their part and age group, whether a woman, disabled and on paper."""

    part: Vector
    age: Vector
    woman: Vector
    disabled: Vector
    paper: Vector
    language: Vector


def lots(year: int, what: str, size: int) -> Vector:
    """Numbers from 0 up to 1: Philox, with a key drawn from the names."""
    key = int.from_bytes(hashlib.blake2b(f"Ledtråd/{year}/{what}".encode(), digest_size=16).digest(), "big")
    return np.random.Generator(np.random.Philox(key=key)).random(size)


def answering(year: int) -> Answering:
    """Those of the drawn who answer: the older more often than the young, and exactly as many as the wave has."""
    part = np.repeat(np.arange(len(parts())), sampled(year))
    age = np.searchsorted(np.cumsum(_AGE_SHARES)[:-1], lots(year, "ålder", part.size), side="right")
    willing = np.array([0.75 + 0.4 * float(lot("svarsvilja", one.code)) for one in parts()])[part]
    chance = willing * np.array(_AGE_RESPONSE)[age]
    order = np.argsort(-np.log1p(-lots(year, "svar", part.size)) / chance, kind="stable")
    chosen = np.sort(order[: ANSWERED[year]])
    part, age, size = part[chosen], age[chosen], chosen.size
    return Answering(
        part,
        age,
        lots(year, "kön", size) < 0.515,
        lots(year, "funktion", size) < np.array((0.06, 0.08, 0.14, 0.24))[age],
        lots(year, "sätt", size) < np.array((0.15, 0.25, 0.5, 0.75))[age] * (1.3 if year < 2014 else 0.9),
        np.where(lots(year, "språk", size) < (0.0 if year < 2017 else 0.04), 1, 0),
    )
