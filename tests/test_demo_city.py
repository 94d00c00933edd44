"""The demo city: print comes out as printed, all else is marked as invented, and no words are copied."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from ledtrad.apps.annual_report.queries import document, facts_of, findings
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.auditors.models import Opinion
from ledtrad.apps.goals.models import Activity, Assessment, CityVerdictRecord
from ledtrad.apps.goals.queries import goal_year, matrix, overview
from ledtrad.apps.indicators.models import Observation, Outcome, Target
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.organisation.queries import unit, units
from ledtrad.apps.people.models import Person, Responsibility
from ledtrad.apps.people.queries import actor
from ledtrad.apps.reporting.models import Correction, Report
from ledtrad.apps.reporting.policies import check_may_write
from ledtrad.apps.reporting.queries import questions_of, report_of, reports_of_period
from ledtrad.apps.search.models import SearchText
from ledtrad.apps.steering.queries import phase
from ledtrad.core.assessment import Tally, Verdict
from ledtrad.core.calendar import PhaseKind, PhaseState
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State
from ledtrad.readers.report_text import read_report
from ledtrad.renderers import docx, html, pdf
from ledtrad.site.demo_city import CityInTheWay, build, building, tables
from ledtrad.site.demo_city.reports import reporting_units
from ledtrad.site.demo_city.sizes import SMALL

CITIZENS_SURVEY = (
    ("Andel stockholmare som upplever trygghet i den stadsdel där man bor", "77"),
    ("Stockholmarnas nöjdhet med renhållning och städning", "71"),
    ("Stockholmarnas nöjdhet med skötsel av park och grönområden", "71"),
)
YOUTH = "Andel ungdomar i Stockholmsenkäten som uppger att de inte blivit utsatta för hot och våld"
PRINTED = {
    "year": "2020",
    "title": "Stockholm är en trygg, säker och välskött stad att bo och vistas i",
    "verdict": "partly",
    "boards": {"met": "17", "partly": "11", "not_met": "1", "total": "29"},
    "company_group": "met",
    "indicators": {"met": None, "partly": "1", "not_met": None, "no_outcome": "3", "total": "4"},
    "indicator_list": [
        *(
            {"name": name, "target": target, "unit": "%", "outcome": None, "verdict": None, "new": False}
            for name, target in CITIZENS_SURVEY
        ),
        {
            "name": YOUTH,
            "target": "88.5",
            "unit": "%",
            "outcome": {"total": "84", "women": "82", "men": "87"},
            "verdict": "partly",
            "new": True,
        },
    ],
}
TODAY = date(2026, 11, 22)
RENDERERS = {"html": html.page, "pdf": pdf.render, "docx": docx.render}


pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """The demo city, built once for all tests here and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = build(size=SMALL, today=TODAY)
        connection.check_constraints()  # once: PostgreSQL would else look everything up after each test
        yield built
        transaction.set_rollback(True)


def _figures(report):
    """What a reading says that can be counted; the words of comments are each text's own."""
    said = {key: report[key] for key in PRINTED}
    said["indicator_list"] = [
        {key: indicator[key] for key in PRINTED["indicator_list"][0]} for indicator in report["indicator_list"]
    ]
    return said


# ------------------------------------------------------------------------------------------------ as it was printed


@pytest.mark.parametrize("kind", RENDERERS)
def test_the_built_section_reads_back_with_the_figures_of_the_printed_page(city, kind):
    made = RENDERERS[kind](document(2020, "1.2"))
    assert _figures(read_report(made, f"avsnitt.{kind}").as_json()) == PRINTED


def test_the_printed_page_itself_has_these_figures(shared):
    (page,) = (shared / "seed").glob("*.txt")
    assert _figures(read_report(page.read_bytes(), page.name).as_json()) == PRINTED


def test_three_indicators_were_not_measured_and_somebody_says_why(city):
    absences = [result.absence for result in goal_year("1.2", 2020).results if result.absence]
    assert len(absences) == 3
    for absence in absences:
        assert absence.kind is AbsenceKind.NOT_MEASURED
        assert "pandemin" in absence.reason
        assert absence.said_by


@pytest.mark.parametrize(
    ("goal", "boards", "indicators", "verdict"),
    [
        ("1.2", Tally(17, 11, 1, 29), Tally(0, 1, 0, 4), Verdict.PARTLY),
        ("1.3", Tally(17, 6, 1, 24), Tally(2, 4, 0, 9), Verdict.PARTLY),
        ("2.1", Tally(25, 3, 0, 28), Tally(2, 0, 0, 3), Verdict.MET),
    ],
)
def test_the_counts_of_the_published_pages(city, goal, boards, indicators, verdict):
    found = goal_year(goal, 2020)
    assert (found.evidence.boards, found.evidence.indicators) == (boards, indicators)
    assert found.evidence.company_group is Verdict.MET
    assert found.city_verdict.verdict is verdict


