"""The log as people read it: in Swedish words, by those who may, with names that can be erased."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests import reporting_year, universe

from ledtrad.apps.audit.actions import erase, record
from ledtrad.apps.audit.queries import actions_used, page_of_log
from ledtrad.apps.people.models import Person
from ledtrad.apps.people.presenters.log_changes import Difference, differences
from ledtrad.apps.people.presenters.log_words import DEEDS, FIELDS, OBJECTS
from ledtrad.core.reporting import Move

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src" / "ledtrad"
APPS = (
    "annual_report|audit|auditors|demo_city|goals|indicators|neighbours|organisation|people|reporting|steering|surveys"
)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """Lillköping's reporting year, played through; answers the id of the year report of kultur."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        yield reporting_year.play()
        transaction.set_rollback(True)


@pytest.fixture
def ask(year, settings):
    """Asks for a page as one of the people; answers the response."""

    clients = {"": Client()}

    def get(name, address):
        if name not in clients:
            clients[name] = Client()
            _sign_in(clients[name], reporting_year.person(name), settings.AUTHENTICATION_BACKENDS[0])
        return clients[name].get(address)

    return get


def _sign_in(client, person, backend):
    session = client.session
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), backend
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    client.cookies["sessionid"] = session.session_key


def text(response):
    """What the page says, spaces made one."""
    assert response.status_code == 200, response.content[:500]
    return " ".join(html.fromstring(response.content.decode()).xpath("//main")[0].text_content().split())


def entries(response):
    """What the entries on the page say, each by itself."""
    items = html.fromstring(response.content.decode()).xpath("//ol[@class='log-entries']/li")
    return [" ".join(item.text_content().split()) for item in items]


# --- words ----------------------------------------------------------------------------------------


