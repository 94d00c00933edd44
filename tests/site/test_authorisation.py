"""Every address × role × method against one table; and what no role may reach by writing an address or a field.

The answers to those questions are also looked at from outside: none lacks the headers that guard the reader, none to
a safe method writes anything, and none carries a draft to somebody who may not see it.
"""

import hashlib
import json

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.test import override_settings
from django.utils.html import strip_tags
from tests.reporting_year import FULL_YEAR_ROWS, IN_YEAR_REPORT
from tests.site import authorisation_world
from tests.site.asking import METHODS, SAFE, Asker, patterns
from tests.site.authorisation_table import expected, read_table
from tests.site.authorisation_world import ROLES
from tests.site.guarding import headers_lacking

from ledtrad.apps.audit.queries import verify

pytestmark = pytest.mark.django_db
TABLE = read_table()
PATTERNS = {one.name: one for _, one in patterns()}
# What stands in kulturnämnden's draft, and in its plan, which it has not adopted. The unit head is of a unit beneath.
DRAFT, SET_ASIDE, PLANNED = "Rolfs text.", "Ruts text.", "Hålla öppet på kvällar"
MAY_SEE_DRAFT = {"reader", "reporter", "secretary", "controller", "auditor"}
MAY_SEE_PLAN = MAY_SEE_DRAFT | {"unit head"}
# The log holds everything that was done, drafts and texts set aside included: for those who read the whole log, and,
# of one report, for those who may see the report.
LOGS, MAY_READ_LOG = {"log", "log_of_object"}, {"controller", "auditor", "administrator"}


@pytest.fixture(scope="module")
def asker(django_db_setup, django_db_blocker, tmp_path_factory):
    files = override_settings(VAR=tmp_path_factory.mktemp("var"), KOLADA="", PXWEB={})
    with files, django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(IN_YEAR_REPORT, tick=False):
        yield Asker(authorisation_world.build())
        transaction.set_rollback(True)


def parts(name):
    """The named parts of an address."""
    pattern = PATTERNS[name].pattern
    return list(pattern.converters) or list(pattern.regex.groupindex)


def test_every_address_is_in_the_table_and_nothing_else():
    names = [one.name for _, one in patterns()]
    unnamed = [pattern for pattern, one in patterns() if not one.name]
    assert unnamed == [], "an address without a name cannot be held against the table"
    assert sorted(names) == sorted(set(names)), "two addresses have the same name"
    assert set(names) - set(TABLE) == set(), "say in tests/site/authorisation_table.py who may do what"
    assert set(TABLE) - set(names) == set(), "the table speaks of what is gone"
    assert len(names) > 100  # so that the test is about something


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_cell_is_as_the_table_says(asker, name):
    """Ten roles and seven methods: 70 questions an address."""
    # Which methods an address answers is nothing that a database decides: all seven are tried on one.
    methods = METHODS if connection.vendor == "sqlite" else ("GET", "POST")
    address = asker.address(name, parts(name))
    answers = {method: [asker.ask(role, method, name, address) for role in ROLES] for method in methods}
    everything = [answer for given in answers.values() for answer in given]
    cells = [(one.method, one.role, one.cell) for one in everything]
    told = [(method, *pair) for method in methods for pair in zip(ROLES, expected(TABLE, name, method), strict=True)]
    assert [(*cell, "not", said[-1]) for cell, said in zip(cells, told, strict=True) if cell != said] == []
    assert {answer: lacking for answer in everything if (lacking := headers_lacking(answer))} == {}
    assert [answer for answer in everything if answer.method in SAFE and answer.wrote] == []
    assert [(one.role, one.method) for one in everything if leaks(name, one)] == []


def leaks(name, answer):
    """Whether an answer carries what its reader may not see."""
    if name in LOGS and (answer.role in MAY_READ_LOG or (name == "log_of_object" and answer.role in MAY_SEE_DRAFT)):
        return False
    return (
        (DRAFT in answer.text and answer.role not in MAY_SEE_DRAFT)
        or (SET_ASIDE in answer.text and answer.role != "reporter")
        or (PLANNED in answer.text and answer.role not in MAY_SEE_PLAN)
    )


