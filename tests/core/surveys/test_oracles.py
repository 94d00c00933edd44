"""Two other programs, svy and samplics, on the schools' samples: the same points, standard errors and sizes.

Neither is asked where it is known to be wrong: samplics takes a stratum's size from the rows that answered.
"""

import math
import warnings

import pytest

from ledtrad.apps.surveys.warehouse import open_warehouse
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, ReplicateKind, Replicates
from ledtrad.core.surveys.estimates import Question, Rules, Statistic
from ledtrad.core.surveys.estimation import estimate

FILES = {"strat": "api_apistrat.csv", "clus1": "api_apiclus1.csv"}
DESIGNS = {
    "strat": Design("stype", (), "pw", ("fpc",)),
    "clus1": Design(None, ("dnum",), "pw", ("fpc",)),
}
SAME = 1e-10


@pytest.fixture(scope="module")
def warehouse():
    opened = open_warehouse("duckdb:")
    yield opened
    opened.close()


@pytest.fixture
def ours(warehouse, shared):
    def ask(name, statistic, of, over=None, by=(), design=None):
        table = warehouse.table(shared / "data" / "survey" / FILES[name])
        question, rules = Question(statistic, of, over), Rules(freedom=DegreesOfFreedom.DESIGN)
        return estimate(table, [question], design or DESIGNS[name], warehouse.asker(table), by, rules)[0]

    return ask


@pytest.fixture
def rows(shared):
    import polars as pl

    def read(name):
        return pl.read_csv(shared / "data" / "survey" / FILES[name], null_values=["NA"], infer_schema_length=None)

    return read


def hold(found, theirs):
    """`theirs`: pairs of estimate and standard error, in order of the groups."""
    assert len(found) == len(theirs)
    for one, (estimate_, se) in zip(found, theirs, strict=True):
        assert math.isclose(one.estimate, estimate_, rel_tol=SAME)
        assert math.isclose(one.se, se, rel_tol=SAME)


@pytest.mark.parametrize("name", FILES)
def test_svy(name, ours, rows):
    import svy

    told = {"strat": {"stratum": "stype"}, "clus1": {"psu": "dnum"}}[name]
    sample = svy.Sample(rows(name), svy.Design(wgt="pw", pop_size="fpc", **told))
    asked = sample.estimation
    for found, theirs in (
        (ours(name, Statistic.MEAN, "api00"), asked.mean("api00")),
        (ours(name, Statistic.TOTAL, "enroll"), asked.total("enroll")),
        (ours(name, Statistic.RATIO, "api.stu", "enroll"), asked.ratio(y="api.stu", x="enroll")),
        (ours(name, Statistic.MEAN, "api00", by=("comp.imp",)), asked.mean("api00", by="comp.imp")),
    ):
        hold(found, [(each.est, each.se) for each in theirs.estimates])


def test_svy_with_replicates(ours, rows):
    """The jackknife's weights, made here and handed over in columns, around the estimate."""
    import polars as pl
    import svy

    data = rows("clus1")
    clusters = data["dnum"].unique(maintain_order=True).to_list()
    lines = {f"r{place + 1}": _without(data, cluster, len(clusters)) for place, cluster in enumerate(clusters)}
    replicated = data.with_columns(**{name: pl.Series(values) for name, values in lines.items()})
    weights = svy.JackknifeWgts(prefix="r", n_reps=len(clusters), df=len(clusters) - 1)
    sample = svy.Sample(replicated, svy.Design(wgt="pw", rep_wgts=weights))
    theirs = sample.estimation.mean("api00", method="replication", variance_center="estimate")
    design = Design(None, ("dnum",), "pw", (), Replicates(ReplicateKind.JK1, around_estimate=True))
    hold(ours("clus1", Statistic.MEAN, "api00", design=design), [(each.est, each.se) for each in theirs.estimates])


def _without(data, cluster, count):
    pairs = zip(data["pw"].to_list(), data["dnum"].to_list(), strict=True)
    return [0.0 if own == cluster else weight * count / (count - 1) for weight, own in pairs]


@pytest.mark.nightly  # it takes seconds to load, and is no longer kept up
@pytest.mark.parametrize("name", FILES)
def test_samplics(name, ours, rows):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, of what it is built on
        from samplics.estimation import TaylorEstimator
        from samplics.utils.types import PopParam

    data = rows(name)
    column = {each: data[each].to_numpy() for each in ("api00", "enroll", "pw", "dnum", "stype", "fpc")}
    told = {"samp_weight": column["pw"]}
    if name == "strat":
        sizes = dict(zip(column["stype"].tolist(), column["fpc"].tolist(), strict=True))
        drawn = {stratum: 1 - (column["stype"] == stratum).sum() / size for stratum, size in sorted(sizes.items())}
        told |= {"stratum": column["stype"], "fpc": drawn}
    else:
        told |= {"psu": column["dnum"], "fpc": 1 - len(set(column["dnum"].tolist())) / column["fpc"][0]}
    for statistic, of, param in ((Statistic.MEAN, "api00", PopParam.mean), (Statistic.TOTAL, "enroll", PopParam.total)):
        theirs = TaylorEstimator(param=param)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs.estimate(y=column[of], **told)
        hold(ours(name, statistic, of), [(float(theirs.point_est), float(theirs.stderror))])
