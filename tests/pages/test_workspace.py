"""The reporting workspace: the page, each save, grids without scripts, pastes, two texts, questions, my work."""

import json

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests import reporting_year as year
from tests import universe
from tests.pages.conftest import words

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Question, Report, Row, RowVersion, SetAside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
PAGE = "/arbete/2021/kultur/ar/"
FULL = {"total": "61,5", "women": "66", "men": "57", "comment": "Fler flickor än pojkar läser."}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping with its reporting year, no report open: built once."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built, db):
    """In the year report's phase, in time."""
    with time_machine.travel(year.IN_YEAR_REPORT, tick=False):
        yield


@pytest.fixture
def report(city):
    """Kulturnämnden's year report, opened and empty."""
    return reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=year.IN_YEAR_REPORT)


@pytest.fixture
def filled(city):
    return year.open_and_fill()


class Writer:
    """Somebody who has signed in and works in the browser."""

    def __init__(self, name, **options):
        self.client = Client(**options)
        self.client.force_login(year.person(name))

    def page(self, address=PAGE, status=200):
        response = self.client.get(address)
        assert response.status_code == status, response.content[:300]
        return html.fromstring(response.content.decode())

    def save(self, row, fields, *, rests_on=None, key="k1", **more):
        body = {"content": fields, "rests_on": row.version if rests_on is None else rests_on, "save_key": key, **more}
        return self.send(f"/arbete/rad/{row.pk}/", json.dumps(body))

    def send(self, address, body):
        return self.client.post(address, body, content_type="application/json", headers={"Accept": "application/json"})

    def form(self, name, address=PAGE):
        """The fields of a form of the page, as a browser would send them."""
        found = next(one for one in self.page(address).forms if one.get("id") == name)
        return dict(found.form_values())


@pytest.fixture
def rut(report):
    return Writer("rut")


def row(subject):
    return Row.objects.get(subject=subject, report__year=2021, report__tertial=0)


def stored(subject):
    return json.loads(row(subject).content)


# --- the page ------------------------------------------------------------------------------------------


def test_the_page_says_what_is_left_and_by_when(rut):
    page = rut.page()
    lead = words(page.find_class("lead")[0])
    assert lead == "6 av 6 rader återstår. Lämna in senast 31 januari, om 11 dagar."
    assert [words(step) for step in page.find_class("way-word")] == ["Utkast", "Inlämnad", "Beslutad", "Låst"]
    assert words(page.xpath("//*[@aria-current='step']")[0]) == "Utkast"


def test_an_indicator_stands_with_target_and_only_split_ones_have_cells_for_the_sexes(rut):
    page = rut.page()
    by_sex, plain = (page.get_element_by_id(f"rad-{row(code).pk}") for code in ("K.1", "K.2"))
    assert "60 %" in words(by_sex)
    assert "högst 3" in words(plain)
    assert [one.get("data-field") for one in by_sex.xpath(".//*[@data-field]")] == [
        *("total", "women", "men", "comment", "not_measured")
    ]
    assert [one.get("data-field") for one in plain.xpath(".//*[@data-field]")] == ["total", "comment", "not_measured"]


def test_each_way_that_an_activity_went_begins_with_a_letter_of_its_own(rut):
    """So that one key chooses it."""
    choices = [words(one) for one in rut.page().xpath("(//select[@data-field='progress'])[1]/option")]
    assert choices == ["–", "Genomförd", "Delvis genomförd", "Ej genomförd", "Avbruten"]


def test_every_field_has_a_name_of_its_column_and_its_row(rut):
    page = rut.page()
    for field in page.xpath("//*[@data-field and @aria-labelledby]"):
        column, named = (page.get_element_by_id(one) for one in field.get("aria-labelledby").split())
        assert words(column)
        assert words(named)


def test_tertials_ask_for_forecasts_and_three_percents(rut):
    with time_machine.travel(year.IN_TERTIAL_1, tick=False):
        reporting.open_report(unit="kultur", period=year.T1, by=year.actor("rut"), at=year.IN_TERTIAL_1)
        page = Writer("rut").page("/arbete/2021/kultur/t1/")
    fields = {one.get("data-field") for one in page.xpath("//*[@data-field]")}
    assert {"forecast", "forecast_verdict", "forecast_met", "forecast_partly", "forecast_not_met"} <= fields
    assert not {"forecast", "forecast_met"} & {one.get("data-field") for one in rut.page().xpath("//*[@data-field]")}


