"""The auditors' pages: who sees what, what was known then, and what happens to a form that does not hold."""

import itertools
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests import reporting_year, universe
from tests.pages.conftest import words
from tests.reporting_year import actor, person

from ledtrad.apps.auditors.actions import answer_opinion, give_opinion
from ledtrad.apps.auditors.models import Answer, Opinion
from ledtrad.apps.auditors.queries import opinion_history
from ledtrad.apps.reporting import actions as reporting
from ledtrad.core.assessment import Decision, Verdict

NOW = datetime(2021, 5, 20, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
FORM = {
    "verdict": "not_met",
    "reasons": "Effekten är inte visad.",
    "dag": "2021-04-15",
    "kl": "12:00",
    "unit": "ks",
    "due": "2021-06-30",
    "rests_on": "0",
}


@pytest.fixture(scope="module", autouse=True)
def year(django_db_setup, django_db_blocker):
    """Lillköping with its reporting year: built once, what a test does is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def a_day_in_may():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(name=""):
    client = Client()
    if name:
        client.force_login(person(name))
    return client


def page(name, address, status=200):
    response = signed_in(name).get(address)
    assert response.status_code == status, address
    return html.fromstring(response.content.decode())


def give(**changed):
    told = {"goal": "1.2", "verdict": Verdict.NOT_MET, "reasons": FORM["reasons"], "known_at": NOW} | changed
    give_opinion(year=2020, answered_by_unit="ks", answer_due=date(2021, 6, 30), by=actor("rakel"), at=NOW, **told)
    return opinion_history("1.2", 2020)[0]


def alert(tree):
    return " ".join(words(one) for one in tree.xpath("//*[@role='alert']"))


# ----------------------------------------------------------------------------------------------------- who sees what


def test_nothing_of_the_goal_is_shown_to_others_before_the_auditors_have_spoken():
    response = signed_in().get("/revision/2020/1.2/")
    assert response.status_code == 302
    assert response.url.startswith("/konto/logga-in/")
    told = page("rut", "/revision/2020/1.2/", status=403)
    assert "för alla när de har lämnat den" in words(told)
    assert not page("", "/revision/2020/").xpath("//a[contains(@href, '/revision/2020/1')]")


@pytest.mark.parametrize("name", ["", *reporting_year.PEOPLE])
def test_an_opinion_that_has_been_given_is_for_everybody(name):
    give()
    tree = page(name, "/revision/2020/1.2/")
    assert "Effekten är inte visad." in words(tree)
    # Looking back is for auditors and central controllers, the form for auditors, the answer for those who may.
    assert bool(tree.xpath("//*[@id='kant']")) is (name in ("rakel", "carl"))
    assert bool(tree.xpath("//form[contains(@action, 'bedomning')]")) is (name == "rakel")
    assert bool(tree.xpath("//form[contains(@action, 'svar')]")) is (name == "carl")


def test_a_reader_cannot_look_back_by_writing_the_address():
    """Drafts are not public, then or now."""
    give()
    with time_machine.travel(reporting_year.IN_YEAR_REPORT, tick=False):
        reporting_year.open_and_fill()
        give_opinion(
            goal="1.2",
            year=2021,
            verdict=Verdict.MET,
            reasons="Ja.",
            known_at=NOW,
            answered_by_unit="ks",
            answer_due=date(2022, 6, 30),
            by=actor("rakel"),
            at=reporting_year.IN_YEAR_REPORT,
        )
        secret = "Fler besöker biblioteken på kvällen."
        address = "/revision/2021/1.2/?dag=2022-01-20"
        assert secret in words(page("rakel", address))
        for name in ("", "ove", "lars", "edit", "ada"):
            assert secret not in words(page(name, address))


def test_what_a_board_has_decided_is_marked_until_it_is_locked():
    """It is the board's word, so it is no draft; but it is not counted yet, and neither is it no answer at all."""
    with time_machine.travel(reporting_year.IN_YEAR_REPORT, tick=False):
        report = reporting_year.open_and_fill()
        reporting.submit_report(report_id=report, rests_on=0, by=actor("rut"), at=reporting_year.IN_YEAR_REPORT)
        _decide(report)
        told = page("rakel", "/revision/2021/1.2/")
        marked = [words(one) for one in told.xpath("//summary//*[contains(@class, 'status')]")]
        assert marked == ["Årsrapport: beslutad, inte låst"]
        assert "1 nämnd har beslutat sin årsrapport, men den är inte låst." in words(told)
        assert "Helt 0 Delvis 0 Ej 0" in words(told)
        _lock(report)
        told = page("rakel", "/revision/2021/1.2/")
        assert not told.xpath("//summary//*[contains(@class, 'status')]")
        assert "inte låst" not in words(told)


def _decide(report):
    decision = Decision("Kulturnämnden", date(2022, 1, 19), "§ 8", "KUN 2022/14")
    at = reporting_year.IN_YEAR_REPORT
    reporting.decide_report(report_id=report, rests_on=1, decision=decision, by=actor("sara"), at=at)


def _lock(report):
    reporting.lock_report(report_id=report, rests_on=2, by=actor("carl"), at=reporting_year.IN_YEAR_REPORT)


def test_the_goals_own_page_leads_to_the_opinion_once_it_is_given():
    address = "//a[@href='/revision/2020/1.2/']"
    assert not page("", "/2020/mal/1.2/").xpath(address)
    give()
    tree = page("", "/2020/mal/1.2/")
    assert tree.xpath(address)
    assert "Revisorernas bedömning Ej" in words(tree)


# -------------------------------------------------------------------------------------------------- the year's goals


def test_the_year_tells_the_city_from_the_auditors_and_what_is_late():
    opinion = give()
    tree = page("", "/revision/2020/")
    assert "bedömt 1 av 4 mål" in words(tree)
    assert "Om 1 mål gör de en annan bedömning än staden." in words(tree)
    (line,) = (one for one in tree.xpath("//ol/li") if "1.2" in words(one).split())
    assert words(line).endswith("Svar senast 30\xa0juni 2021".replace("\xa0", " "))
    with time_machine.travel(datetime(2021, 6, 30, 21, 59, 59, tzinfo=UTC), tick=False):
        assert "Svaret är försenat" not in words(page("", "/revision/2020/"))
    with time_machine.travel(datetime(2021, 6, 30, 22, 0, tzinfo=UTC), tick=False):  # 00.00 in the city
        assert "Svaret är försenat" in words(page("", "/revision/2020/"))
        answer_opinion(opinion_id=opinion.id, text="Ja.", by=actor("carl"), at=datetime(2021, 6, 30, 22, 0, tzinfo=UTC))
        assert "Besvarad för sent" in words(page("", "/revision/2020/"))


@pytest.mark.parametrize("number", [2020, 2019, 2050])
def test_a_year_says_what_there_is_to_see(number):
    tree = page("rakel", f"/revision/{number}/")
    assert tree.xpath("//h1")[0].text_content() == f"Revisorerna om målen {number}"


@pytest.mark.parametrize(
    "address", ["/revision/99999/", "/revision/1/", "/revision/2020/9.9/", "/revision/1/1.2/", "/revision/99999/1.2/"]
)
def test_what_is_not_there_is_not_found(address):
    page("rakel", address, status=404)


# -------------------------------------------------------------------------------------------------- looking back


@pytest.mark.parametrize(
    ("moment", "title"),
    [
        ("dag=2021-04-15&kl=12:00", "Vad som var känt den 15 april 2021 kl. 12.00"),
        ("dag=2021-04-15&kl=12.00", "Vad som var känt den 15 april 2021 kl. 12.00"),
        ("dag=2021-04-15", "Vad som var känt den 15 april 2021 kl. 23.59"),
        ("dag=2020-02-29", "Vad som var känt den 29 februari 2020 kl. 23.59"),
        ("", "Vad som är känt nu"),
    ],
)
def test_a_moment_is_a_day_and_perhaps_a_time(moment, title):
    tree = page("rakel", f"/revision/2020/1.2/?{moment}")
    assert words(tree.xpath("//*[@id='kant']")[0]) == title


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("dag=2021-02-29", "Det är ingen dag"),
        ("dag=igår", "Det är ingen dag"),
        ("dag=", "Välj en dag"),
        ("dag=9999-12-31", "Det är ingen dag"),
        ("dag=2021-04-15&kl=25:00", "Det är inget klockslag"),
        ("dag=2021-03-28&kl=02:30", "Klockan visade aldrig 02.30"),
        ("dag=2021-05-21", "har inte varit än"),
        ("dag=2021-05-20&kl=12:01", "har inte varit än"),
    ],
)
def test_a_moment_that_cannot_be_is_told_and_what_is_known_now_is_shown(moment, sentence):
    tree = page("rakel", f"/revision/2020/1.2/?{moment}", status=422)
    told = " ".join([alert(tree), *(words(one) for one in tree.xpath("//*[@class='field-error']"))])
    assert sentence in told
    assert words(tree.xpath("//*[@id='kant']")[0]) == "Vad som är känt nu"


