"""`ledtrad survey publish`: what it would let out, what it lets out, and the one sentence with which it refuses."""

import json

import pytest
from tests import universe
from tests.apps import surveyed_city as survey
from tests.apps.test_surveys_publishing import few, share
from typer.testing import CliRunner

from ledtrad.apps.indicators.models import Outcome
from ledtrad.apps.surveys.models import PublishedEstimate, RoundedCells
from ledtrad.site.command_line import survey_publishing
from ledtrad.site.command_line.application import app


@pytest.fixture
def run(db, tmp_path, settings, monkeypatch):
    """The command on Lillköping's wave of 2018."""
    settings.ANSWERS_DIR = tmp_path / "answers"
    monkeypatch.setattr(survey_publishing, "connect", lambda: None)
    universe.build_city()
    survey.build()

    def run(*arguments):
        done = CliRunner().invoke(app, ["survey", "publish", *arguments], prog_name="ledtrad")
        return done.exit_code, done.stdout, done.stderr

    return run


def test_a_preview_tells_what_would_be_shown_and_hidden_and_publishes_nothing(run):
    survey.receive(few(), 2018)
    code, out, _ = run("trygghet", "2018", "--question", "kvall", "--by", "district", "--preview", "--json")
    assert code == 0
    mine = [one for one in json.loads(out) if one["levels"] == ["1", "2"]]
    assert [one["by"] for one in mine] == [{}, {"district": "01"}, {"district": "02"}]
    assert [one["n"] for one in mine] == [39, None, None]
    assert mine[1]["reason"]
    assert mine[1]["estimate"] is None
    assert not PublishedEstimate.objects.exists()


def test_what_is_published_is_what_the_answers_say(run):
    survey.receive()
    code, out, _ = run("trygghet", "2018", "--json")
    assert (code, json.loads(out)["indicators"]) == (0, 1)
    whole = Outcome.objects.get(indicator__code="1.2.1", year=2018, is_current=True)
    assert float(whole.total) == round(share(range(60))[0], 1), "shares leave with one decimal"
    assert "1 indikatorer har fått utfall" in run("trygghet", "2018")[1]
    assert "alla" in run("trygghet", "2018", "--preview")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("trygghet", "2018"), "Omgången har inga svar som finns kvar. Ingenting har ändrats."),
        (("finns-inte", "2018"), "Omgången finns-inte 2018 finns inte. Ingenting har sparats."),
        (("trygghet", "1999"), "Omgången trygghet 1999 finns inte. Ingenting har sparats."),
        (("trygghet", "2018", "--by", "hus"), "--by ska vara något av sex, district och age; det var hus."),
        (
            ("trygghet", "2018", "--question", "regn"),
            "Enkäten trygghet har ingen fråga regn. Ingenting har publicerats.",
        ),
    ],
)
def test_it_refuses_in_one_sentence(run, arguments, sentence):
    code, out, trouble = run(*arguments)
    assert (code, out, trouble.strip()) == (2, "", sentence)


def test_rounded_numbers_in_place_of_hiding(run):
    survey.receive(few(), 2018)
    asked = ("trygghet", "2018", "--question", "kvall", "--round", "5")
    code, out, _ = run(*asked, "--preview", "--json")
    lines = json.loads(out)
    assert code == 0
    assert {one["rounded"] % 5 for one in lines} == {0}
    assert all(set(one) == {"question", "levels", "area", "sex", "group", "rounded", "multiple"} for one in lines)
    assert not RoundedCells.objects.exists()
    assert "alla" in run(*asked, "--preview")[1]
    code, out, _ = run(*asked)
    assert (code, out.startswith(f"Publicerat: {len(lines)} antal, avrundade till närmaste 5, i 1 fråga.")) == (
        0,
        True,
    )
    assert not PublishedEstimate.objects.exists()
    code, out, trouble = run("trygghet", "2018", "--question", "kvall")
    assert (code, out) == (2, "")
    assert "Den kan bara publiceras avrundad." in trouble
    assert "från 3 till 20" in run("trygghet", "2018", "--question", "kvall", "--round", "50")[2]
