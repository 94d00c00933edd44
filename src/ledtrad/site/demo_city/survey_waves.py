"""Simulated answers of the safety survey, wave by wave, that come out as the published figures do.

Invented: only the shares that the city has published are real (`data/safety_survey.csv`), and the answers are drawn so
that the weighted shares agree with them when rounded. What is not published is drawn by lot around a level of its own.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from ledtrad.core.surveys.answers import Code, Codebook, Variable, VariableKind
from ledtrad.core.surveys.weighting import Margin, raked
from ledtrad.site.demo_city.lots import spread
from ledtrad.site.demo_city.survey_people import AGES, WAVES, Answering, Vector, answering, lots, parts, populations
from ledtrad.site.demo_city.tables import safety_survey

SURVEY = "trygghet"
SIMULATED = "Simulerade svar: ingen av dem som svarar finns."
# Published for districts and groups in 2020 and 2017, as shares of those who often worry.
_DISTRICTS = {"TM.3": "0180-rinkeby-kista", "TM.4": "0180-spanga-tensta", "TM.5": "0180-farsta"}
_GROUPS_2020 = {"disabled": 0.12, "old": 0.06}
_CLOSE = 1e-13
_WORRY = {2008: 0.12, 2011: 0.10, 2023: 0.09}
_UNSAFE = {2008: 0.14, 2011: 0.12, 2014: 0.11, 2023: 0.10}


@dataclass(frozen=True)
class Theme:
    """A question with yes and no: its column, its words, and the share that says yes in the first and last wave."""

    column: str
    words: str
    first: float
    last: float


THEMES = (
    Theme("hot", "Har du det senaste året utsatts för hot?", 0.055, 0.06),
    Theme("stold", "Har du det senaste året utsatts för stöld?", 0.11, 0.08),
    Theme("skadegorelse", "Har något du äger skadats med flit det senaste året?", 0.10, 0.07),
    Theme("nedskrapning", "Är nedskräpning ett problem där du bor?", 0.38, 0.34),
    Theme("narkotika", "Är narkotikahandel ett problem där du bor?", 0.12, 0.19),
    Theme("buller", "Är störande grannar ett problem där du bor?", 0.14, 0.12),
)


def wave(year: int) -> dict[str, Vector]:
    """The columns of a wave, a row for each who answered. The same for the same year, whenever and wherever."""
    people = answering(year)
    weights = _weights(year, people)
    columns: dict[str, Vector] = {
        "lopnummer": np.array([f"S{year}R{row:05}" for row in range(people.part.size)]),
        "stadsdel": np.array([one.code for one in parts()])[people.part],
        "omrade": np.array([one.district for one in parts()])[people.part],
        "kon": np.where(people.woman, 1, 2),
        "alder": people.age + 1,
        "funktionsnedsattning": np.where(people.disabled, 1, 2),
        "satt": np.where(people.paper, 1, 2),
        "sprak": people.language + 1,
        "antal": np.array(populations(year))[people.part],
        "vikt": weights,
        "oro": _worry(year, people, weights),
        "otrygg": _unsafe(year, people, weights),
    }
    return columns | {theme.column: _theme(theme, year, people, weights) for theme in THEMES}


def _weights(year: int, people: Answering) -> Vector:
    """Population over answers in each part, raked to the parts and to sex by age in the city; six decimals."""
    size = np.array(populations(year), dtype=float)
    counts = np.bincount(people.part, minlength=size.size)
    start = (size / counts)[people.part]
    group = np.where(people.woman, 0, len(AGES)) + people.age
    columns = {"part": people.part.astype(float), "group": group.astype(float)}
    shares = np.outer((0.505, 0.495), (0.15, 0.42, 0.29, 0.14)).ravel()
    margins = (
        Margin(("part",), {(str(place),): float(one) for place, one in enumerate(size)}),
        Margin(("group",), {(str(place),): float(share * size.sum()) for place, share in enumerate(shares)}),
    )
    return np.round(raked(start, columns, margins, closeness=1e-9).weights, 6)


# --- answers --------------------------------------------------------------------------------------


def _published(code: str, year: int) -> float | None:
    return next((float(row.value) / 100 for row in safety_survey() if (row.code, row.year) == (code, year)), None)


def _worry(year: int, people: Answering, weights: Vector) -> Vector:
    """1 often, 2 sometimes, 3 seldom, 4 never, 9 will not say; "often" as published."""
    district = np.array([one.district for one in parts()])[people.part]
    wanted: list[tuple[Vector, float]] = []
    for code, name in _DISTRICTS.items():
        share = _published(code, year)
        if share is not None:
            wanted.append((district == name, share))
    if year == 2020:
        groups = {"disabled": people.disabled, "old": people.age == len(AGES) - 1}
        wanted += [(groups[name], share) for name, share in _GROUPS_2020.items()]
    wanted.append((np.ones(people.part.size, dtype=bool), _published("TM.2", year) or _WORRY[year]))
    often = _drawn("oro", year, people, weights, 0.1, wanted)
    return _graded(often, year, "oro", (0.3, 0.75))


def _unsafe(year: int, people: Answering, weights: Vector) -> Vector:
    """1 very unsafe or never goes out for it, 2 rather safe, 3 safe, 4 very safe, 9 will not say."""
    whole = (np.ones(people.part.size, dtype=bool), _published("TM.1", year) or _UNSAFE[year])
    return _graded(_drawn("otrygg", year, people, weights, 0.1, [whole]), year, "otrygg", (0.35, 0.8))


def _theme(theme: Theme, year: int, people: Answering, weights: Vector) -> Vector:
    """1 yes, 2 no, 9 will not say."""
    along = (year - WAVES[0]) / (WAVES[-1] - WAVES[0])
    level = theme.first + (theme.last - theme.first) * along
    whole = (np.ones(people.part.size, dtype=bool), level)
    yes = _drawn(theme.column, year, people, weights, level, [whole])
    return np.where(_silent(year, theme.column, yes.size), 9, np.where(yes, 1, 2))


def _chances(what: str, year: int, people: Answering, level: float) -> Vector:
    """Odds by part, sex and age, before they are made to agree with what was published."""
    of_part = np.array(
        [0.55 * float(spread(what, one.code)) + 0.8 * float(spread(what, one.district)) for one in parts()]
    )
    moved = np.array([0.3 * float(spread(what, year, one.code)) for one in parts()])
    logit = np.log(level / (1 - level)) + (of_part + moved)[people.part]
    logit = logit + np.where(people.woman, 0.18, -0.18) + np.array((0.25, 0.1, -0.05, -0.3))[people.age]
    found: Vector = 1 / (1 + np.exp(-logit))
    return found


def _tilted(chance: Vector, weights: Vector, wanted: list[tuple[Vector, float]]) -> Vector:
    """Odds multiplied group by group until the weighted share of each group is the one wanted."""
    odds = chance / (1 - chance)
    for _ in range(60):
        factors = []
        for inside, share in wanted:
            factors.append(_factor(odds[inside], weights[inside], share))
            odds = np.where(inside, odds * factors[-1], odds)
        if all(abs(factor - 1) < _CLOSE for factor in factors):
            break
    found: Vector = odds / (1 + odds)
    return found


def _factor(odds: Vector, weights: Vector, share: float) -> float:
    """What to multiply odds by for the weighted share: by Newton's step on the logarithm."""
    factor, wanted = 1.0, share * float(weights.sum())
    for _ in range(8):
        chance = odds * factor / (1 + odds * factor)
        # Summed, not multiplied as vectors: what multiplies them starts threads that only get in each other's way here.
        slope, there = float((weights * chance * (1 - chance)).sum()), float((weights * chance).sum())
        step = float(np.exp((wanted - there) / slope))
        factor *= step
        if abs(step - 1) < _CLOSE:
            break
    return factor


