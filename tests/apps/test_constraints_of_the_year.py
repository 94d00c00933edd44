"""The schema's invariants once more, for the tables of the reporting year: what no action stores, none can store."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests import reporting_year, universe
from tests.apps.test_constraints import _is_about, copy, first

from ledtrad.apps.auditors.models import Answer, Opinion
from ledtrad.apps.goals.models import Activity, ActivityReport, ObjectiveForecast, PlanCopy
from ledtrad.apps.indicators.models import (
    Area,
    Batch,
    CollectionCost,
    Indicator,
    IndicatorVersion,
    Observation,
    ReadCount,
    Upload,
)
from ledtrad.apps.neighbours.models import DriftReport, Fetch, Subscription
from ledtrad.apps.people.models import Answering, Person, Responsibility, RoleGrant
from ledtrad.apps.reporting.models import (
    Correction,
    Question,
    Reminder,
    Report,
    Row,
    RowVersion,
    SetAside,
    Step,
)
from ledtrad.apps.search.actions import index_new
from ledtrad.apps.search.models import SearchPosting
from ledtrad.apps.steering.models import Phase, PlanDecision, PlanDecisionObject

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """Lillköping after a year in which everything happened."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        reporting_year.play()
        index_new()
        rut = Person.objects.get(key="rut")
        Responsibility.objects.create(object_id="goal:1.2", person=rut, valid_from=date(2021, 1, 1), **_given())
        _fetched()
        Reminder.objects.create(person=rut, day=date(2021, 5, 1), subject="x", sent_at=reporting_year.IN_TERTIAL_1)
        yield
        transaction.set_rollback(True)


def _fetched():
    """A neighbour's figures, fetched once, with a definition that had drifted."""
    at = reporting_year.AFTER
    asked = Subscription.objects.create(
        name="otrygga",
        provider="kolada",
        source="N07403",
        asked="{}",
        indicator=first(Indicator),
        definition="{}",
        fingerprint="a" * 64,
        pinned_by="person:carl",
        pinned_at=at,
        kept_by="person:carl",
        made_at=at,
    )
    done = Fetch.objects.create(subscription=asked, state="done", asked_by="person:carl", asked_at=at, ended_at=at)
    DriftReport.objects.create(
        subscription=asked,
        fetch=done,
        found_at=at,
        kind="question",
        pinned="{}",
        found="{}",
        found_fingerprint="b" * 64,
    )
    Fetch.objects.create(subscription=asked, asked_by="person:carl", asked_at=at)


def _subscription(**changes):
    return copy(first(Subscription), name="en-annan", **changes)


def _fetch(**changes):
    """A fetch that is over, like the first."""
    return copy(first(Fetch, state="done"), **changes)


def _given():
    return {"given_by": "x", "given_at": reporting_year.BEFORE, "answering": Answering.OWNER}


def record(model, **changes):
    """A record like the first, that supersedes nothing and clashes with nothing but what `changes` say."""
    return copy(first(model), **({"supersedes": None, "is_current": False} | changes))


def _indicator(**changes):
    return copy(first(Indicator), code="Z.9", **changes)


def _version(**changes):
    return copy(first(IndicatorVersion), number=9, from_year=2030, **changes)


def _observation(**changes):
    """An observation for a year that has none."""
    return copy(first(Observation), year=2030, **changes)


def _upload(**changes):
    sent = {"name": "utfall.csv", "fingerprint": "a" * 64, "size": 1, "received_by": "person:rut"}
    return Upload(received_at=reporting_year.AFTER, **sent | changes)


def _read(**changes):
    counted = {"year": 2021, "month": 5, "readers": "reporter", "times": 1} | changes
    return ReadCount(indicator=first(Indicator), **counted)


NEIGHBOURS = {
    "neighbours_provider_known": lambda: _subscription(provider="oracle"),
    "neighbours_schedule_known": lambda: _subscription(every_days=2),
    "neighbours_only_what_runs_is_due": lambda: _subscription(next_at=reporting_year.AFTER, every_days=0),
    "neighbours_fetch_is_where_it_says": lambda: _fetch(state="running", worker="", ended_at=None),
    "neighbours_a_failed_fetch_says_why": lambda: _fetch(state="failed"),
    "neighbours_only_a_done_fetch_stored": lambda: _fetch(state="held", batch=first(Batch)),
    "neighbours_no_more_done_than_all": lambda: _fetch(done=2, total=1),
    "neighbours_one_fetch_at_a_time": lambda: copy(first(Fetch, state="queued")),
    "neighbours_drift_settled_by_somebody": lambda: copy(
        first(DriftReport), settlement="stopped", settled_at=reporting_year.AFTER, settled_by="person:carl"
    ),
    "neighbours_one_open_drift": lambda: copy(first(DriftReport)),
}

