"""The centre's pages, as each role meets them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from lxml import html
from tests import reporting_year as year
from tests import universe
from tests.pages.conftest import words

from ledtrad.apps.goals.models import CityVerdictRecord
from ledtrad.apps.goals.queries import goal_year
from ledtrad.apps.goals.verdict_policies import CONCLUDES_EARLY
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Correction, Question, Report
from ledtrad.apps.reporting.queries import report_of, rows_of
from ledtrad.core.periods import Period

pytestmark = pytest.mark.django_db
NOW = year.IN_YEAR_REPORT + timedelta(hours=3)
PAGES = (
    "/lage/2021/ar/",
    "/lage/2021/t1/",
    "/lage/2021/ar/?visa=late&slag=specialist_board&sedan=2022-01-01",
    "/lage/2021/fragor/",
    "/lage/2021/mal/1.2/",
    "/lage/2021/mal/1.2/?oppna=alla&rapport=t1",
    "/lage/2020/mal/1.1.F/",
    "/lage/2020/mal/1/",
    "/lage/2021/ar/alla/",
    "/lage/2021/ar/kultur/",
    "/prognoser/2021/",
    "/rattelser/2021/",
    "/arbete/2021/kultur/ar/vagen/",
    "/sok/",
    "/sok/?q=trygg&slag=mal",
)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, kulturnämnden's report filled in: each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        year.open_and_fill()
        year.open_and_fill("bibliotek", by="ulla")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built, db):
    """At a moment in the year report's phase."""
    with time_machine.travel(NOW, tick=False):
        yield


def as_(name, language="sv"):
    client = Client()
    if language != "sv":
        client.post("/sprak/", {"language": language, "next": "/om/"})
    if name:
        client.force_login(year.person(name))
    return client


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-500:]
    return html.fromstring(answer.content.decode())


def select(element, selector):
    """Elements by a little CSS: tags, classes, ids, attributes and :not(.class), descendants of descendants."""
    steps = []
    for part in selector.split():
        tag = re.match(r"\w*", part)[0] or "*"
        tests = [f"contains(concat(' ', @class, ' '), ' {name} ')" for name in re.findall(r"(?<!\()\.([\w-]+)", part)]
        tests += [
            f"not(contains(concat(' ', @class, ' '), ' {name} '))" for name in re.findall(r":not\(\.([\w-]+)\)", part)
        ]
        tests += [f"@id='{name}'" for name in re.findall(r"#([\w-]+)", part)]
        tests += [f"contains(@{name}, '{value}')" for name, value in re.findall(r"\[([\w-]+)\*=([^\]]+)\]", part)]
        tests += [f"@{name}='{value}'" for name, value in re.findall(r"\[([\w-]+)=([^\]]+)\]", part)]
        tests += [f"@{name}" for name in re.findall(r"\[([\w-]+)\]", part)]
        steps.append(tag + "".join(f"[{test}]" for test in tests))
    return element.xpath(".//" + "//".join(steps))


def post(client, address, sent, status=302):
    answer = client.post(address, sent)
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return answer


def told(answer):
    return words(html.fromstring(answer.content.decode()).get_element_by_id("main"))


def report(unit="kultur"):
    return report_of(unit, year.WHOLE)


def submit(unit="kultur", who="rut"):
    card = report(unit)
    reporting.submit_report(report_id=card.id, rests_on=card.version, by=year.actor(who), at=NOW)


def decide(unit="kultur", who="sara"):
    card = report(unit)
    reporting.decide_report(
        report_id=card.id, rests_on=card.version, decision=year.DECISION, by=year.actor(who), at=NOW
    )


def close():
    """Both reports all the way up."""
    for unit, who, head in (("kultur", "rut", "sara"), ("bibliotek", "ulla", "rut")):
        submit(unit, who)
        decide(unit, head)
    seen = [(report(unit).id, report(unit).version) for unit in ("kultur", "bibliotek")]
    reporting.lock_reports(reports=seen, by=year.actor("carl"), at=NOW)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_with_one_heading(city, address, language):
    found = page(as_("carl", language), address)
    assert len(select(found, "h1")) == 1
    assert found.get("lang") == language
    assert not select(found, "main [style]")
    assert not select(found, "main script")


@pytest.mark.parametrize("address", PAGES)
def test_whoever_has_not_signed_in_is_asked_to(city, address):
    answer = as_(None).get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/konto/")


