"""What the centre sees: how far all have come, open questions, a goal's desk, rules in earlier years, forecasts."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import reporting_year as year
from tests import universe

from ledtrad.apps.audit.freshness import forget
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries import goals_of_year
from ledtrad.apps.organisation import actions as organisation
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.organisation.sorting import swedish_key
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Report
from ledtrad.apps.reporting.queries import report_by_id, rows_of
from ledtrad.apps.reporting.queries.centre import Stage, Turn, desk, forecast_scores, open_questions, progress
from ledtrad.apps.reporting.queries.centre.bulk import boards_reports, chosen_reports, prospects, reports_beneath
from ledtrad.apps.reporting.queries.centre.corrections import corrections
from ledtrad.core.assessment import Decision, Verdict, propose
from ledtrad.core.periods import Period
from ledtrad.core.reporting import Move

pytestmark = pytest.mark.django_db
CITY = ZoneInfo("Europe/Stockholm")
AT = year.IN_YEAR_REPORT
DAY = timedelta(days=1)
MET, PARTLY, NOT_MET = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, built once: each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built, db):
    """What each test does is taken back after it."""


@pytest.fixture
def filled(city):
    """Kulturnämnden's year report and the library's, filled in."""
    return year.open_and_fill(), year.open_and_fill("bibliotek", by="ulla")


def submit(report, who="rut"):
    found = report_by_id(report)
    reporting.submit_report(report_id=report, rests_on=found.version, by=year.actor(who), at=AT)


def ask(report, *questions):
    found = report_by_id(report)
    reporting.return_report(
        report_id=report, rests_on=found.version, questions=list(questions), by=year.actor("carl"), at=AT
    )


def decide(report, who="sara"):
    found = report_by_id(report)
    reporting.decide_report(report_id=report, rests_on=found.version, decision=year.DECISION, by=year.actor(who), at=AT)


def lock(*reports, who="carl"):
    seen = [(report, report_by_id(report).version) for report in reports]
    reporting.lock_reports(reports=seen, by=year.actor(who), at=AT)


def row(report, subject):
    return next(found for found in rows_of(report) if found.subject == subject)


def seen(at=AT, since=AT - DAY, period=year.WHOLE):
    return {board.slug: board for board in progress(period, at=at, since=since).boards}


def stages(board):
    return [cell and cell.stage for cell in board.cells]


# --- progress --------------------------------------------------------------------------------------


def test_everybody_who_is_asked_is_there_before_any_report_is_open(city):
    found = progress(year.WHOLE, at=AT, since=AT)
    assert [goal.code for goal in found.goals] == ["1.1", "1.2", "2.1"]
    assert [(board.slug, stages(board)) for board in found.boards] == [
        ("kultur", [Stage.NOT_BEGUN, Stage.NOT_BEGUN, None]),
        ("miljo", [None, Stage.NOT_BEGUN, Stage.NOT_BEGUN]),
    ]
    assert not any(board.is_late for board in found.boards)


def test_a_draft_is_looked_into_row_by_row(city):
    report = reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=AT)
    for subject, fields, key in (
        ("1.1", {"verdict": "met", "result": "Läsandet ökar."}, "a"),
        ("1.2", {"cause": "?"}, "b"),
    ):
        found = row(report, subject)
        reporting.save_row(
            row_id=found.id, fields=fields, rests_on=found.version, save_key=key, by=year.actor("rut"), at=AT
        )
    board = seen()["kultur"]
    assert stages(board) == [Stage.READY, Stage.UNDER_WAY, None]
    assert (board.stage, board.done, board.rows) == (Stage.UNDER_WAY, 1, 6)


def test_the_stages_of_a_report_on_its_way(filled):
    report, library = filled
    assert seen()["kultur"].stage is Stage.READY
    submit(report)
    assert stages(seen()["kultur"]) == [Stage.SUBMITTED, Stage.SUBMITTED, None]
    ask(report, reporting.NewQuestion("Vad bygger det på?", row(report, "1.2").id, "result"))
    board = seen()["kultur"]
    assert board.stage is Stage.RETURNED
    assert stages(board) == [Stage.READY, Stage.RETURNED, None], "only what is asked about has come back"
    assert [cell and cell.questions for cell in board.cells] == [0, 1, None]
    assert board.questions == 1
    question = open_questions(year.YEAR).questions[0]
    reporting.answer_question(question_id=question.id, text="Besöksräkningen.", by=year.actor("rut"), at=AT)
    submit(report)
    decide(report)
    assert seen()["kultur"].stage is Stage.DECIDED
    submit(library, "ulla")
    decide(library, "rut")
    lock(report, library)
    assert stages(seen()["kultur"]) == [Stage.LOCKED, Stage.LOCKED, None]


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (datetime(2022, 1, 31, 23, 59, 59, 999_999, CITY), False),
        (datetime(2022, 2, 1, 0, 0, tzinfo=CITY), True),
        (datetime(2022, 6, 1, 0, 0, tzinfo=CITY), True),
    ],
)
def test_late_is_late_at_midnight_in_the_city(filled, moment, late):
    report, _ = filled
    boards = seen(at=moment)
    assert (boards["kultur"].is_late, boards["miljo"].is_late) == (late, late)
    assert boards["miljo"].cells[1].is_late is late
    submit(report)
    boards = seen(at=moment)
    assert (boards["kultur"].is_late, boards["miljo"].is_late) == (False, late), "submitted is not late"
    assert boards["kultur"].units.late == (2 if late else 0), "no unit has submitted"


def test_who_has_changed_since_a_moment(filled):
    report, _ = filled
    assert seen(since=AT)["kultur"].is_changed
    assert [cell and cell.is_changed for cell in seen(since=AT)["kultur"].cells] == [True, True, None]
    later = seen(since=AT + timedelta(microseconds=1))
    assert not later["kultur"].is_changed
    reporting.submit_report(report_id=report, rests_on=0, by=year.actor("rut"), at=AT + timedelta(seconds=1))
    board = seen(since=AT + timedelta(microseconds=1))["kultur"]
    assert board.is_changed, "a step is a change too"
    assert not any(cell.is_changed for cell in board.cells if cell), "but no text has changed"
    assert not seen(since=AT)["miljo"].is_changed


def test_units_beneath_are_counted_at_any_depth(filled):
    organisation.register_units(
        units=[
            organisation.NewUnit("filialen", "Filialen", UnitKind.UNIT, date(2015, 1, 1), parent="bibliotek"),
            organisation.NewUnit("stangd", "Stängd", UnitKind.UNIT, date(2015, 1, 1), date(2020, 12, 31), "kultur"),
        ],
        by=year.BUILDER.key,
        at=AT,
    )
    submit(filled[1], "ulla")
    counts = seen()["kultur"].units
    assert (counts.total, dict(counts.by_stage)) == (3, {Stage.NOT_BEGUN: 2, Stage.SUBMITTED: 1})
    assert seen()["miljo"].units.total == 0


# --- open questions --------------------------------------------------------------------------------


def test_whose_turn_it_is(filled):
    report, _ = filled
    submit(report)
    ask(
        report,
        reporting.NewQuestion("Vad bygger det på?", row(report, "1.2").id, "result"),
        reporting.NewQuestion("Allt?"),
    )
    found = open_questions(year.YEAR)
    assert found.counts == {Turn.ANSWER: 2, Turn.SUBMIT: 0, Turn.TAKE_IN: 0}
    first, second = found.questions
    assert (first.row_title, first.field, first.asked_by) == (
        "Lillköping är tryggt att bo i",
        "result",
        "Carl Lillqvist",
    )
    assert second.row_title == ""
    reporting.answer_question(question_id=first.id, text="Räkningen.", by=year.actor("rut"), at=AT)
    assert open_questions(year.YEAR).counts == {Turn.ANSWER: 1, Turn.SUBMIT: 1, Turn.TAKE_IN: 0}
    reporting.answer_question(question_id=second.id, text="Ja.", by=year.actor("rut"), at=AT)
    submit(report)
    found = open_questions(year.YEAR, turn=Turn.TAKE_IN)
    assert [question.answer for question in found.questions] == ["Räkningen.", "Ja."]
    decide(report)
    assert open_questions(year.YEAR).total == 0, "what is decided is open no longer"


def test_questions_of_some_units_only(filled):
    report, _library = filled
    submit(report)
    ask(report, reporting.NewQuestion("Allt?"))
    assert open_questions(year.YEAR, units=["miljo"]).total == 0
    assert open_questions(year.YEAR, units=["kultur", "miljo"]).total == 1
    assert open_questions(year.YEAR - 1).total == 0


# --- the desk --------------------------------------------------------------------------------------


def test_what_everybody_says_stands_with_its_stage_and_only_the_locked_counts(filled):
    report, library = filled
    found = desk("1.2", year.WHOLE)
    assert [(one.unit, one.stage, one.verdict) for one in found.statements] == [
        ("kultur", Stage.READY, PARTLY),
        ("miljo", Stage.NOT_BEGUN, None),
    ]
    assert found.statements[0].texts["risk"] == "Vakanserna kvarstår."
    assert found.known.weighed.evidence.boards.answered == 0
    for one, who, head in ((report, "rut", "sara"), (library, "ulla", "rut")):
        submit(one, who)
        decide(one, head)
    lock(report, library)
    found = desk("1.2", year.WHOLE)
    assert (found.statements[0].stage, found.statements[0].is_recorded) == (Stage.LOCKED, True)
    assert found.known.weighed.evidence.boards.partly == 1
    assert found.known.weighed.waiting == ("Miljönämnden",)


def test_a_board_that_stands_against_its_own_indicators(filled):
    """K.1 is 61.5 against 60, met; K.2 has no outcome. The board says met for 1.1; then K.1 is corrected to 12."""
    goals.set_objectives(
        objectives=[goals.NewObjective("K", "Alla läser", Level.BOARD, 2021, parent="1.1", owner="kultur")],
        by=year.BUILDER.key,
        at=AT,
    )
    links = [goals.IndicatorLink("K", code, year.YEAR) for code in ("K.1", "K.2")]
    goals.follow_with_indicators(links=links, by=year.BUILDER.key, at=AT)
    report, library = filled
    for one, who, head in ((report, "rut", "sara"), (library, "ulla", "rut")):
        submit(one, who)
        decide(one, head)
    lock(report, library)
    said = desk("1.1", year.WHOLE).statements[0]
    assert (said.own.met, said.own.total, said.stands_against_own) == (1, 2, 0)
    reporting.correct_row(
        row_id=row(report, "K.1").id,
        fields={"total": "12", "women": "14", "men": "10"},
        why="Fel kolumn.",
        rests_on=row(report, "K.1").version,
        by=year.actor("sara"),
        at=AT,
    )
    said = desk("1.1", year.WHOLE).statements[0]
    assert (said.verdict, said.own_verdict, said.stands_against_own) == (MET, NOT_MET, 1)


def test_a_goal_that_the_year_has_not(city):
    assert desk("9", year.WHOLE) is None


@pytest.mark.parametrize("code", ["1.1", "1.2", "2.1", "1.1.F"])
def test_what_the_rules_would_have_said_is_what_they_said_then(city, code):
    """The history, read all years at once, against each year read alone."""
    found = desk(code, Period(2022))
    for one in found.known.history:
        alone = goals_of_year(one.year, [code])
        goal = alone.goal(code)
        assert [p.verdict for p in one.proposals] == [p.verdict for p in propose(alone.evidence(goal))]
        city_verdict = alone.verdict(goal)
        assert one.city == (city_verdict.verdict if city_verdict else None)
    years = {one.year for one in found.known.history}
    assert years == {"1.1": {2021, 2020}, "1.2": {2021, 2020, 2019}, "2.1": {2021, 2020, 2019}, "1.1.F": {2020}}[code]


def test_agreement_is_counted_in_the_rules_own_order(city):
    """In 2020 the city said partly of 1.2: the indicators' majority did too, the boards' said met."""
    found = desk("1.2", Period(2021))
    counts = {one.rule.name: (one.agreed, one.compared) for one in found.known.agreements}
    assert counts == {
        "indikatorernas-flertal": (1, 1),
        "namndernas-flertal": (0, 1),
        "samst-av-alla": (1, 1),
        "bada-flertalen": (1, 1),
        "namnderna-om-inte-blint": (0, 1),
    }
    order = [proposal.rule for proposal in found.known.weighed.proposals]
    assert [one.rule for one in found.known.agreements] == order


# --- forecasts -------------------------------------------------------------------------------------


def test_forecasts_are_held_against_the_boards_own_verdict_and_the_citys(city):
    goals.forecast_objectives(
        forecasts=[
            goals.NewObjectiveForecast("1.1", "kultur", Period(2020, 1), 70, 20, 10),
            goals.NewObjectiveForecast("1.1", "alvsjo", Period(2020, 1), 70, 20, 10),
            goals.NewObjectiveForecast("1.2", "arsta", Period(2020, 2), 0, 100, 0),
        ],
        by=year.BUILDER,
        at=AT,
    )
    found = forecast_scores(2020)
    assert [line.name for line in found.boards] == sorted((line.name for line in found.boards), key=swedish_key)
    kultur = next(line for line in found.boards if line.key == "kultur")
    arsta = next(line for line in found.boards if line.key == "arsta")
    assert (kultur.own.count, kultur.own.mean, kultur.own.too_few) == (1, None, True)
    assert (arsta.own.count, arsta.own.waiting, arsta.city.count) == (0, 1, 1), "Årsta gave no verdict; the city did"
    assert [line.key for line in found.goals] == ["1.1", "1.2"]
    assert found.count == 3


def test_ten_forecasts_are_enough(city):
    slugs = [f"b{number}" for number in range(10)]
    organisation.register_units(
        units=[
            organisation.NewUnit(slug, f"Nämnd {slug}", UnitKind.DISTRICT_BOARD, date(2010, 1, 1)) for slug in slugs
        ],
        by=year.BUILDER.key,
        at=AT,
    )
    goals.oblige(year=2020, units_by_goal={"2.1": slugs}, by=year.BUILDER.key, at=AT)
    goals.record_assessments(
        assessments=[goals.BoardAssessment("2.1", slug, Period(2020), MET) for slug in slugs], by="x", at=AT
    )
    goals.forecast_objectives(
        forecasts=[goals.NewObjectiveForecast("2.1", slug, Period(2020, 1), 70, 20, 10) for slug in slugs],
        by=year.BUILDER,
        at=AT,
    )
    line = next(line for line in forecast_scores(2020).goals if line.key == "2.1")
    assert line.own.mean == Fraction(14, 100)
    assert line.city.mean == Fraction(134, 100), "the city said not met"


# --- many at once ----------------------------------------------------------------------------------


def test_the_preview_says_what_the_action_will_say(filled):
    report, library = filled
    cards = chosen_reports([report, library], year.WHOLE)
    ready = {one.card.id: one.why_not for one in prospects(Move.SUBMIT, cards, year.WHOLE, year.actor("rut"), AT)}
    assert ready == {report: "", library: ""}
    stage = reporting.open_report(unit="scenen", period=year.WHOLE, by=year.actor("rut"), at=AT)
    assert prospects(Move.LOCK, chosen_reports([stage], year.WHOLE), year.WHOLE, year.actor("carl"), AT)[0].why_not == (
        "Rapporten är ett utkast och kan därför inte låsas."
    )
    outsider = prospects(Move.SUBMIT, cards, year.WHOLE, year.actor("ove"), AT)
    assert {one.why_not for one in outsider} == {"Rapporten finns inte."}


def test_no_level_is_closed_before_its_children_and_all_at_once_is_in_order(filled):
    report, library = filled
    for one, who, head in ((report, "rut", "sara"), (library, "ulla", "rut")):
        submit(one, who)
        decide(one, head)
    carl = year.actor("carl")
    alone = prospects(Move.LOCK, chosen_reports([report], year.WHOLE), year.WHOLE, carl, AT)
    assert "Nivån under är inte stängd: Biblioteket" in alone[0].why_not
    together = chosen_reports([report], year.WHOLE, with_beneath=True)
    assert {card.unit for card in together} == {"kultur", "bibliotek"}
    assert [one.why_not for one in prospects(Move.LOCK, together, year.WHOLE, carl, AT)] == ["", ""]
    lock(*(card.id for card in together))
    assert set(Report.objects.values_list("state", flat=True)) == {"locked"}


def test_a_unit_that_cannot_be_locked_keeps_its_board_open(filled):
    report, _library = filled
    submit(report)
    decide(report)
    cards = chosen_reports([report], year.WHOLE, with_beneath=True)
    found = {one.card.unit: one.why_not for one in prospects(Move.LOCK, cards, year.WHOLE, year.actor("carl"), AT)}
    assert "ett utkast" in found["bibliotek"]
    assert "Biblioteket" in found["kultur"]


def test_lists_of_reports(filled):
    boards = boards_reports(year.WHOLE)
    assert [(one.slug, one.card is not None, one.done, one.rows) for one in boards.lines] == [
        ("kultur", True, 6, 6),
        ("miljo", False, 0, 0),
    ]
    units = reports_beneath("kultur", year.WHOLE)
    assert [(one.slug, one.done, one.rows) for one in units.lines] == [("bibliotek", 1, 1), ("scenen", 0, 0)]
    assert reports_beneath("miljo", year.WHOLE).lines == ()


# --- corrections -----------------------------------------------------------------------------------


def test_corrections_are_told_field_by_field(filled):
    report, library = filled
    for one, who, head in ((report, "rut", "sara"), (library, "ulla", "rut")):
        submit(one, who)
        decide(one, head)
    lock(report, library)
    found = row(report, "K.1")
    reporting.correct_row(
        row_id=found.id,
        fields={"total": "62,0"},
        why="Ett svar dubbelt.",
        rests_on=found.version,
        by=year.actor("sara"),
        at=AT,
    )
    made = corrections(year.YEAR)
    one = made.corrections[0]
    assert (made.total, one.number, one.why, one.made_by) == (1, 1, "Ett svar dubbelt.", "Sara Lillqvist")
    assert [(change.field, change.before, change.after) for change in one.changes] == [("total", "61,5", "62,0")]
    assert f"indicator:K.1/{year.YEAR}/outcome.total" in one.facts
    assert corrections(year.YEAR - 1).total == 0


# --- the number of questions to the database ---------------------------------------------------------


def _asked(work):
    forget()
    with CaptureQueriesContext(connection) as caught:
        work()
    return len(caught)


def test_the_number_of_queries_does_not_grow(filled):
    """Twice the boards, units, rows and questions: the same number of SQL queries."""
    report, _library = filled
    submit(report)
    ask(report, reporting.NewQuestion("Allt?"))
    pages = {
        "progress": lambda: progress(year.WHOLE, at=AT, since=AT),
        "questions": lambda: open_questions(year.YEAR),
        "desk": lambda: desk("1.2", year.WHOLE),
        "boards": lambda: boards_reports(year.WHOLE),
        "beneath": lambda: reports_beneath("kultur", year.WHOLE),
        "forecasts": lambda: forecast_scores(year.YEAR),
        "preview": lambda: prospects(
            Move.LOCK, chosen_reports([report], year.WHOLE, with_beneath=True), year.WHOLE, year.actor("carl"), AT
        ),
    }
    before = {name: _asked(work) for name, work in pages.items()}
    boards, units = [f"ny{number}" for number in range(12)], [f"enhet{number}" for number in range(12)]
    organisation.register_units(
        units=[
            organisation.NewUnit(slug, f"Nämnd {slug}", UnitKind.DISTRICT_BOARD, date(2010, 1, 1)) for slug in boards
        ]
        + [organisation.NewUnit(slug, slug, UnitKind.UNIT, date(2010, 1, 1), parent="kultur") for slug in units],
        by=year.BUILDER.key,
        at=AT,
    )
    goals.oblige(year=year.YEAR, units_by_goal=dict.fromkeys(("1.1", "1.2", "2.1"), boards), by=year.BUILDER.key, at=AT)
    for slug in (*boards, *units):
        opened = reporting.open_report(unit=slug, period=year.WHOLE, by=year.BUILDER, at=AT)
        for found in rows_of(opened):
            fields = year.FULL_YEAR_ROWS["1.2"]
            reporting.save_row(
                row_id=found.id, fields=fields, rests_on=0, save_key=f"k{found.id}", by=year.BUILDER, at=AT
            )
        submit_as_program(opened)
        reporting.return_report(
            report_id=opened, rests_on=1, questions=[reporting.NewQuestion("Hur?")], by=year.actor("carl"), at=AT
        )
    after = {name: _asked(work) for name, work in pages.items()}
    assert after == before
    assert max(after.values()) <= 45


def submit_as_program(report):
    reporting.submit_report(report_id=report, rests_on=0, by=year.BUILDER, at=AT)


def test_the_decision_of_a_goal_is_a_decision(city):
    """The desk shows what was decided, with who recorded it."""
    found = desk("2.1", Period(2020))
    assert found.known.city.verdict.verdict is NOT_MET
    assert found.known.city.verdict.decision == Decision("Kommunstyrelsen", date(2021, 3, 24), "§ 7", "KS 2021/17")
