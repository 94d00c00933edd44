"""Two people, one text: both side by side, and the writer's own kept."""

import pytest
from lxml import html
from tests.pages.conftest import words
from tests.pages.workspace.writing import PAGE, Writer, row, stored

from ledtrad.apps.reporting.models import SetAside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture
def clash(rut):
    """Rolf saved first; Rut's text waits. Both wrote a result, Rolf alone a cause, Rut alone a risk."""
    rolfs = {"verdict": "met", "result": "Fler besöker biblioteken.", "cause": "Längre öppet."}
    Writer("rolf").save(row("1.2"), rolfs)
    mine = {"verdict": "met", "result": "Fler unga besöker biblioteken.", "risk": "Vakanser."}
    rut.save(row("1.2"), mine, rests_on=0, key="k2")
    return f"/arbete/konflikt/{SetAside.objects.get().pk}/"


def test_both_texts_stand_side_by_side_with_what_differs_marked(rut, clash):
    page = rut.page(clash)
    sides = [words(one) for one in page.find_class("clash-text")]
    assert sides == [
        *("Fler unga besöker biblioteken.", "Fler besöker biblioteken."),
        *("tomt", "Längre öppet."),
        *("Vakanser.", "tomt"),
    ]
    assert [words(one) for one in page.xpath("//ins")] == ["unga", "Längre öppet.", "Vakanser."]
    assert "Rolf Lillqvist" in words(page.find_class("lead")[0])
    assert "bedömning" in words(page.find_class("note")[-1])


def test_only_one_of_two_that_wrote_a_field_is_taken_for_granted(rut, clash):
    checked = {one.get("name"): one.get("value") for one in rut.page(clash).xpath("//input[@checked]")}
    assert checked == {"choice.cause": "theirs", "choice.risk": "mine"}


def test_a_choice_is_saved_field_by_field(rut, clash):
    sent = {
        "version": "1",
        "do": "save",
        "choice.result": "merge",
        "merge.result": "Fler, särskilt unga, besöker biblioteken.",
        "choice.cause": "theirs",
        "choice.risk": "mine",
    }
    assert rut.client.post(clash, sent).headers["Location"] == f"{PAGE}#rad-{row('1.2').pk}"
    said = stored("1.2")
    assert (said["result"], said["cause"], said["risk"]) == (sent["merge.result"], "Längre öppet.", "Vakanser.")
    assert row("1.2").version == 2
    assert rut.client.get(clash).status_code == 302  # settled


def test_letting_the_own_text_go_changes_nothing(rut, clash):
    rut.client.post(clash, {"version": "1", "do": "let_go"})
    assert (row("1.2").version, stored("1.2")["cause"]) == (1, "Längre öppet.")
    assert SetAside.objects.get().settled_at is not None


def test_nothing_is_taken_for_granted_when_both_have_written(rut, clash):
    answer = rut.client.post(clash, {"version": "1", "do": "save", "choice.cause": "mine", "choice.risk": "mine"})
    assert answer.status_code == 422
    assert row("1.2").version == 1


def test_a_choice_made_from_an_old_page_is_not_carried_out(rut, clash):
    Writer("rolf").save(row("1.2"), {"result": "Ännu nyare."}, key="k3")
    sent = {"version": "1", "do": "save", "choice.result": "mine", "choice.cause": "mine", "choice.risk": "mine"}
    answer = rut.client.post(clash, sent)
    assert answer.status_code == 409
    assert "Ännu nyare." in words(html.fromstring(answer.content.decode()))
    assert stored("1.2")["result"] == "Ännu nyare."


def test_the_text_is_its_writers_alone(clash):
    for who in ("rolf", "carl", "ove"):
        assert Writer(who).client.get(clash).status_code == 404
        assert Writer(who).client.post(clash, {"version": "1", "do": "let_go"}).status_code == 404
    assert SetAside.objects.get().settled_at is None


def test_the_report_leads_back_to_the_texts(rut, clash):
    page = rut.page()
    assert page.xpath("//section[@class='aside-texts']//a/@href") == [clash]
    assert page.get_element_by_id(f"rad-{row('1.2').pk}").xpath(".//*[@data-field]") == []
    assert clash in Writer("rut").page("/arbete/").xpath("//main//a/@href")


def test_what_led_up_to_the_last_text_is_let_go_with_it(rut, clash):
    rut.save(row("1.2"), {"result": "Fler unga besöker biblioteken varje dag."}, rests_on=0, key="k4")
    last = SetAside.objects.order_by("pk").last()
    rut.client.post(f"/arbete/konflikt/{last.pk}/", {"version": "1", "do": "let_go"})
    assert SetAside.objects.filter(settled_at=None).count() == 0


def test_long_texts_are_compared_quickly(rut):
    from time import perf_counter

    from ledtrad.apps.reporting.presenters.workspace.conflict import differences

    mine = " ".join(f"Mening {number} handlar om något." for number in range(600))
    began = perf_counter()
    left, right = differences(mine, mine.replace("Mening 300", "Annan mening"))
    assert perf_counter() - began < 1.5
    assert "".join(one.text for one in left) == mine
    assert any(one.differs for one in right)