def test_today_without_a_time_is_now():
    assert words(page("rakel", "/revision/2020/1.2/?dag=2021-05-20").xpath("//*[@id='kant']")[0]).endswith("kl. 12.00")


# ------------------------------------------------------------------------------------------------------------- forms


def test_an_opinion_is_given_with_the_form_and_leads_back():
    response = signed_in("rakel").post("/revision/2020/1.2/bedomning/", FORM)
    assert (response.status_code, response.url) == (302, "/revision/2020/1.2/")
    found = Opinion.objects.get()
    assert (found.verdict, found.recorded_at) == ("not_met", NOW)
    assert found.known_at == datetime(2021, 4, 15, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"verdict": ""}, "Välj helt, delvis eller ej."),
        ({"verdict": "kanske"}, "Välj helt, delvis eller ej."),
        ({"reasons": ""}, "Skriv skälen."),
        ({"reasons": "   "}, "Skriv skälen till bedömningen"),
        ({"reasons": "a\x07b"}, "styrtecken"),
        ({"unit": ""}, "Välj vem som ska svara."),
        ({"unit": "finns-inte"}, "Välj vilken nämnd eller styrelse som ska svara"),
        ({"due": "2021-05-19"}, "har redan varit"),
        ({"due": "31 juni"}, "Det är ingen dag"),
        ({"dag": "2021-05-21"}, "har inte varit än"),
        ({"kl": "kvart över"}, "Det är inget klockslag"),
    ],
)
def test_a_form_that_does_not_hold_keeps_what_was_written(changed, sentence):
    response = signed_in("rakel").post("/revision/2020/1.2/bedomning/", FORM | changed)
    assert response.status_code == 422
    tree = html.fromstring(response.content.decode())
    assert sentence in words(tree)
    (area,) = tree.xpath("//textarea[@name='reasons']")
    assert (area.text or "").strip() == (FORM | changed)["reasons"].strip()
    assert not Opinion.objects.exists()


