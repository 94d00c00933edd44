"""Styrkalendern

Varje styrår har faser som öppnar, ska vara klara och stänger. Dagarna är stadens: klockan är den i Stockholm, var
datorn eller läsaren än finns.
"""

from datetime import UTC, date, datetime

import pytest
from tests.core.method.spec import EMPTY, examples, spaces

from ledtrad.core.calendar import (
    CITY_CLOCK,
    PhaseDates,
    PhaseKind,
    PhaseState,
    city_day,
    is_reminded,
    midnight,
    phase_of,
    reminder_days,
)
from ledtrad.core.language.writing import write_date, write_phase
from ledtrad.core.periods import parse_period

STATES = {
    "kommer": PhaseState.TO_COME,
    "öppen": PhaseState.OPEN,
    "sen": PhaseState.OVERDUE,
    "stängd": PhaseState.CLOSED,
}


def phase(opens, due, closes):
    return PhaseDates(2021, PhaseKind.TERTIAL_1, *(date.fromisoformat(day) for day in (opens, due, closes)))


def moment(text):
    """ "2021-05-10 23.59.59,999", by the clock in the city."""
    day, _, clock = text.partition(" ")
    hour, minute, second = clock.replace(",", ".").split(".", 2)
    whole, _, part = second.partition(".")
    at = (int(hour), int(minute), int(whole), int(part.ljust(6, "0") or 0))
    year, month, number = map(int, day.split("-"))
    return datetime(year, month, number, *at, tzinfo=CITY_CLOCK)


@examples
def test_phases(row):
    """Fasernas ordning

    Planen görs före året. Det finns ingen rapport för tredje tertialet: årsrapporten har det.

    | fas | rapporterar |
    |---|---|
    | verksamhetsplan | – |
    | tertialrapport 1 | 2021-T1 |
    | tertialrapport 2 | 2021-T2 |
    | årsrapport | 2021 |
    """
    kind = next(kind for kind in PhaseKind if write_phase(kind) == row["fas"])
    if row["rapporterar"] == EMPTY:
        assert kind.tertial is None
    else:
        assert phase_of(parse_period(row["rapporterar"])) is kind


def test_the_third_tertial_has_no_report():
    """Tredje tertialet

    Den som frågar efter en rapport för tredje tertialet får svaret att den inte finns.
    """
    with pytest.raises(ValueError, match="no phase reports on 2021-T3"):
        phase_of(parse_period("2021-T3"))


@examples
def test_late_is_late_at_midnight(row):
    """Sent är sent kl. 00.00

    Fasen öppnar den 26 april, ska vara klar den 10 maj och stänger den 1 juni 2021. Det som sparas den sista
    tusendelen av den 10 maj är i tid. Från kl. 00.00 den 11 maj är det sent men tas emot, ända tills fasen stänger.

    | stund | läge |
    |---|---|
    | 2021-04-25 23.59.59,999 | kommer |
    | 2021-04-26 00.00.00,000 | öppen |
    | 2021-05-10 23.59.59,999 | öppen |
    | 2021-05-11 00.00.00,000 | sen |
    | 2021-05-31 23.59.59,999 | sen |
    | 2021-06-01 00.00.00,000 | stängd |
    """
    found = phase("2021-04-26", "2021-05-10", "2021-06-01")
    state = STATES[row["läge"]]
    assert found.state(moment(row["stund"])) is state
    assert found.receives(moment(row["stund"])) is (state in (PhaseState.OPEN, PhaseState.OVERDUE))


@examples
def test_the_citys_clock_decides(row):
    """Stadens klocka gäller

    En dator i en annan tidszon skriver samma stund på ett annat sätt. Det är klockan i staden som avgör vilken dag
    det är, också de nätter då klockan ställs om: den 28 mars 2021 finns inte kl. 02.30, och den 31 oktober finns
    kl. 02.30 två gånger.

    | stund, i universell tid | dag i staden |
    |---|---|
    | 2021-05-10 21.59.59,999 | 2021-05-10 |
    | 2021-05-10 22.00.00,000 | 2021-05-11 |
    | 2021-01-15 22.59.59,999 | 2021-01-15 |
    | 2021-01-15 23.00.00,000 | 2021-01-16 |
    | 2021-03-27 22.59.59,999 | 2021-03-27 |
    | 2021-03-27 23.00.00,000 | 2021-03-28 |
    | 2021-03-28 21.59.59,999 | 2021-03-28 |
    | 2021-03-28 22.00.00,000 | 2021-03-29 |
    | 2021-10-30 21.59.59,999 | 2021-10-30 |
    | 2021-10-30 22.00.00,000 | 2021-10-31 |
    | 2021-10-31 22.59.59,999 | 2021-10-31 |
    | 2021-10-31 23.00.00,000 | 2021-11-01 |
    | 2024-02-29 22.59.59,999 | 2024-02-29 |
    | 2026-12-31 23.00.00,000 | 2027-01-01 |
    """
    at = moment(row["stund, i universell tid"]).replace(tzinfo=UTC)
    day = date.fromisoformat(row["dag i staden"])
    assert city_day(at) == day
    assert midnight(day) <= at


