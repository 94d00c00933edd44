"""The steering calendar: who sets it, how a moved day is remembered, and what the sentences say."""

from datetime import UTC, date, datetime

import pytest
from tests import reporting_year as year
from tests.reporting_year import IN_PLANNING, YEAR, actor

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen, why_not
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.steering import actions as steering
from ledtrad.apps.steering.models import Phase
from ledtrad.apps.steering.policies import (
    check_may_plan,
    check_receives,
    check_sees_plan,
    check_year,
)
from ledtrad.apps.steering.queries import (
    adopted_plans,
    calendar_years,
    decisions_on,
    hidden_plans,
    holding_plans,
    is_adopted,
    moved_phases,
    phase,
    phases,
)
from ledtrad.core.assessment import Decision
from ledtrad.core.calendar import PhaseDates, PhaseKind

T1 = PhaseKind.TERTIAL_1
MOVED = PhaseDates(YEAR, T1, date(2021, 4, 26), date(2021, 5, 14), date(2021, 6, 1))
DECISION = Decision("Kulturnämnden", date(2021, 1, 9), "§ 3", "KUN 2021/2")


@pytest.fixture
def calendar(city):
    year.build()


# --- the days ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("calendar")
def test_a_moved_day_supersedes_and_what_was_known_before_is_still_known():
    before = phases(YEAR)
    steering.set_phases(phases=[MOVED], by=actor("carl"), at=IN_PLANNING)
    assert phase(YEAR, T1) == MOVED
    assert phase(YEAR, T1, known_at=year.BEFORE) == before[1]
    assert [dates.due for dates, _ in moved_phases(YEAR)] == [date(2021, 5, 10)]
    assert [one.kind for one in phases(YEAR)] == list(PhaseKind)
    assert calendar_years() == (YEAR,)
    assert verify().is_whole


@pytest.mark.usefixtures("calendar")
def test_what_stands_already_is_left_alone():
    rows, entries = Phase.objects.count(), verify().entries
    steering.set_phases(phases=phases(YEAR), by=actor("carl"), at=IN_PLANNING)
    assert (Phase.objects.count(), verify().entries) == (rows, entries)


@pytest.mark.usefixtures("calendar")
@pytest.mark.parametrize("name", ["rut", "sara", "ulla", "rakel", "edit", "ada"])
def test_only_the_centre_sets_the_days(name):
    with pytest.raises(Forbidden, match="Bara centrala controllers kan ändra styrkalendern"):
        steering.set_phases(phases=[MOVED], by=actor(name), at=IN_PLANNING)
    assert phase(YEAR, T1).due == date(2021, 5, 10)


@pytest.mark.usefixtures("calendar")
@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (
            PhaseDates(YEAR, T1, date(2021, 4, 1), date(2021, 9, 13), date(2021, 9, 20)),
            "Tertialrapport 2 för 2021 ska vara",
        ),
        (
            PhaseDates(YEAR, T1, date(2020, 1, 1), date(2021, 1, 15), date(2021, 9, 20)),
            "Tertialrapport 1 för 2021 ska vara",
        ),
        (PhaseDates(YEAR, T1, date(2019, 12, 31), date(2021, 5, 15), date(2021, 9, 20)), "ska ligga mellan den"),
        (PhaseDates(2012, T1, date(2021, 4, 1), date(2021, 5, 10), date(2021, 6, 1)), "ska ligga mellan den"),
    ],
)
def test_days_in_no_order_are_refused_and_none_of_them_is_stored(dates, sentence):
    entries = verify().entries
    good = PhaseDates(2022, T1, date(2022, 4, 26), date(2022, 5, 10), date(2022, 6, 1))
    with pytest.raises(Refused, match=sentence):
        steering.set_phases(phases=[good, dates], by=actor("carl"), at=IN_PLANNING)
    assert (verify().entries, phase(2022, T1)) == (entries, None)


@pytest.mark.usefixtures("calendar")
def test_the_same_phase_twice_is_refused():
    with pytest.raises(Refused, match="två gånger"):
        steering.set_phases(phases=[MOVED, MOVED], by=actor("carl"), at=IN_PLANNING)


# --- what is received --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("calendar")
@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (datetime(2021, 4, 25, 21, 59, 59, 999999, tzinfo=UTC), "Tertialrapport 1 för 2021 öppnar den 26 april 2021."),
        (datetime(2021, 4, 25, 22, 0, tzinfo=UTC), ""),
        (datetime(2021, 5, 10, 21, 59, 59, 999000, tzinfo=UTC), ""),
        (datetime(2021, 5, 31, 21, 59, 59, 999999, tzinfo=UTC), ""),
        (datetime(2021, 5, 31, 22, 0, tzinfo=UTC), "Tertialrapport 1 för 2021 stängde den 1 juni 2021."),
    ],
)
def test_received_from_the_first_moment_to_the_last(at, sentence):
    assert why_not(check_receives, YEAR, T1, at).replace("\xa0", " ") == sentence


