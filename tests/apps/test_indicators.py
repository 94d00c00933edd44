"""Indicators: exact figures, outcomes that are never overwritten, definitions that keep their question."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import universe
from tests.universe import AT, BY, percent

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.queries import entries_about
from ledtrad.apps.indicators import actions
from ledtrad.apps.indicators.models import Outcome
from ledtrad.apps.indicators.queries import indicator_page, outcome_history
from ledtrad.core.assessment import Forecast, Sense, Verdict, at_least, at_most, within
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import COUNT, PERCENT, Quantity, quantity

YEAR = Period(2020)


def result(code, year=2020):
    return next(row.found.result for row in indicator_page(code).years if row.year == year)


def give(code, value, period=YEAR, **more):
    actions.record_outcome(code=code, period=period, outcome=value, by=BY, at=AT, **more)


# --- exact ----------------------------------------------------------------------------------------

exact = st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**25), max_value=10**25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(exact, exact, exact)
def test_every_digit_survives_the_database(city, total, women, men):
    """SQLite's own numbers would lose digits from the sixteenth on, and turn some into others."""
    give("1.2.2", Measured(*(Quantity(value, PERCENT, 12) for value in (total, women, men))))
    found = result("1.2.2").measured
    assert (found.total.value, found.women.value, found.men.value) == (total, women, men)


def test_trailing_zeros_and_counts_are_kept(city):
    value = Quantity(Decimal("72.50"), PERCENT, 2, Decimal(725), Decimal(1000))
    give("1.1.1", Measured(value))
    assert result("1.1.1").measured.total == value
    assert str(result("1.1.1").measured.total.value) == "72.50"


def test_zero_is_an_outcome(city):
    zero = result("2.1.1", 2021).measured
    assert zero is not None
    assert zero.total.value == 0


@pytest.mark.parametrize("kind", AbsenceKind)
def test_what_is_missing_stays_missing(city, kind):
    missing = Absence(kind, "Skäl", "Kontoret", "mars 2021")
    give("1.1.1", missing)
    assert result("1.1.1").outcome == missing
    assert result("1.1.1").measured is None


def test_one_sex_can_be_suppressed_alone(city):
    found = result("1.2.2", 2021).measured
    assert found.women == Absence(AbsenceKind.SUPPRESSED, "Färre än tio svar")
    assert found.men == percent("87")


def test_exact_numbers_cannot_be_searched(db):
    """On SQLite they are text: "9" > "10" there, so the question is refused on both databases."""
    with pytest.raises(TypeError, match="SQLite keeps it as text"):
        Outcome.objects.filter(total__gt=Decimal(9))


def test_only_finite_decimals_are_exact():
    field = Outcome._meta.get_field("total")
    with pytest.raises(TypeError, match="not float"):
        field.get_prep_value(0.1)
    with pytest.raises(ValueError, match="not a finite number"):
        field.get_prep_value(Decimal("NaN"))


# --- append-only ----------------------------------------------------------------------------------


def test_a_correction_supersedes_and_the_first_stays(city):
    give("1.2.2", Measured(percent("85")), source=actions.Source("rättelse.xlsx", "Blad1", "B2", "cd" * 32))
    newest, first = outcome_history("1.2.2", 2020)
    assert (newest.is_current, first.is_current) == (True, False)
    assert (newest.outcome.total.value, first.outcome.total.value) == (85, 84)
    assert newest.source == "rättelse.xlsx#Blad1!B2"
    assert Outcome.objects.get(is_current=True, indicator__code="1.2.2", year=2020).supersedes.total == 84


def test_the_log_tells_both_values(city):
    give("1.2.2", Measured(percent("85")))
    entry = entries_about("outcome:1.2.2/2020")[0]
    assert (entry.before["total"], entry.after["total"]) == ("84", "85")


def test_tertials_stand_beside_the_year(city):
    give("1.2.2", Measured(percent("80")), Period(2020, 2))
    assert result("1.2.2").measured.total.value == 84


def test_a_forecast_is_not_an_outcome(city):
    new = actions.NewForecast("1.2.1", Period(2020, 2), Forecast(percent("75.5"), Verdict.PARTLY))
    actions.record_forecasts(forecasts=[new], by=BY, at=AT)
    found = result("1.2.1")
    assert found.forecast == new.forecast
    assert found.outcome == universe.CALLED_OFF