def test_somebody_who_was_first_gives_409_with_both_texts():
    give(reasons="Den första texten.")
    response = signed_in("rakel").post("/revision/2020/1.2/bedomning/", FORM | {"reasons": "Den andra texten."})
    assert response.status_code == 409
    tree = html.fromstring(response.content.decode())
    assert "Någon annan har sparat en text här" in alert(tree)
    assert "Den första texten." in words(tree)
    assert tree.xpath("//textarea[@name='reasons']")[0].text.strip() == "Den andra texten."
    # The page now rests on what it shows: sent again, it takes over.
    rests_on = tree.xpath("//form[contains(@action, 'bedomning')]//input[@name='rests_on']/@value")
    again = signed_in("rakel").post("/revision/2020/1.2/bedomning/", FORM | {"rests_on": rests_on[0]})
    assert again.status_code == 302


@pytest.mark.parametrize("name", [name for name in reporting_year.PEOPLE if name != "rakel"])
def test_a_forged_opinion_is_403_with_the_sentence(name):
    response = signed_in(name).post("/revision/2020/1.2/bedomning/", FORM)
    assert response.status_code == 403
    assert "Bara revisorerna kan lämna revisorernas bedömning." in response.content.decode()
    assert not Opinion.objects.exists()


def test_a_forged_answer_is_403_and_anothers_opinion_is_404():
    opinion = give()
    sent = {"opinion": str(opinion.id), "text": "Allt är bra.", "rests_on": "0"}
    assert signed_in("rut").post("/revision/2020/1.2/svar/", sent).status_code == 403
    assert signed_in("carl").post("/revision/2020/1.1/svar/", sent).status_code == 404  # that opinion is on 1.2
    assert signed_in("carl").post("/revision/2020/1.2/svar/", sent | {"opinion": "99999"}).status_code == 404
    assert signed_in("carl").post("/revision/2020/1.2/svar/", sent | {"opinion": "x"}).status_code == 422
    assert not Answer.objects.exists()


