"""One row at a time, as the browser saves it: kept, answered truly, or refused with nothing stored."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import reporting_year as year
from tests.pages.workspace.writing import FULL, PAGE, Writer, row, stored

from ledtrad.apps.reporting.models import RowVersion, SetAside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_a_save_answers_with_the_version_the_servers_time_and_what_is_left(rut):
    told = rut.save(row("K.1"), {"total": "61,5"}).json()
    assert (told["version"], told["saved"], told["is_complete"]) == (1, "kl.\u00a010.00", False)
    assert told["saved_at"].startswith("2022-01-20T09:00")
    assert told["problems"] == {}
    assert list(told["lacking"]) == ["comment"]
    assert rut.save(row("K.1"), FULL, key="k2").json()["is_complete"] is True


def test_a_figure_that_is_none_is_kept_and_said(rut):
    told = rut.save(row("K.1"), {"total": "8,,4"})
    assert told.status_code == 200
    assert told.json()["problems"] == {"total": "”8,,4” är inget tal. Skriv till exempel 84,5 eller 1 234."} or (
        "8,,4" in told.json()["problems"]["total"]
    )
    field = rut.page().get_element_by_id(f"f-{row('K.1').pk}-total")
    assert (field.get("value"), field.get("aria-invalid")) == ("8,,4", "true")


def test_the_same_save_sent_again_is_answered_alike_and_stored_once(rut):
    first, again = (rut.save(row("K.1"), FULL, rests_on=0, key="same").json() for _ in range(2))
    assert (first["version"], again["version"]) == (1, 1)
    assert RowVersion.objects.count() == 1


def test_a_key_that_is_used_vouches_for_no_other_text(rut):
    """An answer that says "saved" of a text that is not stored would be a text lost."""
    rut.save(row("K.1"), FULL, rests_on=0, key="same")
    for rests_on in (0, 1):
        answer = rut.save(row("K.1"), {"comment": "En annan text"}, rests_on=rests_on, key="same")
        assert answer.status_code == 422
        assert "redan använd för en annan text" in answer.json()["refused"]
    assert (RowVersion.objects.count(), stored("K.1")["comment"]) == (1, FULL["comment"])
    rut.save(row("K.1"), {"comment": "Åter en annan"}, rests_on=0, key="aside")
    assert rut.save(row("K.1"), {"comment": "Ännu en"}, rests_on=0, key="aside").status_code == 422
    assert [json.loads(one.content)["comment"] for one in SetAside.objects.all()] == ["Åter en annan"]


def test_the_second_of_two_is_led_to_both_texts_and_nothing_is_overwritten(rut):
    Writer("rolf").save(row("K.1"), {"comment": "Rolfs text"})
    answer = rut.save(row("K.1"), {"comment": "Ruts text"}, rests_on=0, key="k2")
    assert answer.status_code == 409
    kept = SetAside.objects.get()
    assert answer.json() == {"conflict": f"/arbete/konflikt/{kept.pk}/"}
    assert stored("K.1")["comment"] == "Rolfs text"
    assert json.loads(kept.content)["comment"] == "Ruts text"


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"comment": "a" * 20_001}, 422, "högst 20\u00a0000"),
        ({"comment": "a" * 1_000_000}, 413, "högst 20\u00a0000 tecken"),
        ({"comment": "noll\x00byte"}, 422, "styrtecken"),
        ({"comment": 7}, 422, "text"),
        ({"forecast_met": "50"}, 422, "finns inte på raden"),
        ({"saved_by": "person:ove"}, 422, "finns inte på raden"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_nothing_is_stored(rut, fields, status, sentence):
    answer = rut.save(row("K.1"), fields)
    assert answer.status_code == status
    assert sentence in answer.json()["refused"]
    assert RowVersion.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '"text"', "[" * 100_000, '{"content": [], "rests_on": 0, "save_key": "k"}', "\xff"]
)
def test_what_is_no_save_is_answered_so(rut, body):
    answer = rut.send(f"/arbete/rad/{row('K.1').pk}/", body)
    assert answer.status_code == 400
    assert "Ingenting har sparats" in answer.json()["refused"]


@pytest.mark.parametrize("rests_on", [-1, "0", True, 2**40, None, 1.5])
def test_a_version_that_is_none_is_refused(rut, rests_on):
    body = {"content": FULL, "rests_on": rests_on, "save_key": "k"}
    assert rut.send(f"/arbete/rad/{row('K.1').pk}/", json.dumps(body)).status_code == 400
    assert rut.save(row("K.1"), FULL, rests_on=99).status_code == 422
    assert RowVersion.objects.count() == 0


@pytest.mark.parametrize("address", ["/arbete/rad/0/", "/arbete/rad/999999999/", f"/arbete/rad/{'9' * 40}/"])
def test_a_forged_row_is_not_there(rut, address):
    body = {"content": FULL, "rests_on": 0, "save_key": "k"}
    assert rut.send(address, json.dumps(body)).status_code == 404


def test_a_row_that_is_not_there_is_told_in_the_form_that_was_asked_for(rut):
    body = {"content": FULL, "rests_on": 0, "save_key": "k"}
    assert rut.send("/arbete/rad/999999999/", json.dumps(body)).json() == {"refused": "Raden finns inte."}


def test_letters_with_marks_are_one_letter_however_they_are_sent(rut):
    rut.save(row("K.1"), {"comment": "A\u030arsta \r\nå"})
    assert stored("K.1")["comment"] == "Årsta \nå"


def test_a_save_needs_the_sites_own_token(report):
    forged = Writer("rut", enforce_csrf_checks=True)
    assert forged.save(row("K.1"), FULL).status_code == 403
    token = forged.client.get("/arbete/vem/").json()["token"]
    answer = forged.client.post(
        f"/arbete/rad/{row('K.1').pk}/",
        json.dumps({"content": FULL, "rests_on": 0, "save_key": "k"}),
        content_type="application/json",
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert answer.status_code == 200


def test_the_browser_is_told_who_is_here(rut):
    assert rut.client.get("/arbete/vem/").json()["person"] == f"person:{year.person('rut').key}"
    assert Client().get("/arbete/vem/").json()["person"] == ""
    assert "no-store" in rut.client.get("/arbete/vem/").headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/arbete/rad/1/", "/arbete/rad/1/angra/", f"{PAGE}rader/", f"{PAGE}lamna-in/"])
def test_nothing_is_written_by_looking(rut, address):
    assert rut.client.get(address).status_code == 405


def test_undo_takes_the_row_back_as_a_new_version(rut):
    rut.save(row("K.1"), FULL)
    rut.save(row("K.1"), {**FULL, "total": "1"}, key="k2")
    body = {"number": 1, "rests_on": 2, "save_key": "k3"}
    told = rut.send(f"/arbete/rad/{row('K.1').pk}/angra/", json.dumps(body)).json()
    assert (told["version"], told["content"]["total"]) == (3, "61,5")
    assert RowVersion.objects.count() == 3


def test_a_save_asks_the_database_few_questions(rut):
    found = row("K.1")
    rut.save(found, {"total": "1"}, key="warm")
    with CaptureQueriesContext(connection) as asked:
        assert rut.save(row("K.1"), FULL, key="k2").status_code == 200
    questions = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    # One of them is the test's own, which looks up the row.
    assert len(questions) - 1 <= 12, questions
