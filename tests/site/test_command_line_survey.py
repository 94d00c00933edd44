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
