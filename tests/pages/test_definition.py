"""The page of a definition, the form that changes it, what it costs; and the page of what nobody uses."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests import reporting_year, universe
from tests.reporting_year import IN_PLANNING, IN_TERTIAL_1
from tests.universe import AT, BY, percent
from time_machine import travel

from ledtrad.apps.indicators import actions
from ledtrad.apps.indicators.models import CollectionCost, Indicator, IndicatorVersion, ReadCount
from ledtrad.apps.steering.queries import decisions_about
from ledtrad.core.assessment import Sense
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT

pytestmark = pytest.mark.django_db

FORM = {
    "from_year": "2022",
    "title": "Andel unga som läser varje vecka",
    "question": "Hur ofta läser du?",
    "unit": "%",
    "decimals": "1",
    "sense": "more_is_better",
    "by_sex": "on",
    "splits": ["age", "provider"],
    "every_years": "1",
    "rule": "nio-tiondelar",
    "source": "Ungdomsenkäten",
    "numerator": "Unga som läser",
    "denominator": "Alla unga",
    "breaks": "wording",
    "because": "Enkäten gjordes om.",
    "rests_on": "1",
    "body": "Kulturnämnden",
    "day": "2021-04-14",
    "paragraph": "§ 31",
    "case_number": "KUN 2021/77",
}


@pytest.fixture(scope="module")
def lillkoping(django_db_setup, django_db_blocker):
    """Lillköping with its people, calendar and plans. Built once: tests undo what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        for code in ("K.1", "K.2"):  # so that they are known to everybody
            unmeasured = Absence(AbsenceKind.NOT_MEASURED, "Började mätas 2020")
            actions.record_outcome(code=code, period=Period(2019), outcome=unmeasured, by=BY, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sees(lillkoping, client):
    """What somebody (nobody: "") sees at an address, in the spring of 2021."""

    def look(address, who="", status=200, at=IN_TERTIAL_1, **posted):
        with travel(at, tick=False):
            if who:
                client.force_login(reporting_year.person(who))
            response = client.post(address, posted) if posted else client.get(address)
        assert response.status_code == status, response.content.decode()[-3000:]
        return html.fromstring(response.content) if response.content else None

    return look


def text(page, path="//main"):
    return " ".join(" ".join(part.text_content().split()) for part in page.xpath(path))


def described(page):
    return {
        row.findtext("dt"): " ".join(row.find("dd").text_content().split())
        for row in page.xpath("//dl[@class='definition']/div")
    }


# --- the page -------------------------------------------------------------------------------------


def test_everything_that_an_indicator_asks(sees):
    assert described(sees("/indikator/K.1/definition/")) == {
        "Det här mäts": "Andel unga som läser varje dag",
        "Frågan": "inte angivet",
        "Enhet": "%",
        "Decimaler": "1",
        "Bättre": "ju högre, desto bättre",
        "Individbaserad": "ja, delas upp på kön",
        "Delas också efter": "inte angivet",
        "Hur ofta": "varje år",
        "Täljare": "inte angivet",
        "Nämnare": "inte angivet",
        "Källa": "inte angivet",
        "Regel för förslaget": "Helt när årsmålet nås, delvis när utfallet missar det med högst en tiondel, annars ej",
        "Ansvarig": "Kulturnämnden",
        "Version": "1, från 2019",
    }


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "B.1",
            {
                "Hur ofta": "vart 3:e år, räknat från 2017",
                "Bättre": "ju lägre, desto bättre",
                "Ansvarig": "Kommunfullmäktige",
            },
        ),
        ("2.1.2", {"Bättre": "inom ett intervall", "Individbaserad": "nej, delas inte upp på kön"}),
        ("2.1.1", {"Enhet": "µg/m³", "Decimaler": "0"}),
    ],
)
def test_how_it_is_measured(sees, code, said):
    assert said.items() <= described(sees(f"/indikator/{code}/definition/")).items()


