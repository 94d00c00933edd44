"""The city's verdict, a correction in the open, the auditor's opinion and its answer."""

from tests.journeys.conftest import PHONE
from tests.journeys.whole_year.reporting import REPORT

from ledtrad.apps.goals.queries import goal_year
from ledtrad.core.assessment import Verdict


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
