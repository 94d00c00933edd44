"""Pages of plans: who sees them, what they show, and how many questions they ask."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.pages.conftest import words
from tests.pages.plan.visiting import OWN, Visitor, adopt, said
from tests.reporting_year import BUILDER, IN_PLANNING, YEAR

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Activity, Level
from ledtrad.apps.goals.queries import ownables, plan_goals
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.organisation import actions as organisation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import PERCENT

pytestmark = pytest.mark.django_db


# --- who sees ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("name", "status"),
    [
        *((name, 200) for name in ("rut", "sara", "lars", "ulla", "carl", "rakel")),
        *((name, 404) for name in ("ove", "edit", "ada")),
    ],
)
@pytest.mark.parametrize("address", [OWN, "/plan/2021/historik/goal:K1/", "/plan/2021/bibliotek/"])
def test_a_draft_is_not_there_for_others(name, status, address):
    assert Visitor(name).get(address).status_code == status


@pytest.mark.usefixtures("plan")
def test_an_adopted_plan_is_there_for_everybody_who_signs_in_and_for_nobody_else():
    adopt()
    assert "Barn läser mer" in words(Visitor("ove").page(OWN))
    assert "Bussen kommer" in words(Visitor("ove").page("/plan/2021/bibliotek/"))
    answer = Visitor().get(OWN)
    assert (answer.status_code, "next=" in answer.headers["Location"]) == (302, True)


@pytest.mark.usefixtures("plan")
def test_drafts_are_neither_shown_nor_counted_in_the_tree():
    assert "mål hos nämnderna" not in words(Visitor("ove").page("/plan/2021/"))
    assert "Barn läser mer" not in words(Visitor("ove").page("/plan/2021/under/1.1/"))
    assert "1 mål hos nämnderna" in words(Visitor("rut").page("/plan/2021/"))
    assert "Barn läser mer" in words(Visitor("rut").page("/plan/2021/under/1.1/"))


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    "address",
    [
        "/plan/2021/finns-inte/",
        "/plan/2021/arsta/",
        "/plan/1066/",
        "/plan/9999/kultur/",
        "/plan/2021/under/9/",
        "/plan/2021/under/K1/",
        "/plan/2021/historik/goal:9/",
        "/plan/2021/historik/person:abc/",
        "/plan/2021/historik/goal:%00/",
        "/plan/2021/historik/activity:%00/",
        "/plan/2021/under/%00/",
        "/plan/2021/kultur/mal/%00/",
        "/plan/2021/kultur/aktivitet/%00/",
        "/plan/2021/kultur/ansvarig/goal:%00/",
        "/plan/2021/kultur/mal/1.1/",
        "/plan/2021/kultur/mal/9/",
        "/plan/2021/kultur/aktivitet/2021/bibliotek/1/",
        "/plan/2021/kultur/arsmal/1.1.1/",
        "/plan/2021/kf/skyldiga/K1/",
        "/kalender/1066/",
    ],
)
def test_what_is_not_there_is_not_there(address):
    name = "carl" if "/kf/" in address else "sara"
    assert Visitor(name).get(address).status_code == 404


# --- the tree and the chain --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_the_tree_marks_what_nobody_answers_for():
    page = Visitor("carl").page("/plan/2021/")
    assert "Ingen svarar för" in words(page.xpath("//p[@class='lead']")[0])
    assert page.xpath("//*[@class='ownerless']")


@pytest.mark.usefixtures("plan")
def test_the_page_counts_what_the_owners_audit_asks_about():
    """An indicator that is only followed, without the year's target, is reported by nobody: nobody has to answer."""
    wanted = [one for one in ownables(YEAR, IN_PLANNING.date()) if not one.unit]
    assert {one.object_id.partition(":")[0] for one in wanted} == {"goal", "indicator"}
    only_followed = indicators.NewIndicator("9.9", 2015, indicators.Definition("Väntetid", PERCENT, Sense.LESS))
    indicators.define_indicators(indicators=[only_followed], by=BUILDER.key, at=IN_PLANNING)
    goals.follow_with_indicators(links=[goals.IndicatorLink("1.2", "9.9", YEAR)], by=BUILDER.key, at=IN_PLANNING)
    page = Visitor("carl").page("/plan/2021/")
    assert page.xpath("//th[contains(., 'Väntetid')]")
    lead = words(page.xpath("//p[@class='lead']")[0])
    assert f"Ingen svarar för {len(wanted)} av kommunfullmäktiges mål och indikatorer." in lead


