"""The pages from the search to the settled drift, and a stored query to a table."""

import json
from pathlib import Path

import pytest
from django.test import Client
from lxml import html
from tests.neighbours.conftest import AT, kpi, value
from tests.reporting_year import person

from ledtrad.apps.indicators.queries import observations
from ledtrad.apps.neighbours.actions import Job, run_fetch, take_next
from ledtrad.apps.neighbours.models import DriftReport, Subscription
from ledtrad.core.observations import Sex
from ledtrad.core.outcomes import AbsenceKind

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "scb" / "pxweb_v2_TAB6471_metadata.json"
METADATA = {
    "version": "2.0", "class": "dataset", "label": "Folkmängd efter region, ålder, kön och månad", "source": "SCB",
    "note": ["Siffrorna har lite brus."], "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
    "id": ["Region", "Alder", "Kon", "ContentsCode", "Tid"], "size": [4, 2, 3, 1, 4], "value": [],
    "extension": {"px": {"contents": "Folkmängd"}},
    "dimension": {
        "Region": {"label": "region", "extension": {"elimination": True}, "category": {
            "index": {"00": 0, "01": 1, "0180": 2, "1480": 3},
            "label": {"00": "Riket", "01": "Stockholms län", "0180": "Stockholm", "1480": "Göteborg"}}},
        "Alder": {"label": "ålder", "category": {
            "index": {"tot": 0, "65+": 1}, "label": {"tot": "totalt", "65+": "65 år och äldre"}}},
        "Kon": {"label": "kön", "extension": {"elimination": True}, "category": {
            "index": {"TotSa": 0, "1": 1, "2": 2},
            "label": {"TotSa": "totalt", "1": "män", "2": "kvinnor"}}},
        "ContentsCode": {"label": "tabellinnehåll", "category": {
            "index": {"000007SF": 0}, "label": {"000007SF": "Folkmängden per månad"},
            "unit": {"000007SF": {"base": "antal", "decimals": 0}}}},
        "Tid": {"label": "månad", "category": {"index": {"2024M12": 0, "2025M06": 1, "2025M12": 2, "2026M01": 3}}},
    },
}  # fmt: skip
TABLES = {
    "tables": [{"id": "TAB1", "label": "Folkmängd efter region", "updated": "2026-06-08", "firstPeriod": "2024M12",
                "lastPeriod": "2026M01", "variableNames": ["region", "kön"], "source": "SCB", "timeUnit": "Monthly"}],
    "page": {"pageNumber": 1, "pageSize": 20, "totalElements": 1, "totalPages": 1},
}  # fmt: skip


@pytest.fixture
def carl(town, neighbour):
    neighbour.say(
        table="TAB1", metadata=METADATA, tables=TABLES,
        config={"maxDataCells": 10, "maxCallsPerTimeWindow": 3, "timeWindow": 1},
    )  # fmt: skip
    client = Client()
    client.force_login(person("carl"))
    return client


