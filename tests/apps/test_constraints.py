"""The schema carries the invariants: what no action would store, the database refuses too.

Each case is stored past the actions, so that it is the constraint and nothing else that answers. Without the
constraint the row would be stored, and the test fails.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.universe import AT, BY

from ledtrad.apps.annual_report.models import (
    BoundSection,
    Citation,
    Edition,
    Finding,
    Part,
    Statement,
    Waiver,
)
from ledtrad.apps.audit.models import Entry
from ledtrad.apps.goals.models import (
    Assessment,
    CityVerdictRecord,
    Objective,
    ObjectiveIndicator,
    Obligation,
    Wording,
)
from ledtrad.apps.indicators.models import (
    Forecast,
    Indicator,
    IndicatorVerdict,
    IndicatorVersion,
    Outcome,
    Target,
)
from ledtrad.apps.organisation.models import Unit, UnitChange


def copy(row, **changes):
    """A new row like `row` but for `changes`, stored without any action."""
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row)(**(fields | changes))


def first(model, **where):
    return model.objects.filter(**where).order_by("pk").first()


def fresh_outcome(**changes):
    """An outcome for a year that has none."""
    return copy(first(Outcome, state="measured", women__isnull=True), year=2030, **changes)


def fresh(model, **changes):
    """A record for a year that has none."""
    return copy(first(model), year=2030, supersedes=None, **changes)


def fresh_version(**changes):
    return copy(first(IndicatorVersion), **{"number": 9, "from_year": 2030} | changes)


def statement():
    return first(Statement)


CASES = {
    # audit
    "audit_entry_counts_from_one": lambda: copy(first(Entry), number=0, hash="a" * 64),
    "audit_entry_format_known": lambda: copy(first(Entry), number=10**6, hash="b" * 64, format=3),
    "audit_entry_has_an_actor": lambda: copy(first(Entry), number=10**6, hash="b" * 64, by=""),
    # organisation
    "organisation_unit_ends_after_it_begins": lambda: copy(
        first(Unit), slug="x", valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1)
    ),
    "organisation_unit_kind_known": lambda: copy(first(Unit), slug="x", kind="guild"),
    "organisation_unit_has_a_name": lambda: copy(first(Unit), slug="x", name=""),
    "organisation_change_once": lambda: copy(first(UnitChange)),
    "organisation_change_between_two_units": lambda: copy(
        first(UnitChange), predecessor=first(Unit), successor=first(Unit)
    ),
    # indicators
    "indicators_indicator_ends_after_it_begins": lambda: copy(first(Indicator), code="x", last_year=2014),
    "indicators_version_number_once": lambda: fresh_version(number=1),
    "indicators_version_year_once": lambda: fresh_version(from_year=2015),
    "indicators_version_sense_known": lambda: fresh_version(sense="sideways"),
    "indicators_version_has_a_title": lambda: fresh_version(title=""),
    "indicators_version_decimals": lambda: fresh_version(decimals=13),
    "indicators_version_rhythm_has_a_start": lambda: fresh_version(every_years=3, rhythm_from=None),
    "indicators_one_current_target": lambda: copy(first(Target), supersedes=None),
    "indicators_target_bounds_fit_the_sense": lambda: fresh(Target, low=None, high=Decimal(1)),
    "indicators_one_current_outcome": lambda: copy(first(Outcome), supersedes=None),
    "indicators_a_measured_outcome_has_a_value": lambda: fresh_outcome(total=None),
    "indicators_not_measured_has_a_reason": lambda: fresh_outcome(state="not_measured", total=None, reason=""),
    "indicators_a_sex_has_a_value_or_an_absence": lambda: fresh_outcome(women=Decimal(1), women_absence="suppressed"),
    "indicators_absence_known": lambda: fresh_outcome(men_absence="forgotten"),
    "indicators_outcome_tertial": lambda: fresh_outcome(tertial=4),
    "indicators_one_current_forecast": lambda: (_forecast().save(), _forecast())[1],
    "indicators_forecast_says_something": lambda: _forecast(verdict=""),
    "indicators_forecast_verdict_known": lambda: _forecast(verdict="perhaps"),
    "indicators_forecast_tertial": lambda: _forecast(tertial=4),
    "indicators_one_current_verdict": lambda: copy(first(IndicatorVerdict), supersedes=None),
    "indicators_verdict_known": lambda: fresh(IndicatorVerdict, verdict="perhaps"),
    "indicators_verdict_or_comment": lambda: fresh(IndicatorVerdict, verdict="", comment=""),
    # goals
    "goals_code_once_a_year": lambda: copy(first(Objective)),
    "goals_objective_ends_after_it_begins": lambda: copy(first(Objective), code="x", last_year=2018),
    "goals_level_known": lambda: copy(first(Objective), code="x", level="dream"),
    "goals_one_current_wording": lambda: copy(first(Wording), supersedes=None),
    "goals_wording_has_a_title": lambda: copy(first(Wording), from_year=2030, title=""),
    "goals_indicator_once_for_an_objective": lambda: copy(first(ObjectiveIndicator)),
    "goals_obliged_once": lambda: copy(first(Obligation)),
    "goals_one_current_assessment": lambda: copy(first(Assessment), supersedes=None),
    "goals_assessment_verdict_known": lambda: copy(first(Assessment), tertial=1, verdict="perhaps"),
    "goals_assessment_tertial": lambda: copy(first(Assessment), tertial=4),
    "goals_one_current_city_verdict": lambda: copy(first(CityVerdictRecord), supersedes=None),
    "goals_city_verdict_known": lambda: fresh(CityVerdictRecord, verdict="perhaps"),
    "goals_city_verdict_has_a_motive": lambda: fresh(CityVerdictRecord, motive="  "),
    "goals_city_verdict_names_its_grounds": lambda: fresh(CityVerdictRecord, grounds=""),
    "goals_decision_whole_or_none": lambda: fresh(CityVerdictRecord, decision_paragraph=""),
    # annual report
    "annual_report_number_once": lambda: copy(
        first(Edition), state="published", published_at=AT, published_by=BY, title="En till"
    ),
    "annual_report_one_draft": lambda: copy(first(Edition), number=2, correction_note="Rättad."),
    "annual_report_numbers_from_one": lambda: copy(first(Edition), year=2030, number=0, correction_note="x"),
    "annual_report_published_by_somebody": lambda: copy(first(Edition), year=2030, state="published"),
    "annual_report_a_correction_says_why": lambda: copy(first(Edition), year=2030, number=2),
    "annual_report_part_place_once": lambda: copy(first(Part)),
    "annual_report_picture_has_alt_text": lambda: copy(first(Part), place=99, image_source="x.jpg", image_alt=""),
    "annual_report_section_once": lambda: copy(first(BoundSection, objective__isnull=False)),
    "annual_report_one_frame": lambda: copy(first(BoundSection, objective__isnull=True)),
    "annual_report_sentence_id_once": lambda: copy(statement()),
    "annual_report_citation_has_words": lambda: copy(first(Citation), start=5, end=5),
    "annual_report_citation_names_a_fact": lambda: copy(first(Citation), fact=""),
    "annual_report_finding_severity_known": lambda: _finding(severity="mild"),
    "annual_report_waived_once": lambda: (_waiver().save(), _waiver())[1],
    "annual_report_waiver_says_why": lambda: _waiver(because=""),
}


def _forecast(**changes):
    outcome = first(Outcome)
    said = {"year": 2030, "tertial": 1, "verdict": "met", "recorded_by": BY, "recorded_at": AT} | changes
    return Forecast(indicator=outcome.indicator, version=outcome.version, **said)


def _finding(**changes):
    from ledtrad.apps.annual_report.models import CheckRun

    said = {"place": 99, "kind": "sum", "severity": "error", "message": "x"} | changes
    return Finding(edition=first(Edition), run=first(CheckRun), **said)


def _waiver(**changes):
    one = statement()
    said = {"sentence_id": one.sentence_id, "claim_text": "x", "because": "y", "by": BY, "at": AT} | changes
    return Waiver(edition=one.edition, objective=one.objective, **said)


def test_the_database_refuses(report, subtests):
    for name, make in CASES.items():
        with subtests.test(name), transaction.atomic():
            row = make()
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                row.save(force_insert=True)
            assert _is_about(str(refused.value), name, type(row))
            transaction.set_rollback(True)


def _is_about(message, name, model):
    """PostgreSQL names the constraint; SQLite names it for checks, but for uniqueness only the columns."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    return name in message or all(f".{column}" in message for column in _columns(model, constraint))


def _columns(model, constraint):
    return [model._meta.get_field(field).column for field in getattr(constraint, "fields", ("no such column",))]


def test_every_constraint_is_tried():
    """A constraint added later must be tried here too. One can only be told about a row that has its own id."""
    from django.apps import apps
    from tests.apps.test_constraints_of_surveys import CASES as CASES_OF_SURVEYS
    from tests.apps.test_constraints_of_the_year import CASES as CASES_OF_THE_YEAR

    ours = [model for model in apps.get_models() if model.__module__.startswith("ledtrad.")]
    declared = {constraint.name for model in ours for constraint in model._meta.constraints}
    # An unknown state of a fetch breaks neighbours_fetch_is_where_it_says as well, and only one of them is told.
    told_by_another = {"neighbours_fetch_state_known"}
    tried = {*CASES, *CASES_OF_THE_YEAR, *CASES_OF_SURVEYS, "goals_objective_not_its_own_parent"}
    assert declared == tried | told_by_another


def test_a_goal_is_not_its_own_parent(city):
    with pytest.raises(IntegrityError, match="goals_objective_not_its_own_parent"), transaction.atomic():
        Objective.objects.filter(code="1.2").update(parent_id=first(Objective, code="1.2").pk)