def test_the_rows_propose_and_the_board_decides(rut):
    from ledtrad.apps.goals import actions as goals

    goals.follow_with_indicators(
        links=[goals.IndicatorLink("1.1", "K.1", 2021)], by=year.BUILDER.key, at=year.IN_YEAR_REPORT
    )
    rut.save(row("K.1"), FULL)
    evidence = words(rut.page().get_element_by_id(f"rad-{row('1.1').pk}").find_class("evidence")[0])
    assert "Helt 1" in evidence
    assert "föreslår Helt" in evidence
    assert "Programmet föreslår. Nämnden beslutar." in evidence
    assert stored("1.1").get("verdict", "") == ""


@pytest.mark.parametrize("who", ["lars", "carl", "rakel"])
def test_those_who_read_see_text_instead_of_fields(filled, who):
    page = Writer(who).page()
    assert page.xpath("//*[@data-field]") == []
    assert "61,5" in words(page.get_element_by_id(f"rad-{row('K.1').pk}"))


def test_another_boards_draft_is_not_there(report):
    Writer("ove").page(status=404)
    assert Writer("ove").save(row("K.1"), FULL).status_code == 404
    assert RowVersion.objects.count() == 0


def test_nobody_is_asked_to_sign_in_first(report):
    assert Client().get(PAGE).headers["Location"].endswith("?next=%2Farbete%2F2021%2Fkultur%2Far%2F")
    assert Client().get("/arbete/", headers={"Accept": "application/json"}).status_code == 403


@pytest.mark.parametrize("address", ["/arbete/2021/kultur/t3/", "/arbete/2021/ingen/ar/", "/arbete/99999/kultur/ar/"])
def test_what_is_no_report_is_not_there(rut, address):
    rut.page(address, status=404)


def test_a_report_is_opened_by_those_who_write_it_and_never_by_looking(city):
    rut = Writer("rut")
    assert "inte öppnad än" in words(rut.page().find_class("lead")[0])
    assert Report.objects.count() == 0
    Writer("ove").page(status=404)
    assert Writer("ove").client.post(f"{PAGE}oppna/").status_code == 403
    assert rut.client.post(f"{PAGE}oppna/").status_code == 302
    assert len(rut.page().xpath("//*[@data-row]")) == 6


def test_a_report_is_not_opened_before_its_phase(city):
    rut = Writer("rut")
    button = rut.page("/arbete/2022/kultur/ar/").xpath("//button[@aria-disabled='true']")[0]
    assert "Styrkalendern" in words(
        rut.page("/arbete/2022/kultur/ar/").get_element_by_id(button.get("aria-describedby"))
    )
    assert rut.client.post("/arbete/2022/kultur/ar/oppna/").status_code == 422
    assert Report.objects.count() == 0


def test_the_page_is_english_where_it_is_not_the_citys_own_words(filled):
    rut = Writer("rut")
    rut.client.cookies["django_language"] = "en"
    page = rut.page()
    assert "All rows are filled in." in words(page.find_class("lead")[0])
    for swedish in page.xpath("//*[@lang='sv'] | //textarea | //input"):
        swedish.drop_tree()
    text = words(page.find(".//main"))
    assert not set("åäö") & set(text.lower()), text


# --- one row at a time ---------------------------------------------------------------------------------


def test_a_save_answers_with_the_version_the_servers_time_and_what_is_left(rut):
    told = rut.save(row("K.1"), {"total": "61,5"}).json()
    assert (told["version"], told["saved"], told["is_complete"]) == (1, "kl.\u00a010.00", False)
    assert told["saved_at"].startswith("2022-01-20T09:00")
    assert told["problems"] == {}
    assert list(told["lacking"]) == ["comment"]
    assert rut.save(row("K.1"), FULL, key="k2").json()["is_complete"] is True