def test_preschool_is_judged_for_itself(city):
    (preschool,) = goal_year("1.3", 2020).subareas
    assert preschool.title == "Förskola"
    assert preschool.evidence.boards == Tally(10, 3, 0, 13)
    assert preschool.evidence.indicators == Tally(2, 2, 0, 4)
    assert preschool.evidence.company_group is None
    assert preschool.city_verdict.verdict is Verdict.MET


def test_the_company_survey_is_late_and_forecast_to_be_met(city):
    late = next(result for result in goal_year("2.1", 2020).results if result.absence)
    assert late.absence.kind is AbsenceKind.LATE
    assert late.forecast.verdict is Verdict.MET


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("indicator:TM.1/2020/outcome.total", 10),
        ("indicator:TM.2/2014/outcome.total", 8),
        ("indicator:TM.2/2017/outcome.total", 11),
        ("indicator:TM.2/2020/outcome.total", 9),
        ("indicator:TM.3/2017/outcome.total", 21),
        ("indicator:TM.4/2020/outcome.total", 13),
    ],
)
def test_the_safety_surveys_figures_may_be_cited_but_are_not_on_the_list(city, fact, value):
    assert facts_of("1.2", 2020)[fact].value.value == value
    assert not any(result.code.startswith("TM") for result in goal_year("1.2", 2020).results)


# --------------------------------------------------------------------------------------------------- of a city's size


@pytest.mark.parametrize(("year", "boards"), [(2019, 31), (2020, 30), (2021, 30)])
def test_twelve_goals_by_some_thirty_boards_each_year(city, year, boards):
    found = matrix(year)
    assert len(found.rows) == 12
    assert len(found.columns) == boards
    assert [len(card.beneath) for card in overview(year)] == [5, 5, 2]


def test_two_district_boards_became_one(city):
    kinds = (UnitKind.DISTRICT_BOARD,)
    assert len(units(2019, kinds)) == 14
    last_day = date(2020, 12, 31)
    living = [board for board in units(2020, kinds) if board.valid_to is None or board.valid_to >= last_day]
    assert len(living) == 13
    assert unit("alvsjo").valid_to == unit("hagersten-liljeholmen").valid_to == date(2020, 6, 30)
    assert set(unit("hagersten-alvsjo").earlier) == {"alvsjo", "hagersten-liljeholmen"}


def test_boards_are_rosier_than_the_indicators_somewhere(city):
    found = goal_year("2.5", 2020)
    assert found.evidence.boards.majority is Verdict.MET
    assert 2 * found.evidence.indicators.met < found.evidence.indicators.answered
    assert found.city_verdict.verdict is Verdict.PARTLY


# ------------------------------------------------------------------------------------------------ marked as invented


def test_who_said_what_is_invented_throughout(city):
    assert not Assessment.objects.exclude(obligation__unit__kind=UnitKind.COMPANY_GROUP).filter(invented=False).exists()


def test_only_what_is_in_print_is_not_marked(city):
    assert set(Target.objects.filter(invented=False).values_list("indicator__code", "year")) == {
        (f"1.2.{number}", 2020) for number in (1, 2, 3, 4)
    }
    real = Outcome.objects.filter(invented=False).values_list("indicator__code", "year")
    survey = {(row.code, row.year) for row in tables.safety_survey()}
    assert set(real) - survey == {(f"1.2.{number}", 2020) for number in (1, 2, 3, 4)}
    verdicts = CityVerdictRecord.objects.filter(invented=False).values_list("objective__code", "year")
    assert set(verdicts) == {("1.2", 2020), ("1.3", 2020), ("1.3.F", 2020), ("2.1", 2020)}


def test_every_section_but_the_one_told_from_print_says_that_it_is_invented(city):
    marked = {
        (goal.code, year)
        for goal in tables.goals()
        if goal.is_area
        for year in tables.YEARS
        if goal_year(goal.code, year).invented
    }
    assert len(marked) == 35
    assert ("1.2", 2020) not in marked


def test_the_section_told_from_print_says_itself_what_is_invented(city):
    said = " ".join(sentence.text for sentence in document(2020, "1.2").sentences())
    assert "Vilken nämnd som har svarat vad är påhittat" in said
    assert "PÅHITTAT 2021/12" in said