def _actions_in_the_code():
    """Every constant that looks like an action, in the files where things are done."""
    files = [*SOURCE.glob("apps/*/actions/**/*.py"), *SOURCE.glob("apps/*/actions.py")]
    files += [*SOURCE.glob("apps/audit/queries/*.py"), *SOURCE.glob("site/demo_city/**/*.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and re.fullmatch(rf"({APPS})\.[a-z_]+", node.value):
                yield node.value
    yield from (f"reporting.{move.value}" for move in Move)


def test_every_action_has_its_words():
    actions = set(_actions_in_the_code())
    assert len(actions) > 50
    assert not actions - set(DEEDS), sorted(actions - set(DEEDS))


def test_no_words_are_left_of_actions_that_are_gone():
    assert not set(DEEDS) - set(_actions_in_the_code()), sorted(set(DEEDS) - set(_actions_in_the_code()))


def test_every_kind_of_object_that_a_year_leaves_behind_has_its_word(ask):
    kinds, before = set(), None
    while True:
        page = page_of_log(before=before, size=500)
        kinds |= {touched.partition(":")[0] for entry in page.entries for touched in entry.objects}
        if page.before is None:
            break
        before = page.before
    assert len(kinds) > 12
    assert not kinds - set(OBJECTS), sorted(kinds - set(OBJECTS))
    assert not set(actions_used()) - set(DEEDS)


def test_every_field_that_a_year_leaves_behind_has_its_word(ask):
    """Fields are shown in Swedish; only codes of goals, which are names themselves, stand as they are."""
    named, page = set(), page_of_log(size=1000)
    assert page.before is None
    for entry in page.entries:
        named |= {change.field for change in differences(entry.before, entry.after)}
    parts = {part for field in named for part in re.split(r", | \d+$", field)}
    words = {part for word in FIELDS.values() for part in word.split(", ")}
    assert len(parts) > 40
    assert not {part for part in parts - words if re.search("[a-zåäö]{3}", part)}


def test_from_what_to_what_is_said_field_by_field():
    before = {"version": 1, "content": '{"verdict":"partly","why":"Få sökte."}'}
    after = {"version": 2, "content": '{"verdict":"met","why":"Få sökte.","risk":""}'}
    assert differences(before, after) == (Difference("version", "1", "2"), Difference("bedömning", "delvis", "helt"))
    assert differences(None, "opened") == (Difference("", "", "öppnad"),)
    assert differences({"decision": {"day": "2021-03-24"}}, None) == (Difference("beslut, dag", "2021-03-24", ""),)
    assert differences([1, None, True], [1, None, True]) == ()
    moments = [
        one.after for one in differences(None, {"a": "2022-07-15T22:30:00+00:00", "b": "9999-99-99T22:30:00+00:00"})
    ]
    assert moments == ["16\u00a0juli 2022 kl.\u00a000.30", "9999-99-99T22:30:00+00:00"]
    assert differences(None, {"content": "{inte json}"}) == (Difference("", "", "{inte json}"),)


# --- who reads what -------------------------------------------------------------------------------

WHOLE = {"ada": 200, "rakel": 200, "carl": 200, "rut": 403, "sara": 403, "lars": 403, "edit": 403, "ove": 403}


@pytest.mark.parametrize(("name", "status"), WHOLE.items())
def test_the_whole_log_is_for_those_who_watch_over_it(ask, name, status):
    assert ask(name, "/logg/").status_code == status


def test_whoever_has_not_signed_in_is_asked_to(ask):
    for address in ("/logg/", "/logg/objekt/goal:1.2/2021/", "/logg/person/rut/"):
        answer = ask("", address)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/konto/logga-in/")


def test_the_centre_reads_all_but_what_is_about_people(ask):
    assert len(entries(ask("ada", "/logg/?vad=people.register_people"))) == len(reporting_year.PEOPLE)
    assert entries(ask("carl", "/logg/?vad=people.register_people")) == []


def test_a_person_reads_what_she_has_done_herself(ask):
    rut = reporting_year.person("rut").key
    assert "Vad Rut Lillqvist har gjort" in text(ask("rut", f"/logg/person/{rut}/"))
    assert ask("ada", f"/logg/person/{rut}/").status_code == 200
    assert ask("rakel", f"/logg/person/{rut}/").status_code == 200
    for other in ("rolf", "sara", "carl"):
        answer = ask(other, f"/logg/person/{rut}/")
        assert answer.status_code == 403
        assert "Bara du själv, administratörer och revisorer" in answer.content.decode()
    assert ask("rut", f"/logg/objekt/person:{rut}/").status_code == 200
    assert ask("carl", f"/logg/objekt/person:{rut}/").status_code == 403


def test_a_boards_draft_has_no_log_for_the_neighbours(ask, year):
    """The report that is locked may be read by all; a draft and its rows only by the board itself and the centre."""
    draft = _draft_row()
    told = {
        name: ask(name, f"/logg/objekt/row:{draft}/").status_code for name in ("rut", "carl", "rakel", "ove", "edit")
    }
    assert told == {"rut": 200, "carl": 200, "rakel": 200, "ove": 404, "edit": 404}
    assert ask("ove", "/logg/objekt/report:2021/kultur/").status_code == 200


def _draft_row():
    from ledtrad.apps.reporting import actions as reporting
    from ledtrad.apps.reporting.queries.rows import rows_of

    report = reporting.open_report(
        unit="kultur",
        period=reporting_year.T2,
        by=reporting_year.actor("rut"),
        at=reporting_year.IN_TERTIAL_2,
    )
    row = rows_of(report)[0]
    saved = reporting.save_row(
        row_id=row.id,
        fields={"comment": "Halvfärdigt."},
        rests_on=0,
        save_key="log-1",
        by=reporting_year.actor("rut"),
        at=reporting_year.IN_TERTIAL_2,
    )
    assert saved.version == 1
    return row.id


@pytest.mark.parametrize(
    "name", ["report:2021/ingen", "row:999999999999999999999", "row:1x", "edition:2020/1", "x:y", "%"]
)
def test_what_is_not_to_be_known_of_is_not_there(ask, name):
    assert ask("ove", f"/logg/objekt/{name}/").status_code == 404
    assert ask("rakel", f"/logg/objekt/{name}/").status_code == 404


# --- what is shown --------------------------------------------------------------------------------


def test_an_entry_says_who_did_what_from_what_to_what_and_when(ask):
    said = text(ask("rakel", "/logg/?vad=reporting.correct_row"))
    assert re.search(r"\d\d\.\d\d Sara Lillqvist rättade en låst rapport: ", said)
    assert "Andel unga som läser varje dag (Kulturnämnden)" in said
    assert "61,5" in said
    assert "61,0" in said


def test_names_are_resolved_from_keys_and_go_when_a_person_is_erased(ask):
    rut = reporting_year.person("rut")
    assert "Rut Lillqvist sparade en rad" in text(ask("rakel", "/logg/?vad=reporting.save_rows"))
    Person.objects.filter(pk=rut.pk).update(name="Raderad person", erased_at=datetime(2022, 9, 1, tzinfo=UTC))
    said = text(ask("rakel", "/logg/?vad=reporting.save_rows"))
    assert "Raderad person sparade en rad" in said
    assert "Rut" not in said


def test_an_erased_entry_says_so_and_leads_to_who_erased_it(ask):
    with transaction.atomic():
        record(by="Kim", at=universe.AT, action="reporting.save_rows", objects=("row:1",), after={"text": "Anna"})
    number = page_of_log(size=1).entries[0].number
    erase(entries=[number], reason="Begäran.", by="Kim", at=universe.AT)
    said = text(ask("rakel", "/logg/?vad=reporting.save_rows"))
    assert "Det som skrevs har raderats." in said
    assert "Anna" not in said
    assert "skäl Begäran." in text(ask("rakel", f"/logg/objekt/entry:{number}/"))


def test_what_people_write_is_text_and_nothing_else(ask):
    with transaction.atomic():
        record(
            by="<b>Eve</b>",
            at=universe.AT,
            action="<script>alert(1)</script>",
            objects=("<img src=x>",),
            after={"<i>": "<script>alert(1)</script>"},
        )
    answer = ask("rakel", "/logg/")
    assert b"<script>alert" not in answer.content
    assert b"<img" not in answer.content
    assert "&lt;script&gt;" in answer.content.decode()


# --- asking ---------------------------------------------------------------------------------------


def test_the_log_is_asked_by_day_person_and_action(ask):
    day = reporting_year.IN_YEAR_REPORT.date().isoformat()
    found = entries(ask("rakel", f"/logg/?dag={day}&vem=rut@lillkoping.example&vad=reporting.submit"))
    assert len(found) == 2
    assert all("Rut Lillqvist lämnade in en rapport" in entry for entry in found)


def test_a_name_that_fits_several_asks_which(ask):
    page = html.fromstring(ask("rakel", "/logg/?vem=lillqvist").content.decode())
    assert len(page.xpath("//main//ul/li/a[contains(@href, 'vem=person')]")) >= 8
    assert not page.xpath("//ol[@class='log-entries']")


@pytest.mark.parametrize(
    "question",
    ["dag=igår", "dag=0000-00-00", "dag=9999-12-31", "vem=Ingen", "vad=x.y", "fore=-1", "fore=%C2%B2", "fore=0"],
)
def test_a_question_that_makes_no_sense_gets_a_page_all_the_same(ask, question):
    assert ask("rakel", f"/logg/?{question}").status_code == 200


def test_the_page_before_follows_on(ask):
    seen, address = [], "/logg/"
    for _ in range(40):
        page = html.fromstring(ask("rakel", address).content.decode())
        seen += [int(item.get("id")[1:]) for item in page.xpath("//ol[@class='log-entries']/li")]
        older = page.xpath("//nav[@class='pager']/a/@href")
        if not older:
            break
        address = older[0]
    assert seen == list(range(max(seen), 0, -1))


@pytest.mark.parametrize("address", ["/logg/", "/logg/objekt/unit:kultur/"])
def test_a_longer_log_asks_the_database_no_more_often(ask, address):
    ask("rakel", address)
    with CaptureQueriesContext(connection) as few:
        ask("rakel", address)
    for number in range(200):
        with transaction.atomic():
            record(
                by=f"person:x{number}",
                at=universe.AT,
                action="reporting.save_rows",
                objects=(f"row:{number}", "unit:kultur", f"report:2021/kultur{number}", f"unit:u{number}"),
                after=number,
            )
    ask("rakel", address)  # what is kept until the log grows is asked for anew, once
    with CaptureQueriesContext(connection) as many:
        ask("rakel", address)
    assert len(many) <= len(few) + 1
    assert len(many) <= 12


def test_the_day_is_the_citys(ask):
    """A quarter to midnight in Greenwich is tomorrow in Stockholm."""
    with transaction.atomic():
        record(by="Kim", at=datetime(2030, 5, 1, 22, 45, tzinfo=UTC), action="audit.erase", objects=("entry:0",))
    said = text(ask("rakel", f"/logg/?dag={date(2030, 5, 2).isoformat()}"))
    assert "00.45 Kim" in said
    assert "00.45 Kim" not in text(ask("rakel", f"/logg/?dag={date(2030, 5, 1).isoformat()}"))
