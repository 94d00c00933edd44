"""The pages on people and on one's own account: who sees them, what they show, and that they cost little."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from tests import reporting_year as year
from tests import universe
from tests.pages.conftest import words

from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.people import actions as people
from ledtrad.apps.people.mailing import wait_for_mail
from ledtrad.apps.people.models import Answering, Person, Responsibility, Role, RoleGrant
from ledtrad.apps.people.queries import responsible
from ledtrad.core.calendar import city_day

pytestmark = pytest.mark.django_db

ANYBODY = ("/konto/logga-in/", "/konto/losenord/glomt/", "/konto/losenord/glomt/skickat/", "/konto/losenord/bytt/")
OWN = (
    "/konto/",
    "/konto/losenord/",
    "/konto/sessioner/",
    "/konto/tvasteg/",
    "/konto/nycklar/",
    "/konto/logga-ut/",
    "/konto/bekrafta/",
)
ADMINISTRATORS = ("/personer/", "/personer/ny/", "/personer/rut/", "/personer/rut/avsluta/")


@pytest.fixture(scope="module")
def lillkoping(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_organisation()
        year.build_units()
        year.build_people()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_lillkoping(lillkoping):
    """Every test here walks among Lillköping's people."""


def as_(name):
    client = Client()
    client.force_login(year.person(name))
    return client


def page(response):
    return html.fromstring(response.content.decode())


# --- every page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*ANYBODY, *OWN, *ADMINISTRATORS])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_opens_breaks_no_policy_and_is_well_formed(address, language):
    client = Client() if address in ANYBODY else as_("ada")
    client.cookies["django_language"] = language
    response = client.get(address)
    assert response.status_code == 200
    tree = page(response)
    assert tree.get("lang") == language
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not tree.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(tree.xpath("//h1")) == 1
    for field in tree.xpath("//main//input[not(@type='hidden')] | //main//select"):
        assert tree.xpath(f"//label[@for='{field.get('id')}']"), html.tostring(field)
    for told in tree.xpath("//main//@aria-describedby"):
        assert all(one in ids for one in told.split()), told


@pytest.mark.parametrize("address", [*OWN, *ADMINISTRATORS])
def test_whoever_has_not_signed_in_is_asked_to(address):
    response = Client().get(address)
    if address == "/konto/logga-ut/":
        assert response.headers["Location"] == "/"
    else:
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/konto/logga-in/")


@pytest.mark.parametrize("address", OWN)
def test_pages_of_ones_own_are_kept_by_no_browser(address):
    assert "no-store" in as_("rut").get(address).headers["Cache-Control"]


@pytest.mark.parametrize("address", ADMINISTRATORS)
def test_the_pages_on_people_are_for_those_who_give_roles(address):
    for name in ("rut", "lars", "ulla", "carl", "edit", "rakel"):
        expected = 200 if address == f"/personer/{name}/" else 403
        assert as_(name).get(address).status_code == expected, name


def test_a_public_page_asks_nothing_about_a_reader_without_a_session():
    with CaptureQueriesContext(connection) as asked:
        response = Client().get("/om/")
    assert response.status_code == 200
    assert not [one["sql"] for one in asked if "session" in one["sql"] or "people_" in one["sql"]]
    assert "sessionid" not in response.cookies


def test_looking_at_the_sign_in_page_starts_no_session():
    response = Client().get("/konto/logga-in/")
    assert "sessionid" not in response.cookies


# --- the list -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=RUT", ["Rut Lillqvist"]),
        ("q=rut+lillqvist", ["Rut Lillqvist"]),
        ("q=biblioteket", ["Ulla Lillqvist"]),
        ("q=rut@lillkoping.example", ["Rut Lillqvist"]),
        ("roll=auditor", ["Rakel Lillqvist"]),
        ("q=finnsinte", []),
        ("q=%25", []),
        ("q=%00", []),
        ("roll=inget", 10),
        ("sida=hundra", 10),
        ("sida=99", 10),
        ("sida=%C2%B2", 10),
    ],
)
def test_people_are_searched_with_swedish_words(asked, found):
    tree = page(as_("ada").get(f"/personer/?{asked}"))
    names = [words(link) for link in tree.xpath("//table//th/a")]
    assert (len(names) if isinstance(found, int) else names) == found


