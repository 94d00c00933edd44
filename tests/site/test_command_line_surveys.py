"""`ledtrad survey change` and `ledtrad survey plan`: what they answer, and what they refuse in one sentence."""

import csv
import json
import math

import pytest
from typer.testing import CliRunner

from ledtrad.site.command_line.application import app

STRATIFIED = ["--strata", "stype", "--weight", "pw", "--fpc", "fpc"]


@pytest.fixture
def ask(shared):
    """Run a command on the schools' files; answers the exit code, what it printed, and its complaints."""

    def run(*arguments):
        told = [str(shared / "data" / "survey" / each) if each.startswith("api_") else each for each in arguments]
        done = CliRunner().invoke(app, ["survey", *told])
        return done.exit_code, done.stdout, done.stderr

    return run


@pytest.fixture
def answered(ask):
    def run(*arguments):
        code, out, trouble = ask(*arguments, "--json")
        assert code == 0, trouble
        return json.loads(out)

    return run


def test_groups(answered):
    told = answered(
        "change", "api_apistrat.csv", "--statistic", "mean", "--of", "api00", "--between", "awards", *STRATIFIED
    )
    (found,) = told
    assert found["of"] == ["No", "Yes"]
    assert math.isclose(found["difference"], 44.687493955025, rel_tol=1e-10)
    assert math.isclose(found["p"], 0.0222881615498876, rel_tol=1e-6)
    assert found["certain"] is True
    assert found["df"] == 197
    assert set(found) == {
        *("by", "level", "of", "before", "after", "difference", "se", "low", "high", "df", "p", "n"),
        *("adjusted", "compared", "certain"),
    }


def test_many_groups_are_corrected_for(answered):
    told = answered(
        *("change", "api_apistrat.csv", "--statistic", "mean", "--of", "api00", "--between", "stype"), *STRATIFIED
    )
    assert [one["of"] for one in told] == [["E", "H"], ["E", "M"], ["H", "M"]]
    assert {one["compared"] for one in told} == {3}
    assert all(one["adjusted"] >= one["p"] for one in told)
    against = answered(
        *("change", "api_apistrat.csv", "--statistic", "mean", "--of", "api00", "--between", "stype"),
        *("--against", "M", *STRATIFIED),
    )
    assert [one["of"] for one in against] == [["M", "E"], ["M", "H"]]


def test_waves_that_share_everyone_do_not_differ(answered):
    files = ("change", "api_apistrat.csv", "api_apistrat.csv", "--statistic", "proportion", "--of", "awards")
    apart = answered(*files, *STRATIFIED)
    same = answered(*files, "--shared", "cds", *STRATIFIED)
    assert [one["level"] for one in apart] == ["No", "Yes"]
    assert all(one["difference"] == 0 and one["se"] > 0.02 and one["p"] == 1 for one in apart)
    assert all(one["se"] < 1e-9 for one in same)


def test_the_trend_of_three_waves(answered):
    told = answered(
        *("change", "api_apisrs.csv", "api_apistrat.csv", "api_apisrs.csv", "--statistic", "mean", "--of", "api00"),
        *("--weight", "pw", "--years", "2014,2017,2020"),
    )
    assert [one["of"] for one in told["changes"]] == [["api_apisrs", "api_apistrat"], ["api_apistrat", "api_apisrs"]]
    (trend,) = told["trends"]
    assert abs(trend["slope"]) < 1e-9
    assert trend["waves"] == 3


def test_told_to_people(ask):
    code, out, _ = ask(
        *("change", "api_apistrat.csv", "--statistic", "mean", "--of", "api00", "--between", "awards"), *STRATIFIED
    )
    assert code == 0
    assert "1 jämförelser prövades" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["api_apisrs.csv", "--statistic", "mean", "--of", "api00"], "Ange minst två omgångar"),
        (["api_apisrs.csv", "api_apisrs.csv", "--statistic", "mean", "--of", "x"], "Det finns ingen kolumn x"),
        (["api_apisrs.csv", "--between", "nej", "--statistic", "mean", "--of", "api00"], "Det finns ingen kolumn nej"),
        (["api_apisrs.csv", "--between", "stype", "--statistic", "quantile", "--of", "api00"], "Kvantiler går inte"),
        (["api_apisrs.csv", "borta.csv", "--statistic", "mean", "--of", "api00"], "finns inte"),
        (["api_apisrs.csv", "api_apisrs.csv", "--statistic", "mean", "--of", "api00", "--years", "1"], "har 1 år"),
    ],
)
def test_changes_refused(ask, arguments, sentence):
    refused(ask("change", *arguments), sentence)


def refused(done, sentence):
    code, out, trouble = done
    assert (code, out) == (2, "")
    assert sentence in trouble
    assert trouble.strip().count("\n") == 0
    assert "Traceback" not in trouble


def test_a_margin_for_each_stratum(answered):
    told = answered("plan", "api_apipop.csv", "--strata", "stype", "--margin", "0.05", "--response", "0.5")
    found = {one["name"]: one for one in told["strata"]}
    # n = 1/(m²/(z² S²) + 1/N), by hand for 755 high schools: 255 answers, 510 to draw.
    assert (found["H"]["population"], found["H"]["answers"], found["H"]["drawn"]) == (755, 255, 510)
    assert told["drawn"] == sum(one["drawn"] for one in told["strata"])
    assert all(one["margin"] <= 0.05 for one in told["strata"])


def test_the_sample_is_drawn_and_can_be_drawn_again(answered, tmp_path):
    asked = ("plan", "api_apipop.csv", "--strata", "stype", "--drawn", "200", "--least", "40", "--allocation", "neyman")
    first = answered(*asked, "--seed", "trygghet 2023", "--unit", "cds", "--out", str(tmp_path / "a.csv"))
    again = answered(*asked, "--seed", "trygghet 2023", "--unit", "cds", "--out", str(tmp_path / "b.csv"))
    assert first == again
    assert first["units"] == 200
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8").splitlines()))
    assert math.isclose(sum(float(row["weight"]) for row in rows), 6194, rel_tol=1e-9)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["api_apipop.csv"], "Ange antingen --margin"),
        (["api_apipop.csv", "--margin", "0.05", "--drawn", "9"], "Ange antingen --margin"),
        (["api_apipop.csv", "--strata", "nej", "--margin", "0.05"], "Det finns ingen kolumn nej"),
        (["api_apipop.csv", "--margin", "5"], "0.05 är fem procentenheter"),
        (["api_apipop.csv", "--margin", "0.05", "--seed", "x"], "Ange med --unit"),
        (["api_apipop.csv", "--margin", "0.05", "--response", "ofta"], "--response ska vara ett tal"),
        (["api_apipop.csv", "--drawn", "9", "--allocation", "lika"], "--allocation ska vara något av"),
    ],
)
def test_plans_refused(ask, arguments, sentence):
    refused(ask("plan", *arguments), sentence)
