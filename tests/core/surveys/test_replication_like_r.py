"""Replicate weights as R's `survey` has them: points and standard errors to 1e-10, intervals to 1e-6.

The references are made by benches/references/survey_replication.R and say which version of the package answered.
"""

import csv
import json
import math
from pathlib import Path

import pytest
from tests.core.surveys.replicated_schools import columns

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, ReplicateKind, Replicates
from ledtrad.core.surveys.estimates import Interval, Question, Rules, Statistic
from ledtrad.core.surveys.estimation import estimate

CASES = json.loads((Path(__file__).parent / "references" / "replication.json").read_text("utf-8"))["cases"]
DESIGNS = {json.dumps([case["file"], case["kind"], case["mse"], case.get("fpc")]): [] for case in CASES}
for _case in CASES:
    DESIGNS[json.dumps([_case["file"], _case["kind"], _case["mse"], _case.get("fpc")])].append(_case)
POINTS, INTERVALS = 1e-10, 1e-6


def with_columns(file, case, folder):
    """The sample as a file with a column more for each replicate."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    made = columns(case["kind"], case["rho"], [float(row[case["weight"]]) for row in rows])
    written = folder / "replicated.csv"
    with written.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, [*rows[0], *(f"r{place}" for place in range(len(made)))])
        writer.writeheader()
        for place, row in enumerate(rows):
            writer.writerow(row | {f"r{r}": repr(float(line[place])) for r, line in enumerate(made)})
    return written, tuple(f"r{place}" for place in range(len(made)))


def design_of(case, names):
    replicates = Replicates(ReplicateKind(case["kind"]), names, around_estimate=case["mse"], rho=case["rho"])
    clusters = (case["clusters"],) if "clusters" in case else ()
    fpc = (case["fpc"],) if "fpc" in case else ()
    return Design(case.get("strata"), clusters, case["weight"], fpc, replicates)


@pytest.mark.parametrize("told", DESIGNS)
def test_equal_to_r(told, shared, tmp_path):
    cases = DESIGNS[told]
    file, names = shared / "data" / "survey" / cases[0]["file"], ()
    if cases[0]["columns"]:
        file, names = with_columns(file, cases[0], tmp_path)
    warehouse = open_warehouse()
    try:
        table = warehouse.table(file)
        for case in cases:
            question = Question(Statistic(case["statistic"]), case["of"], case.get("over"), case.get("level"))
            rules = Rules(Interval(case["interval"]), DegreesOfFreedom(case["df"]))
            by = (case["by"],) if "by" in case else ()
            (found,) = estimate(table, [question], design_of(case, names), warehouse.asker(table), by, rules)
            hold(case, found)
    finally:
        warehouse.close()


def hold(case, found):
    assert [each.by for each in found] == [tuple(theirs["by"].items()) for theirs in case["answers"]]
    for ours, theirs in zip(found, case["answers"], strict=True):
        assert ours.n == theirs["n"]
        assert ours.df == theirs["df"]
        for name, within in (("estimate", POINTS), ("se", POINTS), ("low", INTERVALS), ("high", INTERVALS)):
            assert same(getattr(ours, name), theirs[name], within), (case["statistic"], name, ours, theirs)
        assert same(ours.deff, theirs["deff"], 1e-6), (ours, theirs)


def same(ours, theirs, within):
    if theirs is None:
        return True
    return ours is not None and math.isclose(ours, theirs, rel_tol=within, abs_tol=1e-12)