@examples
def test_deadlines_when_the_clocks_change(row):
    """Natten då klockan ställs om

    Den dag då klockan ställs fram är 23 timmar lång, och den dag då den ställs tillbaka 25. Fristen går ändå ut
    kl. 00.00.

    | klar senast | sista stunden i tid, i universell tid | dygnets timmar |
    |---|---|---|
    | 2021-03-27 | 2021-03-27 22.59.59,999 | 24 |
    | 2021-03-28 | 2021-03-28 21.59.59,999 | 23 |
    | 2021-05-10 | 2021-05-10 21.59.59,999 | 24 |
    | 2021-10-31 | 2021-10-31 22.59.59,999 | 25 |
    """
    due = date.fromisoformat(row["klar senast"])
    found = PhaseDates(2021, PhaseKind.TERTIAL_1, due, due, date(2021, 12, 1))
    last = moment(row["sista stunden i tid, i universell tid"]).replace(tzinfo=UTC)
    assert found.state(last) is PhaseState.OPEN
    assert found.state(found.deadline) is PhaseState.OVERDUE
    assert (found.deadline - last).total_seconds() == pytest.approx(0.001)
    length = found.deadline.astimezone(UTC) - midnight(due).astimezone(UTC)
    assert length.total_seconds() / 3600 == int(row["dygnets timmar"])


def test_a_moment_without_a_zone_is_on_no_day():
    """En stund utan tidszon

    Den ligger inte på någon viss dag, och frågan besvaras inte.
    """
    with pytest.raises(ValueError, match="without a time zone"):
        city_day(datetime(2021, 5, 10, 12, 0))  # noqa: DTZ001


@examples
def test_days_in_their_order(row):
    """Dagar i ordning

    En fas öppnar senast den dag den ska vara klar, och stänger efter den.

    | öppnar | klar | stänger | går |
    |---|---|---|---|
    | 2021-04-26 | 2021-05-10 | 2021-06-01 | ja |
    | 2021-05-10 | 2021-05-10 | 2021-05-11 | ja |
    | 2021-05-11 | 2021-05-10 | 2021-06-01 | nej |
    | 2021-04-26 | 2021-05-10 | 2021-05-10 | nej |
    """
    if row["går"] == "ja":
        assert phase(row["öppnar"], row["klar"], row["stänger"])
    else:
        with pytest.raises(ValueError, match="in that order"):
            phase(row["öppnar"], row["klar"], row["stänger"])


@examples
def test_when_reminders_go_out(row):
    """När påminnelser går ut

    Den som har något kvar påminns 14, 7 och 2 dagar före och samma dag som det ska vara klart, sedan den första sena
    dagen och varje vecka tills fasen stänger. Ingen påminns innan fasen öppnar.

    | öppnar | klar | stänger | påminnelser |
    |---|---|---|---|
    | 2021-04-26 | 2021-05-10 | 2021-06-01 | 26 april, 3 maj, 8 maj, 10 maj, 11 maj, 18 maj, 25 maj |
    | 2021-05-05 | 2021-05-10 | 2021-05-12 | 8 maj, 10 maj, 11 maj |
    | 2021-05-10 | 2021-05-10 | 2021-05-11 | 10 maj |
    """
    found = phase(row["öppnar"], row["klar"], row["stänger"])
    written = (spaces(write_date(day)).removesuffix(" 2021") for day in reminder_days(found))
    assert ", ".join(written) == row["påminnelser"]


@examples
def test_a_reminder_that_was_missed_is_made_up_for(row):
    """En dag då ingenting skickades tas igen

    Fasen öppnar den 26 april och ska vara klar den 10 maj 2021. Den som fick sin senaste påminnelse en viss dag får
    nästa när en påminnelsedag har gått sedan dess: stod datorn still den 3 maj går brevet den 4.

    | dag | senast påmind | påminns |
    |---|---|---|
    | 2021-05-03 | 2021-04-26 | ja |
    | 2021-05-04 | 2021-04-26 | ja |
    | 2021-05-04 | 2021-05-03 | nej |
    | 2021-05-04 | – | ja |
    | 2021-05-08 | 2021-05-04 | ja |
    | 2021-04-25 | – | nej |
    | 2021-06-01 | – | nej |
    """
    found = phase("2021-04-26", "2021-05-10", "2021-06-01")
    last = None if row["senast påmind"] == EMPTY else date.fromisoformat(row["senast påmind"])
    assert is_reminded(found, date.fromisoformat(row["dag"]), last) is (row["påminns"] == "ja")