def test_all_are_stored_or_none(city):
    good = actions.NewOutcome("1.1.1", Period(2025), Measured(percent("1")))
    bad = actions.NewOutcome("1.1.1", Period(2026), Measured(quantity("1", COUNT)))
    with pytest.raises(Refused, match="mäts i %"):
        actions.record_outcomes(outcomes=[good, bad], by=BY, at=AT)
    assert not Outcome.objects.filter(year__gte=2025).exists()


@pytest.mark.parametrize(
    ("code", "year", "sentence"),
    [("9.9", 2020, "Indikatorn 9.9 finns inte"), ("1.1.1", 2014, "inte definierad för 2014")],
)
def test_outcomes_need_a_defined_indicator(city, code, year, sentence):
    with pytest.raises(Refused, match=sentence):
        give(code, Measured(percent("1")), Period(year))


def test_the_same_cell_twice_is_refused(city):
    twice = actions.NewOutcome("1.1.1", YEAR, Measured(percent("1")))
    with pytest.raises(Refused, match="två gånger"):
        actions.record_outcomes(outcomes=[twice, twice], by=BY, at=AT)


# --- targets and definitions ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("1.1.1", at_least(percent("70.5"))),
        ("2.1.1", at_most(quantity("28", universe.MICROGRAMS))),
        ("2.1.2", within(percent("-2.5"), percent("2.5"))),
    ],
)
def test_targets_of_every_sense_come_back(city, code, target):
    actions.set_targets(targets=[actions.NewTarget(code, 2020, target)], by=BY, at=AT)
    assert result(code).target == target


def test_a_target_by_sex_comes_back(city):
    women = at_least(percent("75"))
    target = type(women)(Sense.MORE, percent("77"), None, women, at_least(percent("79")))
    actions.set_targets(targets=[actions.NewTarget("1.2.1", 2020, target)], by=BY, at=AT)
    assert result("1.2.1").target == target


def test_an_indicator_can_be_followed_without_a_target(city):
    actions.set_targets(targets=[actions.NewTarget("1.1.1", 2022, None)], by=BY, at=AT)
    assert result("1.1.1", 2022).target is None


@pytest.mark.parametrize(
    ("target", "sentence"),
    [(at_most(percent("70")), "åt ett annat håll"), (at_least(quantity("70", COUNT)), "annan enhet")],
)
def test_a_target_follows_the_definition(city, target, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.set_targets(targets=[actions.NewTarget("1.1.1", 2020, target)], by=BY, at=AT)


def revised(title="Andel elever som når alla mål"):
    return actions.Definition(title, PERCENT, Sense.MORE)


def test_a_changed_question_is_a_new_version_and_the_past_keeps_its_own(city):
    actions.revise_indicator(code="1.1.1", from_year=2021, definition=revised(), because="Ny läroplan.", by=BY, at=AT)
    give("1.1.1", Measured(percent("60")), Period(2021))
    assert result("1.1.1", 2020).name == "Andel elever som når målen"
    assert result("1.1.1", 2021).name == "Andel elever som når alla mål"
    assert [(card.number, card.from_year, card.change_note) for card in indicator_page("1.1.1").versions] == [
        (1, 2015, ""),
        (2, 2021, "Ny läroplan."),
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"because": " "}, "Skriv varför"),
        ({"from_year": 2015}, "gäller från 2015"),
        ({"code": "9.9"}, "finns inte"),
        ({"definition": actions.Definition("x", PERCENT, Sense.MORE, rule="gissning")}, "Regeln gissning finns inte"),
    ],
)
def test_what_cannot_be_revised(city, change, sentence):
    asked = {"code": "1.1.1", "from_year": 2021, "definition": revised(), "because": "Ny läroplan."} | change
    with pytest.raises(Refused, match=sentence):
        actions.revise_indicator(**asked, by=BY, at=AT)


def test_a_code_is_taken_once(city):
    with pytest.raises(Refused, match="finns redan"):
        actions.define_indicators(indicators=[actions.NewIndicator("1.1.1", 2020, revised())], by=BY, at=AT)


# --- the page -------------------------------------------------------------------------------------


def test_the_page_shows_every_year_and_why_one_is_empty(city):
    page = indicator_page("B.1")
    assert [(row.year, row.is_due, row.found is not None) for row in page.years] == [
        (2017, True, True),
        (2018, False, False),
        (2019, False, False),
        (2020, True, True),
    ]
    assert indicator_page("9.9") is None


def test_the_page_asks_as_often_however_long_the_history(city):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            indicator_page("2.1.1")
        return len(caught)

    before = asked()
    for year in range(2022, 2030):
        give("2.1.1", Measured(quantity("20", universe.MICROGRAMS)), Period(year))
    assert asked() == before <= 11
