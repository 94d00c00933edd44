"""What the year, the goal, the matrix and the indicator show."""

import pytest
from tests.pages.conftest import MOTIVE, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def _said(reader, address):
    return words(reader.page(address)).replace("\xa0", " ")


def test_the_front_door_leads_to_the_latest_year(reader):
    assert reader.get("/").headers["Location"] == "/2020/"


def test_the_year_lists_its_goals_with_the_citys_verdicts(reader):
    page = reader.page("/2020/")
    goals = {
        words(goal.xpath("*[@class='title']")[0]): words(goal.xpath("*[@class='city']")[0])
        for goal in page.xpath("//ol[@class='goals']/li")
    }
    assert goals == {
        "Alla barn når sin fulla potential": "Helt",
        "Lillköping är tryggt att bo i": "Delvis",
        "Luften är ren": "Ej",
    }
    assert "Av 3 mål uppnås 1 helt, 1 delvis och 1 inte." in words(page)


def test_a_year_before_and_after_the_known_ones_is_not_there_but_the_next_one_is(reader):
    assert reader.get("/1999/").status_code == 404
    assert reader.get("/2035/").status_code == 404
    assert "Inte bedömt" in _said(reader, "/2021/")


def test_the_goal_shows_the_verdict_with_motive_decision_and_grounds(reader):
    (margin,) = reader.page("/2020/mal/1.2/").xpath("//aside[@id='underlag']")
    told = words(margin)
    assert MOTIVE in told
    assert "kommunfullmäktiges indikatorer" in told
    assert "Kommunstyrelsen, § 7" in told
    assert "24\xa0mars 2021" in margin.text_content()
    assert "KS 2021/17" in told


def test_the_goal_shows_what_every_rule_would_propose_side_by_side(reader):
    (proposals,) = reader.page("/2020/mal/1.2/").xpath("//dl[@class='proposals']")
    shown = {words(one.find("dt")): words(one.find("dd")) for one in proposals.findall("div")}
    assert len(shown) >= 4
    assert shown["Nämndernas flertal"] == "Helt"
    assert shown["Indikatorernas flertal"] == "Delvis"
    assert all(words(why) for why in proposals.xpath(".//details"))


def test_the_goal_leads_on_to_each_of_its_indicators(reader):
    (margin,) = reader.page("/2020/mal/1.2/").xpath("//aside[@id='underlag']")
    links = [link for link in margin.xpath(".//a/@href") if "/indikator/" in link]
    assert links == ["/2020/indikator/1.2.1/", "/2020/indikator/1.2.2/"]
    assert all(reader.get(link).status_code == 200 for link in links)


def test_the_matrix_has_the_boards_answers_and_marks_dissent(reader):
    page = reader.page("/2020/matris/")
    (row,) = page.xpath("//tbody/tr[th[contains(., 'Älvsjö')]]")
    cells = row.findall("td")
    assert [words(cell) for cell in cells[:3]] == ["Helt", "Delvis", ""]
    assert [cell.get("class") for cell in cells[:2]] == ["", "dissent"]
    assert words(cells[-1]) == "1 helt, 1 delvis, 0 ej, av 2"


def test_the_matrix_shows_what_changed_only_when_asked(reader):
    assert "bättre än året före" not in _said(reader, "/2020/matris/")
    changed = reader.page("/2020/matris/?jamfor=1")
    assert len(changed.xpath("//td//*[contains(text(), 'Delvis, bättre än året före')]")) == 1
    assert "året före" not in _said(reader, "/2019/matris/?jamfor=1")


def test_the_matrix_keeps_one_kind_of_board(reader):
    page = reader.page("/2020/matris/?slag=district_board")
    assert [words(name) for name in page.xpath("//tbody/tr/th[@scope='row']")] == [
        "Årsta stadsdelsnämnd",
        "Älvsjö stadsdelsnämnd",
    ]
    assert reader.get("/2020/matris/?slag=nonsense&jamfor=nonsense").status_code == 200


def test_the_indicator_names_the_rule_and_its_threshold(reader):
    said = _said(reader, "/2020/indikator/1.2.2/")
    assert "84 % når inte 88,5 % men ligger över gränsen för delvis, 79,65 %" in said


def test_the_chart_is_followed_by_the_same_figures_in_a_table(reader):
    page = reader.page("/2021/indikator/2.1.1/")
    (drawing,) = page.xpath("//*[@class='chart-drawing']")
    (table,) = page.xpath("//table[@class='history']")
    rows = {words(row.find("th")): words(row.findall("td")[1]) for row in table.xpath("tbody/tr")}
    assert rows == {"2021": "0", "2020": "29", "2019": "31"}
    assert "0 µg/m³" in words(drawing)
    assert [year for year in rows if year not in words(drawing)] == []


def test_a_year_without_outcome_says_why_and_never_zero(reader):
    page = reader.page("/2020/indikator/1.2.1/")
    (row,) = page.xpath("//table[@class='history']/tbody/tr[th='2020']")
    assert "Ej mätt: Medborgarundersökningen genomfördes inte 2020" in words(row)
    assert "0" not in [words(cell) for cell in row.findall("td")]


def test_one_sex_may_be_suppressed_by_itself(reader):
    said = _said(reader, "/2021/indikator/1.2.2/")
    assert "sekretess" in said
    assert "87 %" in said


def test_what_is_unknown_is_not_there(reader):
    for address in ("/2020/mal/9.9/", "/2020/indikator/9.9/", "/1990/indikator/1.2.1/", "/2035/matris/"):
        assert reader.get(address).status_code == 404, address


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
@pytest.mark.parametrize("stem", ["/2020/mal/1.2/fil/", "/2020/fil/"])
def test_the_section_and_the_year_can_be_taken_home(reader, stem, kind, begins):
    answer = reader.get(stem + kind)
    assert answer.content.startswith(begins)
    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert reader.get(stem + kind).content == answer.content


@pytest.mark.parametrize("address", ["/2020/fil/exe", "/1990/fil/pdf", "/2020/mal/9.9/fil/pdf"])
def test_there_is_no_file_of_what_is_not_there(reader, address):
    assert reader.get(address).status_code == 404