def test_a_figure_that_is_none_is_kept_and_said(rut):
    told = rut.save(row("K.1"), {"total": "8,,4"})
    assert told.status_code == 200
    assert told.json()["problems"] == {"total": "”8,,4” är inget tal. Skriv till exempel 84,5 eller 1 234."} or (
        "8,,4" in told.json()["problems"]["total"]
    )
    field = rut.page().get_element_by_id(f"f-{row('K.1').pk}-total")
    assert (field.get("value"), field.get("aria-invalid")) == ("8,,4", "true")


def test_the_same_save_sent_again_is_answered_alike_and_stored_once(rut):
    first, again = (rut.save(row("K.1"), FULL, rests_on=0, key="same").json() for _ in range(2))
    assert (first["version"], again["version"]) == (1, 1)
    assert RowVersion.objects.count() == 1


def test_the_second_of_two_is_led_to_both_texts_and_nothing_is_overwritten(rut):
    Writer("rolf").save(row("K.1"), {"comment": "Rolfs text"})
    answer = rut.save(row("K.1"), {"comment": "Ruts text"}, rests_on=0, key="k2")
    assert answer.status_code == 409
    kept = SetAside.objects.get()
    assert answer.json() == {"conflict": f"/arbete/konflikt/{kept.pk}/"}
    assert stored("K.1")["comment"] == "Rolfs text"
    assert json.loads(kept.content)["comment"] == "Ruts text"


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"comment": "a" * 20_001}, 422, "högst 20\u00a0000"),
        ({"comment": "a" * 1_000_000}, 413, "högst 20\u00a0000 tecken"),
        ({"comment": "noll\x00byte"}, 422, "styrtecken"),
        ({"comment": 7}, 422, "text"),
        ({"forecast_met": "50"}, 422, "finns inte på raden"),
        ({"saved_by": "person:ove"}, 422, "finns inte på raden"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_nothing_is_stored(rut, fields, status, sentence):
    answer = rut.save(row("K.1"), fields)
    assert answer.status_code == status
    assert sentence in answer.json()["refused"]
    assert RowVersion.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '"text"', "[" * 100_000, '{"content": [], "rests_on": 0, "save_key": "k"}', "\xff"]
)
def test_what_is_no_save_is_answered_so(rut, body):
    answer = rut.send(f"/arbete/rad/{row('K.1').pk}/", body)
    assert answer.status_code == 400
    assert "Ingenting har sparats" in answer.json()["refused"]


@pytest.mark.parametrize("rests_on", [-1, "0", True, 2**40, None, 1.5])
def test_a_version_that_is_none_is_refused(rut, rests_on):
    body = {"content": FULL, "rests_on": rests_on, "save_key": "k"}
    assert rut.send(f"/arbete/rad/{row('K.1').pk}/", json.dumps(body)).status_code == 400
    assert rut.save(row("K.1"), FULL, rests_on=99).status_code == 422
    assert RowVersion.objects.count() == 0


@pytest.mark.parametrize("address", ["/arbete/rad/0/", "/arbete/rad/999999999/", f"/arbete/rad/{'9' * 40}/"])
def test_a_forged_row_is_not_there(rut, address):
    body = {"content": FULL, "rests_on": 0, "save_key": "k"}
    assert rut.send(address, json.dumps(body)).status_code == 404


def test_letters_with_marks_are_one_letter_however_they_are_sent(rut):
    rut.save(row("K.1"), {"comment": "A\u030arsta \r\nå"})
    assert stored("K.1")["comment"] == "Årsta \nå"