@pytest.mark.parametrize(
    "address",
    [
        "/lage/2021/t3/",
        "/lage/2021/mal/9.9/",
        "/lage/2021/ar/finns-inte/",
        "/lage/99999/ar/",
        "/prognoser/1999/",
        "/arbete/2021/miljo/ar/vagen/",
        "/lage/2021/mal/1.2/?rapport=x",
    ],
)
def test_what_is_not_there(city, address):
    page(as_("carl"), address, 404)


# --- progress --------------------------------------------------------------------------------------


def test_progress_in_words(city):
    found = page(as_("carl"), "/lage/2021/ar/")
    assert "0 av 2 har lämnat in." in words(select(found, ".lead")[0])
    rows = {words(row.find("th")): row for row in select(found, "table.progress tbody tr")}
    assert [words(cell) for cell in select(rows["Kulturnämnden"], "td:not(.state):not(.beneath)")] == [
        "Klar, nyss ändrad",
        "Klar, nyss ändrad",
        "",
    ]
    assert [words(cell) for cell in select(rows["Miljönämnden"], "td:not(.state):not(.beneath)")] == [
        "",
        "Ej påbörjad",
        "Ej påbörjad",
    ]
    assert "0 av 2 inlämnade" in words(rows["Kulturnämnden"])


def test_the_late_are_named_after_midnight(city):
    with time_machine.travel("2022-01-31T23:00:00Z", tick=False):
        found = page(as_("carl"), "/lage/2021/ar/?visa=late")
    assert "2 är sena." in words(select(found, ".lead")[0])
    assert "Miljönämnden" in words(select(found, ".who-is-late")[0])
    assert "Ej påbörjad, sen" in words(select(found, "table.progress")[0])
    with time_machine.travel("2022-01-31T22:59:59Z", tick=False):
        assert "är sen" not in words(select(page(as_("carl"), "/lage/2021/ar/"), ".lead")[0])


@pytest.mark.parametrize(
    ("chosen", "changed"), [("2022-01-20", "1 har ändrat"), ("2022-01-21", "1 har ändrat"), ("", "1 har ändrat")]
)
def test_changed_since_a_chosen_day(city, chosen, changed):
    """A day to come is no day to look back to: then it is yesterday."""
    assert changed in words(select(page(as_("carl"), f"/lage/2021/ar/?sedan={chosen}"), ".lead")[0])


def test_nothing_has_changed_since_today_when_it_was_yesterday(city):
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        found = page(as_("carl"), "/lage/2021/ar/")
        assert "0 har ändrat något sedan den 21 januari" in words(select(found, ".lead")[0]).replace("\u00a0", " ")
        assert "1 har ändrat" in words(select(page(as_("carl"), "/lage/2021/ar/?sedan=2022-01-20"), ".lead")[0])


@pytest.mark.parametrize("sedan", ["2022-02-30", "igår", "9999-99-99", "\u0000"])
def test_a_day_that_is_none_is_yesterday(city, sedan):
    page(as_("carl"), f"/lage/2021/ar/?sedan={sedan}")


# --- the desk, and the city's verdict ----------------------------------------------------------------

GOOD = {
    "verdict": "partly",
    "motive": f"Nämnderna är inte klara, men trenden är svag. {CONCLUDES_EARLY}",
    "grounds": ["boards", "indicators"],
    "body": "Kommunstyrelsen",
    "day": "2022-01-19",
    "paragraph": "§ 12",
    "case_number": "KS 2022/7",
    "rests_on": "0",
}


def test_the_desk_tells_what_everybody_says(city):
    found = page(as_("carl"), "/lage/2021/mal/1.2/")
    said = words(found.get_element_by_id("kultur"))
    assert "Delvis" in said
    assert "Klar" in said
    assert "Vakanserna kvarstår." in said
    assert "Ingen bedömning" in words(found.get_element_by_id("miljo"))
    assert "0 av 2 nämnder har en beslutad och låst bedömning. Staden har inte bedömt målet än." in words(found)
    assert "den vanliga regeln" in words(found)
    assert "som staden 1 av 1 tidigare år" in words(found)


