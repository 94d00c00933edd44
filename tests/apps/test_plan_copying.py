"""A year is copied to the next once, as it was previewed, or not at all."""

from datetime import UTC, date, datetime

import pytest
from tests import reporting_year as year
from tests import universe
from tests.reporting_year import BUILDER, IN_PLANNING, YEAR, actor

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Level, PlanCopy, Progress
from ledtrad.apps.goals.queries import activities, copied, obligations, plan_goals, plan_indicators, preview_copy
from ledtrad.apps.people import actions as people
from ledtrad.apps.steering import actions as steering
from ledtrad.core.calendar import PhaseDates, PhaseKind
from ledtrad.core.periods import Period

NEXT = YEAR + 1
IN_NOVEMBER = datetime(2021, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2021, 11, 22)


@pytest.fixture
def plan(city):
    year.build()
    goals.plan_objectives(
        objectives=[
            goals.NewObjective("K1", "Barn läser", Level.BOARD, YEAR, YEAR, parent="1.1", owner="kultur"),
            goals.NewObjective("K1.b", "Bussen kommer", Level.COMMITMENT, YEAR, YEAR, parent="K1", owner="bibliotek"),
            goals.NewObjective("M1", "Ren luft", Level.BOARD, YEAR, None, parent="2.1", owner="miljo"),
        ],
        by=BUILDER,
        at=IN_PLANNING,
    )
    goals.plan_activities(
        activities=[
            goals.NewActivity("A1", "K1", "kultur", YEAR, title="Klar"),
            goals.NewActivity("A2", "K1", "kultur", YEAR, title="Halvvägs", ends=date(2021, 6, 30)),
            goals.NewActivity("A3", "K1.b", "bibliotek", YEAR, title="Långvarig", ends=date(2024, 5, 1)),
            goals.NewActivity("A4", "1.2", "kultur", YEAR, title="Dragen"),
        ],
        by=BUILDER,
        at=IN_PLANNING,
    )
    goals.withdraw_activity(code="A4", by=BUILDER, at=IN_PLANNING)
    goals.report_activities(
        answers=[
            goals.ActivityAnswer("A1", Period(YEAR, 1), Progress.PARTLY, "Väntar på snö."),
            goals.ActivityAnswer("A1", Period(YEAR, 2), Progress.DONE),
            goals.ActivityAnswer("A2", Period(YEAR, 2), Progress.PARTLY, "Personal saknas."),
            goals.ActivityAnswer("2021/kultur/2", Period(YEAR, 2), Progress.STOPPED, "Huset såldes."),
        ],
        by=BUILDER,
        at=IN_NOVEMBER,
    )


def open_planning():
    phase = PhaseDates(NEXT, PhaseKind.PLAN, date(2021, 11, 1), date(2022, 1, 14), date(2022, 2, 1))
    steering.set_phases(phases=[phase], by=BUILDER, at=IN_NOVEMBER)


def copy(seen=None, by="carl"):
    seen = seen or preview_copy(YEAR, NEXT, TODAY).fingerprint
    return goals.copy_plan(from_year=YEAR, year=NEXT, seen=seen, by=actor(by), at=IN_NOVEMBER)


@pytest.mark.usefixtures("plan")
def test_what_is_previewed_is_what_comes_along():
    open_planning()
    shown = preview_copy(YEAR, NEXT, TODAY)
    assert [one.goal.code for one in shown.anew] == ["K1", "K1.b"]
    assert [goal.code for goal in shown.staying] == ["1", "1.1", "1.1.F", "1.2", "2", "2.1", "M1"]
    assert [one.activity.code for one in shown.onward] == ["2021/bibliotek/1", "2021/kultur/1", "A2", "A3"]
    assert shown.obligations == (
        ("1.1", "kultur"),
        ("1.2", "kultur"),
        ("1.2", "miljo"),
        ("2.1", "miljo"),
        ("M1", "miljo"),
    )
    assert copy(shown.fingerprint) == shown
    codes = {goal.code: goal for goal in plan_goals(NEXT)}
    assert codes["K1.b"].parent_id == codes["K1"].id
    assert (codes["K1"].first_year, codes["K1"].last_year, codes["K1"].owner) == (NEXT, NEXT, "kultur")
    onward = {one.continues: one for one in activities(NEXT)}
    assert (onward["A2"].code, onward["A2"].starts, onward["A2"].ends) == (
        "kultur-2022-2",
        date(2022, 1, 1),
        date(2022, 6, 30),
    )
    assert onward["A3"].ends == date(2024, 5, 1)
    assert {(one.goal, one.unit) for one in obligations(NEXT)} == {
        *shown.obligations,
        ("K1", "kultur"),
        ("K1.b", "bibliotek"),
    }
    assert verify().is_whole
    assert copied(NEXT) == IN_NOVEMBER


@pytest.mark.usefixtures("plan")
def test_targets_do_not_come_along_but_stand_as_proposals_to_be_set():
    open_planning()
    shown = copy()
    assert [(one.code, one.proposed_from) for one in shown.to_set] == [("1.2.2", YEAR), ("2.1.1", YEAR)]
    found = {one.code: one for one in plan_indicators(NEXT, [goal.id for goal in plan_goals(NEXT)])}
    assert (found["1.2.2"].has_target, str(found["1.2.2"].proposed.low.value)) == (False, "88.5")


@pytest.mark.usefixtures("plan")
def test_a_year_is_copied_into_once():
    open_planning()
    copy()
    with pytest.raises(Refused, match=r"2022 fick sitt innehåll från året före den 22\xa0november 2021"):
        copy()
    assert PlanCopy.objects.count() == 1