def test_a_save_needs_the_sites_own_token(report):
    forged = Writer("rut", enforce_csrf_checks=True)
    assert forged.save(row("K.1"), FULL).status_code == 403
    token = forged.client.get("/arbete/vem/").json()["token"]
    answer = forged.client.post(
        f"/arbete/rad/{row('K.1').pk}/",
        json.dumps({"content": FULL, "rests_on": 0, "save_key": "k"}),
        content_type="application/json",
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert answer.status_code == 200


def test_the_browser_is_told_who_is_here(rut):
    assert rut.client.get("/arbete/vem/").json()["person"] == f"person:{year.person('rut').key}"
    assert Client().get("/arbete/vem/").json()["person"] == ""
    assert "no-store" in rut.client.get("/arbete/vem/").headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/arbete/rad/1/", "/arbete/rad/1/angra/", f"{PAGE}rader/", f"{PAGE}lamna-in/"])
def test_nothing_is_written_by_looking(rut, address):
    assert rut.client.get(address).status_code == 405


def test_undo_takes_the_row_back_as_a_new_version(rut):
    rut.save(row("K.1"), FULL)
    rut.save(row("K.1"), {**FULL, "total": "1"}, key="k2")
    body = {"number": 1, "rests_on": 2, "save_key": "k3"}
    told = rut.send(f"/arbete/rad/{row('K.1').pk}/angra/", json.dumps(body)).json()
    assert (told["version"], told["content"]["total"]) == (3, "61,5")
    assert RowVersion.objects.count() == 3


def test_a_save_asks_the_database_few_questions(rut):
    found = row("K.1")
    rut.save(found, {"total": "1"}, key="warm")
    with CaptureQueriesContext(connection) as asked:
        assert rut.save(row("K.1"), FULL, key="k2").status_code == 200
    questions = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    # One of them is the test's own, which looks up the row.
    assert len(questions) - 1 <= 12, questions


# --- a grid without scripts ----------------------------------------------------------------------------


def test_a_grid_is_saved_whole_without_scripts(rut):
    sent = rut.form("indicators")
    k1 = row("K.1").pk
    sent |= {f"{k1}.{name}": value for name, value in FULL.items()}
    answer = rut.client.post(f"{PAGE}rader/", sent)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{PAGE}#indicators"
    assert stored("K.1")["total"] == "61,5"
    assert row("K.2").version == 0  # left alone
    rut.client.post(f"{PAGE}rader/", sent)
    assert row("K.1").version == 1  # the same form sent twice is stored once


def test_a_row_that_was_left_alone_is_not_sent_against_somebody_elses(rut):
    sent = rut.form("indicators")
    Writer("rolf").save(row("K.2"), {"total": "2"})
    sent |= {f"{row('K.1').pk}.total": "61"}
    assert rut.client.post(f"{PAGE}rader/", sent).headers["Location"] == f"{PAGE}#indicators"
    assert (stored("K.2")["total"], SetAside.objects.count()) == ("2", 0)


def test_a_row_that_both_wrote_leads_to_both_texts(rut):
    sent = rut.form("activities")
    activity = row("2021/kultur/1")
    Writer("rolf").save(activity, {"progress": "done"})
    sent |= {f"{activity.pk}.progress": "partly"}
    answer = rut.client.post(f"{PAGE}rader/", sent)
    assert answer.headers["Location"] == f"/arbete/konflikt/{SetAside.objects.get().pk}/"
    assert stored("2021/kultur/1")["progress"] == "done"


def test_when_one_row_cannot_be_stored_none_is_and_everything_typed_stays(rut):
    sent = rut.form("indicators")
    k1, k2 = row("K.1").pk, row("K.2").pk
    sent |= {f"{k1}.comment": "x" * 20_001, f"{k2}.total": "2"}
    answer = rut.client.post(f"{PAGE}rader/", sent)
    assert answer.status_code == 422
    page = html.fromstring(answer.content.decode())
    assert page.get_element_by_id(f"f-{k2}-total").get("value") == "2"
    assert len(page.get_element_by_id(f"f-{k1}-comment").text.strip()) == 20_001
    assert "högst 20 000" in words(page.get_element_by_id(f"sager-{k1}"))
    assert RowVersion.objects.count() == 0


def test_a_grid_with_another_reports_row_is_not_there(rut):
    other = reporting.open_report(unit="miljo", period=year.WHOLE, by=year.actor("ove"), at=year.IN_YEAR_REPORT)
    theirs = Row.objects.filter(report_id=other).first()
    sent = rut.form("indicators") | {"versions": f"{theirs.pk}:0", f"{theirs.pk}.result": "intrång"}
    assert rut.client.post(f"{PAGE}rader/", sent).status_code == 404
    assert rut.client.post(f"{PAGE}rader/", sent | {"versions": "a:b"}).status_code == 422
    assert RowVersion.objects.count() == 0


# --- cells from a spreadsheet --------------------------------------------------------------------------

BLOCK = 'Kod\tUtfall\tKvinnor\tKommentar\tÅrsmål\nK.2\t4,,2\t1\t"Två\nrader"\t3\nK.9\t1\t\t\t\nK.1\t1 234,5\t66\t\t60\n'


def _paste(rut, text=BLOCK, **more):
    return rut.client.post(f"{PAGE}klistra-in/", {"grid": "indicators", "text": text, **more})


def _fates(answer):
    page = html.fromstring(answer.content.decode())
    lines = page.find_class("pasted")[0].findall(".//tbody/tr")
    return [[cell.get("class").removeprefix("fate-") for cell in line.findall("td")] for line in lines]


def _confirmation(answer):
    """What a browser sends when the button of the preview is pressed: it drops a text field's first line break."""
    form = next(one for one in html.fromstring(answer.content.decode()).forms if "versions" in one.fields)
    sent = dict(form.form_values())
    return {**sent, "text": sent["text"].removeprefix("\n"), "do": "confirm"}


def test_a_paste_is_shown_cell_by_cell_before_anything_changes(rut):
    rut.save(row("K.1"), {"women": "66"})
    answer = _paste(rut)
    assert _fates(answer) == [
        ["key", "not_a_number", "no_fit", "changed", "unused"],
        ["unknown_row", "unknown_row", "empty", "empty", "empty"],
        ["key", "changed", "same", "empty", "unused"],
    ]
    assert stored("K.1")["total"] == ""


def test_a_confirmed_paste_changes_just_what_was_shown(rut):
    answer = rut.client.post(f"{PAGE}klistra-in/", _confirmation(_paste(rut)))
    assert answer.headers["Location"].startswith(f"{PAGE}#rad-")
    assert (stored("K.1")["total"], stored("K.1")["women"]) == ("1 234,5", "66")
    assert (stored("K.2")["total"], stored("K.2")["comment"]) == ("", "Två\nrader")


def test_a_row_that_has_moved_on_since_the_preview_is_set_aside(rut):
    sent = _confirmation(_paste(rut))
    Writer("rolf").save(row("K.1"), {"total": "9"})
    answer = rut.client.post(f"{PAGE}klistra-in/", sent)
    assert answer.headers["Location"] == f"/arbete/konflikt/{SetAside.objects.get().pk}/"
    assert stored("K.1")["total"] == "9"


def test_without_codes_the_block_falls_from_the_cell_that_was_pasted_in(rut):
    text = "66\t57\tBra\textra\n1\t\t\t\n5\n"
    answer = _paste(rut, text, row=str(row("K.1").pk), field="women")
    assert _fates(answer)[0] == ["changed", "changed", "changed", "changed"]
    assert _fates(answer)[1] == ["no_fit", "empty", "empty", "empty"]
    assert _fates(answer)[2] == ["unknown_row"]


def test_activities_are_pasted_by_their_words(rut):
    answer = _paste(rut, "2021/kultur/1\tDelvis genomförd\tTid saknades\n2021/kultur/2\tKanske\t\n", grid="activities")
    assert _fates(answer) == [["key", "changed", "changed"], ["key", "no_fit", "empty"]]


def test_quotes_belong_to_the_text_unless_the_spreadsheet_put_them_there(rut):
    _confirm = {"grid": "indicators", "row": str(row("K.2").pk), "field": "comment"}
    page = html.fromstring(_paste(rut, '"Hej" sa hon\textra', **_confirm).content.decode())
    assert words(page.find_class("pasted-text")[0]) == '"Hej" sa hon'
    page = html.fromstring(_paste(rut, '"Hon sa ""hej""\n två gånger"\textra', **_confirm).content.decode())
    assert words(page.find_class("pasted-text")[0]) == 'Hon sa "hej" två gånger'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "inga celler"),
        (" \t \n", "inga celler"),
        ("1\n" * 2_001, "högst 2000 rader"),
        ("x" * 1_000_001, "för stort"),
    ],
)
def test_a_paste_that_cannot_be_shown_is_explained(rut, text, sentence):
    answer = _paste(rut, text)
    assert answer.status_code == 422
    assert sentence in words(html.fromstring(answer.content.decode()).find_class("error")[0])