def tree(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.fromstring(answer.content.decode())


def words(page):
    return " ".join(page.text_content().split())


def run_what_waits():
    number = take_next(worker="w1", at=AT)
    return run_fetch(Job(number, "w1", lambda: AT))


def fingerprint(page):
    (found,) = page.xpath("//input[@name='fingeravtryck']/@value")
    return found


def test_from_the_search_to_the_figures_and_the_drift(carl, neighbour):
    """A KPI is searched for, subscribed to, fetched, changed by Kolada, and settled: all by hand, on the pages."""
    found = tree(carl.get("/grannar/sok/?hos=kolada&q=våldsbrott"))
    assert found.xpath("//ul[@class='found']//a/@href") == ["/grannar/kolada/N07401/"]
    page = tree(carl.get("/grannar/kolada/N07401/"))
    assert "Källa: Brå." in words(page)
    sent = {"name": "vald", "indikator": "V.1", "ny": "1", "enhet": "count", "decimaler": "1", "kon": "1",
            "riktning": "less_is_better", "dagar": "30", "omrade": ["0180", "1480"],
            "fingeravtryck": fingerprint(page)}  # fmt: skip
    assert carl.post("/grannar/kolada/N07401/", sent).headers["Location"] == "/grannar/prenumeration/vald/"
    started = carl.post("/grannar/prenumeration/vald/hamta/")
    waiting = tree(carl.get(started.headers["Location"]))
    assert waiting.xpath("//div[@id='forlopp']/@hx-get") == [started.headers["Location"]]
    assert waiting.xpath("//progress")
    neighbour.say(values=[value(2023, 101.5, 90, 113), value(2024, None, status="Private")])
    assert run_what_waits() == "done"
    done = carl.get(started.headers["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in done
    assert "hx-get" not in done, "nothing more to ask for"
    assert observations("V.1")[next(iter(observations("V.1")))].value is not None
    neighbour.say(kpis=[kpi(title="Anmälda stölder, antal/100 000 inv")])
    carl.post("/grannar/prenumeration/vald/hamta/")
    assert run_what_waits() == "held"
    drift = f"/grannar/andring/{DriftReport.objects.get().pk}/"
    shown = tree(carl.get(drift))
    assert "Grannen ställer nu en annan fråga" in words(shown)
    assert shown.xpath("//del")[0].text_content().strip().endswith("våldsbrott,")
    assert shown.xpath("//ins")[0].text_content().strip().endswith("stölder,")
    refused = carl.post(drift, {"betyder": "new_version", "varfor": "Annat brott.", "fran": "snart"})
    assert "Skriv från vilket år" in words(tree(refused, 422))
    settled = {"betyder": "new_version", "varfor": "Annat brott.", "fran": "2025", "titel": "Stölder", "fraga": "",
               "brott": "wording"}  # fmt: skip
    assert carl.post(drift, settled).status_code == 302
    assert carl.post(drift, settled).status_code == 409
    assert "en annan fråga, med ett brott i serien" in words(tree(carl.get("/grannar/prenumeration/vald/")))


def test_all_municipalities_are_one_tick_and_the_own_stands_first(carl, neighbour):
    places = [
        ("0000", "Riket", "L"),
        ("0001", "Region Stockholm", "L"),
        ("1480", "Göteborg", "K"),
        ("0180", "Stockholm", "K"),
    ]
    neighbour.say(municipalities=[{"id": code, "title": title, "type": kind} for code, title, kind in places])
    page = tree(carl.get("/grannar/kolada/N07401/"))
    assert page.xpath("//input[@name='omrade']/@value") == ["0180", "0000", "1480"], "the figure is none of regions"
    assert page.xpath("//input[@name='omrade'][@checked]/@value") == ["0180"]
    sent = {"name": "alla", "indikator": "1.2.2", "dagar": "0", "alla": "1", "omrade": ["0000"],
            "fingeravtryck": fingerprint(page)}  # fmt: skip
    assert carl.post("/grannar/kolada/N07401/", sent).status_code == 302
    assert Subscription.objects.get().areas.split() == ["0000", "1480", "0180"], "no region"


def test_a_definition_that_changes_while_it_is_read_is_not_pinned(carl, neighbour):
    page = tree(carl.get("/grannar/kolada/N07401/"))
    neighbour.say(kpis=[kpi(title="Något annat, antal")])
    sent = {"name": "vald", "indikator": "1.2.2", "dagar": "0", "omrade": "0180", "fingeravtryck": fingerprint(page)}
    assert "medan du läste" in words(tree(carl.post("/grannar/kolada/N07401/", sent), 409))
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("lacking", ["name", "indikator", "dagar", "omrade"])
def test_a_form_that_lacks_something_is_shown_again(carl, lacking):
    page = tree(carl.get("/grannar/kolada/N07401/"))
    sent = {"name": "vald", "indikator": "1.2.2", "dagar": "0", "omrade": "0180", "fingeravtryck": fingerprint(page)}
    tree(carl.post("/grannar/kolada/N07401/", {key: said for key, said in sent.items() if key != lacking}), 422)
    assert not Subscription.objects.exists()


def test_a_neighbour_that_does_not_answer_is_told(carl, neighbour):
    neighbour.say(fail=[500] * 9)
    for address in ("/grannar/sok/?q=brott", "/grannar/kolada/N07401/", "/grannar/tabell/scb/TAB1/"):
        assert "svarade med felet 500" in words(tree(carl.get(address), 502))


def test_a_stored_query_fetches_the_part_of_the_year_that_was_chosen(carl, neighbour):
    """Ten cells an answer is all that this API allows, so the areas are asked for in turn."""
    assert "Folkmängd efter region" in words(tree(carl.get("/grannar/sok/?hos=scb&q=folk")))
    page = tree(carl.get("/grannar/tabell/scb/TAB1/"))
    sent = {"name": "folk", "indikator": "F.1", "ny": "1", "enhet": "count", "riktning": "more_is_better",
            "dagar": "30", "kon": "1", "fran": "2025", "del": "M12", "v.Alder": "65+", "v.ContentsCode": "000007SF",
            "omrade": ["0000", "0001"], "alla": "1", "fingeravtryck": fingerprint(page)}  # fmt: skip
    assert carl.post("/grannar/tabell/scb/TAB1/", sent).status_code == 302
    neighbour.say(statuses={"0": ".."})
    carl.post("/grannar/prenumeration/folk/hamta/")
    assert run_what_waits() == "done"
    held = observations("F.1")
    assert {where.year for where in held} == {2025}
    assert {where.area for where in held} == {"0000", "0001", "0180", "1480"}
    assert {where.sex for where in held} == {Sex.ALL, Sex.WOMEN, Sex.MEN}
    # Region 0180 is at place 2, 65+ at 1, women at 2, the contents at 0, 2025M12 at 2.
    women = next(said for where, said in held.items() if (where.area, where.sex) == ("0180", Sex.WOMEN))
    assert women.value == 2 + 10 * 1 + 100 * 2 + 10_000 * 2
    assert any(said.absence is AbsenceKind.NOT_MEASURED and said.mark == ".." for said in held.values())
    assert sum("/data" in path for path in neighbour.heard) == 2


def test_a_table_whose_unit_changes_is_held(carl, neighbour):
    page = tree(carl.get("/grannar/tabell/scb/TAB1/"))
    sent = {"name": "folk", "indikator": "1.2.2", "dagar": "30", "fran": "2024", "del": "M12", "v.Alder": "tot",
            "v.ContentsCode": "000007SF", "omrade": "0180", "fingeravtryck": fingerprint(page)}  # fmt: skip
    assert carl.post("/grannar/tabell/scb/TAB1/", sent).status_code == 302
    changed = METADATA | {"dimension": METADATA["dimension"] | {"ContentsCode": {
        "label": "tabellinnehåll", "category": {
            "index": {"000007SF": 0}, "label": {"000007SF": "Folkmängden per månad"},
            "unit": {"000007SF": {"base": "tusental", "decimals": 0}}}}}}  # fmt: skip
    neighbour.say(metadata=changed)
    carl.post("/grannar/prenumeration/folk/hamta/")
    assert run_what_waits() == "held"
    assert DriftReport.objects.get().kind == "scope"


@pytest.mark.skipif(not REAL.exists(), reason="the real answers lie outside the repository")
def test_the_form_of_a_real_table_holds_all_that_it_can_be_asked(carl, neighbour):
    """TAB6471 as Statistics Sweden describes it: every age and every content can be chosen."""
    real = json.loads(REAL.read_bytes())
    neighbour.say(table="TAB6471", metadata=real)
    page = tree(carl.get("/grannar/tabell/scb/TAB6471/"))
    assert " ".join(real["label"].split()) in words(page)
    for name, dimension in real["dimension"].items():
        if name not in ("Region", "Tid", "Kon"):
            codes = set(page.xpath(f"//*[@name='v.{name}']//option/@value"))
            codes |= set(page.xpath(f"//input[@name='v.{name}']/@value"))
            assert set(dimension["category"]["index"]) <= codes, name
