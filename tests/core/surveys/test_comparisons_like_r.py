"""Differences and tests of tables as R's `survey` has them: standard errors to 1e-10, probabilities to 1e-6.

The references are made by benches/references/survey_weighting.R and say which version of the package answered.
"""

import json
import math
from pathlib import Path

import pytest

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.comparisons import Wave, association, between_groups, between_waves
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Question, Statistic

CASES = json.loads((Path(__file__).parent / "references" / "comparisons.json").read_text("utf-8"))["cases"]
NAMES = [f"{case['kind']} {case['file']} {case.get('between', case.get('columns', ''))}" for case in CASES]


def several(told):
    return (told,) if isinstance(told, str) else tuple(told or ())


def design_of(case):
    return Design(case.get("strata"), several(case.get("clusters")), case.get("weight"), several(case.get("fpc")))


@pytest.fixture(scope="module")
def warehouse():
    found = open_warehouse()
    yield found
    found.close()


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_equal_to_r(case, warehouse, shared, tmp_path):
    file = shared / "data" / "survey" / case["file"]
    table = warehouse.table(file)
    ASKED[case["kind"]](case, table, warehouse.asker(table), (warehouse, file, tmp_path))


def groups_of(case, table, ask, _):
    question = Question(Statistic.MEAN, case["of"])
    found = between_groups(table, question, design_of(case), ask, case["between"])
    (ours,) = [one for one in found if one.of == (case["one"], case["other"])]
    same(ours, case)
    assert ours.df == case["df"]
    assert math.isclose(ours.p, case["p"], rel_tol=1e-6)


def waves_of(case, _table, _ask, told):
    """Every other row is of the later wave."""
    warehouse, file, folder = told
    heading, *lines = file.read_text("utf-8").splitlines()
    waves = []
    for name, start in (("a", 0), ("b", 1)):
        part = folder / f"{name}.csv"
        part.write_text("\n".join([heading, *lines[start::2]]), encoding="utf-8")
        table = warehouse.table(part)
        waves.append(Wave(name, table, design_of(case), warehouse.asker(table)))
    (ours,) = between_waves(*waves, Question(Statistic.MEAN, case["of"]))
    same(ours, case)
    assert ours.df == case["df"]
    assert math.isclose(ours.p, case["p"], rel_tol=1e-6)


def paired(case, table, ask, _):
    """All units are shared: the uncertainty is that of their own changes."""
    question = Question(Statistic.MEAN, "value")
    design = design_of(case)
    unit = design.clusters[0] if design.clusters else "cds"
    waves = []
    for name in (case["before"], case["after"]):
        one = table.mutate(value=table[name])
        waves.append(Wave(name, one, design, built(one, ask)))
    (ours,) = between_waves(*waves, question, shared=unit)
    same(ours, case)
    (apart,) = between_waves(*waves, question)
    assert apart.se > 3 * ours.se  # taken for two samples, hardly anything would be certain


def built(table, ask):
    """What asks about a table that has a column more: under keys of its own."""
    name = object()
    return lambda asked: ask(type(asked)((name, *asked.key), asked.build))


def same(ours, case):
    assert math.isclose(ours.difference, case["difference"], rel_tol=1e-10)
    assert math.isclose(ours.se, case["se"], rel_tol=1e-10)


def table_of(case, table, ask, _):
    ours = association(table, case["rows"], case["columns"], design_of(case), ask)
    for name, theirs in (
        ("f", "f"),
        ("above", "ndf"),
        ("below", "ddf"),
        ("p", "p_f"),
        ("chi_square", "chisq"),
        ("first_order_p", "p_chisq"),
        ("df", "df"),
    ):
        assert math.isclose(getattr(ours, name), case[theirs], rel_tol=1e-6), name


ASKED = {"groups": groups_of, "waves": waves_of, "paired": paired, "table": table_of}