def test_fields_that_nobody_may_set_are_left_alone():
    """Who gave it, when, and that it is invented are not the form's to say."""
    forged = FORM | {"recorded_by": "person:carl", "recorded_at": "2001-01-01", "invented": "1", "by": "x", "year": "1"}
    assert signed_in("rakel").post("/revision/2020/1.2/bedomning/", forged).status_code == 302
    found = Opinion.objects.get()
    assert (found.recorded_by, found.recorded_at, found.invented, found.year) == ("person:rakel", NOW, False, 2020)


def test_a_program_that_asks_for_json_is_told_in_json():
    give()
    client = signed_in("rakel")
    response = client.post("/revision/2020/1.2/bedomning/", FORM, headers={"Accept": "application/json"})
    assert (response.status_code, list(response.json())) == (409, ["refused"])


# -------------------------------------------------------------------------------------------------- shape and speed


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", ["/revision/2020/", "/revision/2020/1.2/", "/revision/2020/1.2/?dag=2021-04-15"])
def test_a_page_has_one_title_headings_in_order_and_breaks_no_policy(address, language):
    give()
    client = signed_in("rakel")
    client.post("/sprak/", {"language": language, "next": "/om/"})
    tree = html.fromstring(client.get(address).content.decode())
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not tree.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
    labels = set(tree.xpath("//label/@for"))
    assert {
        field.get("id") for field in tree.xpath("//main//input[not(@type='hidden')] | //textarea | //select")
    } <= labels
    text = words(tree.xpath("//main")[0])
    assert ("Revisorerna" in text) is (language == "sv")


def test_the_number_of_questions_does_not_grow_with_boards():
    from ledtrad.apps.goals import actions as goals
    from ledtrad.apps.organisation.actions import NewUnit, register_units
    from ledtrad.apps.organisation.models import UnitKind

    client = signed_in("rakel")
    addresses = ("/revision/2020/", "/revision/2020/1.2/?dag=2021-05-01")

    def questions(address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    give()
    before = [questions(address) for address in addresses]
    slugs = [f"n{number}" for number in range(24)]
    units = [NewUnit(slug, f"Nämnd {slug}", UnitKind.DISTRICT_BOARD, date(2010, 1, 1)) for slug in slugs]
    register_units(units=units, by="Bygget", at=universe.AT)
    goals.oblige(year=2020, units_by_goal={"1.2": slugs}, by="Bygget", at=universe.AT)
    said = [goals.BoardAssessment("1.2", slug, universe.YEAR, Verdict.MET, "Ja.") for slug in slugs]
    goals.record_assessments(assessments=said, by="Bygget", at=universe.AT)
    after = [questions(address) for address in addresses]
    assert after == before
    assert max(after) <= 50
