"""What reports said at a moment, drafts included, and what has been recorded since: against a naive second telling."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import reporting_year
from tests.reporting_year import DECISION, FULL_YEAR_ROWS, IN_YEAR_REPORT, WHOLE, YEAR, actor

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.auditors.queries import goal_then, recorded_since
from ledtrad.apps.goals.actions.progress import ActivityAnswer
from ledtrad.apps.goals.models import Progress
from ledtrad.apps.goals.queries.carried_out import ActivityCount, carried_out
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Report, Row
from ledtrad.apps.reporting.queries import questions_of, report_by_id, rows_of
from ledtrad.apps.reporting.queries.known_at import reports_known, rows_known
from ledtrad.core.assessment import Verdict
from ledtrad.core.reporting import RowKind, State

AT = IN_YEAR_REPORT
TICK, MINUTE = timedelta(microseconds=1), timedelta(minutes=1)
GOAL = (RowKind.ASSESSMENT, "1.2")


@pytest.fixture
def year(city):
    reporting_year.build()


@dataclass(frozen=True)
class Told:
    """One thing that was stored: about what, when, and which value."""

    about: tuple
    at: datetime
    value: object


def held(story, about, moment):
    """The naive second telling: the last that was stored at or before the moment."""
    found = None
    for told in story:
        if told.about == about and told.at <= moment:
            found = told.value
    return found


class Reporting:
    """One report on its way, told twice: by the actions, and in a list. What is refused is not told."""

    def __init__(self, unit="kultur", by="rut", secretary="sara"):
        self.report = reporting.open_report(unit=unit, period=WHOLE, by=actor(by), at=AT)
        self.by, self.secretary = actor(by), actor(secretary)
        self.carl = actor("carl")
        self.story = [Told(("state",), AT, "draft")]
        self.now, self.saves = AT, 0
        for row in rows_of(self.report):
            if row.subject in FULL_YEAR_ROWS and row.subject != "1.2":
                self._save(row, FULL_YEAR_ROWS[row.subject])

    def _save(self, row, fields):
        self.saves += 1
        key = f"save-{self.report}-{self.saves}"
        reporting.save_row(row_id=row.id, fields=fields, rests_on=row.version, save_key=key, by=self.by, at=self.now)
        (again,) = (one for one in rows_of(self.report) if one.id == row.id)
        if again.version > row.version:
            self.story.append(Told(("row", row.subject), self.now, dict(again.content.fields)))

    def write(self, word):
        (row,) = (row for row in rows_of(self.report) if row.subject == "1.2")
        self._save(row, {**FULL_YEAR_ROWS["1.2"], "result": word})

    def _version(self):
        return report_by_id(self.report).version

    def submit(self):
        reporting.submit_report(report_id=self.report, rests_on=self._version(), by=self.by, at=self.now)
        self.story.append(Told(("state",), self.now, "submitted"))

    def send_back(self):
        asked = [reporting.NewQuestion("Hur många?")]
        reporting.return_report(
            report_id=self.report, rests_on=self._version(), questions=asked, by=self.carl, at=self.now
        )
        self.story.append(Told(("state",), self.now, "returned"))

    def reply(self):
        waiting = [one for one in questions_of(self.report) if not one.answer]
        for one in waiting:
            reporting.answer_question(question_id=one.id, text="Tolv.", by=self.by, at=self.now)

    def decide(self):
        reporting.decide_report(
            report_id=self.report, rests_on=self._version(), decision=DECISION, by=self.secretary, at=self.now
        )
        self.story.append(Told(("state",), self.now, "decided"))

    def lock(self):
        reporting.lock_report(report_id=self.report, rests_on=self._version(), by=self.carl, at=self.now)
        self.story.append(Told(("state",), self.now, "locked"))


WORDS = st.sampled_from(["Fler kommer.", "Färre kommer.", "Lika många kommer."])
MOVES = st.sampled_from(["submit", "submit", "send_back", "reply", "decide", "lock"])
STEPS = st.one_of(st.tuples(st.just("write"), WORDS), st.tuples(MOVES))
PAUSES = st.sampled_from([timedelta(0), TICK, MINUTE, timedelta(days=1), -MINUTE])


@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(history=st.lists(st.tuples(PAUSES, STEPS), min_size=4, max_size=14))
def check_that_every_moment_is_told_alike(history):
    with transaction.atomic():
        told = Reporting()
        for pause, (name, *words) in history:
            told.now += pause
            try:
                with transaction.atomic():
                    getattr(told, name)(*words)
            except Refused:
                continue
        compare(told)
        transaction.set_rollback(True)


def compare(told):
    moments = {one.at + near for one in told.story for near in (-TICK, timedelta(0), TICK)}
    for moment in sorted(moments):
        assert_told_alike(told, moment, lambda about, moment=moment: held(told.story, about, moment))
    last = {one.about: one.value for one in told.story}
    assert_told_alike(told, None, last.get)


def assert_told_alike(told, moment, tell):
    found = [one for one in reports_known(YEAR, units=["kultur"], known_at=moment) if one.report.id == told.report]
    state = tell(("state",))
    if state is None:
        assert found == []
    else:
        (one,) = found
        assert (one.state.value, one.is_draft) == (state, state in ("draft", "submitted", "returned"))
    for kind, subject in (GOAL, (RowKind.INDICATOR, "K.1")):
        fields = [dict(row.fields) for row in rows_known(YEAR, [(kind, subject)], known_at=moment)]
        assert fields == [said for said in (tell(("row", subject)),) if said]


def test_every_moment_of_a_report_is_told_alike(year):
    check_that_every_moment_is_told_alike()


def walked(until=("submit", "send_back", "reply", "submit", "decide", "lock")):
    """A report that has gone the whole way, an hour a step, its text changed when it came back."""
    told = Reporting()
    told.now += timedelta(hours=1)
    told.write("Fler kommer.")
    for name in until:
        told.now += timedelta(hours=1)
        getattr(told, name)()
        if name == "reply":
            told.write("Färre kommer.")
    return told


def test_the_whole_way_is_told_alike(year):
    compare(walked())


# ------------------------------------------------------------------------------------------------ as auditors see it


def text_then(moment):
    (unit,) = (one for one in goal_then("1.2", YEAR, known_at=moment).units if one.said.unit == "kultur")
    (written,) = unit.reports
    return written.state, written.is_draft, written.fields.get("result"), unit.said.verdict


def test_what_was_a_draft_then_is_shown_as_a_draft_also_when_it_has_been_decided_since(year):
    walked()
    hours = [AT + timedelta(hours=number) for number in range(8)]
    assert [text_then(moment) for moment in hours] == [
        (State.DRAFT, True, None, None),
        (State.DRAFT, True, "Fler kommer.", None),
        (State.SUBMITTED, True, "Fler kommer.", None),
        (State.RETURNED, True, "Fler kommer.", None),
        (State.RETURNED, True, "Färre kommer.", None),
        (State.SUBMITTED, True, "Färre kommer.", None),
        (State.DECIDED, False, "Färre kommer.", None),
        (State.LOCKED, False, "Färre kommer.", Verdict.PARTLY),
    ]


def test_before_the_report_was_opened_there_is_none(year):
    walked()
    (unit,) = (one for one in goal_then("1.2", YEAR, known_at=AT - TICK).units if one.said.unit == "kultur")
    assert (unit.reports, unit.said.verdict, unit.forecasts) == ((), None, ())


def test_a_draft_figure_stands_beside_the_recorded_outcome_until_it_is_locked(year):
    from ledtrad.apps.goals import actions as goals

    goals.follow_with_indicators(links=[goals.IndicatorLink("1.2", "K.1", YEAR)], by="Bygget", at=AT)
    walked()

    def figures(moment):
        found = goal_then("1.2", YEAR, known_at=moment)
        result = next(one for one in found.goal.results if one.code == "K.1")
        drafts = [one.fields["total"] for one in found.drafts.get("K.1", ())]
        return drafts, result.measured and str(result.measured.total.value)

    assert figures(AT + timedelta(hours=2)) == (["61,5"], None)
    assert figures(AT + timedelta(hours=6)) == (["61,5"], None)
    assert figures(AT + timedelta(hours=7)) == ([], "61.5")


def test_what_has_been_recorded_since_is_told_with_what_it_was_and_who_did_it(year):
    told = walked()
    since = recorded_since("1.2", YEAR, ["K.1"], AT + timedelta(hours=5))
    steps = [(one.before, one.after, one.by) for one in since if one.kind == "step"]
    assert steps == [
        (State.DECIDED, State.LOCKED, "person:carl"),
        (State.SUBMITTED, State.DECIDED, "person:sara"),
    ]
    (said,) = (one for one in since if one.kind == "assessment")
    assert (said.about, said.before, said.after, said.at) == ("Kulturnämnden", None, Verdict.PARTLY, told.now)
    (figure,) = (one for one in since if one.kind == "outcome")
    assert (figure.before, str(figure.after.total.value), figure.by) == (None, "61.5", "person:carl")
    assert recorded_since("1.2", YEAR, ["K.1"], told.now) == ()


def test_a_correction_is_told_from_what_to_what(year):
    told = walked()
    (row,) = (one for one in rows_of(told.report) if one.subject == "K.1")
    corrected = told.now + timedelta(days=30)
    reporting.correct_row(
        row_id=row.id,
        fields={**row.content.fields, "total": "60"},
        why="Fel fil.",
        rests_on=row.version,
        by=actor("carl"),
        at=corrected,
    )
    since = recorded_since("1.2", YEAR, ["K.1"], told.now)
    (figure,) = (one for one in since if one.kind == "outcome")
    assert [str(one.total.value) for one in (figure.before, figure.after)] == ["61.5", "60"]


# --------------------------------------------------------------------------------------------------------- activities


def test_activities_are_counted_as_last_reported_and_as_known_then(year):
    told = walked()
    before, after = told.now - TICK, told.now
    assert carried_out("1.2", YEAR, known_at=before) == ActivityCount(1)
    assert carried_out("1.2", YEAR, known_at=after) == ActivityCount(1, partly=1)
    assert carried_out("1", YEAR) == ActivityCount(3, done=1, partly=1)  # with everything beneath
    assert carried_out("1", YEAR).unreported == 1
    assert carried_out("2.1", YEAR) == ActivityCount(0)


def test_the_whole_year_stands_above_a_tertial(year):
    from ledtrad.apps.goals import actions as goals
    from ledtrad.core.periods import Period

    def say(period, progress, at):
        new = ActivityAnswer("2021/kultur/1", period, progress, "" if progress is Progress.DONE else "Försenad.")
        goals.report_activities(answers=[new], by=reporting_year.BUILDER, at=at)

    say(Period(YEAR), Progress.DONE, AT)
    say(Period(YEAR, 2), Progress.NOT_DONE, AT + MINUTE)  # told later, of an earlier time
    assert carried_out("1.1", YEAR).done == 1


# ------------------------------------------------------------------------------------------------------------ queries


def test_the_number_of_questions_does_not_grow_with_reports_and_saves(year):
    def questions(moment=None):
        with CaptureQueriesContext(connection) as asked:
            found = goal_then("1.2", YEAR, known_at=moment)
            recorded_since("1.2", YEAR, [one.code for one in found.goal.results], AT - TICK)
        return len(asked)

    few = questions()
    told = walked(until=("submit",))
    for number in range(5):
        told.send_back()
        told.reply()
        told.write(f"Version {number}.")
        told.submit()
    Reporting("miljo", "ove")
    assert Report.objects.count() == 2
    assert Row.objects.get(report=told.report, subject="1.2").version > 5
    # The chains of units are asked for once there is a report to show.
    assert questions() - few <= 1
    assert questions() == questions(AT + timedelta(hours=1))
