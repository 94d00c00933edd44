"""Anything may happen in any order: the year comes out as in the slow second implementation, step by step.

Reliability test 9. Longer walks: `-m nightly`.
"""

import json
from functools import cache

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests import reporting_year as year
from tests import universe
from tests.apps.naive_year import NaiveYear, No

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.queries import goals_of_year
from ledtrad.apps.goals.verdict_policies import CONCLUDES_EARLY
from ledtrad.apps.indicators.models import Outcome
from ledtrad.apps.organisation.queries import unit_ids
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Correction, Report, Row, RowVersion, SetAside, Step
from ledtrad.apps.reporting.queries import questions_of, report_by_id, rows_of
from ledtrad.apps.reporting.queries.rows import frame_of
from ledtrad.apps.reporting.queries.subjects import subjects
from ledtrad.core.assessment import Decision, Ground, Verdict

pytestmark = pytest.mark.django_db
AT = year.IN_YEAR_REPORT
UNITS = ("kultur", "bibliotek", "miljo")
EVERYBODY = ("rut", "rolf", "sara", "ulla", "carl", "ove", "rakel")
SUBJECTS = {
    "kultur": ("K.1", "K.2", "2021/kultur/1", "2021/kultur/2", "1.1", "1.2"),
    "bibliotek": ("2021/bibliotek/1",),
    "miljo": ("1.2", "2.1"),
}
CONTENTS = {
    "K.1": ({"total": "61,5", "women": "66", "men": "57"}, {"total": "0"}, {"comment": "Uppskattat."}, {"total": "x"}),
    "K.2": ({"not_measured": "Stängt."}, {"total": "2", "not_measured": ""}, {"total": ""}),
    "activity": ({"progress": "done"}, {"progress": "partly", "why": "Personalbrist."}, {"progress": "stopped"}),
    "goal": (
        {"verdict": "met", "result": "Bra."},
        {"verdict": "not_met", "result": "Sämre.", "cause": "Stängt.", "risk": "Mer.", "measure": "Öppna."},
        {"verdict": "partly"},
    ),
}
ASKED = {"1.1": ("kultur",), "1.2": ("kultur", "miljo")}
MOTIVE = "Utvecklingen går åt rätt håll i alla stadsdelar, men trenden är svag och ett mål saknar mätning helt. "
units, people = st.sampled_from(UNITS), st.sampled_from(EVERYBODY)


def contents(subject):
    if subject in CONTENTS:
        return CONTENTS[subject]
    return CONTENTS["activity" if subject.startswith("2021") else "goal"]


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        yield {name: year.actor(name) for name in EVERYBODY}
        transaction.set_rollback(True)