def test_only_writers_paste(report):
    assert Writer("lars").client.get(f"{PAGE}klistra-in/").status_code == 403
    assert Writer("ove").client.get(f"{PAGE}klistra-in/").status_code == 404


# --- two people, one text ------------------------------------------------------------------------------


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


# --- the way up from here ------------------------------------------------------------------------------


def test_the_button_says_why_it_cannot_be_pressed(rut):
    button = rut.page().xpath("//section[@id='next-step']//button")[0]
    assert button.get("aria-disabled") == "true"
    assert words(rut.page().get_element_by_id("why-not")).startswith("6 rader är inte ifyllda.")
    answer = rut.client.post(f"{PAGE}lamna-in/", {"version": "0"})
    assert answer.status_code == 422
    assert Report.objects.get().state == "draft"


def test_a_whole_report_is_submitted_and_then_decided(filled):
    rut, sara = Writer("rut"), Writer("sara")
    assert rut.page().xpath("//section[@id='next-step']//button[@aria-disabled]") == []
    assert rut.client.post(f"{PAGE}lamna-in/", {"version": "0"}).status_code == 302
    assert "lämnades in av Rut Lillqvist" in words(rut.page().find_class("lead")[0])
    assert "sekreterare" in words(rut.page().get_element_by_id("why-not"))
    decision = {"body": "Kulturnämnden", "day": "2022-01-19", "paragraph": "§ 8", "case_number": "KUN 2022/14"}
    assert rut.client.post(f"{PAGE}besluta/", {"version": "1", **decision}).status_code == 403
    assert sara.client.post(f"{PAGE}besluta/", {"version": "1", **decision, "day": "19 januari"}).status_code == 422
    assert sara.client.post(f"{PAGE}besluta/", {"version": "1", **decision}).status_code == 302
    assert "Kulturnämnden § 8 KUN 2022/14" in words(sara.page().find_class("lead")[0])


