"""The thread of a figure: down to each board, and from a board up to the sentences that use its answer."""

import pytest
from tests.pages.conftest import MOTIVE, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def _links(page, place="//main"):
    return {words(link): link.get("href") for link in page.xpath(f"{place}//a")}


def test_a_figure_in_the_text_leads_to_each_boards_assessment(reader):
    report = reader.page("/2020/mal/1.2/")
    (fact,) = report.xpath("//*[@class='sentence'][contains(., '3 av 5 nämnder')]//a[text()='3']/@href")
    thread = reader.page(fact)
    boards = {words(item.find("a")): words(item.find("span")) for item in thread.xpath("//ol[@class='thread']//ul/li")}
    assert boards == {"Kommunstyrelsen": "Helt", "Kulturnämnden": "Helt", "Miljönämnden": "Helt"}


def test_those_that_did_not_answer_can_be_followed_too(reader):
    thread = reader.page("/trad/goal:1.2/2020/boards.no_outcome")
    assert "Årsta stadsdelsnämnd" in words(thread)
    assert "Inget svar" in words(thread)
    assert reader.get(_links(thread)["Årsta stadsdelsnämnd"]).status_code == 200


def test_a_boards_assessment_leads_back_to_the_sentence_that_counts_it(reader):
    thread = reader.page("/trad/assessment:1.2/2020/alvsjo")
    assert "Så har vi sett på saken." in words(thread)
    (sentence,) = (href for text, href in _links(thread).items() if text.startswith("3 av 5 nämnder"))
    address, _, key = sentence.partition("#")
    (element,) = reader.page(address).xpath("//*[@id=$id]", id=key)
    assert words(element).startswith("3 av 5 nämnder")


def test_an_outcome_leads_to_the_cell_it_was_read_from(reader):
    thread = words(reader.page("/trad/outcome:1.1.1/2020"))
    assert "utfall.xlsx#Blad1!C17" in thread
    assert "ab" * 32 in thread


def test_an_outcome_by_sex_is_told_whole(reader):
    assert "Totalt 84 %. Varav kvinnor 82 %, män 87 %" in words(reader.page("/trad/outcome:1.2.2/2020")).replace(
        "\xa0", " "
    )


def test_a_missing_outcome_says_why(reader):
    thread = words(reader.page("/trad/outcome:1.2.1/2020"))
    assert "Ej mätt: Medborgarundersökningen genomfördes inte 2020" in thread


def test_the_citys_verdict_shows_its_motive(reader):
    thread = words(reader.page("/trad/goal:1.2/2020/verdict"))
    assert MOTIVE in thread


def test_a_sentence_shows_all_its_figures(reader):
    report = reader.page("/2020/mal/1.2/")
    (key,) = report.xpath("//*[@class='sentence'][contains(., '3 av 5 nämnder')]/@id")
    thread = reader.page(f"/trad/{key}")
    assert {"Nämndernas bedömningar – helt", "Nämndernas bedömningar – antal"} <= set(_links(thread))


def test_every_figure_of_every_goal_has_a_thread(reader):
    for goal in ("1.1", "1.2", "2.1"):
        for address in set(reader.page(f"/2020/mal/{goal}/").xpath("//a[contains(@class, 'fact')]/@href")):
            assert reader.get(address).status_code == 200, address


def test_the_drawer_gets_the_thread_without_the_page_around_it(reader):
    answer = reader.get("/trad/goal:1.2/2020/boards.met", **{"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'class="thread"' in answer.content
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "unknown",
    [
        "goal:9.9/2020/boards.met",
        "goal:1.2/2020/boards.nothing",
        "assessment:1.2/2020/nowhere",
        "outcome:9/2020",
        "s-0000000000",
        "<script>",
        "../../etc/passwd",
        "goal:1.2/20200/boards.met",
    ],
)
def test_an_unknown_thread_is_a_page_that_is_not_there(reader, unknown):
    answer = reader.get(f"/trad/{unknown}")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()
