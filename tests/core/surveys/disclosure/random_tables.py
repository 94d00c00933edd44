"""Tables to try protection on: drawn at random, and made from the crime figures and the survey samples in ../shared."""

import csv
from collections import Counter

import numpy as np
from tests.conftest import SHARED

from ledtrad.core.surveys.disclosure.groupings import flat, tree
from ledtrad.core.surveys.disclosure.tables import counted

KINDS = ("two ways", "three ways", "districts", "crime", "survey")


def random_table(seed):
    """A table that is decided by its seed: its kind, its size and how thin its figures are."""
    chance = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    return {"crime": of_crimes, "survey": of_survey, "districts": of_districts}.get(kind, _drawn)(chance)


def _drawn(chance):
    ways = int(chance.integers(2, 4))
    shape = tuple(chance.integers(3, 8, 2)) if ways == 2 else tuple(chance.integers(2, 5, 3))
    groupings = [flat(f"way {way}", [f"{way}.{code}" for code in range(size)]) for way, size in enumerate(shape)]
    return counted("people", groupings, chance.poisson(chance.gamma(1.2, 12, shape)), groupings[-1].name)


def of_districts(chance):
    """City, areas and districts by sex: a hierarchy."""
    areas = int(chance.integers(2, 4))
    pairs = [(f"area {area}", "total") for area in range(areas)]
    pairs += [(f"district {area}.{number}", f"area {area}") for area in range(areas) for number in range(3)]
    groupings = [tree("place", pairs), flat("sex", ["women", "men"])]
    return counted("people", groupings, chance.poisson(chance.gamma(1.0, 10, (3 * areas, 2))))


def of_crimes(chance):
    """The month's crimes by kind, as they were reported, spread by chance over three districts."""
    kinds = _crimes()
    counts = np.array([chance.multinomial(number, [0.5, 0.3, 0.2]) for _, _, number in kinds])
    pairs = {above: "total" for _, above, _ in kinds}
    grouping = tree("crime", [*pairs.items(), *((kind, above) for kind, above, _ in kinds)])
    return counted("crimes", [grouping, flat("district", ["a", "b", "c"])], _in_order(grouping, kinds, counts))


def _in_order(grouping, kinds, counts):
    row = {kind: number for number, (kind, _, _) in enumerate(kinds)}
    return np.array([counts[row[leaf]] for leaf in grouping.leaves])


def _crimes():
    with (SHARED / "data/crime/bra_reported_crime_boden_2026_08.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "3"]
    return [(row["crime_id"], row["parent_id"], int(row["antal"])) for row in rows]


def of_survey(chance):
    """A draw from the schools of the California sample: county, kind of school, and whether it was awarded."""
    with (SHARED / "data/survey/api_apistrat.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    drawn = [rows[number] for number in chance.integers(0, len(rows), 120)]
    counties = [name for name, _ in Counter(row["cname"] for row in drawn).most_common(4)]
    kinds, answers = ["E", "M", "H"], ["Yes", "No"]
    counts = Counter((row["cname"], row["stype"], row["awards"]) for row in drawn)
    leaves = np.array([[[counts[county, kind, answer] for answer in answers] for kind in kinds] for county in counties])
    return counted(
        "schools", [flat("county", counties), flat("kind", kinds), flat("awarded", answers)], leaves, "awarded"
    )
