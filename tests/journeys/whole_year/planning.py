"""Who must answer, what the board and its unit plan, and that the plan is adopted."""

from tests import reporting_year as lillkoping


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
    appoint(sara, "indicator:K.1", "rut", "rolf")
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


def appoint(sara, object_id, owner, stand_in):
    sara.look(f"/plan/2021/kultur/ansvarig/{object_id}/")
    sara.fill(owner=lillkoping.email(owner), stand_in=lillkoping.email(stand_in))
    sara.press("Spara vem som svarar")
