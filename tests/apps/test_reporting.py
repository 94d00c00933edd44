"""Reports: rows saved against versions, nothing lost, the way up in order, corrections in the open."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from tests import reporting_year as year
from tests import universe

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.audit.queries import entries_about, verify
from ledtrad.apps.goals.models import ActivityReport, Assessment, ObjectiveForecast
from ledtrad.apps.indicators.models import IndicatorVerdict, Outcome
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Correction, Report, Row, RowVersion, SetAside
from ledtrad.apps.reporting.queries import (
    kept_text,
    kept_texts_of,
    questions_of,
    readiness,
    report_by_id,
    report_of,
    rows_of,
    versions_of,
)
from ledtrad.core.assessment import Decision
from ledtrad.core.reporting import State

pytestmark = pytest.mark.django_db
CITY = ZoneInfo("Europe/Stockholm")
IN_TIME = year.IN_YEAR_REPORT


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, built once: each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built):
    """What each test does is taken back after it."""


@pytest.fixture
def report(city):
    """Kulturnämnden's year report, open and empty."""
    return reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=IN_TIME)


def row(report, subject):
    return next(found for found in rows_of(report) if found.subject == subject)


def save(row, fields, *, by="rut", key="k1", rests_on=None, at=IN_TIME):
    rests_on = row.version if rests_on is None else rests_on
    return reporting.save_row(row_id=row.id, fields=fields, rests_on=rests_on, save_key=key, by=year.actor(by), at=at)


# --- opening ---------------------------------------------------------------------------------------


def test_a_report_has_a_row_for_everything_the_unit_is_asked_about_in_a_stable_order(report):
    assert [(found.kind.value, found.subject) for found in rows_of(report)] == [
        ("indicator", "K.1"),
        ("indicator", "K.2"),
        ("activity", "2021/kultur/1"),
        ("activity", "2021/kultur/2"),
        ("assessment", "1.1"),
        ("assessment", "1.2"),
    ]


def test_opening_again_changes_nothing_and_answers_the_same_report(report):
    before = rows_of(report)
    again = reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("sara"), at=IN_TIME)
    assert (again, rows_of(again)) == (report, before)


def test_what_is_withdrawn_from_the_plan_is_asked_for_no_longer_but_its_row_stays(report):
    from ledtrad.apps.goals import actions as goals

    save(row(report, "2021/kultur/2"), {"progress": "done"})
    decision = Decision("Kulturnämnden", date(2021, 11, 1), "§ 3", "KUN 2021/9")
    goals.withdraw_activity(code="2021/kultur/2", decision=decision, by=year.BUILDER, at=IN_TIME)
    reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor("rut"), at=IN_TIME)
    assert [found.subject for found in rows_of(report) if found.is_withdrawn] == ["2021/kultur/2"]
    assert row(report, "2021/kultur/2").content.fields["progress"] == "done"


@pytest.mark.parametrize(("who", "may"), [("rut", True), ("carl", True), ("ove", False), ("lars", False)])
def test_who_may_open(city, who, may):
    def opening():
        return reporting.open_report(unit="kultur", period=year.WHOLE, by=year.actor(who), at=IN_TIME)

    if may:
        assert report_by_id(opening()).state is State.DRAFT
    else:
        with pytest.raises(Forbidden, match="Bara den som ska skriva"):
            opening()
        assert not Report.objects.exists()


# --- saving ----------------------------------------------------------------------------------------


def test_a_save_is_a_new_version_and_stands_in_the_log(report):
    first = row(report, "K.1")
    saved = save(first, {"total": "61,5"})
    assert (saved.version, saved.content.fields["total"], saved.saved_at) == (1, "61,5", IN_TIME)
    assert row(report, "K.1").saved_by == year.actor("rut").key
    assert "reporting.save_rows" in [entry.action for entry in entries_about(f"row:{first.id}")]
    assert verify().is_whole