def _drawn(
    what: str, year: int, people: Answering, weights: Vector, level: float, wanted: list[tuple[Vector, float]]
) -> Vector:
    """Who says so, of those who say anything: a systematic draw along ages, disability and parts, so that every group
    gets its share."""
    spoken = np.where(_silent(year, what, weights.size), 0.0, weights)
    chance = np.where(spoken > 0, _tilted(_chances(what, year, people, level), spoken, wanted), 0.0)
    order = np.lexsort((lots(year, f"ordning {what}", chance.size), people.part, people.disabled, people.age == 3))
    steps = np.floor(np.cumsum(chance[order]) + float(lots(year, f"start {what}", 1)[0]))
    found = np.zeros(chance.size, dtype=bool)
    found[order] = np.diff(steps, prepend=0.0) > 0
    return found


def _graded(first: Vector, year: int, what: str, below: tuple[float, float]) -> Vector:
    lot = lots(year, f"grad {what}", first.size)
    grades = np.where(first, 1, 2 + np.searchsorted(below, lot, side="right"))
    return np.where(_silent(year, what, first.size), 9, grades)


def _silent(year: int, what: str, size: int) -> Vector:
    """One in a hundred will not say."""
    found: Vector = lots(year, f"vill inte {what}", size) < 0.01
    return found


