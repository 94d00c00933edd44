"""All open indicators as files: at first everything, then only what the log has spoken of; nothing that is hidden."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from lxml import html
from tests.open_data import lillkoping
from tests.open_data.lillkoping import FORMULA, HIDDEN, NORTH

from ledtrad.apps.audit.freshness import forget
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.open_data.publishing import NotWritable, Published, publish
from ledtrad.apps.open_data.publishing.folder import MANIFEST, stem
from ledtrad.core.observations import Observed, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
CODES = ("1.1.1", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "B.1")


@pytest.fixture(autouse=True)
def _fresh(db):
    forget()
    yield
    forget()


def names(folder):
    return {file.name for file in folder.iterdir()}


def text(folder, name):
    return (folder / name).read_text("utf-8-sig")


def observe(code="1.2.2", value="99.5"):
    indicators.record_observations(
        observations={Place(code, NORTH, 2021): Observed(Decimal(value), 1)},
        source=indicators.BatchSource("Ny mätning"),
        by=lillkoping.BUILDER,
        at=datetime(2022, 1, 1, tzinfo=UTC),
    )


def counts(done: Published):
    return done.written, done.same, done.untouched, done.removed


def test_every_open_indicator_gets_a_page_and_two_files(tmp_path):
    assert counts(publish(tmp_path)) == (6, 0, 0, 0)
    files = {f"indikator-{code}{ending}" for code in CODES for ending in (".html", ".csv", ".json")}
    assert names(tmp_path) == files | {"index.html", "stil.css", MANIFEST}
    assert HIDDEN not in "".join(text(tmp_path, name) for name in names(tmp_path))


def test_page_csv_and_json_say_the_same(tmp_path):
    publish(tmp_path)
    rows = json.loads(text(tmp_path, "indikator-1.2.2.json"))["rows"]
    flat = list(csv.DictReader(io.StringIO(text(tmp_path, "indikator-1.2.2.csv")), delimiter=";"))
    assert len(rows) == len(flat)
    page = html.fromstring(text(tmp_path, "indikator-1.2.2.html"))
    tables = {table.find("caption").text: table for table in page.iter("table")}
    assert list(tables) == ["Totalt", "Kvinnor", "Män"]
    for caption, sex in (("Totalt", "alla"), ("Kvinnor", "kvinnor"), ("Män", "män")):
        years = [int(head.text) for head in tables[caption].xpath(".//thead//th")[1:]]
        shown = {
            (row.find("th").text, year): cell.text
            for row in tables[caption].xpath(".//tbody/tr")
            for year, cell in zip(years, row.findall("td"), strict=True)
            if cell.text
        }
        told = {(row["area_name"], row["year"]): row["value"] for row in rows if row["sex"] == sex and row["value"]}
        assert set(shown) == set(told)
        for place, value in told.items():
            as_shown = value.replace(".", ",") if isinstance(value, str) else shown[place]
            assert shown[place] == as_shown, place
    assert tables["Kvinnor"].xpath(".//td[@class='missing']/text()") == ["sekretess", "sekretess"]
    assert page.xpath("//svg//title | //*[local-name()='svg']")


def test_nothing_new_means_nothing_written(tmp_path):
    publish(tmp_path)
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir() if file.name != MANIFEST}
    assert counts(publish(tmp_path)) == (0, 0, 6, 0)
    assert counts(publish(tmp_path, everything=True)) == (0, 6, 0, 0)
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir() if file.name != MANIFEST} == before


def test_only_what_has_changed_is_written(tmp_path):
    publish(tmp_path)
    observe()
    assert counts(publish(tmp_path)) == (1, 0, 5, 0)
    assert "99,5" in text(tmp_path, "indikator-1.2.2.html")
    assert "99.5" in text(tmp_path, "indikator-1.2.2.json")
    again = publish(tmp_path / "anew")
    assert again.written == 6
    for name in names(tmp_path) - {MANIFEST, "anew"}:
        assert text(tmp_path, name) == text(tmp_path / "anew", name), name


def test_what_the_log_speaks_of_without_a_change_is_looked_at_and_left(tmp_path):
    publish(tmp_path)
    observe(value="98")
    publish(tmp_path)
    indicators.judge_indicators(
        verdicts=[indicators.NewVerdict("K.1", 2021, None, "Något annat.")],
        by="Kim",
        at=datetime(2022, 1, 2, tzinfo=UTC),
    )
    assert counts(publish(tmp_path)) == (0, 0, 6, 0)


def test_a_new_name_of_an_area_makes_all_be_looked_at(tmp_path):
    publish(tmp_path)
    indicators.register_areas(
        areas=[indicators.NewArea("0180-03", indicators_kind(), "Väster", "0180")],
        by=lillkoping.BUILDER,
        at=lillkoping.LATER,
    )
    assert counts(publish(tmp_path)) == (0, 6, 0, 0)


def indicators_kind():
    from ledtrad.apps.indicators.models import AreaKind

    return AreaKind.DISTRICT


@pytest.mark.parametrize("harm", ["lost", "no list", "broken list", "other program"])
def test_what_has_come_to_harm_is_made_again(tmp_path, harm):
    publish(tmp_path)
    if harm == "lost":
        (tmp_path / "indikator-1.2.2.csv").unlink()
    elif harm == "no list":
        (tmp_path / MANIFEST).unlink()
    elif harm == "broken list":
        (tmp_path / MANIFEST).write_text("{", "utf-8")
    else:
        told = json.loads(text(tmp_path, MANIFEST))
        (tmp_path / MANIFEST).write_text(json.dumps(told | {"program": "older"}), "utf-8")
    done = publish(tmp_path)
    assert done.written == (1 if harm == "lost" else 6)
    assert (tmp_path / "indikator-1.2.2.csv").exists()


def test_a_plan_that_is_adopted_brings_nothing_without_figures(tmp_path):
    publish(tmp_path)
    lillkoping.adopt()
    assert publish(tmp_path).written == 0  # the board's indicator is open now, but nothing is known of it


def test_a_hostile_source_is_text_everywhere(tmp_path):
    publish(tmp_path)
    page = html.fromstring(text(tmp_path, "indikator-1.2.2.html"))
    assert FORMULA in page.text_content()
    flat = csv.DictReader(io.StringIO(text(tmp_path, "indikator-1.2.2.csv")), delimiter=";")
    assert {row["Källa"] for row in flat if FORMULA in row["Källa"]} == {"'" + FORMULA}


def test_invented_figures_are_marked_on_the_page_and_in_the_list(tmp_path):
    publish(tmp_path)
    assert "påhittade" in text(tmp_path, "indikator-2.1.1.html")
    assert "påhittade" not in text(tmp_path, "indikator-1.2.2.html")
    assert "påhittade" in text(tmp_path, "index.html")


@pytest.mark.parametrize(
    ("code", "name"), [("1.2", "indikator-1.2"), ("../../x", "indikator-.._2F.._2Fx"), ("å b", "indikator-_C3_A5_20b")]
)
def test_no_code_leads_out_of_the_folder(code, name):
    assert stem(code) == name


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / "fil").write_text("x", "utf-8")
    with pytest.raises(NotWritable, match="Det går inte att skapa"):
        publish(tmp_path / "fil" / "mapp")