@pytest.mark.parametrize("written", ["Årsta Öman", "årsta öman", "A\u030arsta O\u0308man", "ÅRSTA"])
def test_arsta_is_found_however_it_is_written(written):
    people.register_people(people=[people.NewPerson("o@x.se", "Årsta Öman")], by=year.BUILDER, at=year.BEFORE)
    people.register_people(people=[people.NewPerson("a@x.se", "Arstad Oman")], by=year.BUILDER, at=year.BEFORE)
    tree = page(as_("ada").get("/personer/", {"q": written}))
    assert [words(link) for link in tree.xpath("//table//th/a")] == ["Årsta Öman"]


# --- a person -------------------------------------------------------------------------------------


def test_an_administrator_gives_and_ends_a_role():
    ada = as_("ada")
    sent = {"role": "reader", "unit": "miljo", "valid_from": "2021-01-01", "valid_to": ""}
    assert ada.post("/personer/rut/roller/", sent).status_code == 302
    grant = RoleGrant.objects.get(person__key="rut", role=Role.READER)
    assert (grant.unit.slug, grant.valid_to, grant.given_by) == ("miljo", None, "person:ada")
    assert "Läsare, Miljönämnden" in words(page(ada.get("/personer/rut/")))
    today = city_day(timezone.now()).isoformat()
    assert ada.post(f"/personer/rut/roller/{grant.pk}/", {"last_day": today}).status_code == 302
    grant.refresh_from_db()
    assert grant.valid_to.isoformat() == today


def test_the_form_says_what_the_council_of_this_city_is_called_in_short():
    Unit.objects.filter(slug="kf").update(slug="fullmaktige")
    people.register_people(people=[people.NewPerson("ny@lillkoping.example", "Ny")], by=year.BUILDER, at=year.BEFORE)
    told = words(page(as_("ada").get("/personer/rut/")).get_element_by_id("unit-told"))
    assert "Roller för hela staden ges för ”fullmaktige”." in told


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"role": "king"}, 422, "Välj en roll."),
        ({"unit": "nowhere"}, 422, "Enheten nowhere finns inte"),
        ({"valid_from": "2021-02-30"}, 422, "Första dagen ska skrivas som 2026-01-31."),
        ({"valid_to": "2020-01-01"}, 422, "Rollens sista dag ligger före den första."),
        ({"role": "auditor", "unit": "kf"}, 422, "har en roll som skriver och kan inte samtidigt vara revisor"),
        ({"role": "auditor", "unit": "miljo"}, 422, "Rollen revisor gäller hela staden"),
        ({"role": "reporter", "unit": "kultur"}, 422, "har redan rollen rapportör för Kulturnämnden"),
    ],
)
def test_a_role_that_does_not_hold_is_refused_with_a_sentence_and_not_stored(sent, status, sentence):
    before = RoleGrant.objects.count()
    whole = {"role": "reader", "unit": "miljo", "valid_from": "2021-01-01", **sent}
    response = as_("ada").post("/personer/rut/roller/", whole)
    assert response.status_code == status
    assert sentence in words(page(response))
    assert RoleGrant.objects.count() == before


def test_another_persons_role_is_not_ended_through_this_one():
    grant = RoleGrant.objects.get(person__key="ove")
    assert as_("ada").post(f"/personer/rut/roller/{grant.pk}/", {"last_day": "2026-01-01"}).status_code == 404


def test_a_greyed_out_button_says_why():
    tree = page(as_("ada").get("/personer/ada/"))
    (button,) = tree.xpath("//button[@aria-disabled='true']")
    (said,) = tree.xpath(f"//*[@id='{button.get('aria-describedby')}']")
    assert words(said) == "Ingen ger sig själv en roll. Be en annan administratör."
    response = as_("ada").post("/personer/ada/roller/", {"role": "editor", "unit": "kf", "valid_from": "2021-01-01"})
    assert response.status_code == 403
    assert words(said) in words(page(response))