def test_each_version_with_what_broke_the_series(sees):
    new = actions.Definition("Andel elever som trivs", PERCENT, Sense.MORE, by_sex=True)
    about = {"by": BY, "at": AT}
    actions.revise_indicator(
        code="1.1.1", from_year=2021, definition=new, because="Ny läroplan.", breaks="wording", **about
    )
    actions.revise_indicator(code="1.1.1", from_year=2023, definition=new, because="Ny leverantör.", **about)
    page = sees("/indikator/1.1.1/definition/")
    third, second, first = (" ".join(" ".join(item.itertext()).split()) for item in page.xpath("//ol/li[h3]"))
    assert "Version 3, från 2023" in third
    assert "Siffrorna går att jämföra med dem före." in third
    assert "Version 2, 2021–2022" in second
    assert "Siffrorna från 2021 kan inte jämföras med tidigare år, eftersom frågan ändrades." in second
    assert "Ny läroplan." in second
    assert "Det här mäts Tidigare: Andel elever som når målen Efter: Andel elever som trivs" in second
    assert "Individbaserad Tidigare: nej, delas inte upp på kön Efter: ja, delas upp på kön" in second
    assert "Version 1, 2015–2020" in first
    assert described(page)["Version"] == "2, 2021–2022"  # what holds in the year that it is


@pytest.mark.parametrize(
    ("outcome", "lacks"),
    [
        (Measured(percent("70"), percent("68"), percent("72")), False),
        (Measured(percent("70")), True),
        (Measured(percent("70"), percent("68")), True),
        (Measured(percent("70"), Absence(AbsenceKind.SUPPRESSED, "Få svar"), percent("72")), False),
        (Absence(AbsenceKind.NOT_MEASURED, "Enkäten ställdes in"), False),
    ],
)
def test_a_split_by_sex_that_is_due_and_lacking_is_told(sees, outcome, lacks):
    actions.record_outcome(code="K.1", period=Period(2020), outcome=outcome, by=BY, at=AT)
    page = sees("/indikator/K.1/definition/")
    assert bool(page.xpath("//*[@id='undivided']")) == lacks
    assert ("saknar förklaring för 2020" in text(page)) == lacks


def test_no_split_is_due_for_what_is_not_about_persons(sees):
    actions.record_outcome(code="1.1.1", period=Period(2021), outcome=Measured(percent("70")), by=BY, at=AT)
    assert not sees("/indikator/1.1.1/definition/").xpath("//*[@id='undivided']")


def test_a_code_that_names_nothing(sees):
    sees("/indikator/K.99/definition/", status=404)


def test_what_is_only_planned_is_known_to_its_own_people(sees):
    new = actions.NewIndicator("K.7", 2021, actions.Definition("Andel som ler", PERCENT, Sense.MORE), owner="kultur")
    actions.define_indicators(indicators=[new], by=BY, at=AT)
    for who, status in (("", 404), ("ove", 404), ("rut", 200), ("ulla", 200), ("carl", 200), ("rakel", 200)):
        sees("/indikator/K.7/definition/", who, status)
    actions.record_outcome(code="K.7", period=Period(2021), outcome=Measured(percent("70")), by=BY, at=AT)
    sees("/indikator/K.7/definition/", "ove")


def test_who_is_offered_to_change_it_and_who_is_told_why_not(sees):
    assert sees("/indikator/K.1/definition/", "rut").xpath("//a[@href='/indikator/K.1/definition/andra/']")
    page = sees("/indikator/K.1/definition/", "ove")
    (button,) = page.xpath("//button[@aria-disabled='true']")
    reason = page.get_element_by_id(button.get("aria-describedby")).text_content()
    assert reason == "Bara rapportörer och nämndsekreterare för Kulturnämnden kan ändra Kulturnämndens plan."


def test_the_page_asks_as_often_however_many_versions_there_are(sees):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            sees("/indikator/1.1.1/definition/")
        return len(caught)

    asked()
    before = asked()
    for year in range(2022, 2032):
        new = actions.Definition(f"Andel {year}", PERCENT, Sense.MORE)
        actions.revise_indicator(code="1.1.1", from_year=year, definition=new, because="x", by=BY, at=AT)
    asked()
    assert asked() == before


# --- changing it ----------------------------------------------------------------------------------


def post(sees, who="sara", status=302, at=IN_TERTIAL_1, **changes):
    said = {name: value for name, value in (FORM | changes).items() if value is not None}
    return sees("/indikator/K.1/definition/andra/", who, status, at, **said)


def test_the_form_holds_what_is_asked_now(sees):
    page = sees("/indikator/K.1/definition/andra/", "sara")
    (form,) = page.xpath("//form[.//input[@name='from_year']]")
    held = {name: value for name, value in form.fields.items() if value}
    assert held.pop("csrfmiddlewaretoken", "x")
    assert held == {
        "from_year": "2021",
        "title": "Andel unga som läser varje dag",
        "unit": "%",
        "decimals": "1",
        "sense": "more_is_better",
        "by_sex": "on",
        "every_years": "1",
        "rule": "nio-tiondelar",
        "rests_on": "1",
    }