class ReportingYear(RuleBasedStateMachine):
    actors: dict

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.naive = NaiveYear()
        self.ids = {}
        self.row_ids = {}
        self.saves = 0
        self.done = 0
        self.is_whole = True

    def teardown(self):
        try:
            if not self.is_whole:
                return
            self.everything_ever_saved_is_there()
            self.sums_add_up_and_a_proposal_is_never_a_verdict()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @property
    def has_records(self):
        return bool(self.naive.outcomes or self.naive.corrections)

    def both(self, naively, really):
        """Do it in both cities: both do it, or both refuse; answers what both answered."""
        try:
            expected = naively()
        except No as refusal:
            with pytest.raises(Refused), transaction.atomic():
                really()
            return refusal
        self.is_whole = False  # until it has been done in the other city too
        answer = really()
        self.is_whole = True
        self.done += 1
        return expected, answer

    # -- what may happen -------------------------------------------------------------------------

    @initialize(unit=units)
    def one_is_open(self, unit):
        self.open(unit, "carl")

    @rule(unit=units, by=people)
    def open(self, unit, by):
        frames = _frames(unit)
        self.both(
            lambda: self.naive.open(unit, frames, by),
            lambda: self.ids.update(
                {unit: reporting.open_report(unit=unit, period=year.WHOLE, by=self.actors[by], at=AT)}
            ),
        )

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), by=people, behind=st.sampled_from([0, 0, 0, 1, 2, -1]), again=st.booleans())
    def save(self, data, by, behind, again):
        unit = data.draw(st.sampled_from(sorted(self.ids)))
        subject = data.draw(st.sampled_from(SUBJECTS[unit]))
        fields = data.draw(st.sampled_from(contents(subject)))
        row = self.naive.reports[unit].rows[subject]
        rests_on = max(len(row.saves) - behind, 0)
        self.saves += 1
        key = f"key-{self.saves}"
        for _ in range(2 if again else 1):  # sent again, the answer lost: it is the same save
            answered = self.both(
                lambda: self.naive.save(unit, subject, fields, rests_on, key, by),
                lambda: self._really_save(unit, subject, fields, rests_on, key, by),
            )
            if isinstance(answered, tuple):
                (kind, number), (real_kind, real_number) = answered
                assert kind == real_kind
                assert kind == "aside" or number == real_number

    def _really_save(self, unit, subject, fields, rests_on, key, by):
        row = self._row_id(unit, subject)
        outcome = reporting.save_row(
            row_id=row, fields=fields, rests_on=rests_on, save_key=key, by=self.actors[by], at=AT
        )
        if isinstance(outcome, reporting.Clash):
            return "aside", outcome.met
        return "saved", outcome.version

    def _row_id(self, unit, subject):
        """A report keeps its rows, so they are looked up once."""
        if unit not in self.row_ids:
            self.row_ids[unit] = {row.subject: row.id for row in rows_of(self.ids[unit])}
        return self.row_ids[unit][subject]

    @precondition(lambda self: self.ids)
    @rule(data=st.data())
    def fill(self, data):
        """Somebody fills in all of a report: otherwise chance would seldom get one submitted."""
        unit = data.draw(st.sampled_from(sorted(self.ids)))
        by = {"kultur": "rut", "bibliotek": "ulla", "miljo": "ove"}[unit]
        for subject in SUBJECTS[unit]:
            self._fill_row(unit, subject, by)

    def _fill_row(self, unit, subject, by):
        row = self.naive.reports[unit].rows[subject]
        self.saves += 1
        key, rests_on = f"key-{self.saves}", len(row.saves)
        full = dict.fromkeys(row.content_at(rests_on), "") | contents(subject)[0]
        self.both(
            lambda: self.naive.save(unit, subject, full, rests_on, key, by),
            lambda: self._really_save(unit, subject, full, rests_on, key, by),
        )

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), by=people)
    def submit(self, data, by):
        unit = data.draw(st.sampled_from(sorted(self.ids)))
        seen = self._seen(unit)
        self.both(
            lambda: self.naive.submit(unit, by),
            lambda: reporting.submit_report(**seen, by=self.actors[by], at=AT),
        )

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), by=people)
    def give_back(self, data, by):
        unit = data.draw(st.sampled_from(sorted(self.ids)))
        questions = [reporting.NewQuestion("Varför?")]
        seen = self._seen(unit)
        self.both(
            lambda: self.naive.give_back(unit, by, "Varför?"),
            lambda: reporting.return_report(**seen, questions=questions, by=self.actors[by], at=AT),
        )

    @precondition(lambda self: any(report.questions for report in self.naive.reports.values()))
    @rule(data=st.data(), by=people)
    def answer(self, data, by):
        asked = [unit for unit, report in sorted(self.naive.reports.items()) if report.questions]
        unit = data.draw(st.sampled_from(asked))
        number = data.draw(st.integers(0, len(self.naive.reports[unit].questions) - 1))
        question = questions_of(self.ids[unit])[number]
        self.both(
            lambda: self.naive.answer(unit, number, by, "Därför."),
            lambda: reporting.answer_question(question_id=question.id, text="Därför.", by=self.actors[by], at=AT),
        )

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), by=people)
    def decide(self, data, by):
        unit = data.draw(st.sampled_from(sorted(self.ids)))
        decision = Decision("Nämnden", AT.date(), "§ 1", "N 2022/1")
        seen = self._seen(unit)
        self.both(
            lambda: self.naive.decide(unit, by),
            lambda: reporting.decide_report(**seen, decision=decision, by=self.actors[by], at=AT),
        )

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), by=people)
    def lock(self, data, by):
        unit = data.draw(st.sampled_from(sorted(self.ids)))
        seen = self._seen(unit)
        self.both(
            lambda: self.naive.lock(unit, by),
            lambda: reporting.lock_report(**seen, by=self.actors[by], at=AT),
        )

    @precondition(lambda self: any(report.state == "locked" for report in self.naive.reports.values()))
    @rule(data=st.data(), by=people)
    def correct(self, data, by):
        locked = [unit for unit, report in sorted(self.naive.reports.items()) if report.state == "locked"]
        unit = data.draw(st.sampled_from(locked))
        subject = data.draw(st.sampled_from(SUBJECTS[unit]))
        fields = data.draw(st.sampled_from(contents(subject)))
        row, rests_on = self._row_id(unit, subject), len(self.naive.reports[unit].rows[subject].saves)
        self.both(
            lambda: self.naive.correct(unit, subject, fields, by),
            lambda: reporting.correct_row(
                row_id=row, fields=fields, why="Fel.", rests_on=rests_on, by=self.actors[by], at=AT
            ),
        )

    @rule(goal=st.sampled_from(["1.1", "1.2"]), verdict=st.sampled_from(list(Verdict)), by=people, early=st.booleans())
    def conclude(self, goal, verdict, by, early):
        motive = MOTIVE + (CONCLUDES_EARLY if early else "")
        self.both(
            lambda: self.naive.conclude(goal, verdict, by, ASKED[goal], early=early),
            lambda: goals.conclude(
                goal=goal,
                year=year.YEAR,
                verdict=verdict,
                motive=motive,
                grounds=[Ground.INDICATORS],
                by=self.actors[by],
                at=AT,
            ),
        )

    def _seen(self, unit):
        """The report as the naive city counts its steps, before another one is taken."""
        return {"report_id": self.ids[unit], "rests_on": len(self.naive.reports[unit].states) - 1}

    # -- what must hold all the time -------------------------------------------------------------

    @invariant()
    def rows_and_states_are_the_same(self):
        states = dict(Report.objects.values_list("pk", "state"))
        stored = Row.objects.filter(version__gt=0).values_list("report_id", "subject", "version", "content")
        found = {(report, subject): (version, json.loads(content)) for report, subject, version, content in stored}
        expected = {
            (self.ids[unit], subject): (len(row.saves), row.saves[-1][0])
            for unit, report in self.naive.reports.items()
            for subject, row in report.rows.items()
            if row.saves
        }
        assert found == expected
        assert states == {self.ids[unit]: report.state for unit, report in self.naive.reports.items()}

    def everything_ever_saved_is_there(self):
        for unit, report in self.naive.reports.items():
            card = report_by_id(self.ids[unit])
            assert Step.objects.filter(report_id=card.id).count() == len(report.states) - 1 == card.version
            for row in rows_of(card.id):
                saves = RowVersion.objects.filter(row_id=row.id).order_by("number").values_list("content", flat=True)
                assert [json.loads(content) for content in saves] == [
                    content for content, _, _ in report.rows[row.subject].saves
                ]
                aside = SetAside.objects.filter(row_id=row.id).order_by("id").values_list("content", flat=True)
                assert [json.loads(content) for content in aside] == [
                    content for content, _, _ in report.rows[row.subject].aside
                ]

    @precondition(lambda self: self.has_records)
    @invariant()
    def the_citys_records_are_the_same(self):
        for code in ("K.1", "K.2"):
            current = Outcome.objects.filter(indicator__code=code, year=year.YEAR, is_current=True).first()
            said = self.naive.outcome(code)
            assert (current is None) is (said == "nothing")
            if current is not None:
                assert (None if current.total is None else str(current.total).replace(".", ",")) == said
        numbers = list(Correction.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(self.naive.corrections) + 1))

    def sums_add_up_and_a_proposal_is_never_a_verdict(self):
        found = goals_of_year(year.YEAR, ASKED, with_history=False)
        for code, asked in ((code, len(asked)) for code, asked in ASKED.items()):
            goal = found.goal(code)
            tally = found.evidence(goal).boards
            assert tally.total == asked
            assert tally.met + tally.partly + tally.not_met + tally.without == asked
            held = list(self.naive.assessed(code).values())
            assert (tally.met, tally.partly, tally.not_met) == tuple(
                held.count(word) for word in ("met", "partly", "not_met")
            )
            decided = found.verdict(goal)
            assert (decided.verdict if decided else None) == self.naive.verdict(code)


@cache
def _frames(unit):
    ids = unit_ids(set(UNITS))
    asked = subjects([ids[unit]], year.WHOLE)[ids[unit]]
    return {
        one.code: frame_of(Row(kind=one.kind.value, subject=one.code, frame=json.dumps(one.frame(0))))[0]
        for one in asked
    }


@pytest.mark.parametrize("walk", range(4))
def test_the_year_comes_out_as_in_the_naive_city(city, walk):
    """Four walkers, so that two processors share them: 200 walks of 30 steps, and 60 more on PostgreSQL."""
    _walk(city, walk, examples=50 if connection.vendor == "sqlite" else 15, steps=30)


@pytest.mark.nightly
@pytest.mark.parametrize("walk", range(100, 104))
def test_and_on_longer_walks(city, walk):
    _walk(city, walk, examples=500, steps=50)


def _walk(actors, start, *, examples, steps):
    done = []

    @seed(start)
    class Machine(ReportingYear):
        def teardown(self):
            done.append(self.done)
            super().teardown()

    Machine.actors = actors
    settled = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    run_state_machine_as_test(Machine, settings=settled)
    assert sum(done) >= 3 * examples, "the walks did almost nothing"
    assert verify().is_whole