# --- as files -------------------------------------------------------------------------------------


def codebook() -> Codebook:
    """What the columns mean, as `receive_answers` wants to be told."""
    return Codebook(
        (
            Variable("lopnummer", VariableKind.SERIAL, SIMULATED),
            _coded("stadsdel", "Stadsdel", {one.code: one.name for one in parts()}),
            _coded("omrade", "Stadsdelsområde", {one.district: one.district for one in parts()}),
            _coded("kon", "Kön", {"1": "Kvinna", "2": "Man"}),
            _coded("alder", "Ålder", {str(place): age for place, age in enumerate(AGES, 1)}),
            _coded("funktionsnedsattning", "Har funktionsnedsättning", {"1": "Ja", "2": "Nej"}),
            _coded("satt", "Hur svaret kom", {"1": "Post", "2": "Webb"}),
            _coded("sprak", "Svarsspråk", {"1": "Svenska", "2": "Annat språk"}),
            Variable("antal", VariableKind.NUMBER, "Så många bor i stadsdelen, 16–79 år", low=Decimal(1)),
            Variable("vikt", VariableKind.NUMBER, "Så många står svaret för", low=Decimal(0)),
            _asked("oro", "Hur ofta har du det senaste året oroat dig för att utsättas för brott?", _OFTEN),
            _asked("otrygg", "Hur trygg är du när du går ut ensam sent en kväll där du bor?", _SAFE),
            *(_asked(theme.column, theme.words, {"1": "Ja", "2": "Nej"}) for theme in THEMES),
        )
    )


_OFTEN = {"1": "Ofta", "2": "Ibland", "3": "Sällan", "4": "Aldrig"}
_SAFE = {"1": "Otrygg, eller går inte ut av oro", "2": "Ganska trygg", "3": "Trygg", "4": "Mycket trygg"}


def _coded(name: str, label: str, meanings: Mapping[str, str]) -> Variable:
    codes = tuple(Code(code, meaning) for code, meaning in meanings.items())
    return Variable(name, VariableKind.CODE, label, codes)


def _asked(name: str, words: str, meanings: Mapping[str, str]) -> Variable:
    codes = (*(Code(code, meaning) for code, meaning in meanings.items()), Code("9", "Vill inte svara", True))
    return Variable(name, VariableKind.CODE, words, codes)


def parquet(year: int) -> bytes:
    """The wave as the bytes of a Parquet file: the same bytes each time."""
    import pyarrow as pa
    import pyarrow.parquet as arrow_parquet

    told: dict[str, Any] = dict(wave(year))
    out = io.BytesIO()
    arrow_parquet.write_table(pa.table(told), out, compression="zstd", store_schema=False)
    return out.getvalue()