def test_a_change_by_decision(sees):
    post(sees)
    row = IndicatorVersion.objects.get(indicator__code="K.1", number=2)
    assert (row.from_year, row.title, row.question) == (2022, "Andel unga som läser varje vecka", "Hur ofta läser du?")
    assert (row.splits, row.numerator, row.denominator) == ("age provider", "Unga som läser", "Alla unga")
    assert (row.breaks, row.change_note, row.by_sex, row.decimals) == ("wording", "Enkäten gjordes om.", True, 1)
    (decided,) = decisions_about(["indicator:K.1"])
    assert (decided.decision.paragraph, decided.motive, decided.year) == ("§ 31", "Enkäten gjordes om.", 2022)
    told = text(sees("/indikator/K.1/definition/"))
    assert "Genom beslut: Kulturnämnden, 14 april 2021, § 31, KUN 2021/77" in told


NO_DECISION = dict.fromkeys(("body", "day", "paragraph", "case_number"), "")


def test_while_the_plan_is_made_no_decision_is_needed(sees):
    post(sees, at=IN_PLANNING, from_year="2021", **NO_DECISION)
    assert not decisions_about(["indicator:K.1"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (NO_DECISION, "kräver en ändring ett beslut: ange organ, datum, paragraf och diarienummer"),
        ({"paragraph": ""}, "Ett beslut anges med organ, datum, paragraf och diarienummer"),
        ({"because": " "}, "Skriv varför indikatorn ändras."),
        ({"breaks": None}, "Ange om siffrorna går att jämföra med dem före."),
        ({"breaks": "comparable", "unit": "antal"}, "En ny måttenhet bryter serien"),
        ({"from_year": "tjugo"}, "Skriv ett år med fyra siffror."),
        ({"from_year": "2019"}, "har redan en definition som gäller från 2019"),
        ({"title": ""}, "Skriv vad som mäts."),
        ({"unit": " "}, "Skriv vad det mäts i, till exempel procent eller antal."),
        ({"every_years": "2"}, "Skriv ett år då det mättes."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(sees, changes, sentence):
    page = post(sees, status=422, **changes)
    assert sentence in text(page)
    assert IndicatorVersion.objects.filter(indicator__code="K.1").count() == 1
    (form,) = page.xpath("//form[.//input[@name='from_year']]")
    assert form.fields["question"] == "Hur ofta läser du?"
    assert form.xpath(".//input[@name='splits'][@checked]/@value") == ["age", "provider"]


def test_somebody_else_was_first(sees):
    post(sees)
    page = post(sees, status=409, from_year="2023", title="Andel unga som läser varje månad")
    told = text(page)
    assert "Någon annan ändrade definitionen medan du skrev." in told
    assert "Version 2, från 2022: Andel unga som läser varje vecka" in told
    assert page.xpath("//input[@name='title']/@value") == ["Andel unga som läser varje månad"]
    assert page.xpath("//input[@name='rests_on']/@value") == ["2"]  # saved again, it rests on what was shown


@pytest.mark.parametrize(("who", "status"), [("", 302), ("ove", 403), ("carl", 403), ("lars", 403), ("rut", 302)])
def test_who_may_change_it(sees, who, status):
    if not who:
        sees("/indikator/K.1/definition/andra/", status=status)
    else:
        post(sees, who, status)


# --- what it costs --------------------------------------------------------------------------------


def test_what_it_costs_is_asked_and_told(sees):
    assert "Ingen har uppskattat det." in text(sees("/indikator/K.1/definition/"))
    sees("/indikator/K.1/definition/", "rut", 302, minutes="200", note="Två enkäter.")
    told = text(sees("/indikator/K.1/definition/"), "//section[@id='cost']")
    assert "3 timmar och 20 minuter om året, uppskattat den 3 maj 2021" in told
    assert "Två enkäter." in told
    sees("/indikator/K.1/definition/", "rut", 302, minutes="45")
    assert list(CollectionCost.objects.order_by("id").values_list("minutes", "is_current")) == [
        (200, False),
        (45, True),
    ]


@pytest.mark.parametrize(
    ("typed", "status"), [("0", 302), ("", 422), ("mycket", 422), ("-1", 422), ("1,5", 422), ("9" * 9, 422)]
)
def test_minutes_are_whole_and_not_too_many(sees, typed, status):
    sees("/indikator/K.1/definition/", "rut", status, minutes=typed, note="x")
    assert CollectionCost.objects.count() == (status == 302)


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [("rut", "K.1", 302), ("carl", "K.1", 302), ("carl", "1.1.1", 302), ("rut", "1.1.1", 403), ("ove", "K.1", 403)],
)
def test_who_estimates(sees, who, code, status):
    sees(f"/indikator/{code}/definition/", who, status, minutes="30")


# --- the diet -------------------------------------------------------------------------------------


def read(code, year, times, readers="public", month=5):
    ReadCount.objects.create(
        indicator=Indicator.objects.get(code=code), year=year, month=month, readers=readers, times=times
    )


def idle(page):
    return [cell.text_content().split()[0] for cell in page.xpath("//section[.//h2[@id='idle-title']]//tbody/tr/th")]


def used(page):
    rows = page.xpath("//section[.//h2[@id='used-title']]//tbody/tr")
    return {row.findtext(".//span[@class='code']"): " ".join(row.text_content().split()) for row in rows}


def test_what_nobody_uses(sees):
    """1.1.1, 1.2.1 and 1.2.2 weighed in the verdicts of 2020; the others are followed and neither read nor decided."""
    read("2.1.1", 2021, 3)
    read("K.2", 2018, 99)  # long ago
    page = sees("/indikatorer/kost/2021/", "carl")
    assert idle(page) == ["2.1.2", "B.1", "K.1", "K.2"]
    assert set(used(page)) == {"1.1.1", "1.2.1", "1.2.2", "2.1.1"}
    assert "allmänheten 3" in used(page)["2.1.1"]


def test_few_readers_of_a_role_are_not_told_exactly(sees):
    read("2.1.1", 2021, 4, "auditor")
    read("2.1.1", 2021, 5, "reporter")
    read("2.1.1", 2020, 2, "reporter")
    page = sees("/indikatorer/kost/2021/", "carl")
    assert "revisorer färre än 5, rapportörer 7" in used(page)["2.1.1"]


def test_the_cost_of_what_nobody_uses_is_summed(sees):
    for code, minutes in (("B.1", 90), ("K.1", 40), ("1.1.1", 1000)):
        actions.estimate_cost(code=code, minutes=minutes, by=reporting_year.BUILDER, at=AT)
    told = text(sees("/indikatorer/kost/2021/", "carl"))
    assert "2 timmar och 10 minuter" in told
    assert "För 3 har ingen uppskattat tiden." in told


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        (None, "Läsningar har inte räknats än."),
        ((2021, 3), "Läsningar har räknats först sedan 2021-03."),
        ((2020, 1), ""),
        ((2019, 12), ""),
    ],
)
def test_it_says_since_when_reads_have_been_counted(sees, counted, sentence):
    if counted:
        read("2.1.1", counted[0], 1, month=counted[1])
    told = text(sees("/indikatorer/kost/2021/", "carl"))
    assert sentence in told
    assert ("Läsningar har" in told) == bool(sentence)


