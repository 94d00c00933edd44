"""Activities of a plan: in grids, pasted, asked of units; two who change one meet."""

from datetime import date

import pytest
from lxml import html
from tests.pages.conftest import words
from tests.pages.plan.visiting import OWN, Visitor, grid, said
from tests.reporting_year import YEAR

from ledtrad.apps.goals.models import Activity
from ledtrad.apps.goals.queries import activities_of

pytestmark = pytest.mark.django_db


# --- activities --------------------------------------------------------------------------------------------------


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