@pytest.mark.usefixtures("plan")
def test_the_whole_goal_chain_stands_on_the_units_page():
    page = Visitor("ulla").page("/plan/2021/bibliotek/")
    headings = [
        words(one)
        for one in page.xpath("//ol[contains(@class,'plan-tree')]//*[self::h2 or self::h3 or self::h4 or self::h5]")
    ]
    assert headings == [
        "1 En trygg kommun",
        "1.1 Alla barn når sin fulla potential",
        "K1 Barn läser mer",
        "K1.b Bussen kommer",
    ]
    assert "Bokbuss till Årsta" in words(page)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    "address",
    [
        *("/plan/2021/", "/plan/2021/under/1.1/", OWN, "/plan/2021/historik/goal:K1/", "/kalender/2021/"),
        *(OWN + form for form in ("nytt-mal/", "mal/K1/", "aktiviteter/", "ny-indikator/", "arsmal/K.1/", "anta/")),
        *("/plan/2022/kopiera/", "/plan/2021/kf/skyldiga/1.1/", f"{OWN}ansvarig/goal:K1/"),
    ],
)
def test_an_english_page_says_what_is_swedish_and_is_english_otherwise(address):
    name = "carl" if "kf" in address or "2022" in address else "sara"
    visitor = Visitor(name)
    visitor.client.post("/sprak/", {"language": "en", "next": "/om/"})
    page = visitor.page(address)
    for swedish in page.xpath("//*[@lang='sv'] | //datalist"):
        swedish.drop_tree()
    said = " ".join(text for text in page.xpath("//main//text() | //title/text()") if "Ledtråd" not in text)
    assert not [letter for letter in "åäöÅÄÖ" if letter in said.replace("Kulturnämnden", "")], said


@pytest.mark.usefixtures("plan")
def test_whoever_may_not_change_sees_why():
    page = Visitor("lars").page(OWN)
    (button,) = page.xpath("//button[@aria-disabled='true']")
    (reason,) = page.xpath(f"//*[@id='{button.get('aria-describedby')}']")
    assert words(reason) == "Bara rapportörer och nämndsekreterare för Kulturnämnden kan ändra Kulturnämndens plan."
    answer = Visitor("lars").get(f"{OWN}nytt-mal/")
    assert (answer.status_code, words(reason) in said(answer)) == (403, True)


FORMS = ["nytt-mal/", "mal/K1/", "aktiviteter/", "aktivitet/2021/kultur/1/", "ny-indikator/", "arsmal/K.1/", "anta/"]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "status"), [("lars", 403), ("rakel", 403), ("carl", 403), ("ulla", 403), ("ove", 404)]
)
def test_forms_are_for_those_who_plan_and_posts_by_others_store_nothing(form, name, status):
    before = (Activity.objects.count(), plan_goals(YEAR))
    assert Visitor(name).get(OWN + form).status_code == status
    answer = Visitor(name).post(OWN + form, title="Intrång", **{"title-0": "Intrång", "goal-0": "K1", "save": "1"})
    assert answer.status_code == status
    assert (Activity.objects.count(), plan_goals(YEAR)) == before


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("form", FORMS)
def test_forms_open_for_those_who_may(form):
    page = Visitor("rut").page(OWN + form)
    assert page.xpath("//form[@method='post']//button[@class='primary']")


# --- size --------------------------------------------------------------------------------------------------------

PAGES = {"/plan/2021/": 28, "/plan/2021/under/1.1/": 26, OWN: 36, "/plan/2021/bibliotek/": 36, "/kalender/2021/": 14}


def _questions(visitor, page):
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(page).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("plan")
def test_the_number_of_questions_does_not_grow_and_is_small():
    rut = Visitor("rut")
    before = {page: _questions(rut, page) for page in PAGES}
    organisation.register_units(
        units=[
            organisation.NewUnit(f"u{number}", f"Enhet {number}", UnitKind.UNIT, date(2010, 1, 1), parent="kultur")
            for number in range(20)
        ],
        by=BUILDER.key,
        at=IN_PLANNING,
    )
    goals.plan_objectives(
        objectives=[
            goals.NewObjective(f"K1.{number}", "Mer", Level.BOARD, YEAR, YEAR, parent="1.1", owner="kultur")
            for number in range(20)
        ]
        + [
            goals.NewObjective(f"K1.u{number}", "Vi med", Level.COMMITMENT, YEAR, YEAR, parent="K1", owner=f"u{number}")
            for number in range(20)
        ],
        by=BUILDER,
        at=IN_PLANNING,
    )
    goals.plan_activities(
        activities=[goals.NewActivity("", f"K1.{number % 20}", "kultur", YEAR, title="Gör") for number in range(60)],
        by=BUILDER,
        at=IN_PLANNING,
    )
    after = {page: _questions(rut, page) for page in PAGES}
    assert before == after
    assert {page: count for page, count in after.items() if count > PAGES[page]} == {}
