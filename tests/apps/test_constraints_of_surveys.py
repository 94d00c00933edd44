"""The schema's invariants once more, for the tables of surveys: what no action stores, none can store.

Each row starts as one that the database takes (`FRESH`), and has one thing changed so that it breaks one constraint.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from tests import universe
from tests.apps.test_append_only import play_a_survey
from tests.apps.test_constraints import _is_about, copy, first

from ledtrad.apps.surveys.models import (
    AnswerSet,
    Measure,
    PublishedDifference,
    PublishedEstimate,
    Question,
    ResponseGroup,
    RoundedCells,
    Scale,
    ShownCells,
    Stratum,
    Survey,
    Wave,
    WaveDesign,
    WaveState,
    Wording,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def surveyed(django_db_setup, django_db_blocker, tmp_path_factory):
    """Lillköping after a wave that was planned, held and published, and one that was cancelled."""
    answers = tmp_path_factory.mktemp("answers")
    with django_db_blocker.unblock(), override_settings(ANSWERS_DIR=answers), transaction.atomic():
        universe.build_city()
        play_a_survey()
        yield
        transaction.set_rollback(True)


# What a copy of the first row says instead, so that it clashes with nothing.
RETIRED = {"supersedes": None, "is_current": False}
NUMBERS = ("estimate", "se", "low", "high", "df", "deff", "base")
HIDDEN = {"state": "suppressed", "reason": "För få svar"} | dict.fromkeys(NUMBERS)
FRESH = {
    Survey: {"code": "x"},
    Wave: {"year": 2030},
    WaveState: RETIRED,
    WaveDesign: RETIRED,
    Stratum: {"code": "x"},
    AnswerSet: RETIRED,
    ResponseGroup: RETIRED,
    Scale: {"code": "x"},
    Question: {"code": "x"},
    Wording: {"number": 9, "from_year": 2030, "change_note": "Klarare."},
    Measure: RETIRED,
    PublishedEstimate: RETIRED | {"state": "shown", "estimate": 50.0, "base": 60, "sex": ""},
    PublishedDifference: RETIRED,
    ShownCells: RETIRED,
    RoundedCells: RETIRED,
}

ROWS = [
    # surveys and waves
    ("surveys_survey_has_a_name", Survey, {"name": ""}),
    ("surveys_survey_has_a_name", Survey, {"code": ""}),
    ("surveys_one_wave_a_year", Wave, {"year": 2018}),
    ("surveys_one_current_state", WaveState, {"is_current": True}),
    ("surveys_wave_state_known", WaveState, {"state": "lost"}),
    ("surveys_a_cancelled_wave_says_why", WaveState, {"state": "cancelled", "reason": ""}),
    # designs
    ("surveys_one_current_design", WaveDesign, {"is_current": True}),
    ("surveys_design_has_a_population", WaveDesign, {"population": ""}),
    ("surveys_design_break_known", WaveDesign, {"breaks": "boredom", "change_note": "x"}),
    ("surveys_design_break_says_why", WaveDesign, {"breaks": "mode", "change_note": ""}),
    ("surveys_wave_ends_after_it_begins", WaveDesign, {"opened": date(2018, 2, 2), "closed": date(2018, 2, 1)}),
    ("surveys_stratum_once", Stratum, {"code": "01"}),
    ("surveys_stratum_has_a_code", Stratum, {"code": ""}),
    ("surveys_stratum_holds_its_sample", Stratum, {"population": 399, "drawn": 400}),
    # questions
    ("surveys_scale_once", Scale, {"code": "kvall"}),
    ("surveys_scale_has_steps", Scale, {"steps": ""}),
    ("surveys_scale_has_steps", Scale, {"code": ""}),
    ("surveys_question_once", Question, {"code": "kvall"}),
    ("surveys_question_has_a_title", Question, {"title": ""}),
    ("surveys_question_has_a_title", Question, {"code": ""}),
    ("surveys_wording_number_once", Wording, {"number": 1}),
    ("surveys_wording_year_once", Wording, {"from_year": 2018}),
    ("surveys_wording_break_known", Wording, {"breaks": "boredom"}),
    ("surveys_wording_has_words", Wording, {"texts": ""}),
    ("surveys_wording_has_words", Wording, {"column": ""}),
    ("surveys_wording_says_why", Wording, {"change_note": ""}),
    ("surveys_one_current_measure", Measure, {"is_current": True}),
    ("surveys_a_share_counts_some_answers", Measure, {"statistic": "proportion", "levels": ""}),
    ("surveys_a_share_counts_some_answers", Measure, {"statistic": "mean", "levels": "1 2"}),
    # answers
    ("surveys_one_current_answer_set", AnswerSet, {"is_current": True}),
    ("surveys_answers_state_known", AnswerSet, {"state": "lost"}),
    ("surveys_deleted_answers_say_why", AnswerSet, {"state": "deleted", "reason": ""}),
    ("surveys_misfits_are_accepted", AnswerSet, {"misfits": "{}", "accepted": ""}),
    ("surveys_one_current_response", ResponseGroup, {"is_current": True}),
    ("surveys_no_more_answer_than_were_drawn", ResponseGroup, {"answered": 801, "drawn": 800}),
    ("surveys_response_group_has_both", ResponseGroup, {"kind": "sex", "code": ""}),
    ("surveys_response_group_has_both", ResponseGroup, {"kind": "", "code": "women"}),
    # estimates
    ("surveys_one_current_estimate", PublishedEstimate, {"is_current": True}),
    ("surveys_estimate_state_known", PublishedEstimate, {"state": "lost"}),
    ("surveys_estimate_kind_known", PublishedEstimate, {"kind": "guessed"}),
    ("surveys_estimate_sex_known", PublishedEstimate, {"sex": "other"}),
    ("surveys_what_is_hidden_holds_no_number", PublishedEstimate, {"estimate": None}),
    ("surveys_what_is_hidden_holds_no_number", PublishedEstimate, {"base": None}),
    ("surveys_what_is_hidden_holds_no_number", PublishedEstimate, HIDDEN | {"reason": ""}),
    *(("surveys_what_is_hidden_holds_no_number", PublishedEstimate, HIDDEN | {one: 7}) for one in NUMBERS),
    ("surveys_one_current_difference", PublishedDifference, {"is_current": True}),
    ("surveys_difference_is_between_two", PublishedDifference, {"first": ""}),
    ("surveys_difference_is_between_two", PublishedDifference, {"first": "men", "second": "men"}),
    ("surveys_one_current_set_of_cells", ShownCells, {"is_current": True}),
    ("surveys_shown_cells_are_told", ShownCells, {"cells": ""}),
    ("surveys_shown_cells_are_told", ShownCells, {"answers": ""}),
    ("surveys_one_current_rounding", RoundedCells, {"is_current": True}),
    ("surveys_multiple_is_offered", RoundedCells, {"multiple": 2}),
    ("surveys_multiple_is_offered", RoundedCells, {"multiple": 21}),
    *(("surveys_rounded_cells_are_told", RoundedCells, {one: ""}) for one in ("cells", "figures", "mark")),
    ("surveys_what_adds_up_is_not_off", RoundedCells, {"adds_up": True, "off": 5}),
]
# A statistic that nobody knows is neither a share nor a mean: it breaks two constraints, whatever else the row says.
TWICE = ("surveys_measure_statistic_known", "surveys_a_share_counts_some_answers")
CASES = {name for name, _, _ in ROWS} | set(TWICE)


def fresh(model, **changes):
    return copy(first(model), **FRESH[model] | changes)


def broken(row):
    """The names of the constraints that the row breaks, as Django asks the database of each of them for itself."""
    return {constraint.name for constraint in row._meta.constraints if not _holds(constraint, row)}


def _holds(constraint, row):
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return False
    return True


def refusal(row):
    """What the database says when it is asked to store the row."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    return str(refused.value)


@pytest.mark.parametrize("model", [*FRESH, HIDDEN], ids=lambda one: getattr(one, "__name__", "hidden"))
def test_the_database_takes_what_breaks_nothing(surveyed, model):
    """So it is the change, and nothing else of the row, that is refused below."""
    row = fresh(PublishedEstimate, **HIDDEN) if model is HIDDEN else fresh(model)
    with transaction.atomic():
        row.save(force_insert=True)
        connection.check_constraints()
        transaction.set_rollback(True)
    assert broken(row) == set()


@pytest.mark.parametrize(("name", "model", "changes"), ROWS)
def test_the_database_refuses(surveyed, name, model, changes):
    row = fresh(model, **changes)
    assert broken(row) == {name}
    assert _is_about(refusal(row), name, model)


def test_a_statistic_that_nobody_knows_is_refused(surveyed):
    row = fresh(Measure, statistic="median")
    assert broken(row) == set(TWICE)
    told = refusal(row)
    assert any(name in told for name in TWICE)