TEXT, DAY, LATER = "", date(2021, 1, 1), date(2021, 1, 2)
CASES = NEIGHBOURS | {
    "people_role_known": lambda: copy(first(RoleGrant), role="king"),
    "people_grant_ends_after_it_begins": lambda: copy(first(RoleGrant), valid_from=LATER, valid_to=DAY),
    "people_one_answers_at_a_time": lambda: copy(first(Responsibility)),
    "people_responsibility_ends_after_it_begins": lambda: copy(first(Responsibility), valid_from=LATER, valid_to=DAY),
    "people_answering_known": lambda: copy(first(Responsibility), answering="friend"),
    "steering_one_current_phase": lambda: record(Phase, is_current=True),
    "steering_phase_in_order": lambda: record(Phase, due_on=DAY, closes_on=DAY, opens_on=DAY),
    "steering_phase_kind_known": lambda: record(Phase, kind="tertial_9"),
    "steering_decision_is_whole": lambda: copy(first(PlanDecision), paragraph=""),
    "steering_object_once_in_a_decision": lambda: copy(first(PlanDecisionObject)),
    "indicators_a_part_has_an_owner": lambda: _indicator(part_of=first(Indicator), owner=None),
    "indicators_version_break_known": lambda: _version(breaks="boredom"),
    "indicators_area_has_a_name": lambda: copy(first(Area), code="x", name=""),
    "indicators_area_kind_known": lambda: copy(first(Area), code="x", kind="planet"),
    "indicators_area_ends_after_it_begins": lambda: copy(first(Area), code="x", first_year=2020, last_year=2019),
    "indicators_batch_has_a_source": lambda: copy(first(Batch), source_name=""),
    "indicators_one_current_observation": lambda: copy(first(Observation)),
    "indicators_observation_has_a_value_or_an_absence": lambda: _observation(absence="late"),
    "indicators_observation_sex_known": lambda: _observation(sex="other"),
    "indicators_observation_tertial": lambda: _observation(tertial=4),
    "indicators_upload_state_known": lambda: _upload(state="lost", settled_at=reporting_year.AFTER),
    "indicators_upload_is_settled_at_a_moment": lambda: _upload(state="confirmed"),
    "indicators_read_count_once": lambda: (_read().save(), _read())[1],
    "indicators_read_count_month": lambda: _read(month=13),
    "indicators_one_current_cost": lambda: copy(first(CollectionCost), supersedes=None),
    "goals_one_current_forecast": lambda: record(ObjectiveForecast, is_current=True),
    "goals_forecast_sums_to_a_hundred": lambda: record(ObjectiveForecast, met=99, partly=0, not_met=0),
    "goals_forecast_tertial": lambda: record(ObjectiveForecast, tertial=3),
    "goals_one_current_activity": lambda: copy(first(Activity, is_current=True), supersedes=None),
    "goals_activity_has_a_title": lambda: record(Activity, title=""),
    "goals_activity_ends_after_it_begins": lambda: record(Activity, starts=LATER, ends=DAY),
    "goals_activity_kind_known": lambda: record(Activity, kind="hobby"),
    "goals_copied_forward": lambda: PlanCopy(year=2030, from_year=2030, copied_by="x", copied_at=reporting_year.AFTER),
    "goals_one_current_activity_report": lambda: record(ActivityReport, is_current=True),
    "goals_progress_known": lambda: record(ActivityReport, progress="soon", why="x"),
    "goals_not_done_says_why": lambda: record(ActivityReport, progress="partly", why=""),
    "goals_activity_report_tertial": lambda: record(ActivityReport, tertial=4),
    "reporting_one_report_a_period": lambda: copy(first(Report)),
    "reporting_tertial": lambda: copy(first(Report), tertial=3),
    "reporting_state_known": lambda: copy(first(Report), year=2030, state="lost"),
    "reporting_step_number_once": lambda: copy(first(Step)),
    "reporting_decided_by_somebody_some_day": lambda: copy(
        first(Step, to_state="decided"), number=99, decision_body=""
    ),
    "reporting_row_once": lambda: copy(first(Row)),
    "reporting_row_kind_known": lambda: copy(first(Row), kind="rumour"),
    "reporting_saved_row_says_when": lambda: copy(first(Row), subject="zz", version=1, saved_at=None),
    "reporting_version_number_once": lambda: copy(first(RowVersion), save_key="another"),
    "reporting_a_save_is_stored_once": lambda: copy(first(RowVersion), number=99),
    "reporting_set_aside_once": lambda: copy(first(SetAside)),
    "reporting_question_asks": lambda: copy(first(Question), text=""),
    "reporting_answer_says_when": lambda: copy(first(Question), answered_at=None),
    "reporting_correction_number_once": lambda: copy(first(Correction)),
    "reporting_correction_says_why": lambda: copy(first(Correction), number=99, why=""),
    "reporting_one_digest_a_day": lambda: copy(first(Reminder)),
    "search_stem_once_in_a_text": lambda: copy(first(SearchPosting)),
    "auditors_one_current_opinion": lambda: record(Opinion, is_current=True),
    "auditors_verdict_known": lambda: record(Opinion, verdict="maybe"),
    "auditors_opinion_has_reasons": lambda: record(Opinion, reasons=""),
    "auditors_one_current_answer": lambda: record(Answer, is_current=True),
    "auditors_answer_says_something": lambda: record(Answer, text=""),
}


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(year, name):
    row = CASES[name]()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    assert _is_about(str(refused.value), name, type(row))
