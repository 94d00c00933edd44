"""Answers: refused at the door when they name anybody, kept apart, read for a reason, deleted for real."""

import json
import logging

import pyarrow.parquet as arrow_parquet
import pytest
from django.conf import settings
from django.db import connection
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER, CODEBOOK, WHY

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Forbidden, Refused
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys import keeping
from ledtrad.apps.surveys.models import AnswerSet, WaveState
from ledtrad.core.surveys.answers import MisfitKind

NAMED = [
    {"egna_ord": {3: "Jag heter Kim och har 850709-9805"}},
    {"egna_ord": {3: "Ring mig: 070-123 45 67"}},
    {"lopnr": {5: "198507099805"}},
    {"besok": {5: "8507099805"}},
    {"egna_ord": {7: "kim@exempel.se"}},
]


@pytest.fixture
def surveyed(city, tmp_path, settings):
    settings.ANSWERS_DIR = tmp_path / "answers"
    survey.build()


def kept():
    return sorted(file.name for file in settings.ANSWERS_DIR.rglob("*") if file.is_file())


def told(action):
    entry = Entry.objects.filter(action=action).order_by("-number")[0]
    return entry.by, json.loads(entry.objects_json), json.loads(entry.change_json)["to"]


def test_answers_become_a_file_of_their_own_and_the_database_knows_only_of_them(
    surveyed, django_capture_on_commit_callbacks
):
    done = survey.receive()
    row = AnswerSet.objects.get()
    assert (done.rows, done.columns, done.misfits) == (60, 8, ())
    assert kept() == [f"{row.fingerprint}.parquet"]
    assert WaveState.objects.get(wave__year=2018, is_current=True).state == "held"
    by, objects, after = told("surveys.receive_answers")
    assert (by, objects) == (BUILDER.key, ["wave:trygghet/2018"])
    assert (after["rows"], after["sha256"]) == (60, row.fingerprint)
    path = keeping.path_of("trygghet", 2018, row.fingerprint)
    assert arrow_parquet.read_table(path).num_rows == 60
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("changed", NAMED)
def test_a_file_that_names_anybody_is_refused_whatever_is_written(surveyed, changed):
    with pytest.raises(Refused, match="innehåller personuppgifter som inte tas emot") as refused:
        survey.receive(survey.answers(**changed), accepted="Vi vill ha dem ändå.", seen="x")
    for text in next(iter(changed.values())).values():
        assert text not in str(refused.value)
    assert kept() == []
    assert not AnswerSet.objects.exists()
    _, _, after = told("surveys.refuse_answers")
    assert after["rows"] == 1


def test_what_does_not_fit_is_refused_until_somebody_accepts_just_that(surveyed):
    data = survey.answers(kvall={0: "7", 2: "7"}, besok={1: "99"})
    with pytest.raises(surveys.Unfit, match="2 saker i filen stämmer inte med kodboken") as unfit:
        survey.receive(data)
    assert [(one.column, one.kind, one.rows) for one in unfit.value.misfits] == [
        ("kvall", MisfitKind.UNKNOWN_CODE, 2),
        ("besok", MisfitKind.OUT_OF_RANGE, 1),
    ]
    assert kept() == []
    seen = unfit.value.seen
    with pytest.raises(Refused, match="Skriv varför"):
        survey.receive(data, seen=seen, accepted="Okej")
    with pytest.raises(Refused, match="2 saker"):
        survey.receive(data, seen="något annat", accepted="Kodas om i nästa omgång.")
    survey.receive(data, seen=seen, accepted="Kodas om i nästa omgång.")
    row = AnswerSet.objects.get()
    assert json.loads(row.misfits)[0] == {"column": "kvall", "kind": "unknown_code", "rows": 2}
    table = arrow_parquet.read_table(keeping.path_of("trygghet", 2018, row.fingerprint))
    assert table.column("kvall")[:3].to_pylist() == [None, 2, None]


def test_a_column_that_the_design_names_must_be_there(surveyed):
    without = survey.answers().replace(b"vikt", b"tyngd")
    with pytest.raises(surveys.Unfit) as unfit:
        survey.receive(without)
    with pytest.raises(Refused, match="nämner kolumnen vikt, som inte finns"):
        survey.receive(without, seen=unfit.value.seen, accepted="Vikten räknas ut senare.")
    assert kept() == []


