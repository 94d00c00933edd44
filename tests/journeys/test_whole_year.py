"""A whole steering year for one goal, played by six people from plan to closed year.

    Rut     reporter of kulturnämnden      plans, forecasts, reports, answers a question
    Sara    the board's secretary          adopts the plan, meets Rut in the same text, records the board's decisions
    Ulla    head of the library            plans and reports for her unit
    Carl    central controller             says who must answer, asks, locks, concludes
    Rakel   auditor                        looks back, gives her opinion, gets an answer
    Ove     reporter of another board      must not see the drafts, and reads what is decided

One return, one conflict, one correction, one audit answer. axe is silent on every page that shows something new. The
guide's pictures are taken here: LEDTRAD_PICTURES=1 writes them anew.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from tests import reporting_year as lillkoping
from tests.journeys.conftest import PHONE
from tests.journeys.players import Player

from ledtrad.apps.audit.queries import verify
from ledtrad.apps.goals.queries import goal_year
from ledtrad.apps.indicators.models import Outcome
from ledtrad.apps.people import actions as people
from ledtrad.apps.reporting.models import Correction, Report, SetAside, Step
from ledtrad.core.assessment import Verdict

pytestmark = [pytest.mark.journey, pytest.mark.on_both_databases, pytest.mark.django_db(transaction=True)]
CITY = ZoneInfo("Europe/Stockholm")
REPORT = "/arbete/2021/kultur"


@pytest.fixture
def year(city):
    """Lillköping with its people and its calendar; no board has planned anything yet."""
    lillkoping.build_units()
    lillkoping.build_people()
    lillkoping.build_calendar()
    answer_for_the_council("goal:1", "goal:1.1", "goal:1.1.F", "goal:1.2", "goal:2", "goal:2.1")
    answer_for_the_council(*(f"indicator:{code}" for code in ("1.1.1", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "B.1")))


def answer_for_the_council(*objects):
    """Carl answers for them, as he did the year before."""
    carl, first = lillkoping.email("carl"), lillkoping.BEFORE.date()
    people.make_responsible(
        responsibilities=[people.NewResponsibility(one, carl, first) for one in objects],
        by=lillkoping.BUILDER,
        at=lillkoping.BEFORE,
    )


@pytest.fixture
def clock():
    """Lets the year pass: `clock(2021, 5, 3)` is ten in the morning of that day, and the time goes on from there."""
    travels = []

    def go_to(*day, hour=10):
        while travels:
            travels.pop().stop()
        travels.append(time_machine.travel(datetime(*day, hour, tzinfo=CITY), tick=True))
        travels[-1].start()

    yield go_to
    while travels:
        travels.pop().stop()


@pytest.fixture
def players(browser, live_server, year):
    """Makes players; when the year is over, no browser must have had anything to complain about."""
    made, tried = {}, set()

    def player(name):
        if name not in made:
            made[name] = Player(browser, live_server.url, name, tried)
        return made[name].sign_in()

    yield player
    for one in made.values():
        one.context.close()
    assert {name: one.troubles for name, one in made.items() if one.troubles} == {}
    assert sum(len(one.looked_at) for one in made.values()) >= 20, "the year was not played to its end"


def test_a_whole_year(players, clock):
    clock(2021, 1, 11)
    plan(players)
    clock(2021, 5, 3)
    forecast(players)
    clock(2022, 1, 20)
    report(players)
    meet_in_one_text(players)
    go_up(players)
    clock(2022, 2, 10)
    conclude(players)
    correct(players)
    clock(2022, 4, 15)
    hear_the_auditor(players)
    assert_the_year_is_closed()


# --- the plan --------------------------------------------------------------------------------------


def plan(players):
    carl = players("carl")
    carl.look("/plan/2021/kf/skyldiga/1.2/")
    carl.page.get_by_label("Kulturnämnden").check()
    carl.press("Spara vilka som ska svara")
    carl.look("/plan/2021/", picture="plan-tree")
    rut = players("rut")
    plan_an_indicator(rut)
    plan_activities(rut, "kultur", "Hålla öppet på kvällar")
    rut.look(picture="plan-of-a-board")
    ulla = players("ulla")
    plan_activities(ulla, "bibliotek", "Bokbuss till Årsta")
    ulla.look(picture="plan-of-a-unit")
    players("ove").finds_nothing("/plan/2021/kultur/")
    sara = players("sara")
    sara.look("/plan/2021/kultur/anta/")
    sara.fill(day="2021-01-11", paragraph="§ 2", case_number="KUN 2021/3")
    sara.press("Anta planen")
    players("ove").look("/plan/2021/kultur/")


def plan_an_indicator(rut):
    page = rut.look("/plan/2021/kultur/ny-indikator/")
    page.locator("[name=goal]").select_option("1.2")
    page.locator("[name=measure]").select_option(label="procent")
    page.locator("[name=sense]").select_option(label="ju högre, desto bättre")
    page.locator("[name=by_sex]").check()
    rut.fill(title="Andel unga som läser varje dag", code="K.1", low="60", decimals="1")
    rut.press("Lägg indikatorn i planen")


def plan_activities(planner, unit, title):
    page = planner.look(f"/plan/2021/{unit}/aktiviteter/")
    page.locator("[name=goal-0]").select_option("1.2")
    planner.fill(**{"title-0": title})
    planner.press("Lägg aktiviteterna i planen")


# --- the first tertial -----------------------------------------------------------------------------


def forecast(players):
    rut = players("rut")
    page = rut.open_report(f"{REPORT}/t1/")
    row(page, "indicators", "K.1").locator("[name$='.forecast']").fill("62,5")
    activity = row(page, "activities", "Hålla öppet på kvällar")
    activity.locator("[name$='.progress']").select_option("partly")
    activity.locator("[name$='.why']").fill("Personal rekryteras.")
    goal = row(page, "assessments", "1.2")
    goal.locator("[name$='.result']").fill("Fler kommer på kvällarna.")
    for name, share in {"forecast_met": "60", "forecast_partly": "30", "forecast_not_met": "10"}.items():
        goal.locator(f"[name$='.{name}']").fill(share)
    page.keyboard.press("Tab")
    rut.wait_until_all_is_saved()
    rut.look(f"{REPORT}/t1/", picture="tertial-forecast", at="#assessments")
    rut.press("Lämna in rapporten")
    decide(players("sara"), "t1", "2021-05-03", "§ 40")
    lock(players("carl"), "t1")


def row(page, kind, title):
    """The row of a grid that carries this title."""
    return page.locator(f"#{kind} [data-row]", has_text=title).first


def decide(sara, period, day, paragraph):
    sara.look(f"{REPORT}/{period}/")
    sara.fill(day=day, paragraph=paragraph, case_number="KUN 2021/90")
    sara.press("För in nämndens beslut")


def lock(carl, period):
    carl.look(f"{REPORT}/{period}/vagen/")
    carl.press("Lås rapporten")


# --- the year report -------------------------------------------------------------------------------


def report(players):
    ulla = players("ulla")
    page = ulla.open_report("/arbete/2021/bibliotek/ar/")
    row(page, "activities", "Bokbuss").locator("[name$='.progress']").select_option("done")
    ulla.wait_until_all_is_saved()
    ulla.look(picture="unit-report")
    ulla.press("Lämna in rapporten")
    rut = players("rut")
    rut.look("/arbete/", picture="my-work")
    page = rut.open_report(f"{REPORT}/ar/")
    indicator = row(page, "indicators", "K.1")
    for name, value in {
        "total": "61,5",
        "women": "66",
        "men": "57",
        "comment": "Fler flickor än pojkar läser.",
    }.items():
        indicator.locator(f"[name$='.{name}']").fill(value)
    activity = row(page, "activities", "Hålla öppet på kvällar")
    activity.locator("[name$='.progress']").select_option("done")
    rut.wait_until_all_is_saved()
    players("ove").finds_nothing(f"{REPORT}/ar/")


def meet_in_one_text(players):
    """Sara and Rut have the page open and write about the same goal: nothing is overwritten, both texts are seen."""
    rut, sara = players("rut"), players("sara")
    rut_goal = row(rut.work(f"{REPORT}/ar/"), "assessments", "1.2")
    sara_goal = row(sara.work(f"{REPORT}/ar/"), "assessments", "1.2")
    rut_goal.get_by_label("Delvis").check()
    rut_goal.locator("[name$='.result']").fill("Fler besöker biblioteken på kvällen.")
    rut_goal.locator("[name$='.cause']").fill("Två bibliotek höll stängt.")
    rut_goal.locator("[name$='.risk']").fill("Vakanserna kvarstår.")
    rut_goal.locator("[name$='.measure']").fill("Rekrytering pågår; öppet varje kväll från mars.")
    rut.page.keyboard.press("Tab")
    rut.wait_until_all_is_saved()
    rut.look(f"{REPORT}/ar/", picture="workspace", at="#indicators")
    sara_goal.locator("[name$='.result']").fill("Kvällsbesöken ökar i hela kommunen.")
    sara.page.keyboard.press("Tab")
    sara.page.get_by_role("link", name="Jämför de två texterna").click()
    sara.page.wait_for_url("**/konflikt/**")
    page = sara.look(picture="two-texts")
    assert "Kvällsbesöken ökar i hela kommunen." in page.content()
    assert "Fler besöker biblioteken på kvällen." in page.content()
    kept = SetAside.objects.get()
    sara.press("Släpp min egen text")
    kept.refresh_from_db()
    assert kept.settled_at is not None


def go_up(players):
    """Up, back with a question, and up again; the unit first."""
    rut, carl = players("rut"), players("carl")
    rut.look(f"{REPORT}/ar/")
    rut.press("Lämna in rapporten")
    carl.look("/lage/2021/ar/", picture="progress")
    page = carl.look(f"{REPORT}/ar/vagen/", picture="way-up")
    question = page.locator(".read-rows > li", has_text="Lillköping är tryggt att bo i").locator("details.ask")
    question.locator("summary").click()
    question.locator("select").select_option(label="Orsak")
    question.locator("textarea").fill("Vilka två bibliotek höll stängt?")
    carl.press("Lämna tillbaka med frågorna")
    answer(rut)
    rut.press("Lämna in rapporten")
    decide(players("sara"), "ar", "2022-01-20", "§ 8")
    assert "Nivån under är inte stängd: Biblioteket" in carl.look(f"{REPORT}/ar/vagen/").content()
    rut.look("/arbete/2021/bibliotek/ar/vagen/")
    rut.press("Godkänn rapporten")
    rut.press("Lås rapporten")
    lock(carl, "ar")
    assert "Fler besöker biblioteken" in players("ove").look(f"{REPORT}/ar/").content()


def answer(rut):
    page = rut.look(f"{REPORT}/ar/")
    asked = page.locator(".question", has_text="Vilka två bibliotek höll stängt?")
    assert asked.count() == 1
    rut.look(picture="question", at="#assessments")
    asked.locator("textarea[name=answer]").fill("Biblioteken i Årsta och Älvsjö.")
    rut.press("Besvara frågan")


# --- the city, the correction, the auditor ------------------------------------------------------------


def conclude(players):
    carl = players("carl")
    page = carl.look("/lage/2021/mal/1.2/", picture="objective-desk", at=".evidence")
    page.get_by_label("Delvis", exact=True).check()
    page.get_by_label("nämndernas bedömningar", exact=True).check()
    carl.fill(
        motive="Kulturnämnden bedömer målet som delvis uppfyllt, och det är den som ansvarar för öppettiderna. "
        "Indikatorn för unga når årsmålet men den täcker bara en begränsad del av målet."
    )
    carl.press("Spara stadens bedömning")
    assert goal_year("1.2", 2021).city_verdict.verdict is Verdict.PARTLY


def correct(players):
    sara = players("sara")
    page = sara.look(f"{REPORT}/ar/vagen/")
    page.locator(".read-rows > li", has_text="Andel unga som läser varje dag").get_by_role("link").last.click()
    sara.fill(total="61,0", varfor="Talet hade avrundats två gånger.")
    sara.look(picture="correction", whole=True)
    sara.press("Gör rättelsen")
    assert "Talet hade avrundats två gånger." in sara.look("/rattelser/2021/", picture="corrections").content()


def hear_the_auditor(players):
    rakel = players("rakel")
    assert "61,5" not in known_outcomes(rakel.open("/revision/2021/1.2/?dag=2022-01-19"))
    page = rakel.look("/revision/2021/1.2/?dag=2022-01-20", picture="auditor", at=".known")
    assert "61,5" in known_outcomes(page)
    assert "61,5" in page.locator(".since li", has_text="61,0").inner_text()
    rakel.look("/revision/2021/1.2/")
    rakel.page.locator("#ge-not_met").check()
    rakel.fill(
        reasons="Två bibliotek var stängda hela hösten. Vad blev effekten för dem som bor där?", due="2022-06-30"
    )
    rakel.page.locator("[name=unit]").select_option("kultur")
    rakel.press("Lämna bedömningen")
    sara = players("sara")
    page = sara.look("/revision/2021/1.2/")
    sara.page.locator("main textarea").last.fill("Besöken flyttade till Liljeholmen; båda är öppna sedan mars.")
    sara.press("Lämna svaret")
    carl = players("carl")
    carl.page.set_viewport_size({"width": PHONE, "height": 800})
    carl.look("/revision/2021/")
    assert goal_year("1.2", 2021).city_verdict.verdict is Verdict.PARTLY


def known_outcomes(page):
    return page.locator(".known-indicators").inner_text()


def assert_the_year_is_closed():
    """What six people did stands in the records, and the log is whole."""
    assert set(Report.objects.values_list("state", flat=True)) == {"locked"}
    moves = Step.objects.filter(report__unit__slug="kultur", report__tertial=0).order_by("pk")
    assert list(moves.values_list("to_state", flat=True)) == ["submitted", "returned", "submitted", "decided", "locked"]
    assert Correction.objects.count() == SetAside.objects.count() == 1
    assert str(Outcome.objects.get(indicator__code="K.1", year=2021, is_current=True).total) == "61.0"
    assert verify().is_whole