def test_a_person_sees_her_own_page_and_nobody_elses():
    assert as_("rut").get("/personer/rut/").status_code == 200
    assert as_("rut").get("/personer/sara/").status_code == 403
    assert as_("rut").get("/personer/finns-inte/").status_code == 403
    assert as_("ada").get("/personer/finns-inte/").status_code == 404


def test_a_person_is_registered_and_invited_by_mail():
    sent = {"name": "Nils Ny", "email": "Nils@Lillkoping.Example", "invite": "1"}
    response = as_("ada").post("/personer/ny/", sent)
    wait_for_mail()
    person = Person.objects.get(email="nils@lillkoping.example")
    assert response.headers["Location"] == f"/personer/{person.key}/"
    (letter,) = mail.outbox
    assert letter.to == ["nils@lillkoping.example"]
    (link,) = re.findall(r"http://testserver(\S+)", letter.body)
    nils = Client()
    form = nils.get(link, follow=True)
    done = nils.post(form.redirect_chain[-1][0], {"password1": "sju-blå-spårvagnar", "password2": "sju-blå-spårvagnar"})
    assert done.headers["Location"] == "/konto/losenord/bytt/"
    assert Client().login(email=person.email, password="sju-blå-spårvagnar")
    spent = Client().get(link, follow=True)
    assert "Länken gäller inte längre" in words(page(spent))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": " "}, "Ange personens namn."),
        ({"name": "Nils\u202eyN"}, "tecken som inte syns"),
        ({"name": "Nils\nNy"}, "tecken som inte syns"),
        ({"name": "N" * 201}, "längre än 200 tecken"),
        ({"email": "nils"}, "är ingen e-postadress"),
        ({"email": "rut@lillkoping.example"}, "är redan upplagd"),
        ({"email": "RUT@Lillkoping.example"}, "är redan upplagd"),
    ],
)
def test_a_person_who_cannot_be_registered_keeps_what_was_typed(sent, sentence):
    before = Person.objects.count()
    response = as_("ada").post("/personer/ny/", {"name": "Nils Ny", "email": "nils@x.se", **sent})
    assert response.status_code == 422
    assert sentence in words(page(response))
    assert Person.objects.count() == before


# --- leaving --------------------------------------------------------------------------------------


@pytest.fixture
def owner():
    """Rut answers for a goal and two activities."""
    people.make_responsible(
        responsibilities=[
            people.NewResponsibility(one, "rut", date(2021, 1, 1))
            for one in ("goal:1.1", "activity:2021/kultur/1", "activity:2021/kultur/2")
        ],
        by=year.BUILDER,
        at=year.BEFORE,
    )


def test_what_somebody_answers_for_goes_by_its_name(owner):
    """Also long afterwards, when the year of an activity is over; what is unknown here goes by its id."""
    universe.build_goals()
    year.build_calendar()
    year.build_plan()
    people.make_responsible(
        responsibilities=[
            people.NewResponsibility(one, "rut", date(2021, 1, 1), answering=Answering.STAND_IN)
            for one in ("indicator:K.1", "activity:okänd")
        ],
        by=year.BUILDER,
        at=year.BEFORE,
    )
    for moment in (year.BEFORE, year.IN_YEAR_REPORT + timedelta(days=2000)):
        with time_machine.travel(moment, tick=False):
            own = page(as_("ada").get("/personer/rut/"))
        assert [words(one) for one in own.xpath("//section[h2='Ansvarar för']//li/p[1]")] == [
            "Läsa högt i alla förskolor",
            "Hålla öppet på kvällar",
            "activity:okänd",
            "Alla barn når sin fulla potential",
            "Andel unga som läser varje dag",
        ]


