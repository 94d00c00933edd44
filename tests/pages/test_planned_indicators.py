"""What a board has only planned for an indicator of its own is nothing for strangers, on any page."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from lxml import html
from tests import reporting_year, universe
from tests.reporting_year import IN_PLANNING, IN_TERTIAL_1
from tests.universe import AT, BY, percent
from time_machine import travel

from ledtrad.apps.indicators import actions
from ledtrad.apps.open_data.queries import catalogue
from ledtrad.apps.people.actions import end_role
from ledtrad.apps.steering import actions as steering
from ledtrad.core.assessment import Decision, Sense, at_least
from ledtrad.core.calendar import city_day
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT

pytestmark = pytest.mark.django_db

SECRET, REWORDED = "Andel som läser för nöjes skull", "Andel som läser två gånger i veckan"
STRANGERS, OWN = ("", "ove", "edit", "ada"), ("rut", "ulla", "lars", "carl", "rakel")
ADDRESSES = ("/2021/indikator/K.7/", "/indikator/K.7/", "/indikator/K.7/definition/", "/2021/indikator/K.7/data/json")


@pytest.fixture(scope="module")
def lillkoping(django_db_setup, django_db_blocker):
    """K.7 is planned for 2021 only; K.1 has an outcome for 2020, a target for 2021 and another question from 2022."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        asked = actions.Definition(SECRET, PERCENT, Sense.MORE)
        actions.define_indicators(indicators=[actions.NewIndicator("K.7", 2021, asked, owner="kultur")], by=BY, at=AT)
        target = actions.NewTarget("K.7", 2021, at_least(percent("77")))
        actions.set_targets(targets=[target], by=BY, at=AT)
        actions.record_outcome(code="K.1", period=Period(2020), outcome=Measured(percent("58")), by=BY, at=AT)
        anew = actions.Definition(REWORDED, PERCENT, Sense.MORE, by_sex=True)
        actions.revise_indicator(code="K.1", from_year=2022, definition=anew, because="Ny fråga", by=BY, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sees(lillkoping, client):
    """The status, and what somebody (nobody: "") reads at an address, in the spring of 2021."""

    def look(address, who=""):
        with travel(IN_TERTIAL_1, tick=False):
            client.logout()
            if who:
                client.force_login(reporting_year.person(who))
            response = client.get(address)
        page = html.fromstring(response.content) if response.content else None
        words = " ".join(page.text_content().split()) if page is not None else ""
        return response.status_code, words

    return look


def adopt(year=2021):
    """From here on the plan of the board is open."""
    decision = Decision("Kulturnämnden", date(2021, 1, 8), "§ 2", "KUN 2021/3")
    steering.adopt_plan(unit="kultur", year=year, decision=decision, by=reporting_year.actor("sara"), at=IN_PLANNING)


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_find_nothing_that_is_only_planned(sees, who):
    for address in ADDRESSES:
        status, words = sees(address, who)
        assert (status, SECRET in words) == (404, False), address
    for address in ("/trad/target:K.7/2021", "/trad/indicator:K.7/2021/target", "/indikator/K.7/jamfor/"):
        assert sees(address, who)[0] == 404


@pytest.mark.parametrize("who", OWN)
def test_its_own_people_and_those_who_see_every_plan_do(sees, who):
    for address in ("/2021/indikator/K.7/", "/indikator/K.7/definition/"):
        status, words = sees(address, who)
        assert (status, SECRET in words) == (200, True), address


def test_whoever_loses_her_role_does_not_meet_what_was_kept_of_it(lillkoping, client):
    """Asked twice while she may, so that whatever is kept has been kept; the very same session afterwards."""
    rut, ada = reporting_year.person("rut"), reporting_year.actor("ada")
    hers = ("/2021/indikator/K.7/", "/indikator/K.7/definition/")
    client.force_login(rut)
    with travel(IN_TERTIAL_1, tick=False):
        for address in (*hers, *hers):
            assert SECRET in client.get(address).content.decode()
            assert SECRET not in Client().get(address).content.decode()
        for grant in rut.grants.all():
            end_role(grant=grant.pk, last_day=city_day(IN_TERTIAL_1) - timedelta(days=1), by=ada, at=IN_TERTIAL_1)
        for address in hers:
            answer = client.get(address)
            assert (answer.status_code, SECRET in answer.content.decode()) == (404, False), address


def test_everybody_does_once_the_plan_is_adopted(sees):
    adopt()
    status, words = sees("/2021/indikator/K.7/")
    assert (status, SECRET in words) == (200, True)


def test_an_outcome_opens_the_page_without_the_plan(sees):
    actions.record_outcome(code="K.7", period=Period(2020 + 1), outcome=Measured(percent("70")), by=BY, at=AT)
    assert sees("/2021/indikator/K.7/")[0] == 200


def test_a_year_that_is_only_planned_is_hidden_beside_those_that_were_measured(sees):
    assert sees("/2020/indikator/K.1/")[0] == 200
    assert sees("/2021/indikator/K.1/")[0] == 404
    assert "/2021/indikator/K.1/" not in sees("/2020/indikator/K.1/")[1]
    status, words = sees("/2021/indikator/K.1/", "rut")
    assert (status, "60" in words) == (200, True)
    adopt()
    assert sees("/2021/indikator/K.1/")[0] == 200


def test_a_coming_question_is_hidden_until_the_plan_that_asks_it(sees):
    for address in ("/2020/indikator/K.1/", "/indikator/K.1/definition/"):
        assert REWORDED not in sees(address)[1]
    assert REWORDED in sees("/indikator/K.1/definition/", "rut")[1]


@pytest.mark.parametrize(("who", "found"), [("ove", False), ("rut", True), ("carl", True), ("rakel", True)])
def test_the_log_does_not_tell_either(sees, who, found):
    for one in ("indicator:K.7", "target:K.7/2021"):
        status, words = sees(f"/logg/objekt/{one}/", who)
        assert ((status, "K.7" in words) == (200, True)) is found, one


@pytest.mark.parametrize(("who", "found"), [("ove", False), ("rut", True), ("carl", True)])
def test_a_file_that_is_sent_in_does_not_tell_either(sees, client, settings, tmp_path, who, found):
    """Neither among the names to choose from, nor by recognising the name or the code in somebody's own file."""
    settings.VAR = tmp_path
    client.force_login(reporting_year.person(who))
    file = SimpleUploadedFile("a.csv", f"Indikator;2021\n{SECRET};5\nK.7;6\nOkänd;7\n".encode())
    with travel(IN_TERTIAL_1, tick=False):
        address = client.post("/inlasning/", {"file": file}).headers["Location"]
        page = html.fromstring(client.get(address).content)
    options = page.xpath("//datalist/option/@value")
    assert any("1.2.1" in one for one in options)
    assert any("K.7" in one or SECRET in one for one in options) is found
    named = set(page.xpath("//input[starts-with(@name, 'name-')]/@value"))
    assert (SECRET in named, "K.7" in named, "Okänd" in named) == (not found, not found, True)


def test_the_catalogue_opens_with_the_pages_by_any_plan_that_it_stands_in(sees):
    """K.1's coming question is asked from 2022 on: a later year's plan opens it as well as the first one."""
    assert REWORDED not in [one.title for one in catalogue()["K.1"].versions]
    adopt(2023)
    assert REWORDED in sees("/indikator/K.1/definition/")[1]
    assert REWORDED in [one.title for one in catalogue()["K.1"].versions]