@pytest.mark.usefixtures("plan")
def test_nothing_is_copied_that_was_not_seen():
    open_planning()
    seen = preview_copy(YEAR, NEXT, TODAY).fingerprint
    goals.report_activities(
        answers=[goals.ActivityAnswer("A2", Period(YEAR), Progress.DONE)], by=BUILDER, at=IN_NOVEMBER
    )
    entries = verify().entries
    with pytest.raises(Conflict, match="Planen har ändrats sedan du såg"):
        copy(seen)
    assert verify().entries == entries
    assert copied(NEXT) is None


@pytest.mark.usefixtures("plan")
def test_the_centre_copies_while_plans_are_made():
    with pytest.raises(Refused, match="Styrkalendern har inga datum för verksamhetsplan 2022"):
        copy()
    open_planning()
    with pytest.raises(Forbidden, match="Bara centrala controllers"):
        copy(by="sara")


@pytest.mark.usefixtures("plan")
def test_a_half_done_copy_is_undone_and_can_be_made_again(monkeypatch):
    open_planning()
    from ledtrad.apps.goals.actions import copying

    def fail(*args):
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_oblige", fail)
        with pytest.raises(OSError, match="disk"):
            copy()
    assert [goal.code for goal in plan_goals(NEXT) if goal.first_year == NEXT] == []
    assert (activities(NEXT), copied(NEXT)) == ((), None)
    copy()


@pytest.mark.usefixtures("plan")
def test_those_who_have_left_are_marked():
    open_planning()
    appoint = [
        people.NewResponsibility("goal:K1", year.email("rut"), date(2021, 1, 1), unit="kultur"),
        people.NewResponsibility("goal:1.1", year.email("carl"), date(2021, 1, 1)),
    ]
    people.make_responsible(responsibilities=appoint, by=BUILDER, at=IN_PLANNING)
    assert not {"goal:K1", "goal:1.1"} & {one.object_id for one in preview_copy(YEAR, NEXT, TODAY).orphans}
    people.deactivate(
        person=year.email("rut"), orphans_remain="Efterträdare utses i december.", by=BUILDER, at=IN_NOVEMBER
    )
    orphan = next(one for one in preview_copy(YEAR, NEXT, date(2021, 11, 23)).orphans if one.object_id == "goal:K1")
    assert orphan.last_name.startswith("Rut")


@pytest.mark.usefixtures("city")
def test_what_a_merged_board_had_goes_to_the_one_that_took_over():
    late = datetime(2020, 11, 20, 9, 0, tzinfo=UTC)
    phase = PhaseDates(2021, PhaseKind.PLAN, date(2020, 11, 1), date(2021, 1, 15), date(2021, 2, 1))
    steering.set_phases(phases=[phase], by=BUILDER, at=late)
    plan = PhaseDates(2020, PhaseKind.PLAN, date(2019, 11, 1), date(2020, 12, 15), date(2020, 12, 31))
    steering.set_phases(phases=[plan], by=BUILDER, at=late)
    goals.plan_objectives(
        objectives=[goals.NewObjective("L1", "Lugna kvällar", Level.BOARD, 2020, 2020, parent="1.2", owner="arsta")],
        by=BUILDER,
        at=late,
    )
    goals.plan_activities(
        activities=[goals.NewActivity("L1.1", "L1", "arsta", 2020, title="Lampor i parken", ends=date(2020, 2, 29))],
        by=BUILDER,
        at=late,
    )
    shown = preview_copy(2020, 2021, late.date())
    assert [one.owner for one in shown.anew] == ["arsta-alvsjo"]
    assert [(one.unit, one.activity.unit) for one in shown.onward] == [("arsta-alvsjo", "arsta")]
    goals.copy_plan(from_year=2020, year=2021, seen=shown.fingerprint, by=BUILDER, at=late)
    asked = {(one.goal, one.unit) for one in obligations(2021)}
    assert ("1.2", "arsta-alvsjo") in asked
    assert not [unit for _, unit in asked if unit in ("arsta", "alvsjo")]
    (onward,) = activities(2021)
    assert (onward.unit, onward.ends) == ("arsta-alvsjo", date(2021, 2, 28))
    assert Period(2020) == universe.YEAR


# --- the command -------------------------------------------------------------------------------------------------


def run(*arguments):
    from typer.testing import CliRunner

    from ledtrad.site.command_line.application import app

    return CliRunner().invoke(app, ["plan", "copy", *arguments])


@pytest.fixture
def here(monkeypatch):
    """The command finds Django already set up, and acts in November."""
    monkeypatch.setattr("ledtrad.site.command_line.planning.connect", lambda: None)
    monkeypatch.setattr("ledtrad.site.command_line.planning.now", lambda: IN_NOVEMBER)


@pytest.mark.usefixtures("plan", "here")
def test_the_command_shows_first_and_copies_what_it_showed():
    open_planning()
    shown = run("2022")
    assert shown.exit_code == 0
    assert "Från 2021 till 2022 följer med: 2 mål för nämnder och enheter, 4 aktiviteter" in shown.output
    assert "Ingenting har kopierats." in shown.output
    assert copied(NEXT) is None
    confirm = shown.output.split("--confirm ")[1].split()[0]
    wrong = run("2022", "--confirm", "0" * 32)
    assert (wrong.exit_code, copied(NEXT)) == (2, None)
    done = run("2022", "--confirm", confirm)
    assert (done.exit_code, "2022 har fått sitt innehåll från 2021" in done.output) == (0, True)
    again = run("2022")
    assert (again.exit_code, "Det görs bara en gång" in again.output + again.stderr) == (2, True)