def test_closing_an_account_is_previewed_with_heirs_before_it_is_done(owner):
    ada = as_("ada")
    asked = ada.get("/personer/rut/avsluta/")
    assert "3 saker behöver någon ny" in words(page(asked))
    refused = ada.post("/personer/rut/avsluta/", {"heir:goal:1.1": "sara@lillkoping.example"})
    assert refused.status_code == 422
    assert "2 saker skulle stå utan ansvarig" in words(page(refused))
    sent = {"heir:goal:1.1": "sara@lillkoping.example", "heir": "rolf@lillkoping.example"}
    preview = ada.post("/personer/rut/avsluta/", sent)
    assert preview.status_code == 200
    assert Person.objects.get(key="rut").is_active
    form = page(preview).xpath("//main//form")[-1]
    assert words(form.xpath(".//button")[0]) == "Stäng kontot"
    assert ada.post("/personer/rut/avsluta/", dict(form.form_values())).status_code == 302
    assert not Person.objects.get(key="rut").is_active
    heirs = responsible(["goal:1.1", "activity:2021/kultur/1"], city_day(timezone.now()))
    assert [owner.key for owner, _ in heirs.values()] == ["sara", "rolf"]


@pytest.mark.parametrize("heir", ["nobody@x.se", "rut@lillkoping.example"])
def test_an_heir_must_be_somebody_else_who_is_here(owner, heir):
    response = as_("ada").post("/personer/rut/avsluta/", {"heir": heir, "confirmed": "1"})
    assert response.status_code == 422
    assert Person.objects.get(key="rut").is_active
    assert Responsibility.objects.filter(person__key="rut", valid_to=None).count() == 3


def test_orphans_are_left_only_when_it_is_said_why(owner):
    sent = {"confirmed": "1", "orphans_remain": "Nämnden läggs ned i mars."}
    assert as_("ada").post("/personer/rut/avsluta/", sent).status_code == 302
    assert not Person.objects.get(key="rut").is_active


def test_somebody_who_is_gone_can_come_back_or_be_erased():
    ada = as_("ada")
    assert ada.post("/personer/lars/radera/").status_code == 422
    ada.post("/personer/lars/avsluta/", {"confirmed": "1"})
    assert ada.post("/personer/lars/ater/").status_code == 302
    assert Person.objects.get(key="lars").is_active
    ada.post("/personer/lars/avsluta/", {"confirmed": "1"})
    assert ada.post("/personer/lars/radera/").status_code == 302
    assert ada.get("/personer/lars/").status_code == 404
    assert "Lars" not in words(page(ada.get("/personer/?avslutade=1")))


# --- my account -----------------------------------------------------------------------------------


def test_mail_and_calendar_are_ones_own_choice():
    rut = as_("rut")
    before = year.person("rut")
    assert rut.post("/konto/post/", {}).status_code == 302
    assert rut.post("/konto/kalender/").status_code == 302
    after = year.person("rut")
    assert (before.wants_mail, after.wants_mail) == (True, False)
    assert before.feed_token != after.feed_token


# --- size -----------------------------------------------------------------------------------------


@pytest.fixture
def grown():
    """Questions per page before and after 400 more people with roles and responsibilities."""
    addresses = ("/personer/", "/personer/?q=lillqvist", "/personer/?roll=unit_head", "/personer/rut/", "/konto/")
    before = {address: _questions(address) for address in addresses}
    keys = people.register_people(
        people=[people.NewPerson(f"p{number}@x.se", f"Person {number} Lillqvist") for number in range(400)],
        by=year.BUILDER,
        at=year.BEFORE,
    )
    grants = [people.NewGrant(key, Role.UNIT_HEAD, "bibliotek", date(2021, 1, 1)) for key in keys]
    more = [people.NewGrant("rut", Role.READER, unit, date(2021, 1, 1)) for unit in ("miljo", "ks", "scenen")]
    people.give_roles(grants=[*grants, *more], by=year.BUILDER, at=year.BEFORE)
    people.make_responsible(
        responsibilities=[
            people.NewResponsibility(f"activity:{number}", "rut", date(2021, 1, 1), Answering.STAND_IN)
            for number in range(50)
        ],
        by=year.BUILDER,
        at=year.BEFORE,
    )
    return before, {address: _questions(address) for address in addresses}


def _questions(address):
    client = as_("ada")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_number_of_questions_is_small_and_does_not_grow_with_people(grown):
    before, after = grown
    # Titles are asked for only where there is something to name.
    allowed = {address: count + (10 if address == "/personer/rut/" else 0) for address, count in before.items()}
    assert {address: count for address, count in after.items() if count > allowed[address]} == {}
    assert max(after.values()) <= 24, after
