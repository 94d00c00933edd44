"""The pages of plans and of the calendar: who sees and does what, and what is said when it may not be done."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests import reporting_year as year
from tests import universe
from tests.pages.conftest import words
from tests.reporting_year import BUILDER, IN_PLANNING, YEAR

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Activity, Level
from ledtrad.apps.goals.queries import activities_of, copied, obligations, plan_goals, plan_indicators
from ledtrad.apps.organisation import actions as organisation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.people.queries import responsible
from ledtrad.apps.steering import actions as steering
from ledtrad.apps.steering.queries import decisions_on, phase
from ledtrad.core.assessment import Decision
from ledtrad.core.calendar import PhaseDates, PhaseKind

pytestmark = pytest.mark.django_db
DECISION = {"body": "Kulturnämnden", "day": "2021-01-09", "paragraph": "§ 3", "case_number": "KUN 2021/2"}
ADOPTION = Decision("Kulturnämnden", date(2021, 1, 9), "§ 3", "KUN 2021/2")
IN_JUNE = datetime(2021, 6, 8, 9, 0, tzinfo=UTC)
OWN = "/plan/2021/kultur/"


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping with a goal of its board for culture and a commitment of its library beneath; no plan is adopted."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        goals.plan_objectives(
            objectives=[
                goals.NewObjective("K1", "Barn läser mer", Level.BOARD, YEAR, YEAR, parent="1.1", owner="kultur"),
                goals.NewObjective(
                    "K1.b", "Bussen kommer", Level.COMMITMENT, YEAR, YEAR, parent="K1", owner="bibliotek"
                ),
            ],
            by=BUILDER,
            at=IN_PLANNING,
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan(built, db):
    """At a moment when plans are made."""
    with time_machine.travel(IN_PLANNING, tick=False):
        yield


def adopt():
    steering.adopt_plan(unit="kultur", year=YEAR, decision=ADOPTION, by=BUILDER, at=IN_PLANNING)


class Visitor:
    def __init__(self, name=""):
        self.client = Client()
        if name:
            self.client.force_login(year.person(name))

    def get(self, address):
        return self.client.get(address)

    def page(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return html.fromstring(answer.content.decode())

    def post(self, address, **data):
        return self.client.post(address, data)


def said(answer):
    return words(html.fromstring(answer.content.decode()).xpath("//main")[0])


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


# --- activities --------------------------------------------------------------------------------------------------


def grid(*rows, **more):
    cells = {
        f"{name}-{at}": cell
        for at, row in enumerate(rows)
        for name, cell in zip(("goal", "title", "starts", "ends"), row, strict=True)
    }
    return {**cells, **more}


@pytest.mark.usefixtures("plan")
def test_several_activities_are_added_at_once():
    rows = [
        ("K1", "Sagostund", "", ""),
        ("1.2", "Öppet på kvällen", "1 mars 2021", "20211031"),
        ("K1", "", "", ""),
        ("1.1", "Läslov", "2021-10-25", "2021-10-31"),
    ]
    answer = Visitor("rut").post(f"{OWN}aktiviteter/", **grid(*rows, save="1"))
    assert answer.status_code == 302
    found = {one.title: one for one in activities_of("kultur", YEAR) if one.code.startswith("kultur-")}
    assert {title: (one.starts, one.ends) for title, one in found.items()} == {
        "Sagostund": (date(2021, 1, 1), date(2021, 12, 31)),
        "Öppet på kvällen": (date(2021, 3, 1), date(2021, 10, 31)),
        "Läslov": (date(2021, 10, 25), date(2021, 10, 31)),
    }


@pytest.mark.usefixtures("plan")
def test_one_wrong_row_stops_all_and_nothing_typed_is_lost():
    before = Activity.objects.count()
    rows = [("K1", "Sagostund", "", ""), ("", "Utan mål", "2021-02-30", "i vår"), ("M9", "Fel mål", "", "")]
    answer = Visitor("rut").post(f"{OWN}aktiviteter/", **grid(*rows, save="1"))
    assert answer.status_code == 422
    page = html.fromstring(answer.content.decode())
    assert [one.get("value") for one in page.xpath("//input[starts-with(@name,'title-')]")][:3] == [
        "Sagostund",
        "Utan mål",
        "Fel mål",
    ]
    assert page.xpath("//input[@name='ends-1']/@value") == ["i vår"]
    assert len(page.xpath("//*[@aria-invalid='true']")) == 4
    assert Activity.objects.count() == before


@pytest.mark.usefixtures("plan")
def test_rows_pasted_from_a_worksheet_are_shown_before_they_are_saved():
    before = Activity.objects.count()
    pasted = (
        "Mål\tAktivitet\tBörjar\tSlutar\r\n"
        "k1\tSagostund\t2021-02-01\t2021-05-31\r\n"
        '1.1\t"Läslov, hela\nveckan"\t\t\r\n'
        "\tUtan mål\t\t\r\n\r\n"
        "Bara en rubrik\r\n"
    )
    answer = Visitor("rut").post(f"{OWN}aktiviteter/", **grid(("K1", "Redan skriven", "", ""), pasted=pasted, save="1"))
    assert (answer.status_code, Activity.objects.count()) == (200, before)
    page = html.fromstring(answer.content.decode())
    assert "4 rader har lagts i tabellen" in words(page)
    shown = [one.get("value") for one in page.xpath("//input[starts-with(@name,'title-')]")][:5]
    assert shown == ["Redan skriven", "Sagostund", "Läslov, hela veckan", "Utan mål", "Bara en rubrik"]
    chosen = [one.xpath(".//option[@selected]/@value") for one in page.xpath("//select[starts-with(@name,'goal-')]")]
    assert chosen[:4] == [["K1"], ["K1"], ["1.1"], []]


@pytest.mark.usefixtures("plan")
def test_a_paste_of_thousands_is_cut_with_a_sentence():
    pasted = "\n".join(f"K1\tNummer {number}" for number in range(3000))
    answer = Visitor("rut").post(f"{OWN}aktiviteter/", pasted=pasted)
    assert (answer.status_code, "Högst 200 aktiviteter" in said(answer)) == (422, True)


@pytest.mark.usefixtures("plan")
def test_what_a_board_asks_of_a_unit_is_an_assignment():
    Visitor("sara").post(f"{OWN}aktiviteter/", **grid(("K1", "Rapportera lånen", "", ""), doer="bibliotek", save="1"))
    assert "uppdrag" in words(Visitor("ulla").page("/plan/2021/bibliotek/"))
    code = next(one.code for one in activities_of("bibliotek", YEAR) if one.title == "Rapportera lånen")
    address = f"/plan/2021/bibliotek/aktivitet/{code}/"
    assert Visitor("ulla").get(address).status_code == 403
    assert Visitor("sara").get(address).status_code == 200
    foreign = Visitor("sara").post(f"{OWN}aktiviteter/", **grid(("K1", "Åt andra", "", ""), doer="miljo", save="1"))
    assert foreign.status_code == 422


@pytest.mark.usefixtures("plan")
def test_two_who_change_one_activity_meet():
    address = f"{OWN}aktivitet/2021/kultur/1/"
    rests_on = Visitor("rut").page(address).xpath("//input[@name='rests_on']/@value")[0]
    days = {"starts": "2021-01-01", "ends": "2021-12-31", "rests_on": rests_on}
    assert Visitor("rut").post(address, title="Ruts text", **days).status_code == 302
    met = Visitor("rolf").post(address, title="Rolfs text", **days)
    assert met.status_code == 409
    assert "Ruts text" in said(met)
    page = html.fromstring(met.content.decode())
    assert page.xpath("//input[@name='title']/@value") == ["Rolfs text"]
    newer = page.xpath("//input[@name='rests_on']/@value")[0]
    assert Visitor("rolf").post(address, title="Rolfs text", **days | {"rests_on": newer}).status_code == 302
    assert "Rolfs text" in [one.title for one in activities_of("kultur", YEAR)]


@pytest.mark.usefixtures("plan")
def test_an_activity_is_withdrawn():
    address = f"{OWN}aktivitet/2021/kultur/1/"
    rests_on = Visitor("rut").page(address).xpath("//input[@name='rests_on']/@value")[0]
    assert Visitor("rut").post(address, withdraw="1", rests_on=rests_on).status_code == 302
    assert Visitor("rut").get(address).status_code == 404
    assert "Läsa högt i alla förskolor" not in words(Visitor("rut").page(OWN))


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


# --- the calendar ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_the_calendar_says_where_the_year_is():
    page = Visitor("lars").page("/kalender/2021/")
    lead = words(page.xpath("//p[@class='lead']")[0]).replace("\xa0", " ")
    assert lead == "Öppet nu: Verksamhetsplan, som ska vara klar den 15 januari 2021."
    assert not page.xpath("//form[contains(@action,'kalender')]")
    assert Visitor("lars").post("/kalender/2021/").status_code == 403
    assert Visitor().get("/kalender/2021/").status_code == 302


def _days(opens, due, closes, kind="tertial_1"):
    return {f"{kind}_opens": opens, f"{kind}_due": due, f"{kind}_closes": closes}


@pytest.mark.usefixtures("plan")
def test_the_centre_moves_a_day_and_the_old_one_stays_in_the_history():
    carl = Visitor("carl")
    assert carl.post("/kalender/2021/", **_days("2021-04-26", "2021-05-14", "2021-06-01")).status_code == 302
    assert phase(2021, PhaseKind.TERTIAL_1).due == date(2021, 5, 14)
    assert "klar 10 maj 2021" in words(carl.page("/kalender/2021/")).replace("\xa0", " ")


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (_days("2021-04-26", "2021-02-30", "2021-06-01"), "Dagen måste finnas"),
        (_days("2021-04-26", "", "2021-06-01"), "Fyll i alla tre dagarna"),
        (_days("2021-06-26", "2021-05-14", "2021-06-01"), "i den ordningen"),
        (_days("2021-04-26", "2021-09-30", "2021-10-05"), "ska vara klar efter"),
        (_days("2031-04-26", "2031-05-14", "2031-06-01"), "ska ligga mellan den"),
    ],
)
def test_days_that_do_not_hold_are_refused_and_kept_in_the_form(days, sentence):
    answer = Visitor("carl").post("/kalender/2021/", **days)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert days["tertial_1_opens"] in answer.content.decode()
    assert phase(2021, PhaseKind.TERTIAL_1).due == date(2021, 5, 10)


@pytest.mark.usefixtures("plan")
def test_a_new_years_calendar_begins_as_a_proposal_on_weekdays():
    page = Visitor("carl").page("/kalender/2022/")
    proposed = page.xpath("//input[@type='date']/@value")
    assert len(proposed) == 12
    assert all(date.fromisoformat(day).weekday() < 5 for day in proposed)
    assert phase(2022, PhaseKind.PLAN) is None


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
