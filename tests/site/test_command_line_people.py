"""`ledtrad people` and `ledtrad owners`: a new installation gets its first administrator, and orphans are told of."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from tests import reporting_year as year
from tests import universe
from typer.testing import CliRunner

from ledtrad.apps.people import actions as people
from ledtrad.apps.people.models import Person, RoleGrant
from ledtrad.site.command_line.application import app

pytestmark = pytest.mark.django_db


def ledtrad(*arguments, **more):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="ledtrad", **more)


# --- people ---------------------------------------------------------------------------------------


def test_a_new_installation_gets_its_first_administrator():
    added = ledtrad("people", "add", "Anna@stad.se", "Anna Administratör", "--site", "https://x.se/")
    assert added.exit_code == 0, added.output
    path = re.search(r"https://x\.se(/\S+)", added.stdout).group(1)
    given = ledtrad("people", "role", "anna@stad.se", "administrator", "kf")
    assert given.exit_code == 0, given.output
    assert "Kommunfullmäktige (kf) är upplagt" in given.stdout
    client = Client()
    form = client.get(path, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "sju-blå-spårvagnar", "password2": "sju-blå-spårvagnar"})
    client.post("/konto/logga-in/", {"login": "anna@stad.se", "password": "sju-blå-spårvagnar"})
    assert client.get("/personer/").status_code == 200


def test_a_password_is_given_from_the_keyboard_or_a_pipe():
    ledtrad("people", "add", "anna@stad.se", "Anna")
    weak = ledtrad("people", "password", "anna@stad.se", "--stdin", input="kort\n")
    assert weak.exit_code == 2
    assert "minst 12 tecken" in weak.stderr
    done = ledtrad("people", "password", "anna@stad.se", input="sju-blå-spårvagnar\nsju-blå-spårvagnar\n")
    assert done.exit_code == 0, done.output
    assert Person.objects.get().check_password("sju-blå-spårvagnar")
    assert "spårvagnar" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "anna", "Anna"), "är ingen e-postadress"),
        (("add", "rut@lillkoping.example", "Rut"), "är redan upplagd"),
        (("role", "nobody@x.se", "reader", "kf"), "finns inte bland personerna"),
        (("role", "rut@lillkoping.example", "king", "kf"), "Rollen king finns inte"),
        (("role", "rut@lillkoping.example", "reader", "nowhere"), "Enheten nowhere finns inte"),
        (("role", "rut@lillkoping.example", "reader", "ks", "--from", "i går"), "är ingen dag"),
        (("password", "nobody@x.se", "--stdin"), "finns inte bland personerna"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_code_2(arguments, sentence):
    universe.build_organisation()
    year.build_units()
    year.build_people()
    before = RoleGrant.objects.count()
    done = ledtrad("people", *arguments, input="sju-blå-spårvagnar\n")
    assert done.exit_code == 2, done.output
    assert sentence in done.stderr
    assert RoleGrant.objects.count() == before


# --- owners ---------------------------------------------------------------------------------------


@pytest.fixture
def planned(db):
    """The year 2021 is planned, and each thing in it has an owner."""
    universe.build_city()
    year.build()
    with time_machine.travel(year.IN_TERTIAL_1, tick=False):
        found = json.loads(ledtrad("owners", "audit", "--json").stdout)
        people.make_responsible(
            responsibilities=[
                people.NewResponsibility(orphan["object_id"], "rut", date(2021, 1, 1)) for orphan in found["orphans"]
            ],
            by=year.BUILDER,
            at=year.BEFORE,
        )
        yield found


def test_owners_are_alive_or_the_audit_says_who_was_last(planned):
    assert planned["objects"] >= 8
    whole = ledtrad("owners", "audit")
    assert whole.exit_code == 0, whole.output
    people.deactivate(
        person="rut",
        heirs={"goal:1.1": "sara"},
        orphans_remain="Ingen är utsedd än.",
        by=year.BUILDER,
        at=year.IN_TERTIAL_1,
    )
    broken = ledtrad("owners", "audit")
    assert broken.exit_code == 1
    assert "goal:1.2" in broken.stdout
    assert "senast Rut Lillqvist, till 2021-05-03" in broken.stdout
    assert "goal:1.1 " not in broken.stdout
    told = ledtrad("owners", "audit", "--json")
    assert told.exit_code == 1
    orphans = json.loads(told.stdout)["orphans"]
    assert len(orphans) == planned["objects"] - 1
    assert {orphan["last_name"] for orphan in orphans} == {"Rut Lillqvist"}


def test_what_nobody_has_ever_answered_for_is_told_of_too(db):
    universe.build_city()
    with time_machine.travel(year.IN_TERTIAL_1, tick=False):
        done = ledtrad("owners", "audit", "--year", "2020")
    assert done.exit_code == 1
    assert "ingen har varit ansvarig" in done.stdout


def test_a_year_without_anything_has_no_orphans(db):
    done = ledtrad("owners", "audit", "--year", "2031")
    assert (done.exit_code, done.stdout) == (0, "0 av 0 mål, indikatorer och aktiviteter 2031 har en ansvarig.\n")
