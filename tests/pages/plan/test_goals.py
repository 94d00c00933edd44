"""Goals of a plan: added, changed and withdrawn; adopted, and changed by decision; copied to a new year."""

from datetime import date

import pytest
from tests.pages.conftest import words
from tests.pages.plan.visiting import DECISION, OWN, Visitor, said
from tests.reporting_year import BUILDER, IN_PLANNING, YEAR

from ledtrad.apps.goals.queries import copied, obligations, plan_goals
from ledtrad.apps.steering import actions as steering
from ledtrad.apps.steering.queries import decisions_on
from ledtrad.core.calendar import PhaseDates, PhaseKind

pytestmark = pytest.mark.django_db


# --- goals -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_a_goal_is_added_changed_and_withdrawn():
    rut = Visitor("rut")
    made = {"title": "Fler läser för barn", "aim": "Varje kväll.", "parent": "1.1"}
    assert rut.post(f"{OWN}nytt-mal/", **made).headers["Location"] == OWN
    goal = next(one for one in plan_goals(YEAR) if one.code == "1.1.kultur.1")
    assert (goal.title, goal.aim, goal.last_year) == ("Fler läser för barn", "Varje kväll.", YEAR)
    change = {"title": "Fler läser", "aim": "", "rests_on": goal.record}
    assert rut.post(f"{OWN}mal/1.1.kultur.1/", **change).status_code == 302
    again = rut.post(f"{OWN}mal/1.1.kultur.1/", **change | {"title": "Ruts andra text"})
    assert again.status_code == 409
    assert "Fler läser" in said(again)
    assert "Ruts andra text" in again.content.decode(), "what was typed is still there"
    now = next(one for one in plan_goals(YEAR) if one.code == "1.1.kultur.1")
    assert now.title == "Fler läser"
    assert rut.post(f"{OWN}mal/1.1.kultur.1/", withdraw="1", rests_on=now.record).status_code == 302
    assert "1.1.kultur.1" not in [one.code for one in plan_goals(YEAR)]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": "", "parent": "1.1"}, "Skriv vad målet heter."),
        ({"title": "x" * 1_000_000, "parent": "1.1"}, "högst 400 får plats"),
        ({"title": "Bra", "parent": "7"}, "Målet 7, som"),
        ({"title": "Bra", "parent": "K1"}, "ligger under ett av kommunfullmäktiges mål"),
        ({"title": "Bell\x07", "parent": "1.1"}, "inte går att visa"),
        ({"title": "Bra", "parent": "1.1", "body": "Nämnden"}, "Ett beslut anges med organ, datum, paragraf"),
        ({"title": "Bra", "parent": "1.1", **DECISION, "day": "2021-02-30"}, "Dagen måste finnas"),
        ({"title": "Bra", "parent": "1.1", **DECISION, "day": "2021-03-30"}, "har inte varit än"),
    ],
)
def test_what_does_not_hold_is_said_in_the_form_and_kept(sent, sentence):
    answer = Visitor("rut").post(f"{OWN}nytt-mal/", **sent)
    assert answer.status_code == 422
    assert sentence in said(answer)
    if len(sent["title"]) < 100 and sent["title"].isprintable():
        assert sent["title"] in answer.content.decode()
    assert len([one for one in plan_goals(YEAR) if one.owner == "kultur"]) == 1


@pytest.mark.usefixtures("plan")
def test_a_goal_with_something_beneath_is_not_withdrawn():
    answer = Visitor("rut").post(f"{OWN}mal/K1/", withdraw="1")
    assert (answer.status_code, "Dra tillbaka dem först" in said(answer)) == (422, True)


# --- decisions ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_the_plan_is_adopted_and_changed_by_decision():
    sara = Visitor("sara")
    empty = sara.post(f"{OWN}anta/", body="", day="", paragraph="", case_number="", motive="")
    assert (empty.status_code, "Ange organ, datum, paragraf och diarienummer" in said(empty)) == (422, True)
    assert sara.post(f"{OWN}anta/", **DECISION).status_code == 302
    assert "Kulturnämnden, 9 januari 2021, § 3, KUN 2021/2" in words(sara.page(OWN)).replace("\xa0", " ")
    change = {"title": "Läsa högt", "starts": "2021-01-01", "ends": "2021-12-31"}
    refused = sara.post(f"{OWN}aktivitet/2021/kultur/1/", **change)
    assert (refused.status_code, "är antagen" in said(refused)) == (422, True)
    assert sara.page(f"{OWN}aktivitet/2021/kultur/1/").xpath("//fieldset[@class='decision']")
    decided = change | DECISION | {"paragraph": "§ 41", "motive": "Barnen bad om det."}
    assert sara.post(f"{OWN}aktivitet/2021/kultur/1/", **decided).status_code == 302
    page = sara.page("/plan/2021/historik/activity:2021/kultur/1/")
    first = page.xpath("//ol[@class='changes']/li")[0]
    assert [words(cell) for cell in first.xpath(".//tbody/tr/*")] == [
        "Rubrik",
        "Läsa högt i alla förskolor",
        "Läsa högt",
    ]
    story = words(first).replace("\xa0", " ")
    assert "Kulturnämnden, 9 januari 2021, § 41, KUN 2021/2" in story
    assert "Barnen bad om det." in story
    assert "Sara Lillqvist" in story
    assert [one.adopts for one in decisions_on("kultur", YEAR)] == [True, False]


# --- the council -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_the_centre_enters_the_budget():
    carl = Visitor("carl")
    made = {"level": "area", "parent": "1", "title": "Alla läser", "code": "1.3", "stays": "on"}
    assert carl.post("/plan/2021/kf/nytt-mal/", **made).status_code == 302
    assert next(one for one in plan_goals(YEAR) if one.code == "1.3").last_year is None
    assert carl.post("/plan/2021/kf/skyldiga/1.3/", units=["kultur", "miljo"]).status_code == 302
    assert carl.post("/plan/2021/kf/skyldiga/1.3/", units=["kultur"]).status_code == 302
    assert [one.unit for one in obligations(YEAR) if one.goal == "1.3"] == ["kultur"]
    assert carl.post("/plan/2021/kf/skyldiga/1.3/", units=["finns-inte"]).status_code == 422
    assert Visitor("sara").post("/plan/2021/kf/nytt-mal/", **made | {"code": "1.4"}).status_code == 403


# --- copying -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_the_year_is_copied_after_it_has_been_shown():
    phase_2022 = PhaseDates(2022, PhaseKind.PLAN, date(2021, 1, 1), date(2022, 1, 14), date(2022, 2, 1))
    steering.set_phases(phases=[phase_2022], by=BUILDER, at=IN_PLANNING)
    assert Visitor("sara").get("/plan/2022/kopiera/").status_code == 403
    carl = Visitor("carl")
    page = carl.page("/plan/2022/kopiera/")
    assert "2 mål för nämnder och enheter görs på nytt" in words(page)
    seen = page.xpath("//input[@name='seen']/@value")[0]
    stale = carl.post("/plan/2022/kopiera/", seen="0" * 32)
    assert (stale.status_code, copied(2022)) == (409, None)
    assert carl.post("/plan/2022/kopiera/", seen=seen).headers["Location"] == "/plan/2022/"
    assert copied(2022) is not None
    twice = carl.post("/plan/2022/kopiera/", seen=seen)
    assert (twice.status_code, "Det görs bara en gång" in said(twice)) == (422, True)
    assert not carl.page("/plan/2022/kopiera/").xpath("//input[@name='seen']")