def test_what_was_not_followed_in_both_years_is_left_out(sees):
    plain = actions.Definition("Andel", PERCENT, Sense.MORE)
    news = [actions.NewIndicator("N.1", 2021, plain), actions.NewIndicator("N.2", 2015, plain, last_year=2020)]
    planned = actions.NewIndicator("K.7", 2015, plain, owner="kultur")  # the board's own, never measured
    actions.define_indicators(indicators=[*news, planned], by=BY, at=AT)
    codes = idle(sees("/indikatorer/kost/2021/", "carl"))
    assert codes
    assert not {"N.1", "N.2", "K.7"} & set(codes)


@pytest.mark.parametrize(("asked", "status"), [("2022/", 404), ("1999/", 404), ("2020/", 200), ("2020/?sida=x", 200)])
def test_years_of_the_diet(sees, asked, status):
    sees(f"/indikatorer/kost/{asked}", "carl", status)


def test_the_diet_is_for_those_who_work_here(sees):
    sees("/indikatorer/kost/2021/", "", 302)
    sees("/indikatorer/kost/2021/", "lars")


def test_the_diet_asks_as_often_however_many_there_are(sees):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            sees("/indikatorer/kost/2021/", "carl")
        return len(caught)

    asked()
    before = asked()
    plain = actions.Definition("Andel", PERCENT, Sense.MORE)
    news = [actions.NewIndicator(f"M.{number}", 2015, plain) for number in range(450)]
    actions.define_indicators(indicators=news, by=BY, at=AT)
    for number in range(250):
        read(f"M.{number}", 2021, 1)
    asked()
    assert asked() == before
    page = sees("/indikatorer/kost/2021/?sida=2", "carl")
    assert "Sida 2 av 2" in text(page)
    assert len(used(page)) == 253 - 200