# ---------------------------------------------------------------------------------------------------------- checked


def test_the_checker_finds_no_error_in_any_section(city):
    assert len(city.checks) == 36
    erring = [(found.year, found.goal, found.errors, found.contradicted) for found in city.checks if found.errors]
    assert not erring, [(one, [finding.message for finding in findings(*one[:2])]) for one in erring]


def test_the_narrative_on_safety_cites_its_figures(city):
    cited = {cite.fact for sentence in document(2020, "1.2").sentences() for cite in sentence.cites}
    assert {f"indicator:TM.{number}/2020/outcome.total" for number in (1, 2, 3, 4)} <= cited


def test_the_log_is_whole(city):
    assert verify().is_whole


# --------------------------------------------------------------------------------------------------- the running year


def test_closed_years_are_locked_and_the_running_one_is_under_way(city):
    for year in (2018, 2019, 2020, 2021):
        assert {card.state for card in reports_of_period(Period(year))} == {State.LOCKED}
    running = reports_of_period(Period(2022), units=reporting_units(2022))
    assert len(running) == 31
    assert {card.state for card in running} == set(State)


def test_there_is_time_left_to_report_and_some_are_late(city):
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert phase(2022, PhaseKind.YEAR_REPORT).state(now) is PhaseState.OPEN
    assert phase(2022, PhaseKind.TERTIAL_2).state(now) is PhaseState.OVERDUE
    assert [card for card in reports_of_period(Period(2022, 2)) if card.state is State.DRAFT]


def test_somebody_who_signs_in_can_write_and_has_questions_to_answer(city):
    rakel = actor("rapportor1", TODAY)
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    check_may_write(rakel, report_of("farsta", Period(2022)), now)
    returned = report_of("farsta", Period(2022, 2))
    assert returned.state is State.RETURNED
    assert len(questions_of(returned.id)) == 2


def test_people_and_what_they_report_are_marked_as_invented(city):
    assert not Person.objects.filter(invented=False).exists()
    assert not Report.objects.filter(invented=False).exists()
    assert not Activity.objects.filter(invented=False).exists()
    assert not Opinion.objects.filter(invented=False).exists()


def test_what_is_reported_can_be_searched(city):
    assert SearchText.objects.count() > 1000


def test_corrections_are_numbered_within_the_year(city):
    for year in (2019, 2020, 2021):
        numbers = list(Correction.objects.filter(year=year).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 3


def test_somebody_answers_for_every_goal_indicator_and_activity_of_the_running_year(city):
    answered = set(Responsibility.objects.values_list("object_id", flat=True))
    assert {f"goal:{goal.code}" for goal in tables.goals()} <= answered
    assert {f"indicator:{row.code}" for row in tables.indicators()} <= answered
    assert {
        f"activity:{code}" for code in Activity.objects.filter(year=2022).values_list("code", flat=True)
    } <= answered


@pytest.mark.parametrize(
    ("code", "area", "year", "value", "source"),
    [
        ("NTU.1", "0000", 2010, "15", "Brottsförebyggande rådet, Brå: Otrygghet och oro för brott"),
        ("N00945", "0180", 2000, "31.32959689", "Kolada, Rådet för främjande av kommunala analyser, hämtat"),
    ],
)
def test_figures_of_neighbours_are_theirs_with_their_names(city, code, area, year, value, source):
    """Brå's survey of the whole nation and Kolada's of Stockholm, as the files of data/ have them."""
    found = Observation.objects.select_related("batch").get(
        indicator__code=code, area__code=area, year=year, is_current=True
    )
    assert str(found.value) == value
    assert found.batch.source_name.startswith(source)
    assert not found.batch.invented


def test_opened_again_after_some_weeks_the_demo_still_has_time_left(city):
    with transaction.atomic():
        build(size=SMALL, today=date(2027, 3, 1))
        then = datetime(2027, 3, 1, 12, tzinfo=UTC)
        assert phase(2022, PhaseKind.YEAR_REPORT).state(then) is PhaseState.OPEN
        transaction.set_rollback(True)


# ------------------------------------------------------------------------------------------------------- built once


def test_building_again_does_nothing(city):
    entries = verify().entries
    again = build(size=SMALL)
    assert again.was_current
    assert (again.fingerprint, again.checks) == (city.fingerprint, city.checks)
    assert verify().entries == entries


def test_a_city_of_another_version_is_left_alone(city, monkeypatch):
    monkeypatch.setattr(building, "fingerprint", lambda: "another")
    with pytest.raises(CityInTheWay, match="annan årgång"):
        build(size=SMALL)