def test_the_city_concludes(city):
    post(as_("carl"), "/lage/2021/mal/1.2/", GOOD)
    city_verdict = goal_year("1.2", 2021).city_verdict
    assert (city_verdict.verdict.value, city_verdict.decision.case_number) == ("partly", "KS 2022/7")
    found = page(as_("rakel"), "/lage/2021/mal/1.2/")
    assert "trenden är svag" in words(found)
    assert "Carl Lillqvist" in words(found)
    assert select(found, "[aria-disabled=true]")
    assert "Bara en central controller kan skriva" in words(found.get_element_by_id("why-not"))


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"verdict": ""}, 422, "Välj om målet uppnås"),
        ({"verdict": "bra"}, 422, "Välj om målet uppnås"),
        ({"motive": ""}, 422, "saknar en beslutad och låst bedömning"),
        ({"motive": CONCLUDES_EARLY, "grounds": []}, 422, "vad som vägde"),
        ({"grounds": ["magi"]}, 422, "skälen finns inte"),
        ({"day": "2022-02-30"}, 422, "beslutets dag"),
        ({"day": ""}, 422, "beslutets dag"),
        ({"day": "2022-12-24"}, 422, "har inte varit än"),
        ({"paragraph": ""}, 422, "paragraf"),
        ({"body": "x" * 201}, 422, "får inte plats"),
        ({"motive": "a" * 20_001}, 422, "högst 20 000"),
        ({"motive": "text\u0007"}, 422, "styrtecken"),
        ({"rests_on": "7"}, 409, "Någon annan har skrivit"),
        ({"rests_on": "x"}, 422, "gammal eller skadad"),
    ],
)
def test_what_is_refused_is_said_and_stays_in_the_form(city, change, status, said):
    sent = GOOD | change
    answer = post(as_("carl"), "/lage/2021/mal/1.2/", sent, status)
    assert said in told(answer)
    form = select(html.fromstring(answer.content.decode()), ".verdict-form")[0]
    assert words(select(form, "textarea")[0]) == " ".join(sent["motive"].split())
    assert select(form, "[name=case_number]")[0].get("value") == sent["case_number"]
    assert not CityVerdictRecord.objects.filter(year=2021).exists()


@pytest.mark.parametrize("who", ["rut", "sara", "lars", "ulla", "ove", "edit", "ada", "rakel"])
def test_nobody_else_concludes(city, who):
    post(as_(who), "/lage/2021/mal/1.2/", GOOD, 403)
    assert not CityVerdictRecord.objects.filter(year=2021).exists()


# --- the way up ------------------------------------------------------------------------------------

WAY = "/arbete/2021/kultur/ar/vagen/"


def row(subject, unit="kultur"):
    return next(one for one in rows_of(report(unit).id) if one.subject == subject)


def test_returned_with_questions_field_by_field(city):
    submit()
    found = page(as_("carl"), WAY)
    assert "Ställ" not in words(found)
    sent = {
        "version": "1",
        "steg": "tillbaka",
        f"q-{row('1.2').id}": "Vilken effekt?",
        f"f-{row('1.2').id}": "measure",
        f"q-{row('K.1').id}": "  ",
        "q-rapport": "Är allt med?",
    }
    post(as_("carl"), WAY, sent)
    assert list(Question.objects.order_by("id").values_list("row__subject", "field", "text")) == [
        (None, "", "Är allt med?"),
        ("1.2", "measure", "Vilken effekt?"),
    ]
    assert Report.objects.get(unit__slug="kultur").state == "returned"
    found = page(as_("rut"), WAY)
    assert "Åtgärd och effekt: Vilken effekt?" in words(found.get_element_by_id(f"rad-{row('1.2').id}"))
    listed = words(page(as_("carl"), "/lage/2021/fragor/"))
    assert "2 väntar på svar." in listed
    assert "Enheten ska svara" in listed
    assert "2 frågor är öppna" not in words(page(as_("ove"), "/lage/2021/fragor/"))


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"steg": "tillbaka"}, 422, "Ställ minst en fråga"),
        ({"steg": "tillbaka", "version": "0", "q-rapport": "Vad menas?"}, 409, "Någon annan har ändrat rapporten"),
        ({"steg": "tillbaka", "q-rapport": "x" * 5_001}, 422, "högst 5000"),
        ({"steg": "tillbaka", "version": "", "q-rapport": "Hur?"}, 422, "gammal eller skadad"),
        ({"steg": "hoppa"}, 422, "Steget finns inte"),
        ({"steg": "las"}, 422, "kan därför inte låsas"),
    ],
)
def test_a_refused_step_loses_nothing(city, sent, status, said):
    submit()
    answer = post(as_("carl"), WAY, {"version": "1"} | sent, status)
    assert said in told(answer)
    if "q-rapport" in sent:
        typed = html.fromstring(answer.content.decode()).get_element_by_id("q-rapport")
        assert typed.text_content().strip() == sent["q-rapport"]
    assert Report.objects.get(unit__slug="kultur").state == "submitted"