@pytest.mark.usefixtures("calendar")
def test_without_dates_nothing_is_received():
    said = why_not(check_receives, 2030, PhaseKind.YEAR_REPORT, IN_PLANNING)
    assert said == "Styrkalendern har inga datum för årsrapporten för 2030."


@pytest.mark.parametrize("number", [0, 1999, 2101, 999999])
def test_a_year_that_is_none_is_not_there(number):
    with pytest.raises(Unseen):
        check_year(number)


# --- plans -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("calendar")
def test_who_sees_which_drafts():
    def sees(name, unit):
        return not why_not(check_sees_plan, actor(name), unit, is_adopted=False)

    table = {
        "rut": {"kultur", "bibliotek", "scenen"},
        "lars": {"kultur", "bibliotek", "scenen"},
        "ulla": {"kultur", "bibliotek"},
        "ove": {"miljo"},
        "carl": {"kultur", "bibliotek", "scenen", "miljo", "ks"},
        "rakel": {"kultur", "bibliotek", "scenen", "miljo", "ks"},
        "ada": set(),
        "edit": set(),
    }
    units = ("kultur", "bibliotek", "scenen", "miljo", "ks")
    assert {name: {unit for unit in units if sees(name, unit)} for name in table} == table
    hidden = {name: hidden_plans(actor(name), YEAR) for name in table}
    assert {name: {unit for unit in units if unit not in hidden[name]} for name in table} == table
    assert why_not(check_sees_plan, NOBODY, "kultur", is_adopted=True) == "Logga in för att läsa planer och kalender."


@pytest.mark.usefixtures("calendar")
def test_what_a_board_adopts_holds_for_its_units_and_for_no_other():
    steering.adopt_plan(unit="kultur", year=YEAR, decision=DECISION, by=actor("sara"), at=IN_PLANNING)
    assert holding_plans(YEAR) == {"kultur", "bibliotek", "scenen"}
    assert adopted_plans(YEAR) == {"kultur"}
    assert (is_adopted("kultur", YEAR), is_adopted("kultur", YEAR + 1), is_adopted("miljo", YEAR)) == (
        True,
        False,
        False,
    )
    assert "kultur" not in hidden_plans(actor("ove"), YEAR)
    assert "miljo" in hidden_plans(actor("rut"), YEAR)


@pytest.mark.usefixtures("calendar")
def test_what_the_council_adopts_is_its_own_plan_alone():
    steering.adopt_plan(unit="kf", year=YEAR, decision=DECISION, by=actor("carl"), at=IN_PLANNING)
    assert holding_plans(YEAR) == {"kf"}


@pytest.mark.usefixtures("calendar")
def test_who_may_change_which_plan():
    table = {
        "kf": {"carl"},
        "kultur": {"rut", "rolf", "sara"},
        "bibliotek": {"rut", "rolf", "sara", "ulla"},
        "scenen": {"rut", "rolf", "sara"},
        "miljo": {"ove"},
        "ks": set(),
    }
    names = ("rut", "rolf", "sara", "lars", "ulla", "ove", "carl", "edit", "rakel", "ada")
    may = {unit: {name for name in names if not why_not(check_may_plan, actor(name), unit)} for unit in table}
    assert may == table
    assert why_not(check_may_plan, actor("rut"), "finns-inte") == "Enheten finns-inte finns inte."


@pytest.mark.usefixtures("calendar")
def test_a_decision_is_kept_with_what_it_touched():
    made = {"unit": "kultur", "year": YEAR, "decision": DECISION, "by": actor("sara"), "at": IN_PLANNING}
    steering.record_plan_decision(**made, objects=["goal:1.1/2021", "goal:1.1/2021", "activity:x"], motive=" Ny lag. ")
    (found,) = decisions_on("kultur", YEAR)
    assert (found.objects, found.motive, found.adopts) == (("goal:1.1/2021", "activity:x"), "Ny lag.", False)
    with pytest.raises(Refused, match="rör ingenting"):
        steering.record_plan_decision(**made, objects=[])
    with pytest.raises(Forbidden):
        steering.record_plan_decision(**made | {"by": actor("ove")}, objects=["goal:1.1/2021"])
