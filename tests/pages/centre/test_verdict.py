"""The desk of a goal, and the city's verdict."""

import pytest
from lxml import html
from tests.pages.centre.visiting import as_, page, post, select, told
from tests.pages.conftest import words

from ledtrad.apps.goals.models import CityVerdictRecord
from ledtrad.apps.goals.queries import goal_year
from ledtrad.apps.goals.verdict_policies import CONCLUDES_EARLY

pytestmark = pytest.mark.django_db


GOOD = {
    "verdict": "partly",
    "motive": f"Nämnderna är inte klara, men trenden är svag. {CONCLUDES_EARLY}",
    "grounds": ["boards", "indicators"],
    "body": "Kommunstyrelsen",
    "day": "2022-01-19",
    "paragraph": "§ 12",
    "case_number": "KS 2022/7",
    "rests_on": "0",
}


def test_the_desk_tells_what_everybody_says(city):
    found = page(as_("carl"), "/lage/2021/mal/1.2/")
    said = words(found.get_element_by_id("kultur"))
    assert "Delvis" in said
    assert "Klar" in said
    assert "Vakanserna kvarstår." in said
    assert "Ingen bedömning" in words(found.get_element_by_id("miljo"))
    assert "0 av 2 nämnder har en beslutad och låst bedömning. Staden har inte bedömt målet än." in words(found)
    assert "den vanliga regeln" in words(found)
    assert "som staden 1 av 1 tidigare år" in words(found)


def test_the_city_concludes(city):
    post(as_("carl"), "/lage/2021/mal/1.2/", GOOD)
    city_verdict = goal_year("1.2", 2021).city_verdict
    assert (city_verdict.verdict.value, city_verdict.decision.case_number) == ("partly", "KS 2022/7")
    found = page(as_("rakel"), "/lage/2021/mal/1.2/")
    assert "trenden är svag" in words(found)
    assert "Carl Lillqvist" in words(found)
    assert select(found, "[aria-disabled=true]")
    assert "Bara en central controller kan skriva" in words(found.get_element_by_id("why-not"))


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"verdict": ""}, 422, "Välj om målet uppnås"),
        ({"verdict": "bra"}, 422, "Välj om målet uppnås"),
        ({"motive": ""}, 422, "saknar en beslutad och låst bedömning"),
        ({"motive": CONCLUDES_EARLY, "grounds": []}, 422, "vad som vägde"),
        ({"grounds": ["magi"]}, 422, "skälen finns inte"),
        ({"day": "2022-02-30"}, 422, "beslutets dag"),
        ({"day": ""}, 422, "beslutets dag"),
        ({"day": "2022-12-24"}, 422, "har inte varit än"),
        ({"paragraph": ""}, 422, "paragraf"),
        ({"body": "x" * 201}, 422, "får inte plats"),
        ({"motive": "a" * 20_001}, 422, "högst 20 000"),
        ({"motive": "text\u0007"}, 422, "styrtecken"),
        ({"rests_on": "7"}, 409, "Någon annan har skrivit"),
        ({"rests_on": "x"}, 422, "gammal eller skadad"),
    ],
)
def test_what_is_refused_is_said_and_stays_in_the_form(city, change, status, said):
    sent = GOOD | change
    answer = post(as_("carl"), "/lage/2021/mal/1.2/", sent, status)
    assert said in told(answer)
    form = select(html.fromstring(answer.content.decode()), ".verdict-form")[0]
    assert words(select(form, "textarea")[0]) == " ".join(sent["motive"].split())
    assert select(form, "[name=case_number]")[0].get("value") == sent["case_number"]
    assert not CityVerdictRecord.objects.filter(year=2021).exists()


@pytest.mark.parametrize("who", ["rut", "sara", "lars", "ulla", "ove", "edit", "ada", "rakel"])
def test_nobody_else_concludes(city, who):
    post(as_(who), "/lage/2021/mal/1.2/", GOOD, 403)
    assert not CityVerdictRecord.objects.filter(year=2021).exists()
