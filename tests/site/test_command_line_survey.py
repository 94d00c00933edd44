"""`ledtrad survey estimate`: what it answers, and the one sentence with which it refuses."""

import json

import pytest
from typer.testing import CliRunner

from ledtrad.site.command_line.application import app

ROWS = """h;g;svar;tal;antal;vikt;storlek
01;kvinna;Ja;1,5;2;10,0;20
01;kvinna;Nej;2,5;4;10,0;20
01;man;Ja;3,5;5;10,0;20
02;man;Ja;8,0;9;12,5;40
02;kvinna;;9,0;3;12,5;40
"""


@pytest.fixture
def run(tmp_path):
    file = tmp_path / "svar.csv"

    def runs(*arguments, rows=ROWS):
        file.write_text(rows, "utf-8")
        return CliRunner().invoke(app, ["survey", "estimate", str(file), *arguments], prog_name="ledtrad")

    return runs


def test_a_share_by_group(run):
    asked = ("--statistic", "proportion", "--of", "svar", "--level", "Ja", "--by", "h", "--strata", "h")
    done = run(*asked, "--weight", "vikt", "--fpc", "storlek", "--df", "normal", "--json")
    assert done.exit_code == 0, done.output
    first, second = json.loads(done.stdout)
    assert list(first) == ["by", "level", "estimate", "se", "low", "high", "df", "deff", "n"]
    assert (first["by"], first["level"], first["n"], first["df"]) == ({"h": "01"}, "Ja", 3, None)
    assert first["estimate"] == pytest.approx(2 / 3)
    # Of 20 three were drawn: (1 - 3/20) · 3/2 · Σu² with influences 10 · (1/3, −2/3, 1/3) / 30.
    assert first["se"] == pytest.approx((0.85 * 1.5 * (1 + 4 + 1) / 9 * (10 / 30) ** 2) ** 0.5)
    assert (second["by"], second["n"]) == ({"h": "02"}, 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--statistic", "mean", "--of", "finns_inte"), "ingen kolumn finns_inte"),
        (("--statistic", "mean", "--of", "svar"), "har text där det ska stå tal"),
        (("--statistic", "median", "--of", "tal"), "--statistic ska vara något av"),
        (("--statistic", "mean", "--of", "tal", "--strata", "g", "--fpc", "tal"), "olika värden inom"),
        (("--statistic", "mean", "--of", "tal", "--interval", "logit"), "är för andelar"),
        (("--statistic", "ratio", "--of", "tal"), "två kolumner"),
        (("--statistic", "mean", "--of", "tal", "--df", "många"), "--df ska vara"),
        (("--statistic", "quantile", "--of", "tal", "--level", "2"), "andel mellan 0 och 1"),
    ],
)
def test_what_cannot_be_estimated(run, arguments, told):
    _refused(run(*arguments, "--json"), told)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("12,5;40\n02;kvinna;;9,0;3;12,5", "12,5;40\n02;kvinna;;9,0;3;", "1 rad saknar vikt"),
        ("12,5;40\n02;kvinna", "−1;40\n02;kvinna", "har text där det ska stå tal"),
        ("12,5;40\n02;kvinna", "-1;40\n02;kvinna", "negativ vikt"),
        (";20\n", ";-20\n", "noll eller negativt"),
        (";40\n", ";1\n", "färre finns (1) än som drogs (2)"),
        ("02;man", "03;man", "Stratum 02 har bara en enhet"),
    ],
)
def test_a_design_that_does_not_hold(run, before, after, told):
    asked = ("--statistic", "mean", "--of", "tal", "--strata", "h", "--weight", "vikt", "--fpc", "storlek")
    _refused(run(*asked, rows=ROWS.replace(before, after)), told)


def _refused(done, told):
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


REPLICATED = """svar;vikt;r1;r2;r3
1;10;0;15;15
0;10;15;0;15
1;10;15;15;0
"""


def test_replicate_weights_in_columns(run):
    """Leaving out each of three in turn: the mean's variance is (1 - 0) · s²/3 with s² = 1/3."""
    asked = ("--statistic", "mean", "--of", "svar", "--weight", "vikt", "--replicates", "jk1", "--json")
    done = run(*asked, "--replicate-weights", "r*", rows=REPLICATED)
    assert done.exit_code == 0, done.output
    (found,) = json.loads(done.stdout)
    assert found["estimate"] == pytest.approx(2 / 3)
    assert found["se"] == pytest.approx(1 / 3)
    assert found["df"] == 2


def test_replicate_weights_made(run):
    asked = ("--statistic", "mean", "--of", "svar", "--weight", "vikt", "--replicates", "JK1", "--json")
    done = run(*asked, rows=REPLICATED)
    assert json.loads(done.stdout)[0]["se"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--replicates", "jackknife"), "--replicates ska vara något av"),
        (("--replicate-weights", "r*"), "Ange med --replicates"),
        (("--replicates", "BRR", "--replicate-weights", "x*"), "ingen kolumn som börjar med x"),
        (("--replicates", "BRR", "--replicate-weights", "r1,r9"), "ingen kolumn r9"),
        (("--replicates", "BRR", "--replicate-weights", "r1"), "minst två kolumner"),
        (("--replicates", "JKn", "--replicate-weights", "r*", "--rscales", "1,2"), "en skala för varje"),
        (("--replicates", "JKn", "--replicate-weights", "r*", "--rscales", "1,b"), "--rscales ska vara tal"),
        (("--replicates", "BRR"), "görs av strata"),
    ],
)
def test_replicate_weights_refused(run, arguments, told):
    asked = ("--statistic", "mean", "--of", "svar", "--weight", "vikt", *arguments)
    _refused(run(*asked, "--json", rows=REPLICATED), told)


def test_replicate_weights_that_are_missing(run):
    asked = (
        "--statistic",
        "mean",
        "--of",
        "svar",
        "--weight",
        "vikt",
        "--replicates",
        "BRR",
        "--replicate-weights",
        "r*",
    )
    _refused(run(*asked, rows=REPLICATED.replace("15;15\n0", "15;\n0")), "r3 saknar replikatvikt")