def test_another_reports_row_and_another_rows_field(city):
    submit()
    forged = {"version": "1", "steg": "tillbaka", f"q-{row('2021/bibliotek/1', 'bibliotek').id}": "Hur?"}
    post(as_("carl"), WAY, forged, 404)
    post(
        as_("carl"),
        WAY,
        {"version": "1", "steg": "tillbaka", f"q-{row('K.1').id}": "?", f"f-{row('K.1').id}": "risk"},
        422,
    )
    assert not Question.objects.exists()


def test_the_board_takes_in_a_units_report_and_the_centre_locks(city):
    submit("bibliotek", "ulla")
    way = "/arbete/2021/bibliotek/ar/vagen/"
    assert select(page(as_("rut"), way), "input[name=steg][value=godkann]")
    post(as_("rut"), way, {"version": "1", "steg": "godkann", "body": "Kulturnämnden", "day": "2022-01-20"})
    assert Report.objects.get(unit__slug="bibliotek").state == "decided"
    post(as_("rut"), way, {"version": "2", "steg": "las"})
    assert Report.objects.get(unit__slug="bibliotek").state == "locked"


def test_a_step_that_cannot_be_taken_says_why(city):
    submit()
    decide()
    found = page(as_("carl"), WAY)
    hint = found.get_element_by_id("why-not-lock")
    assert "Nivån under är inte stängd: Biblioteket" in words(hint)
    assert select(found, "[aria-disabled=true][aria-describedby=why-not-lock]")
    assert "Bara en central controller" in words(page(as_("lars"), WAY).get_element_by_id("why-not-lock"))


def test_another_boards_draft_is_not_there(city):
    page(as_("ove"), WAY, 404)
    submit()
    page(as_("ove"), WAY, 404)
    decide()
    page(as_("ove"), WAY)


# --- many at once ----------------------------------------------------------------------------------

BULK = "/lage/2021/ar/kultur/flera/"


def value(unit):
    return f"{report(unit).id}:{report(unit).version}"


def test_first_a_preview_then_all_that_are_ready(city):
    submit("bibliotek", "ulla")
    stage = reporting.open_report(unit="scenen", period=year.WHOLE, by=year.actor("rut"), at=NOW)
    sent = {"steg": "decide", "rapport": [value("bibliotek"), value("scenen")]}
    answer = post(as_("rut"), BULK, sent, 200)
    preview = html.fromstring(answer.content.decode())
    assert words(select(preview, "h1")[0]) == "Godkänna 1 rapport?"
    assert words(select(preview, ".names")[0]) == "Biblioteket"
    assert "Rapporten är ett utkast" in words(select(preview, ".stopped")[0])
    assert Report.objects.filter(state="decided").count() == 0, "a preview does nothing"
    ready = [one.get("value") for one in select(preview, "input[name=rapport]")]
    decision = {"body": "Kulturnämnden", "day": "2022-01-20"}
    done = post(as_("rut"), BULK, {"bekraftat": "1", "steg": "decide", "rapport": ready} | decision)
    assert "1 rapport är godkänd." in words(page(as_("rut"), done.url))
    assert set(Report.objects.filter(pk=stage).values_list("state", flat=True)) == {"draft"}


def test_boards_are_locked_with_their_units(city):
    submit()
    decide()
    submit("bibliotek", "ulla")
    decide("bibliotek", "rut")
    sent = {"steg": "lock", "rapport": [value("kultur")]}
    alone = post(as_("carl"), "/lage/2021/ar/alla/flera/", sent, 200)
    assert "Nivån under är inte stängd: Biblioteket" in told(alone)
    both = html.fromstring(post(as_("carl"), "/lage/2021/ar/alla/flera/", sent | {"under": "1"}, 200).content.decode())
    ready = [one.get("value") for one in select(both, "input[name=rapport]")]
    assert len(ready) == 2
    post(as_("carl"), "/lage/2021/ar/alla/flera/", {"bekraftat": "1", "steg": "lock", "rapport": ready})
    assert set(Report.objects.values_list("state", flat=True)) == {"locked"}


@pytest.mark.parametrize(
    ("who", "sent", "status"),
    [
        ("rut", {"steg": "lock"}, 422),
        ("rut", {"steg": "return", "rapport": ["1:0"]}, 422),
        ("rut", {"steg": "lock", "rapport": ["x"]}, 422),
        ("rut", {"steg": "lock", "rapport": ["999999:0"]}, 404),
        ("rut", {"steg": "lock", "rapport": [f"{n}:0" for n in range(1, 502)]}, 422),
        ("ove", {"steg": "lock", "rapport": ["1:0"]}, 403),
        ("lars", {"steg": "lock", "rapport": ["1:0"]}, 403),
    ],
)
def test_bad_choices_are_refused(city, who, sent, status):
    assert as_(who).post(BULK, sent).status_code == status