def test_the_drafts_are_there_to_be_leaked(asker):
    """The test above would pass if nobody could read them."""
    workspace = asker.address("workspace", parts("workspace"))
    assert DRAFT in asker.ask("reporter", "GET", "workspace", workspace).text
    plan = asker.address("plan_of_unit", parts("plan_of_unit"))
    assert PLANNED in asker.ask("reporter", "GET", "plan_of_unit", plan).text
    conflict = asker.address("conflict", parts("conflict"))
    assert SET_ASIDE in asker.ask("reporter", "GET", "conflict", conflict).text


# ------------------------------------------------------------------------------------------------------- object swap


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("workspace", {"unit": "miljo"}),
        ("way_up", {"unit": "miljo"}),
        ("save_grid", {"unit": "miljo"}),
        ("report_submit", {"unit": "miljo"}),
        ("report_decide", {"unit": "miljo"}),
        ("paste_rows", {"unit": "miljo"}),
        ("answer_question", {"unit": "miljo"}),
        ("correct_row", {"unit": "miljo"}),
        ("plan_of_unit", {"unit": "miljo"}),
        ("plan_adopt", {"unit": "miljo"}),
        ("plan_new_activities", {"unit": "miljo"}),
    ],
)
@pytest.mark.parametrize("role", ["reader", "reporter", "secretary", "unit head"])
def test_another_boards_draft_is_as_if_it_were_not_there(asker, role, name, changed):
    """Kulturnämnden's own people ask for miljönämnden's."""
    address = asker.address(name, parts(name), **changed)
    for method in ("GET", "POST"):
        assert asker.ask(role, method, name, address).cell in ("404", "405")


def test_a_row_of_another_report_cannot_be_reached_through_ones_own(asker):
    """The address says kulturnämnden, the row is miljönämnden's; and a row by its number alone."""
    world = asker.world
    form = {f"{world.others_row}.result": "Vårt.", "versions": f"{world.others_row}:0"}
    address = asker.address("save_grid", parts("save_grid"))
    assert asker.ask("reporter", "POST", "save_grid", address, form).cell == "404"
    address = asker.address("save_row", parts("save_row"), row_id=world.others_row)
    assert asker.ask("reporter", "POST", "save_row", address, {"rests_on": 0}).cell == "404"
    address = asker.address("correct_row", parts("correct_row"), row_id=world.others_row)
    assert asker.ask("secretary", "POST", "correct_row", address).cell == "404"


@pytest.mark.parametrize("number", [0, 1])
def test_undo_tells_nothing_of_another_boards_row(asker, number):
    """Neither that the row is there, nor how many times it has been saved."""
    address = asker.address("restore_row", parts("restore_row"), row_id=asker.world.others_row)
    assert asker.ask("reporter", "POST", "restore_row", address, {"rests_on": 0, "number": number}).cell == "404"


def test_search_finds_nothing_of_another_boards_plan(asker):
    """Until the board has adopted it."""
    address = asker.address("search", []) + "?q=kvällar"
    found = {role: strip_tags(asker.ask(role, "GET", "search", address).text) for role in ("reporter", "other board")}
    assert {role: PLANNED in text for role, text in found.items()} == {"reporter": True, "other board": False}


@pytest.mark.parametrize("name", ["plan_history", "log_of_object"])
def test_the_history_of_another_boards_plan_is_as_hidden_as_the_plan(asker, name):
    """Until the board has adopted it."""
    for object_id in ("activity:2021/kultur/2", "plan:kultur/2021", "row:" + str(asker.world.row)):
        answer = asker.ask("other board", "GET", name, asker.address(name, parts(name), object_id=object_id))
        assert (PLANNED in answer.text, DRAFT in answer.text) == (False, False), object_id


def test_the_log_of_an_open_goal_tells_nothing_of_another_boards_plan(asker):
    """The council's goal 1.2 is for everybody; what a board means to do for it is not, until it is adopted."""
    address = asker.address("log_of_object", parts("log_of_object"), object_id="goal:1.2/2021")
    assert PLANNED in asker.ask("reporter", "GET", "log_of_object", address).text
    seen = asker.ask("other board", "GET", "log_of_object", address)
    assert (seen.cell, PLANNED in seen.text) == ("200", False)


def test_forged_numbers_lead_nowhere(asker):
    for name, part in (("save_row", "row_id"), ("conflict", "set_aside_id"), ("answer_question", "question_id")):
        for number in (0, 999_999, 10**17):
            address = asker.address(name, parts(name), **{part: number})
            assert asker.ask("reporter", "POST", name, address).cell == "404", (name, number)