def test_newer_answers_take_over_and_nothing_is_left_of_the_older(surveyed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = survey.receive()
        second = survey.receive(survey.answers(50))
    assert kept() == [f"{second.fingerprint}.parquet"] != [f"{first.fingerprint}.parquet"]
    assert list(AnswerSet.objects.order_by("id").values_list("rows", "is_current")) == [(60, False), (50, True)]


def test_what_could_not_be_stored_leaves_no_file(surveyed, monkeypatch):
    survey.receive()
    before = kept()

    def fails(*args, **named):
        raise RuntimeError("the power went")

    monkeypatch.setattr("ledtrad.apps.surveys.actions.answers.hold", fails)
    with pytest.raises(RuntimeError):
        survey.receive(survey.answers(50))
    assert kept() == before


def test_every_reading_is_logged_with_who_which_wave_and_why(surveyed):
    survey.receive()
    entries = Entry.objects.count()
    path = surveys.open_answers(survey="trygghet", year=2018, why=WHY, by=BUILDER, at=AT)
    assert arrow_parquet.read_table(path).num_rows == 60
    by, objects, after = told("surveys.read_answers")
    assert (by, objects, after["why"]) == (BUILDER.key, ["wave:trygghet/2018"], WHY)
    assert Entry.objects.count() == entries + 1


@pytest.mark.parametrize("why", ["", "  ", "för skojs"])
def test_nobody_reads_or_deletes_without_saying_why(surveyed, why):
    survey.receive()
    for act in (surveys.open_answers, surveys.delete_answers):
        with pytest.raises(Refused, match="Skriv varför svaren"):
            act(survey="trygghet", year=2018, why=why, by=BUILDER, at=AT)
    assert len(kept()) == 1


def test_a_deletion_is_real_and_the_log_says_so(surveyed):
    survey.receive()
    folder = settings.ANSWERS_DIR / "trygghet" / "2018"
    (folder / ".left.part").write_bytes(b"from a crash")
    surveys.delete_answers(survey="trygghet", year=2018, why="Gallras enligt beslut 2021-05.", by=BUILDER, at=AT)
    assert kept() == []
    by, objects, after = told("surveys.delete_answers")
    assert (by, objects, after["why"]) == (BUILDER.key, ["wave:trygghet/2018"], "Gallras enligt beslut 2021-05.")
    assert AnswerSet.objects.get(is_current=True).state == "deleted"
    for act in (surveys.open_answers, surveys.delete_answers):
        with pytest.raises(Refused, match="inga svar som finns kvar"):
            act(survey="trygghet", year=2018, why=WHY, by=BUILDER, at=AT)


def test_what_cannot_be_deleted_is_not_called_deleted(surveyed, monkeypatch):
    survey.receive()

    def fails(*args):
        raise OSError("a disk that is read only")

    monkeypatch.setattr("ledtrad.apps.surveys.actions.answers.remove_all_but", fails)
    with pytest.raises(Refused, match="gick inte att radera"):
        surveys.delete_answers(survey="trygghet", year=2018, why="Gallras enligt beslut.", by=BUILDER, at=AT)
    assert AnswerSet.objects.get(is_current=True).state == "kept"
    assert not Entry.objects.filter(action="surveys.delete_answers").exists()


def test_answers_that_were_changed_on_the_disk_are_not_read(surveyed):
    done = survey.receive()
    path = keeping.path_of("trygghet", 2018, done.fingerprint)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Refused, match="inga svar som finns kvar"):
        surveys.open_answers(survey="trygghet", year=2018, why=WHY, by=BUILDER, at=AT)
    assert not Entry.objects.filter(action="surveys.read_answers").exists()


def test_only_the_centre_comes_near_answers(surveyed):
    survey.receive()
    for act in (
        lambda: survey.receive(by=NOBODY),
        lambda: surveys.open_answers(survey="trygghet", year=2018, why=WHY, by=NOBODY, at=AT),
        lambda: surveys.delete_answers(survey="trygghet", year=2018, why=WHY, by=NOBODY, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()
    assert len(kept()) == 1


def test_a_file_without_a_codebook_is_refused(surveyed):
    with pytest.raises(Refused, match=r"behöver en kodbok\. Ingenting har lästs in"):
        survey.receive(codebook=None)


def test_the_database_never_holds_an_answer_nor_does_the_process_tell_of_one(surveyed, caplog):
    """A word that stands in one answer is found in that wave's file and nowhere else."""
    canary = "Kanariefagel42"
    caplog.set_level(logging.DEBUG)
    done = survey.receive(survey.answers(egna_ord={4: f"Skymd sikt vid {canary}"}))
    surveys.open_answers(survey="trygghet", year=2018, why=WHY, by=BUILDER, at=AT)
    table = arrow_parquet.read_table(keeping.path_of("trygghet", 2018, done.fingerprint))
    assert sum(canary in (text or "") for text in table.column("egna_ord").to_pylist()) == 1
    assert canary not in _whole_database()
    assert canary not in caplog.text
    with pytest.raises(surveys.Unfit) as unfit:
        survey.receive(survey.answers(kvall={4: canary}))
    assert canary not in f"{unfit.value} {unfit.value.misfits}"


def _whole_database():
    """Every cell of every table as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


def test_the_search_of_the_test_above_finds_what_is_there(surveyed):
    survey.receive()
    assert "Trygg ute en kväll" in _whole_database()  # the codebook's own labels
    assert CODEBOOK.variables[1].label == "Trygg ute en kväll"


def test_no_backup_takes_answers_along(surveyed, settings, tmp_path):
    """A backup outlives a deletion; what is deleted must not come back with it."""
    from ledtrad.site.backup.files import kept_files

    settings.VAR = tmp_path
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "a").write_bytes(b"figures")
    survey.receive()
    assert len(kept()) == 1
    assert [name for name, _ in kept_files()] == ["uploads/a"]
