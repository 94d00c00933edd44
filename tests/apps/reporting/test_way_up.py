"""The way up in order: submitted, returned with questions, decided, locked."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests import reporting_year as year
from tests.apps.reporting.steps import IN_TIME, decide, give_back, lock, row, save, submit

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.goals.models import ActivityReport, Assessment, ObjectiveForecast
from ledtrad.apps.indicators.models import IndicatorVerdict, Outcome
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.queries import (
    questions_of,
    readiness,
    report_by_id,
    rows_of,
)
from ledtrad.core.assessment import Decision
from ledtrad.core.reporting import State

pytestmark = pytest.mark.django_db
CITY = ZoneInfo("Europe/Stockholm")


def test_a_report_with_gaps_is_not_submitted(report):
    with pytest.raises(Refused, match="6 rader är inte ifyllda"):
        submit(report)
    save(row(report, "K.2"), {"total": "8,,4"})
    with pytest.raises(Refused, match="1 rad har fel"):
        submit(report)
    assert readiness([report])[report].lacking == 5


def test_the_whole_way_up(city):
    report = year.open_and_fill()
    submit(report)
    with pytest.raises(Refused, match="inlämnad"):
        save(row(report, "K.1"), {"total": "62"})
    asked = row(report, "1.2")
    give_back(report, [reporting.NewQuestion("Vilka två bibliotek?", asked.id, "cause")])
    assert report_by_id(report).state is State.RETURNED
    with pytest.raises(Refused, match=r"1 fråga är obesvarad\."):
        submit(report)
    (question,) = questions_of(report)
    reporting.answer_question(question_id=question.id, text="Årsta och Älvsjö.", by=year.actor("rut"), at=IN_TIME)
    submit(report)
    decide(report)
    lock(report)
    assert report_by_id(report).state is State.LOCKED
    assert verify().is_whole


def test_at_the_lock_the_rows_become_the_citys_records(city):
    report = year.open_and_fill()
    submit(report)
    decide(report)
    assert not Outcome.objects.filter(indicator__code="K.1").exists()
    lock(report)
    outcome = Outcome.objects.get(indicator__code="K.1", year=2021)
    assert (str(outcome.total), str(outcome.women), str(outcome.men)) == ("61.5", "66", "57")
    assert outcome.source_name == "Rapport från Kulturnämnden, årsrapporten för 2021"
    assert Outcome.objects.get(indicator__code="K.2", year=2021).reason == "Scenen var stängd hela året."
    assert IndicatorVerdict.objects.get(indicator__code="K.1", year=2021).verdict == "met"
    assessed = Assessment.objects.get(obligation__objective__code="1.2", obligation__year=2021)
    assert (assessed.verdict, assessed.cause, assessed.risk) == (
        "partly",
        "Två bibliotek höll stängt.",
        "Vakanserna kvarstår.",
    )
    assert dict(ActivityReport.objects.values_list("code", "progress")) == {
        "2021/kultur/1": "done",
        "2021/kultur/2": "partly",
    }


def test_tertial_rows_become_forecasts(city):
    at = year.IN_TERTIAL_1
    report = reporting.open_report(unit="kultur", period=year.T1, by=year.actor("rut"), at=at)
    said = {
        "K.1": {"forecast": "62", "forecast_verdict": "met"},
        "K.2": {"forecast_verdict": "partly"},
        "2021/kultur/1": {"progress": "partly", "why": "Pågår."},
        "2021/kultur/2": {"progress": "done"},
        "1.1": {"result": "Bra", "forecast_met": "70", "forecast_partly": "20", "forecast_not_met": "10"},
        "1.2": {"result": "Bra", "forecast_met": "50", "forecast_partly": "50"},
    }
    for number, found in enumerate(rows_of(report)):
        save(found, said[found.subject], key=f"s{number}", at=at)
    submit(report, at=at)
    decide(report, decision=Decision("Kulturnämnden", date(2021, 5, 2), "§ 4", "KUN 2021/40"))
    lock(report)
    assert sorted(ObjectiveForecast.objects.values_list("met", "partly", "not_met")) == [(50, 50, 0), (70, 20, 10)]
    assert not Outcome.objects.filter(indicator__code="K.1").exists()
    assert not Assessment.objects.filter(obligation__year=2021).exists()


def test_a_level_is_not_closed_before_its_children(city):
    board, unit = year.open_and_fill(), year.open_and_fill("bibliotek", by="ulla")
    submit(board)
    decide(board)
    with pytest.raises(Refused, match="Nivån under är inte stängd: Biblioteket"):
        lock(board)
    submit(unit, by="ulla")
    accepted = Decision("Kulturförvaltningen", date(2022, 1, 19), "", "")
    decide(unit, by="rut", decision=accepted)
    lock(unit, by="rut")
    lock(board)
    assert report_by_id(board).state is State.LOCKED


def test_levels_may_be_locked_together(city):
    board, unit = year.open_and_fill(), year.open_and_fill("bibliotek", by="ulla")
    submit(board)
    submit(unit, by="ulla")
    decide(board)
    decide(unit, by="sara", decision=Decision("Kulturförvaltningen", date(2022, 1, 19), "", ""))
    seen = [(pk, report_by_id(pk).version) for pk in (board, unit)]
    reporting.lock_reports(reports=seen, by=year.actor("carl"), at=IN_TIME)
    assert {report_by_id(pk).state for pk in (board, unit)} == {State.LOCKED}


def test_a_step_rests_on_what_was_seen(city):
    report = year.open_and_fill()
    seen = report_by_id(report).version
    submit(report)
    with pytest.raises(Conflict, match="Någon annan har ändrat rapporten"):
        reporting.return_report(
            report_id=report,
            rests_on=seen,
            questions=[reporting.NewQuestion("Varför?")],
            by=year.actor("carl"),
            at=IN_TIME,
        )


@pytest.mark.parametrize(
    ("step", "who", "sentence"),
    [
        (submit, "sara", None),
        (submit, "lars", "Bara nämndens rapportörer"),
        (submit, "carl", "Bara nämndens rapportörer"),
        (submit, "ulla", None),
    ],
)
def test_who_may_submit(city, step, who, sentence):
    report = year.open_and_fill()
    if who == "ulla":
        with pytest.raises(Unseen):
            step(report, who)
    elif sentence:
        with pytest.raises(Forbidden, match=sentence):
            step(report, who)
    else:
        step(report, who)
        assert report_by_id(report).state is State.SUBMITTED


@pytest.mark.parametrize("who", ["rut", "carl", "lars", "rakel"])
def test_only_the_secretary_records_the_boards_decision(city, who):
    """Whatever state the report is in: who may is told before when."""
    report = year.open_and_fill()
    with pytest.raises(Forbidden, match="Bara nämndens sekreterare"):
        decide(report, by=who)
    submit(report)
    with pytest.raises(Forbidden, match="Bara nämndens sekreterare"):
        decide(report, by=who)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (Decision("", date(2022, 1, 19), "§ 8", "KUN 2022/14"), "vem som har beslutat"),
        (Decision("Kulturnämnden", date(2022, 1, 19), "", "KUN 2022/14"), "paragraf och diarienummer"),
        (Decision("Kulturnämnden", date(2022, 1, 19), "§ 8", " "), "paragraf och diarienummer"),
        (Decision("Kulturnämnden", date(2022, 1, 21), "§ 8", "KUN 2022/14"), "har inte varit än"),
        (Decision("Kulturnämnden", date(2020, 1, 21), "§ 8", "KUN 2022/14"), "före året"),
    ],
)
def test_a_decision_is_whole_and_has_been_made(city, decision, sentence):
    report = year.open_and_fill()
    submit(report)
    with pytest.raises(Refused, match=sentence):
        decide(report, decision=decision)
    assert report_by_id(report).state is State.SUBMITTED


def test_a_report_goes_its_way_in_order(city):
    report = year.open_and_fill()
    with pytest.raises(Refused, match="ett utkast och kan därför inte beslutas"):
        decide(report)
    with pytest.raises(Refused, match="kan därför inte låsas"):
        lock(report)
    with pytest.raises(Refused, match="lämnas tillbaka"):
        give_back(report, [reporting.NewQuestion("Varför?")])


def test_a_return_asks_something_about_rows_of_the_report(city):
    report = year.open_and_fill()
    other = year.open_and_fill("bibliotek", by="ulla")
    submit(report)
    with pytest.raises(Refused, match="minst en fråga"):
        give_back(report, [])
    with pytest.raises(Unseen, match="Raden finns inte"):
        give_back(report, [reporting.NewQuestion("Varför?", rows_of(other)[0].id)])
    assert report_by_id(report).state is State.SUBMITTED


def test_a_question_is_answered_once(city):
    report = year.open_and_fill()
    submit(report)
    give_back(report, [reporting.NewQuestion("Varför?")])
    (question,) = questions_of(report)
    reporting.answer_question(question_id=question.id, text="Därför.", by=year.actor("rut"), at=IN_TIME)
    with pytest.raises(Conflict, match="redan besvarad"):
        reporting.answer_question(question_id=question.id, text="Nej.", by=year.actor("rolf"), at=IN_TIME)
    assert questions_of(report)[0].answer == "Därför."


def test_a_returned_report_is_written_though_the_phase_has_closed(city):
    report = year.open_and_fill()
    submit(report)
    give_back(report, [reporting.NewQuestion("Varför?")])
    after = datetime(2022, 3, 5, 12, tzinfo=CITY)
    assert save(row(report, "K.1"), {"total": "61,6"}, at=after).version == 2


def test_many_are_submitted_together_or_none(city):
    full, empty = year.open_and_fill("bibliotek", by="ulla"), None
    empty = reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=IN_TIME)
    with pytest.raises(Refused):
        reporting.submit_reports(reports=[(full, 0), (empty, 0)], by=year.actor("rut"), at=IN_TIME)
    assert report_by_id(full).state is State.DRAFT