def test_a_report_of_another_board_is_not_named_in_a_preview(city):
    other = reporting.open_report(unit="miljo", period=year.WHOLE, by=year.actor("ove"), at=NOW)
    answer = as_("rut").post(BULK, {"steg": "lock", "rapport": [f"{other}:0"]})
    assert answer.status_code == 404
    assert "Miljönämnden" not in answer.content.decode()


# --- corrections -----------------------------------------------------------------------------------


def test_a_correction_is_made_and_listed(city):
    close()
    found = page(as_("sara"), WAY)
    address = select(found, f"#rad-{row('K.1').id} a[href*=ratta]")[0].get("href")
    form = page(as_("sara"), address)
    assert form.get_element_by_id("i-total").get("value") == "61,5"
    sent = {
        "version": str(row("K.1").version),
        "total": "62,0",
        "women": "66",
        "men": "57",
        "varfor": "Ett svar dubbelt.",
    }
    answer = post(as_("sara"), address, sent)
    assert answer.url == "/rattelser/2021/#rattelse-1"
    listed = page(as_("ove"), "/rattelser/2021/")
    one = words(listed.get_element_by_id("rattelse-1"))
    for part in ("Rättelse 1", "61,5", "62,0", "Ett svar dubbelt.", "Sara Lillqvist", "Kulturnämnden"):
        assert part in one


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"varfor": " "}, 422, "varför"),
        ({"total": "61,5"}, 422, "ändrar ingenting"),
        ({"total": "sextio"}, 422, "inget tal"),
        ({"version": "0"}, 409, "har rättats sedan"),
        ({"total": ""}, 422, "Ange utfallet"),
    ],
)
def test_a_correction_that_does_not_hold(city, change, status, said):
    close()
    sent = {"version": str(row("K.1").version), "total": "62,0", "varfor": "Ett svar dubbelt."} | change
    answer = post(as_("sara"), f"/arbete/2021/kultur/ar/ratta/{row('K.1').id}/", sent, status)
    assert said in told(answer)
    assert words(html.fromstring(answer.content.decode()).get_element_by_id("varfor")) == sent["varfor"].strip()
    assert not Correction.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("sara", 200), ("carl", 200), ("rut", 403), ("ove", 403), ("rakel", 403)])
def test_who_may_correct(city, who, status):
    close()
    assert as_(who).get(f"/arbete/2021/kultur/ar/ratta/{row('K.1').id}/").status_code == status


def test_only_what_is_locked_is_corrected(city):
    assert as_("sara").get(f"/arbete/2021/kultur/ar/ratta/{row('K.1').id}/").status_code == 422


# --- forecasts and search ----------------------------------------------------------------------------


def test_too_few_forecasts_say_so_and_nobody_is_ranked(city):
    from ledtrad.apps.goals import actions as goals

    goals.forecast_objectives(
        forecasts=[goals.NewObjectiveForecast("1.2", unit, Period(2020, 1), 80, 20, 0) for unit in ("ks", "alvsjo")],
        by=year.BUILDER,
        at=NOW,
    )
    found = page(as_("lars"), "/prognoser/2020/")
    table = select(found, "table.scores")[1]
    assert [words(cell) for cell in select(table, "tbody th")] == [
        "Kommunstyrelsen",
        "Kulturnämnden",
        "Lillköpings Stadshus AB",
        "Miljönämnden",
        "Årsta stadsdelsnämnd",
        "Älvsjö stadsdelsnämnd",
    ]
    assert {words(cell) for cell in select(table, "tbody td.missing")} == {"för få"}


def test_hits_are_marked_and_lead_to_the_place(city):
    found = page(as_("carl"), "/sok/?q=vakanser+kv%C3%A4llarna")
    hit = select(found, ".hits li")[0]
    assert [words(mark) for mark in select(hit, "mark")] == ["kvällen", "Vakanserna", "kväll"]
    assert "kan fortfarande ändras" in words(hit)
    assert select(hit, "h2 a")[0].get("href") == "/arbete/2021/kultur/ar/"
    assert not select(page(as_("ove"), "/sok/?q=vakanser+kv%C3%A4llarna"), ".hits li")


def test_a_hit_is_never_markup(city):
    found = as_("carl").get("/sok/", {"q": '<script>alert("1")</script>'})
    assert "<script>alert" not in found.content.decode()