def test_another_boards_report_cannot_be_taken_along_in_bulk(asker):
    form = {"steg": "decide", "rapport": f"{asker.world.others_report}:0"}
    address = asker.address("bulk", parts("bulk"))
    for confirmed in ({}, {"bekraftat": "1", "body": "Nämnden", "day": "2022-01-19"}):
        assert asker.ask("reporter", "POST", "bulk", address, form | confirmed).cell in ("403", "404")


def test_a_question_is_answered_only_in_its_own_report(asker):
    address = asker.address("answer_question", parts("answer_question"), unit="scenen")
    assert asker.ask("reporter", "POST", "answer_question", address).cell == "404"


def test_anothers_role_is_not_ended_through_ones_own_page(asker):
    """Lars may lay down a role of his own; the number is of his, the page is Rut's, and the reverse."""
    address = asker.address("person_end_role", parts("person_end_role"), key="rut")
    assert asker.ask("reporter", "POST", "person_end_role", address).cell == "404"


# -------------------------------------------------------------------------------------------------------- field swap


@pytest.mark.parametrize(
    "forged",
    [
        {"verdict": "met", "state": "locked"},
        {"saved_by": "person:carl"},
        {"id": "1", "report": "1", "version": "99"},
        {"is_complete": "1"},
    ],
)
def test_fields_that_no_role_may_set_are_refused_or_left_alone(asker, forged):
    """A row holds what its kind holds; who saved it, its version and its report are not the sender's to say."""
    from ledtrad.apps.reporting.models import Report, Row

    world, content = asker.world, {**FULL_YEAR_ROWS["1.2"], **forged}
    address = asker.address("save_row", parts("save_row"))
    seen = {}

    def look():
        seen["row"] = Row.objects.get(pk=world.row)
        seen["report"] = Report.objects.get(pk=world.report)

    answer = asker.ask("reporter", "POST", "save_row", address, {"content": content}, then=look)
    assert answer.status in (200, 422)
    assert seen["report"].state == "returned"
    assert seen["row"].saved_by in ("person:rolf", "person:rut")
    assert (seen["row"].report_id, seen["row"].version) in {(world.report, world.version + step) for step in (0, 1)}
    assert not set(forged) & set(json.loads(seen["row"].content)) - {"verdict"}


@pytest.mark.parametrize("role", ["auditor", "central_controller", "administrator", "board_secretary", "editor"])
def test_a_secretary_gives_no_role_but_those_of_her_board(asker, role):
    """And nobody gives a role to herself."""
    address = asker.address("person_give_role", parts("person_give_role"))
    unit = "kultur" if role == "board_secretary" else "kf"
    form = {"role": role, "unit": unit}
    assert asker.ask("secretary", "POST", "person_give_role", address, form).cell == "403"
    own = asker.address("person_give_role", parts("person_give_role"), key="ada")
    assert asker.ask("administrator", "POST", "person_give_role", own, form).cell == "403"
    elsewhere = {"role": "reporter", "unit": "miljo"}
    assert asker.ask("secretary", "POST", "person_give_role", address, elsewhere).cell == "403"


# --------------------------------------------------------------------------------------------------- nothing by GET


def contents():
    """A hash for every table of the city's, and the length of the log. Sessions and guesses are not the city's data."""
    left_out = ("sessions", "usersessions", "contenttypes", "mfa", "socialaccount", "account")
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in left_out:
            rows = sorted(map(repr, model._base_manager.values_list()))
            found[model._meta.label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found, verify().entries


@pytest.mark.parametrize("role", ["reporter", "controller", "auditor", "administrator"])
def test_reading_everything_changes_nothing(asker, role):
    before = contents()
    assert before[1] > 30
    opened = 0
    for name in PATTERNS:
        address = asker.address(name, parts(name))
        opened += asker.ask(role, "GET", name, address, keep=True).status == 200
    assert opened > 30
    assert contents() == before


def test_a_write_would_be_noticed(asker):
    """The tests above would pass if nothing was ever heard."""
    address = asker.address("answer_question", parts("answer_question"))
    answer = asker.ask("reporter", "POST", "answer_question", address)
    assert any("reporting_question" in statement for statement in answer.wrote)
