"""The command line with a database: a small municipality, asked as a person or a program would."""

import hashlib
import json

import pytest
from django.db import transaction
from tests import universe
from typer.testing import CliRunner

from ledtrad.apps.annual_report.queries import facts_of
from ledtrad.apps.audit import queries as log
from ledtrad.apps.goals.queries import goal_year
from ledtrad.core.facts import value_record
from ledtrad.readers.report_text import read_report
from ledtrad.site.command_line import demo
from ledtrad.site.command_line.application import app

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Lillköping with its report for 2020, for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        universe.build_report()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ledtrad(city):
    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="ledtrad")

    return run


@pytest.fixture
def answer(ledtrad):
    """What a command answers as JSON."""

    def ask(*arguments):
        done = ledtrad(*arguments, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return ask


def _trouble(done):
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    return done.stderr


# --- verdict explain ------------------------------------------------------------------------------


def test_a_verdict_is_explained_with_its_evidence_beside_the_proposals(answer):
    said = answer("verdict", "explain", "1.2", 2020)
    assert said["boards"] == {"met": 3, "partly": 1, "not_met": 0, "total": 5, "no_outcome": 1}
    assert said["indicators"] == {"met": 0, "partly": 1, "not_met": 0, "total": 2, "no_outcome": 1}
    assert said["company_group"] == "met"
    proposed = {proposal["rule"]: proposal["verdict"] for proposal in said["proposals"]}
    assert proposed["namndernas-flertal"] == "met"
    assert proposed["indikatorernas-flertal"] == "partly"
    assert len(proposed) >= 4


def test_the_citys_own_verdict_stands_beside_with_motive_and_decision(answer):
    said, decided = answer("verdict", "explain", "1.2", 2020)["city"], goal_year("1.2", 2020).city_verdict
    assert said["verdict"] == "partly"
    assert said["motive"] == decided.motive
    assert said["grounds"] == [ground.value for ground in decided.grounds]
    assert said["decision"]["case_number"] == decided.decision.case_number
    assert said["decision"]["date"] == decided.decision.day.isoformat()


def test_the_threshold_that_decided_is_named(answer):
    (measured,) = (
        row for row in answer("verdict", "explain", "1.2", 2020)["thresholds"] if row["indicator"] == "1.2.2"
    )
    assert (measured["outcome"], measured["target"], measured["threshold"]) == ("84", "88.5", "79.65")
    assert measured["proposed"] == "partly"
    assert measured["rule"]
    assert measured["source"]


def test_an_indicator_without_outcome_gets_no_verdict(answer):
    (absent,) = (row for row in answer("verdict", "explain", "1.2", 2020)["thresholds"] if row["indicator"] == "1.2.1")
    assert absent["proposed"] is None
    assert absent["outcome"] is None
    assert absent["lacks"] == "outcome"


def test_a_verdict_is_explained_in_words(ledtrad):
    said = ledtrad("verdict", "explain", "1.2", "2020").stdout
    assert "Stadens bedömning: målet uppnås delvis." in said
    assert "Nämndernas flertal" in said
    decision = goal_year("1.2", 2020).city_verdict.decision
    assert f"§ {decision.paragraph.removeprefix('§ ')}, dnr {decision.case_number}" in said
    assert "§ §" not in said


def test_a_goal_without_a_verdict_says_so(ledtrad):
    assert "Staden har inte beslutat" in ledtrad("verdict", "explain", "2.1", "2019").stdout


@pytest.mark.parametrize("goal", ["9.9", "'; DROP TABLE", "å" * 500])
def test_an_unknown_goal_is_answered_with_those_there_are(ledtrad, goal):
    assert "1.1, 1.1.F, 1.2, 2 och 2.1" in _trouble(ledtrad("verdict", "explain", goal, "2020"))


@pytest.mark.parametrize("year", ["1999", "2035", "99999"])
def test_an_unknown_year_is_answered_with_those_there_are(ledtrad, year):
    assert "2019 och 2020" in _trouble(ledtrad("verdict", "explain", "1.2", year))


def test_a_year_that_is_no_number_is_refused(ledtrad):
    assert ledtrad("verdict", "explain", "1.2", "tjugotjugo").exit_code == 2


# --- trace ----------------------------------------------------------------------------------------


def test_a_fact_is_followed_down_to_the_boards_and_up_to_the_sentences(answer):
    thread = answer("trace", "goal:1.2/2020/boards.partly")
    assert thread["value"]["number"] == "1"
    assert [knot["id"] for knot in thread["rests_on"]] == ["assessment:1.2/2020/alvsjo"]
    assert any(knot["kind"] == "sentence" for knot in thread["used_by"])


def test_an_assessment_is_followed_up_to_the_sentences_that_use_it(answer):
    thread = answer("trace", "assessment:1.2/2020/alvsjo")
    facts = {knot["id"]: knot for knot in thread["used_by"]}
    assert "goal:1.2/2020/boards.partly" in facts
    sentences = facts["goal:1.2/2020/boards.partly"]["used_by"]
    assert any("nämnder" in sentence["says"] for sentence in sentences)


def test_an_outcome_keeps_its_sexes_and_its_source(answer):
    thread = answer("trace", "outcome:1.2.2/2020")
    assert {key: thread["value"][key] for key in ("total", "women", "men")} == {
        "total": "84",
        "women": "82",
        "men": "87",
    }
    assert thread["rests_on"][0]["kind"] == "source"


def test_an_outcome_that_is_missing_is_followed_too(answer):
    assert answer("trace", "outcome:1.2.1/2020")["value"]["state"] == "not_measured"


def test_a_sentence_leads_to_its_facts(answer):
    sentence = answer("trace", "goal:1.2/2020/boards.met")["used_by"][0]
    below = answer("trace", sentence["id"])["rests_on"]
    assert "goal:1.2/2020/boards.met" in [knot["id"] for knot in below]


@pytest.mark.parametrize(
    "id", ["goal:1.2/2020/boards.met", "assessment:1.2/2020/alvsjo", "outcome:1.2.2/2020", "goal:1.2/2020/verdict"]
)
def test_a_thread_is_told_in_words(ledtrad, id):
    said = ledtrad("trace", id).stdout
    assert id in said
    assert "Används av:" in said
    assert "not_met" not in said.replace("boards.not_met", "").replace("indicators.not_met", "")


@pytest.mark.parametrize("id", ["s-0000000000", "goal:9/2020/boards.met", "assessment:1.2/2020/ingen", "%", "a/b:c"])
def test_an_unknown_id_is_answered_with_what_ids_look_like(ledtrad, id):
    assert f"inget med id {id}" in _trouble(ledtrad("trace", id))


# --- report build ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    done = CliRunner().invoke(app, ["report", "build", "2020", "--goal", "1.2", "--out", str(folder / "first")])
    assert done.exit_code == 0, done.output
    return folder / "first"


def test_a_section_is_built_as_page_pdf_and_word_with_its_facts(built):
    assert sorted(path.name for path in built.iterdir()) == [
        "arsredovisning-2020-1.2.docx",
        "arsredovisning-2020-1.2.html",
        "arsredovisning-2020-1.2.pdf",
        "facts.json",
        "manifest.json",
    ]


def test_the_manifest_has_every_files_sum(built):
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    assert manifest["files"] == {
        path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in built.iterdir()
        if path.name != "manifest.json"
    }


def test_the_facts_are_those_of_the_section(built):
    kept = json.loads((built / "facts.json").read_text("utf-8"))["facts"]
    sheet = facts_of("1.2", 2020)
    assert {fact["id"]: (fact["value"], fact["fingerprint"]) for fact in kept} == {
        fact.id: (value_record(fact.value), fact.fingerprint) for fact in sheet.values()
    }
    assert all(cell["address"] for fact in kept for cell in fact["rests_on"])


def test_building_again_gives_the_same_bytes(built, ledtrad, tmp_path):
    assert ledtrad("report", "build", 2020, "--goal", "1.2", "--out", tmp_path / "again").exit_code == 0
    for path in built.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_what_was_built_reads_back_with_the_same_figures(built, kind):
    said = read_report((built / f"arsredovisning-2020-1.2.{kind}").read_bytes(), f"a.{kind}").as_json()
    assert said["verdict"] == "partly"
    assert (said["boards"]["met"], said["boards"]["partly"], said["boards"]["total"]) == ("3", "1", "5")


def test_what_was_built_checks_out_against_the_database(built, ledtrad):
    page = built / "arsredovisning-2020-1.2.html"
    done = ledtrad("report", "check", page, "--year", 2020, "--goal", "1.2", "--json")
    assert done.exit_code == 0, done.output
    counts = json.loads(done.stdout)["counts"]
    assert counts["contradicted"] == 0
    assert counts["bound"] > 0


def test_a_whole_year_is_built(ledtrad, tmp_path):
    assert ledtrad("report", "build", 2020, "--out", tmp_path).exit_code == 0
    page = (tmp_path / "arsredovisning-2020.html").read_text("utf-8")
    for title in ("Alla barn når sin fulla potential", "Lillköping är tryggt att bo i", "Luften är ren"):
        assert title in page


@pytest.mark.parametrize("asked", [("2035",), ("2020", "--goal", "7")])
def test_what_is_not_there_cannot_be_built(ledtrad, tmp_path, asked):
    assert "inget att bygga" in _trouble(ledtrad("report", "build", *asked, "--out", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_refused(ledtrad, tmp_path):
    (tmp_path / "out").write_text("upptaget")
    said = _trouble(ledtrad("report", "build", 2020, "--goal", "1.2", "--out", tmp_path / "out"))
    assert "går inte att skriva" in said


# --- audit and demo -------------------------------------------------------------------------------


def test_a_whole_log_is_verified_with_its_head(answer):
    said = answer("audit", "verify")
    assert said["whole"] is True
    assert said["entries"] > 0
    assert said["head"] == log.head()
    assert answer("audit", "verify", "--head", said["head"])["whole"] is True


def test_a_cut_tail_shows_when_the_head_was_kept(ledtrad):
    done = ledtrad("audit", "verify", "--head", "ab" * 32)
    assert done.exit_code == 1
    assert "Slutet av loggen saknas" in done.stdout


def test_a_broken_log_ends_with_exit_code_1(ledtrad, monkeypatch):
    monkeypatch.setattr(
        log, "verify", lambda expected_head, **_: log.Verification(6, "f" * 64, 7, "Post 7 har ändrats.")
    )
    done = ledtrad("audit", "verify")
    assert done.exit_code == 1
    assert "bruten vid post 7. Post 7 har ändrats." in done.stdout


@pytest.mark.parametrize("options", [[], ["--anew"]])
def test_a_city_of_ones_own_is_not_built_over(ledtrad, options):
    entries = log.verify().entries
    assert "egen organisation" in _trouble(ledtrad("demo", "build", *options))
    assert log.verify().entries == entries


def test_progress_is_one_line_a_step_where_nobody_watches(capsys):
    with demo._progress() as progress:
        progress("Nämnder", 0, 2)
        progress("Klart", 2, 2)
    assert capsys.readouterr().out == "  0/2 Nämnder\n  2/2 Klart\n"