def test_a_step_from_an_old_page_is_not_taken(filled):
    rut = Writer("rut")
    rut.client.post(f"{PAGE}lamna-in/", {"version": "0"})
    assert rut.client.post(f"{PAGE}lamna-in/", {"version": "0"}).status_code == 409
    for version in ("", "x", "9" * 30):
        assert rut.client.post(f"{PAGE}lamna-in/", {"version": version}).status_code == 422


def test_a_row_of_a_submitted_report_is_not_changed(filled):
    rut = Writer("rut")
    sent = rut.form("indicators") | {f"{row('K.1').pk}.total": "1"}
    rut.client.post(f"{PAGE}lamna-in/", {"version": "0"})
    answer = rut.save(row("K.1"), {"total": "1"}, key="late")
    assert (answer.status_code, answer.json()["refused"]) == (
        422,
        "Rapporten är inlämnad. Raderna kan inte ändras nu.",
    )
    assert rut.client.post(f"{PAGE}rader/", sent).status_code == 422
    assert stored("K.1")["total"] == "61,5"


@pytest.fixture
def returned(filled):
    """The report has come back with a question about the women of K.1 and one about the whole."""
    reporting.submit_report(report_id=filled, rests_on=0, by=year.actor("rut"), at=year.IN_YEAR_REPORT)
    reporting.return_report(
        report_id=filled,
        rests_on=1,
        questions=[
            reporting.NewQuestion("Varför skiljer sig kvinnor?", row("K.1").pk, "women"),
            reporting.NewQuestion("Har nämnden läst hela rapporten?"),
        ],
        by=year.actor("carl"),
        at=year.IN_YEAR_REPORT,
    )


