"""Indicators of a plan with their targets, and who answers for what."""

from datetime import date

import pytest
from tests import reporting_year as year
from tests.pages.plan.visiting import OWN, Visitor, grid, said
from tests.reporting_year import YEAR

from ledtrad.apps.goals.queries import plan_goals, plan_indicators
from ledtrad.apps.people.queries import responsible

pytestmark = pytest.mark.django_db


# --- indicators and targets --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_an_indicator_is_added_with_its_target():
    made = {
        "goal": "K1",
        "title": "Andel barn som läser varje dag",
        "code": "K.7",
        "measure": "percent",
        "sense": "more_is_better",
        "low": "60,5 %",
        "by_sex": "on",
    }
    rut = Visitor("rut")
    wrong = rut.post(f"{OWN}ny-indikator/", **made | {"low": "sextio"})
    assert (wrong.status_code, "”sextio” är inget tal" in said(wrong)) == (422, True)
    assert rut.post(f"{OWN}ny-indikator/", **made).status_code == 302
    goal = next(one for one in plan_goals(YEAR) if one.code == "K1")
    (found,) = plan_indicators(YEAR, [goal.id])
    assert (found.code, str(found.target.low.value), found.owner) == ("K.7", "60.5", "kultur")
    taken = rut.post(f"{OWN}ny-indikator/", **made)
    assert (taken.status_code, "K.7 finns redan" in said(taken)) == (422, True)


@pytest.mark.usefixtures("plan")
def test_a_target_is_set_and_two_who_set_it_meet():
    rut = Visitor("rut")
    rut.post(
        f"{OWN}ny-indikator/",
        goal="K1",
        title="Andel",
        code="K.7",
        measure="percent",
        sense="within_band",
        low="-1",
        high="1",
    )
    address = f"{OWN}arsmal/K.7/"
    rests_on = rut.page(address).xpath("//input[@name='rests_on']/@value")[0]
    backwards = rut.post(address, low="2", high="1", rests_on=rests_on)
    assert (backwards.status_code, "den lägre först" in said(backwards)) == (422, True)
    assert rut.post(address, low="−2", high="2", rests_on=rests_on).status_code == 302
    met = Visitor("rolf").post(address, low="-3", high="3", rests_on=rests_on)
    assert met.status_code == 409
    assert "mellan" in said(met)


# --- who answers -------------------------------------------------------------------------------------------------


def owner_of(object_id, day=date(2021, 2, 1)):
    owner, stand_in = responsible([object_id], day)[object_id]
    return owner and owner.name, stand_in and stand_in.name


@pytest.mark.usefixtures("plan")
def test_a_secretary_says_who_answers_for_a_goal_and_all_of_it():
    address = f"{OWN}ansvarig/goal:1.1/"
    assert Visitor("sara").get(address).status_code == 404, "the council's goal is not the board's to give"
    sara, address = Visitor("sara"), f"{OWN}ansvarig/goal:K1/"
    Visitor("rut").post(f"{OWN}aktiviteter/", **grid(("K1", "Sagostund", "", ""), save="1"))
    page = sara.page(address)
    assert year.email("lars") in page.xpath("//datalist/option/@value")
    assert year.email("ove") not in page.xpath("//datalist/option/@value")
    given = {"owner": year.email("rut"), "stand_in": year.email("rolf"), "since": "2021-01-10", "parts_too": "on"}
    assert sara.post(address, **given).status_code == 302
    assert owner_of("goal:K1") == ("Rut Lillqvist", "Rolf Lillqvist")
    assert owner_of("activity:kultur-2021-1") == ("Rut Lillqvist", None)
    assert owner_of("activity:2021/kultur/1") == (None, None), "it belongs to another goal"
    assert sara.post(address, **given | {"owner": year.email("lars"), "since": "2021-03-01"}).status_code == 302
    assert owner_of("goal:K1") == ("Rut Lillqvist", "Rolf Lillqvist")
    assert owner_of("goal:K1", date(2021, 3, 1)) == ("Lars Lillqvist", "Rolf Lillqvist")


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(("name", "status"), [("rut", 403), ("lars", 403), ("rakel", 403), ("ove", 404), ("carl", 302)])
def test_who_may_appoint(name, status):
    sent = {"owner": year.email("rut"), "since": "2021-01-10"}
    assert Visitor(name).post(f"{OWN}ansvarig/goal:K1/", **sent).status_code == status
    assert owner_of("goal:K1")[0] == ("Rut Lillqvist" if status == 302 else None)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("sent", [{"owner": "finns@inte.example"}, {"owner": "Rut Lillqvist"}, {"since": "2021-02-30"}])
def test_nobody_who_is_not_there_is_appointed(sent):
    given = {"owner": year.email("lars"), "since": "2021-01-10"} | sent
    given["owner"] = (
        given["owner"].replace("rut", "rut@annan.example") if sent.get("owner") == "rut" else given["owner"]
    )
    answer = Visitor("sara").post(f"{OWN}ansvarig/goal:K1/", **given)
    assert answer.status_code == 422
    assert given["owner"] in answer.content.decode()
    assert owner_of("goal:K1") == (None, None)