def test_the_second_save_is_set_aside_and_nothing_is_overwritten(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Ruts text"}, by="rut", key="a")
    clash = save(seen, {"result": "Rolfs text"}, by="rolf", key="b")
    assert isinstance(clash, reporting.Clash)
    assert row(report, "1.1").content.fields["result"] == "Ruts text"
    kept = kept_text(clash.set_aside_id)
    assert (kept.fields["result"], kept.written_by) == ("Rolfs text", year.actor("rolf").key)
    assert kept_texts_of(year.actor("rolf").key, report) == ((clash.set_aside_id, seen.id),)


def test_a_clash_keeps_what_its_writer_saw_in_the_fields_that_were_not_sent(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Först", "risk": "Liten"}, key="a")
    later = row(report, "1.1")
    save(later, {"risk": "Stor"}, key="b")
    clash = save(later, {"result": "Sedan"}, by="rolf", key="c")
    kept = kept_text(clash.set_aside_id).fields
    assert (kept["result"], kept["risk"]) == ("Sedan", "Liten")


def test_a_save_that_is_sent_again_is_the_same_save(report):
    seen = row(report, "K.1")
    first = save(seen, {"total": "61,5"}, key="once")
    again = save(seen, {"total": "61,5"}, key="once")
    assert (again.version, again.again, first.again) == (1, True, False)
    assert RowVersion.objects.filter(row_id=seen.id).count() == 1


def test_a_save_sent_again_after_a_later_one_neither_duplicates_nor_conflicts(report):
    seen = row(report, "K.1")
    save(seen, {"total": "61,5"}, key="once")
    save(row(report, "K.1"), {"total": "62"}, key="twice")
    again = save(seen, {"total": "61,5"}, key="once")
    assert (again.version, again.again, row(report, "K.1").content.fields["total"]) == (1, True, "62")
    assert not SetAside.objects.exists()


def test_a_clash_sent_again_is_the_same_clash(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Rut"}, key="a")
    first = save(seen, {"result": "Rolf"}, by="rolf", key="b")
    assert save(seen, {"result": "Rolf"}, by="rolf", key="b") == first
    assert SetAside.objects.count() == 1


def test_a_key_is_its_writers_own(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Rut"}, key="a")
    with pytest.raises(Forbidden, match="någon annans"):
        save(seen, {"result": "Rolf"}, by="rolf", key="a")


def test_two_who_write_the_same_do_not_clash(report):
    seen = row(report, "K.1")
    save(seen, {"total": "61,5"}, key="a")
    assert save(seen, {"total": "61,5"}, by="rolf", key="b").version == 1


def test_undo_is_a_new_version(report):
    seen = row(report, "K.1")
    save(seen, {"total": "61,5"}, key="a")
    save(row(report, "K.1"), {"total": "99"}, key="b")
    undone = reporting.restore_row(row_id=seen.id, number=1, rests_on=2, save_key="c", by=year.actor("rut"), at=IN_TIME)
    assert (undone.version, row(report, "K.1").content.fields["total"]) == (3, "61,5")
    assert [version.fields["total"] for version in versions_of(seen.id)] == ["61,5", "99", "61,5"]


def test_a_text_set_aside_is_used_or_let_go_by_its_writer_only(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Rut"}, key="a")
    clash = save(seen, {"result": "Rolf"}, by="rolf", key="b")

    def settle(who, fields):
        return reporting.settle(
            set_aside_id=clash.set_aside_id, fields=fields, rests_on=1, by=year.actor(who), at=IN_TIME
        )

    with pytest.raises(Unseen):
        settle("rut", None)
    assert settle("rolf", {"result": "Rut och Rolf"}).version == 2
    assert kept_texts_of(year.actor("rolf").key, report) == ()
    with pytest.raises(Refused, match="redan använd"):
        settle("rolf", None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"verdict": "met"}, "Fältet verdict finns inte på raden"),
        ({"total": 61}, "ska vara text"),
        ({"comment": "a" * 1_000_000}, "1000000 tecken"),
        ({"comment": "a\x00b"}, "styrtecken"),
        ({"comment": "a\ud800b"}, "styrtecken"),
        ({"forecast_verdict": "kanske"}, "finns inte"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(report, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        save(row(report, "K.1"), {"women": "66", **fields})
    assert row(report, "K.1").version == 0
    assert not RowVersion.objects.exists()


def test_a_figure_that_is_none_is_kept_as_typed_and_said(report):
    saved = save(row(report, "K.1"), {"total": "6l,5"})
    assert (saved.content.fields["total"], saved.content.is_complete) == ("6l,5", False)
    assert "inget tal" in saved.content.problems["total"]


def test_text_is_stored_in_nfc_with_plain_line_breaks(report):
    saved = save(row(report, "1.1"), {"result": "A\u030arsta\r\nrad två "})
    assert saved.content.fields["result"] == "Årsta\nrad två"


@pytest.mark.parametrize("rests_on", [-1, 7])
def test_a_forged_version_is_refused(report, rests_on):
    with pytest.raises(Refused, match="aldrig haft den versionen"):
        save(row(report, "K.1"), {"total": "1"}, rests_on=rests_on)


@pytest.mark.parametrize("key", ["", "x" * 65, "å", "a\nb"])
def test_a_save_needs_a_key(report, key):
    with pytest.raises(Refused, match="giltig nyckel"):
        save(row(report, "K.1"), {"total": "1"}, key=key)


def test_another_boards_row_is_not_there(report):
    with pytest.raises(Unseen):
        save(row(report, "K.1"), {"total": "1"}, by="ove")
    with pytest.raises(Unseen):
        reporting.save_row(row_id=987_654, fields={}, rests_on=0, save_key="k", by=year.actor("rut"), at=IN_TIME)


@pytest.mark.parametrize("who", ["lars", "carl", "rakel"])
def test_those_who_may_read_may_not_write(report, who):
    with pytest.raises(Forbidden, match="Bara nämndens rapportörer"):
        save(row(report, "K.1"), {"total": "1"}, by=who)


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        (datetime(2022, 1, 2, 23, 59, 59, tzinfo=CITY), False),
        (datetime(2022, 1, 3, 0, 0, 0, tzinfo=CITY), True),
        (datetime(2022, 2, 28, 23, 59, 59, 999999, tzinfo=CITY), True),
        (datetime(2022, 3, 1, 0, 0, 0, tzinfo=CITY), False),
    ],
)
def test_rows_are_written_while_the_phase_receives(report, moment, received):
    if received:
        assert save(row(report, "K.1"), {"total": "1"}, at=moment).version == 1
    else:
        with pytest.raises(Refused, match=r"öppnar|stängde"):
            save(row(report, "K.1"), {"total": "1"}, at=moment)


def test_a_whole_grid_is_saved_or_nothing(report):
    first, second = row(report, "K.1"), row(report, "K.2")
    with pytest.raises(Refused):
        reporting.save_rows(
            saves=[
                reporting.RowSave(first.id, {"total": "1"}, 0, "a"),
                reporting.RowSave(second.id, {"total": "\x07"}, 0, "b"),
            ],
            by=year.actor("rut"),
            at=IN_TIME,
        )
    assert row(report, "K.1").version == 0


# --- the way up ------------------------------------------------------------------------------------


def submit(report, by="rut", at=IN_TIME):
    card = report_by_id(report)
    reporting.submit_report(report_id=report, rests_on=card.version, by=year.actor(by), at=at)


def give_back(report, questions, by="carl"):
    card = report_by_id(report)
    reporting.return_report(report_id=report, rests_on=card.version, questions=questions, by=year.actor(by), at=IN_TIME)


def decide(report, by="sara", decision=year.DECISION):
    card = report_by_id(report)
    reporting.decide_report(report_id=report, rests_on=card.version, decision=decision, by=year.actor(by), at=IN_TIME)


def lock(report, by="carl"):
    card = report_by_id(report)
    reporting.lock_report(report_id=report, rests_on=card.version, by=year.actor(by), at=IN_TIME)


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


# --- corrections -----------------------------------------------------------------------------------


@pytest.fixture
def locked(city):
    report = year.open_and_fill()
    submit(report)
    decide(report)
    lock(report)
    return report


def correct(found, fields, *, why="Ett tal hade skrivits fel.", by="sara", rests_on=None):
    return reporting.correct_row(
        row_id=found.id,
        fields=fields,
        why=why,
        rests_on=found.version if rests_on is None else rests_on,
        by=year.actor(by),
        at=IN_TIME,
    )


def test_a_correction_is_numbered_and_names_the_facts_that_it_touches(locked):
    assert correct(row(locked, "K.1"), {"total": "60,5"}) == 1
    assert correct(row(locked, "1.2"), {"verdict": "not_met"}, by="carl") == 2
    first, second = Correction.objects.order_by("number")
    assert "indicator:K.1/2021/outcome.total" in first.facts.split()
    assert second.facts.split() == ["goal:1.2/2021/boards.partly", "goal:1.2/2021/boards.not_met"]
    current = Outcome.objects.get(indicator__code="K.1", year=2021, is_current=True)
    assert (str(current.total), str(current.supersedes.total)) == ("60.5", "61.5")
    assert Assessment.objects.get(
        obligation__objective__code="1.2", obligation__year=2021, is_current=True
    ).verdict == ("not_met")


def test_a_correction_touches_one_row_only(locked):
    before = Outcome.objects.filter(indicator__code="K.2").count()
    correct(row(locked, "K.1"), {"total": "60,5"})
    assert Outcome.objects.filter(indicator__code="K.2").count() == before


@pytest.mark.parametrize(
    ("fields", "why", "who", "trouble", "sentence"),
    [
        ({"total": "60,5"}, " ", "sara", Refused, "varför"),
        ({"total": "61,5"}, "Fel", "sara", Refused, "ändrar ingenting"),
        ({"total": ""}, "Fel", "sara", Refused, "Ange utfallet"),
        ({"total": "sextio"}, "Fel", "sara", Refused, "inget tal"),
        ({"total": "60,5"}, "Fel", "rut", Forbidden, "sekreterare eller en central"),
        ({"total": "60,5"}, "Fel", "rakel", Forbidden, "sekreterare eller en central"),
    ],
)
def test_corrections_that_are_refused(locked, fields, why, who, trouble, sentence):
    with pytest.raises(trouble, match=sentence):
        correct(row(locked, "K.1"), fields, why=why, by=who)
    assert not Correction.objects.exists()
    assert row(locked, "K.1").content.fields["total"] == "61,5"


def test_a_correction_rests_on_what_was_seen(locked):
    seen = row(locked, "K.1")
    correct(seen, {"total": "60,5"})
    with pytest.raises(Conflict, match="har rättats sedan"):
        correct(seen, {"total": "60"}, rests_on=seen.version)


def test_an_open_report_is_not_corrected_but_written(report):
    with pytest.raises(Refused, match="låsta rapporter"):
        correct(row(report, "K.1"), {"total": "1"})


# --- seeing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "draft", "decided"),
    [
        ("rut", True, True),
        ("lars", True, True),
        ("carl", True, True),
        ("rakel", True, True),
        ("ulla", False, True),
        ("ove", False, True),
        ("edit", False, True),
        ("ada", False, True),
    ],
)
def test_who_sees_a_draft_and_who_what_is_decided(city, who, draft, decided):
    from ledtrad.apps.audit.policies import why_not
    from ledtrad.apps.reporting.policies import check_may_see

    report = year.open_and_fill()
    assert (why_not(check_may_see, year.actor(who), report_by_id(report)) == "") is draft
    submit(report)
    decide(report)
    assert (why_not(check_may_see, year.actor(who), report_by_id(report)) == "") is decided


def test_nobody_reads_reports_without_signing_in(locked):
    from ledtrad.apps.people.actors import NOBODY
    from ledtrad.apps.reporting.policies import check_may_see

    with pytest.raises(Unseen):
        check_may_see(NOBODY, report_by_id(locked))


def test_reports_are_found_by_unit_and_period(report):
    assert report_of("kultur", year.WHOLE).id == report
    assert report_of("kultur", year.T1) is None
    with pytest.raises(Unseen):
        report_by_id(report + 1000)


def test_the_database_itself_refuses_a_changed_version(report):
    from django.db import DatabaseError

    save(row(report, "K.1"), {"total": "1"})
    with pytest.raises(DatabaseError), transaction.atomic():
        RowVersion.objects.update(number=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        RowVersion.objects.all().delete()
    assert Row.objects.get(subject="K.1").version == 1