def test_a_question_stands_where_it_is_asked_and_is_answered_there(returned):
    rut = Writer("rut")
    page, question = rut.page(), Question.objects.get(field="women")
    assert "kommit tillbaka med 2 frågor" in words(page.find_class("lead")[0])
    line = page.get_element_by_id(f"rad-{row('K.1').pk}").getnext()
    assert words(line).startswith("Fråga om kvinnor Carl Lillqvist, kl. 10.00 Varför skiljer sig kvinnor?")
    assert f"#fraga-{question.pk}" in page.xpath("//section[@class='asked']//a/@href")
    answer = rut.client.post(f"{PAGE}fraga/{question.pk}/", {"answer": "Fler flickor deltar."})
    assert answer.headers["Location"] == f"{PAGE}#fraga-{question.pk}"
    assert "Fler flickor deltar." in words(rut.page().get_element_by_id(f"fraga-{question.pk}"))
    assert rut.client.post(f"{PAGE}fraga/{question.pk}/", {"answer": "Nej"}).status_code == 409
    assert rut.client.post(f"{PAGE}fraga/999/", {"answer": "Nej"}).status_code == 404


def test_a_report_with_questions_is_submitted_once_they_are_answered(returned):
    rut = Writer("rut")
    assert "2 frågor är obesvarade" in words(rut.page().get_element_by_id("why-not"))
    for question in Question.objects.all():
        rut.client.post(f"{PAGE}fraga/{question.pk}/", {"answer": "Ja."})
    assert rut.client.post(f"{PAGE}lamna-in/", {"version": "2"}).status_code == 302


# --- my work -------------------------------------------------------------------------------------------


def test_my_work_lists_reports_with_what_is_left_and_by_when(rut):
    page = rut.page("/arbete/")
    task = page.find_class("work")[0].find("li")
    assert words(task) == "Årsrapport 2021 Kulturnämnden Senast 31 januari, om 11 dagar 6 av 6 rader återstår."
    assert task.xpath(".//a/@href") == [PAGE]


def test_a_late_report_says_so(rut):
    with time_machine.travel("2022-02-02T08:00:00+01:00", tick=False):
        late = words(Writer("rut").page("/arbete/").find_class("is-late")[0])
    assert late == "Sen: 31 januari, för 2 dagar sedan"


def test_what_comes_back_stands_before_what_is_not_begun(returned):
    reporting.open_report(unit="bibliotek", period=year.WHOLE, by=year.actor("rut"), at=year.IN_YEAR_REPORT)
    page = Writer("rut").page("/arbete/")
    assert "2 frågor väntar på svar. Alla rader är ifyllda." in words(page.find_class("work")[0].find("li"))


def test_a_submitted_unit_waits_for_its_board(city):
    unit = year.open_and_fill("bibliotek", by="ulla")
    reporting.submit_report(report_id=unit, rests_on=0, by=year.actor("ulla"), at=year.IN_YEAR_REPORT)
    links = Writer("rut").page("/arbete/").xpath("//main//a/@href")
    assert "/arbete/2021/bibliotek/ar/vagen/" in links
    assert "Biblioteket" not in words(Writer("ove").page("/arbete/").find(".//main"))


def test_somebody_without_anything_to_do_is_told_what_will_be_here(report):
    assert words(Writer("edit").page("/arbete/").find_class("lead")[0]) == (
        "Just nu finns det ingenting för dig att göra. "
        "Rapporter visas här när en period öppnar, med vad som återstår och till när."
    )


# --- at size -------------------------------------------------------------------------------------------


def test_the_pages_ask_a_fixed_number_of_questions(rut):
    def asked(address):
        rut.page(address)  # what is kept until the log grows is asked for once
        with CaptureQueriesContext(connection) as questions:
            rut.page(address)
        return len(questions)

    before = {address: asked(address) for address in (PAGE, "/arbete/")}
    _grow(Report.objects.get().pk)
    assert {address: asked(address) for address in before} == before
    assert before[PAGE] <= 26
    assert before["/arbete/"] <= 18


def _grow(report):
    """Sixty indicators and three hundred activities more."""
    frame = {"title": "En rad till", "tertial": 0, "unit": "percent", "by_sex": True, "is_due": True}
    Row.objects.bulk_create(
        Row(report_id=report, kind="indicator", subject=f"X.{number}", place=1000 + number, frame=json.dumps(frame))
        for number in range(60)
    )
    Row.objects.bulk_create(
        Row(report_id=report, kind="activity", subject=f"2021/x/{number}", place=2000 + number, frame=json.dumps(frame))
        for number in range(300)
    )
