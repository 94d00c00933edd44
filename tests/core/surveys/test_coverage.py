"""Intervals hold the truth as often as they say: samples drawn from a whole synthetic census, where it is known.

Every draw is a stratified sample without replacement with the size of the population told. All draws stand in one
table, each with strata and a group of its own, so that the engine is asked once.
"""

import csv
import gzip

import numpy as np
import pyarrow as pa
import pyarrow.parquet as arrow_parquet
import pytest

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design
from ledtrad.core.surveys.estimates import Interval, Question, Rules, Statistic
from ledtrad.core.surveys.estimation import estimate

DESIGN = Design(strata="stratum", fpc=("there",))
RULES = Rules(Interval.LOGIT, DegreesOfFreedom.DOMAIN)
ASKED = ("water", "toilet", "electricity", "hhsize", "rooms")
LEAST, MOST = 0.02, 0.5


@pytest.fixture(scope="module")
def census(shared):
    """Columns of all households: the district and the answers, as texts."""
    file = shared / "data" / "survey" / "wb_synthetic_household_population.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {name: np.array([row[name] for row in rows]) for name in ("geo1", *ASKED)}


def shares(census, inside):
    """The answers that between 2 and 50 percent give, and the share that does."""
    found = {}
    for name in ASKED:
        values, counts = np.unique(census[name][inside], return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            if LEAST <= count / inside.sum() <= MOST:
                found[name, value] = count / inside.sum()
    return found


def drawn(census, draws, each, seed):
    """The rows of all draws: `each` households in each district, drawn anew each time."""
    lot = np.random.default_rng(seed)
    districts = [np.flatnonzero(census["geo1"] == name) for name in np.unique(census["geo1"])]
    rows, draw = [], []
    for number in range(draws):
        for district in districts:
            rows.append(lot.choice(district, each, replace=False, shuffle=False))
            draw.append(np.full(each, number))
    rows, draw = np.concatenate(rows), np.concatenate(draw)
    sizes = dict(zip(*np.unique(census["geo1"], return_counts=True), strict=True))
    columns = {name: census[name][rows] for name in ("geo1", *ASKED)}
    there = np.array([float(sizes[name]) for name in columns["geo1"].tolist()])
    stratum = np.char.add(np.char.add(draw.astype(str), " "), columns["geo1"])
    return columns | {"draw": draw, "stratum": stratum, "there": there}


def coverage(census, folder, *, draws, each, seed, by=(), rules=RULES):
    """For each group and answer, the share of draws whose interval holds the truth."""
    file = folder / "draws.parquet"
    arrow_parquet.write_table(pa.table(drawn(census, draws, each, seed)), file)
    warehouse = open_warehouse()
    try:
        table = warehouse.table(file)
        questions = [Question(Statistic.PROPORTION, name) for name in ASKED]
        found = estimate(table, questions, DESIGN, warehouse.asker(table), ("draw", *by), rules)
    finally:
        warehouse.close()
    groups = np.unique(census["geo1"]) if by else [None]
    truth = {
        group: shares(census, census["geo1"] == group if by else np.ones(census["geo1"].size, dtype=bool))
        for group in groups
    }
    held = {(group, *key): 0 for group in groups for key in truth[group]}
    for question, several in zip(questions, found, strict=True):
        for one in several:
            key = (dict(one.by).get("geo1"), question.of, one.level)
            if key in held and one.low is not None:
                held[key] += one.low <= truth[key[0]][key[1:]] <= one.high
    return {key: count / draws for key, count in held.items()}


@pytest.mark.nightly
def test_the_city_500_draws(census, tmp_path):
    found = coverage(census, tmp_path, draws=500, each=300, seed=24)
    assert len(found) >= 25
    assert 0.94 <= np.mean(list(found.values())) <= 0.96
    # One share in 500 draws errs by two points (two standard deviations), so each may be a little outside 93-97.
    assert all(0.92 <= share <= 0.98 for share in found.values()), found
    assert np.mean([0.93 <= share <= 0.97 for share in found.values()]) >= 0.9


@pytest.mark.nightly
def test_districts_500_draws(census, tmp_path):
    found = coverage(census, tmp_path, draws=500, each=300, seed=25, by=("geo1",))
    assert len(found) >= 100
    assert 0.94 <= np.mean(list(found.values())) <= 0.965
    assert np.mean([0.93 <= share <= 0.97 for share in found.values()]) >= 0.85, sorted(found.items(), key=str)


def test_some_draws(census, tmp_path):
    """Daily: 40 draws, city and districts; all shares together hold the truth in 93 to 97 percent."""
    found = coverage(census, tmp_path, draws=40, each=250, seed=26, by=("geo1",))
    assert 0.93 <= np.mean(list(found.values())) <= 0.97


def test_the_test_can_fail(census, tmp_path):
    """Intervals that claim less do hold the truth less often."""
    found = coverage(
        census, tmp_path, draws=20, each=250, seed=27, by=("geo1",), rules=Rules(Interval.LOGIT, confidence=0.8)
    )
    assert np.mean(list(found.values())) < 0.85
