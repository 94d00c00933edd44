"""A definition that drifts is reported and never applied: nothing is stored until somebody has said what it means."""

import pytest
from tests.neighbours.conftest import PROGRAM, SUSPECTS, VICTIMS, fetched, kpi, later, subscribed, value
from tests.reporting_year import actor

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.indicators.models import Batch, IndicatorVersion, Observation
from ledtrad.apps.indicators.queries import observations
from ledtrad.apps.neighbours.actions import ask_due, ask_fetch, settle_drift
from ledtrad.apps.neighbours.actions.settling import NewVersion
from ledtrad.apps.neighbours.models import DriftReport
from ledtrad.apps.neighbours.queries import drift_by_id, drifts_of, subscription
from ledtrad.core.series.drift import DriftKind

TEXT = f"Detta är ett osäkerhetstal. ”{SUSPECTS.removeprefix('Osäkerhetstal - ')}” är en punktskattning. Källa: Brå."
BEFORE = kpi("N07655", SUSPECTS, TEXT, is_divided_by_gender=False, municipality_type="A")
AFTER = BEFORE | {"title": VICTIMS, "publication_date": "2025-12-15", "publ_period": "2026"}
VERSION = NewVersion(2026, VICTIMS, TEXT, "wording")


@pytest.fixture
def drifted(town, neighbour):
    """Kolada's N07655, as it was on 4 March 2026 and as it was on the 23rd: the number of the drift report."""
    neighbour.say(kpis=[BEFORE], values=[value(2024, 3.1, code="N07655")])
    subscribed("n07655", said=BEFORE, by_sex=False, every_days=7)
    assert fetched("n07655")[1] == "done"
    neighbour.say(kpis=[AFTER], values=[value(2024, 9.9, code="N07655"), value(2026, 4.4, code="N07655")])
    assert fetched("n07655", at=later(19))[1] == "held"
    return DriftReport.objects.get().pk


def settle(drift, settlement="same_question", motive="Bara titeln.", by=PROGRAM, version=None):
    settle_drift(drift=drift, settlement=settlement, motive=motive, version=version, by=by, at=later(20))


def test_n07655_is_shown_as_another_question(drifted):
    card = drift_by_id(drifted)
    (part,) = card.drift.parts
    assert (part.field, part.kind) == ("title", DriftKind.QUESTION)
    assert [piece.text.strip() for piece in part.pieces if not (piece.in_pinned and piece.in_found)] == [
        "brottsmisstänkta",
        "brottsutsatta",
    ]
    assert "brottsmisstänkta" in card.drift.contradicts_itself


def test_nothing_is_taken_in_while_it_waits(drifted):
    assert Batch.objects.count() == 1
    assert Observation.objects.count() == 1
    assert subscription("n07655").definition.title == SUSPECTS
    with pytest.raises(Conflict, match="ställning"):
        ask_fetch(name="n07655", by=PROGRAM, at=later(20))
    assert ask_due(by=PROGRAM, at=later(90)) == 0


def test_another_question_is_a_new_version_with_a_break(drifted):
    settle(drifted, "new_version", "Frågan gäller nu brottsutsatta.", version=VERSION)
    first, second = IndicatorVersion.objects.filter(indicator__code="1.2.2").order_by("number")
    assert (second.title, second.from_year, second.breaks) == (VICTIMS, 2026, "wording")
    assert first.breaks == ""
    assert fetched("n07655", at=later(21))[1] == "done"
    held = {where.year: str(said.value) for where, said in observations("1.2.2").items()}
    assert held == {2024: "3.1", 2026: "4.4"}, "2024 keeps the answer to the old question, not 9.9"
    versions = dict(Observation.objects.filter(is_current=True).values_list("year", "version__number"))
    assert versions == {2024: 1, 2026: 2}


def test_the_same_question_in_other_words_has_no_break(drifted):
    settle(drifted)
    assert IndicatorVersion.objects.filter(indicator__code="1.2.2").count() == 1
    assert subscription("n07655").definition.title == VICTIMS
    assert fetched("n07655", at=later(21))[1] == "done"
    assert {where.year: str(said.value) for where, said in observations("1.2.2").items()} == {2024: "9.9", 2026: "4.4"}


def test_what_was_pinned_can_be_kept_and_no_more_fetched(drifted):
    settle(drifted, "stopped", "Vi frågar själva.")
    card = subscription("n07655")
    assert (card.is_stopped, card.definition.title, card.next_at) == (True, SUSPECTS, None)
    assert drifts_of("n07655")[0].settlement == "stopped"


def test_only_once_and_only_the_centre_and_with_a_motive(drifted):
    for who in ("rut", "rakel", "ada", "edit"):
        with pytest.raises(Forbidden):
            settle(drifted, by=actor(who))
    for wrong in (
        {"motive": "  "},
        {"settlement": "other"},
        {"settlement": "new_version"},
        {"settlement": "new_version", "version": NewVersion(2026, VICTIMS, "", "weather")},
        {"settlement": "new_version", "version": NewVersion(2026, " ", "", "wording")},
        {"settlement": "new_version", "version": NewVersion(2015, VICTIMS, "", "wording")},
    ):
        with pytest.raises(Refused):
            settle(drifted, **wrong)
    assert subscription("n07655").open_drift == drifted
    settle(drifted, by=actor("carl"))
    with pytest.raises(Conflict):
        settle(drifted)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Anmälda våldsbrott, antal/100 000 inv."},
        {"description": "Källa: Brå"},
        {"is_divided_by_gender": False},
    ],
)
def test_the_smallest_difference_is_reported(town, neighbour, change):
    subscribed()
    neighbour.say(kpis=[kpi() | change])
    assert fetched()[1] == "held"


def test_a_new_day_of_publication_is_no_drift(town, neighbour):
    subscribed()
    neighbour.say(kpis=[kpi() | {"publication_date": "2027-01-01", "publ_period": "2026", "auspice": "E"}])
    assert fetched()[1] == "done"
