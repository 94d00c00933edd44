"""Plans: who may make them, what they may hold, and that a change of an adopted one is a decision."""

from datetime import UTC, date, datetime

import pytest
from tests import reporting_year as year
from tests.reporting_year import BUILDER, IN_PLANNING, YEAR, actor

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.audit.queries import verify
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Activity, ActivityKind, Level, Obligation, Progress
from ledtrad.apps.goals.queries import (
    activities_of,
    forecasts,
    goal_counts,
    matrix,
    obligations_of,
    overview,
    ownables,
    plan_goals,
    plan_indicators,
    progress_of,
)
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.steering import actions as steering
from ledtrad.apps.steering.queries import decisions_about, decisions_on
from ledtrad.core.assessment import Decision, Sense, at_least
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT, quantity

IN_JUNE = datetime(2021, 6, 8, 9, 0, tzinfo=UTC)
ADOPTION = Decision("Kulturnämnden", date(2021, 1, 9), "§ 3", "KUN 2021/2")
CHANGE = Decision("Kulturnämnden", date(2021, 6, 1), "§ 41", "KUN 2021/77")


@pytest.fixture
def plan(city):
    year.build()


def reading(code="", title="Barn läser mer", **more):
    return goals.NewObjective(
        **{
            "code": code,
            "title": title,
            "level": Level.BOARD,
            "first_year": YEAR,
            "last_year": YEAR,
            "parent": "1.1",
            "owner": "kultur",
            **more,
        }
    )


def bus(**more):
    return goals.NewActivity(**{"code": "", "goal": "1.1", "unit": "kultur", "year": YEAR, "title": "Bokbuss", **more})


def adopt():
    steering.adopt_plan(unit="kultur", year=YEAR, decision=ADOPTION, by=actor("sara"), at=IN_PLANNING)


# --- goals --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_a_board_makes_its_own_goals_and_must_assess_them():
    codes = goals.plan_objectives(
        objectives=[reading(), reading(title="Fler läser för barn")], by=actor("rut"), at=IN_PLANNING
    )
    assert codes == ("1.1.kultur.1", "1.1.kultur.2")
    assert [one.goal for one in obligations_of("kultur", YEAR)] == ["1.1", "1.2", *codes]
    (next_code,) = goals.plan_objectives(objectives=[reading()], by=actor("sara"), at=IN_PLANNING)
    assert next_code == "1.1.kultur.3"
    assert verify().is_whole


@pytest.mark.usefixtures("plan")
def test_a_unit_makes_its_commitments_under_its_boards_goals_in_one_act_with_them():
    made = [reading("K1"), reading("", "Bokbussen kommer", level=Level.COMMITMENT, parent="K1", owner="bibliotek")]
    with pytest.raises(Forbidden, match="Bara rapportörer och nämndsekreterare för Kulturnämnden"):
        goals.plan_objectives(objectives=made, by=actor("ulla"), at=IN_PLANNING)
    codes = goals.plan_objectives(objectives=made, by=actor("rut"), at=IN_PLANNING)
    assert codes == ("K1", "K1.bibliotek.1")
    (own,) = goals.plan_objectives(
        objectives=[reading("", "Öppet på söndagar", level=Level.COMMITMENT, parent="K1", owner="bibliotek")],
        by=actor("ulla"),
        at=IN_PLANNING,
    )
    chain = {goal.code: goal for goal in plan_goals(YEAR)}
    assert chain[own].parent_id == chain["K1"].id
    assert chain["K1"].parent_id == chain["1.1"].id


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ({"parent": ""}, "Ange vilket mål"),
        ({"owner": ""}, "Ange vilken enhet"),
        ({"parent": "9.9"}, "Målet 9.9, som .* finns inte"),
        ({"title": "  "}, "behöver en rubrik"),
        ({"title": "x" * 401}, "401 tecken; högst 400"),
        ({"title": "Noll\x00"}, "inte går att visa"),
        ({"code": "a b"}, "kan inte vara ett målnummer"),
        ({"code": "1.2"}, "Målnumret 1.2 används redan"),
        ({"level": Level.COMMITMENT, "owner": "bibliotek"}, "Ett åtagande ligger under ett mål som enhetens egen"),
        ({"level": Level.AREA, "parent": "K0", "owner": ""}, "kan inte ligga under en nämnds mål"),
        ({"parent": "K0"}, "ligger under ett av kommunfullmäktiges mål"),
    ],
)
def test_a_goal_that_does_not_hold_is_refused_with_a_sentence(new, sentence):
    goals.plan_objectives(objectives=[reading("K0")], by=BUILDER, at=IN_PLANNING)
    entries = verify().entries
    with pytest.raises(Refused, match=sentence):
        goals.plan_objectives(objectives=[reading("K1"), reading(**new)], by=BUILDER, at=IN_PLANNING)
    assert verify().entries == entries
    assert "K1" not in {goal.code for goal in plan_goals(YEAR)}


@pytest.mark.usefixtures("plan")
def test_titles_are_stored_in_one_form():
    goals.plan_objectives(objectives=[reading("K1", "  Ba\u0308ttre\t la\u0308sning ")], by=BUILDER, at=IN_PLANNING)
    assert next(goal.title for goal in plan_goals(YEAR) if goal.code == "K1") == "Bättre läsning"


@pytest.mark.usefixtures("plan")
def test_what_boards_plan_is_not_counted_among_the_councils_goals():
    before_tree, before_matrix = overview.now(2021), matrix.now(2021)
    goals.plan_objectives(objectives=[reading("K1")], by=BUILDER, at=IN_PLANNING)
    assert overview.now(2021) == before_tree
    assert matrix.now(2021) == before_matrix
    assert goal_counts(YEAR) == {(plan_goals(YEAR)[1].id, "kultur"): 1}


@pytest.mark.usefixtures("plan")
def test_the_council_plans_at_any_depth():
    deeper = [
        reading("3", "En lärande kommun", level=Level.DIRECTION, parent="", owner="", last_year=None),
        reading("3.1", "Alla lär hela livet", level=Level.AREA, parent="3", owner="", last_year=None),
        reading("3.1.1", "Vuxna lär", level=Level.AREA, parent="3.1", owner="", last_year=None),
        reading("3.1.1.A", "Svenska för invandrare", level=Level.SUBAREA, parent="3.1.1", owner="", last_year=None),
    ]
    with pytest.raises(Forbidden, match="Bara centrala controllers kan ändra kommunfullmäktiges plan"):
        goals.plan_objectives(objectives=deeper, by=actor("rut"), at=IN_PLANNING)
    goals.plan_objectives(objectives=deeper, by=actor("carl"), at=IN_PLANNING)
    goals.oblige_units(year=YEAR, units_by_goal={"3.1.1.A": ["kultur"]}, by=actor("carl"), at=IN_PLANNING)
    assert "3.1.1.A" in [one.goal for one in obligations_of("kultur", YEAR)]
    root = next(card for card in overview.now(YEAR) if card.code == "3")
    assert root.beneath[0].beneath[0].beneath[0].title == "Svenska för invandrare"


@pytest.mark.usefixtures("plan")
def test_who_must_answer_is_changed_until_they_have_answered():
    asked = {"year": YEAR, "goal": "2.1", "unit": "miljo", "by": actor("carl"), "at": IN_PLANNING}
    goals.release_unit(**asked)
    assert [one.goal for one in obligations_of("miljo", YEAR)] == ["1.2"]
    with pytest.raises(Refused, match=r"ska inte bedöma mål 2\.1"):
        goals.release_unit(**asked)
    forecast = goals.NewObjectiveForecast("1.2", "miljo", Period(YEAR, 1), 50, 30, 20)
    goals.forecast_objectives(forecasts=[forecast], by=actor("ove"), at=IN_PLANNING)
    with pytest.raises(Refused, match=r"har redan bedömt mål 1\.2"):
        goals.release_unit(**asked | {"goal": "1.2"})
    assert Obligation.objects.filter(year=YEAR, unit__slug="miljo").count() == 1


# --- the decision -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_an_adopted_plan_is_changed_only_by_a_decision_and_the_history_keeps_both():
    (code,) = goals.plan_activities(activities=[bus()], by=actor("rut"), at=IN_PLANNING)
    adopt()
    change = {
        "code": code,
        "title": "Två bokbussar",
        "starts": date(2021, 1, 1),
        "ends": date(2021, 8, 31),
        "by": actor("rut"),
        "at": IN_JUNE,
    }
    with pytest.raises(Refused, match=r"Planen för 2021 är antagen\. En ändring kräver ett beslut"):
        goals.change_activity(**change)
    goals.change_activity(**change, decision=CHANGE, motive="Efterfrågan är stor.")
    assert [(row.title, row.is_current) for row in Activity.objects.filter(code=code).order_by("id")] == [
        ("Bokbuss", False),
        ("Två bokbussar", True),
    ]
    (found,) = decisions_about([f"activity:{code}"])
    assert (found.decision, found.motive, found.unit) == (CHANGE, "Efterfrågan är stor.", "kultur")
    assert [one.adopts for one in decisions_on("kultur", YEAR)] == [True, False]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("missing", ["body", "paragraph", "case_number"])
def test_a_decision_names_all_four_or_nothing_is_stored(missing):
    adopt()
    parts = {"body": "Kulturnämnden", "day": date(2021, 6, 1), "paragraph": "§ 41", "case_number": "KUN 2021/77"}
    entries = verify().entries
    with pytest.raises(Refused, match="Ange organ, datum, paragraf och diarienummer"):
        goals.plan_activities(
            activities=[bus()], decision=Decision(**parts | {missing: " "}), by=actor("rut"), at=IN_JUNE
        )
    assert verify().entries == entries
    assert "Bokbuss" not in [one.title for one in activities_of("kultur", YEAR)]


@pytest.mark.usefixtures("plan")
def test_a_decision_has_been_made():
    tomorrow = Decision("Kulturnämnden", date(2021, 6, 9), "§ 41", "KUN 2021/77")
    with pytest.raises(Refused, match="har inte varit än"):
        goals.plan_activities(activities=[bus()], decision=tomorrow, by=actor("rut"), at=IN_JUNE)


@pytest.mark.usefixtures("plan")
def test_when_plans_are_no_longer_made_a_change_needs_a_decision_even_before_adoption():
    with pytest.raises(Refused, match=r"Verksamhetsplanen för 2021 stängde den 1\xa0februari 2021"):
        goals.plan_activities(activities=[bus()], by=actor("rut"), at=IN_JUNE)
    goals.plan_activities(activities=[bus()], decision=CHANGE, by=actor("rut"), at=IN_JUNE)


@pytest.mark.usefixtures("plan")
def test_before_plans_are_made_the_sentence_says_when_they_open():
    early = datetime(2020, 10, 31, 22, 59, 59, 999999, tzinfo=UTC)  # 23.59.59.999999 in the city
    with pytest.raises(Refused, match=r"öppnar den 1\xa0november 2020"):
        goals.plan_activities(activities=[bus()], by=actor("rut"), at=early)
    goals.plan_activities(activities=[bus()], by=actor("rut"), at=datetime(2020, 10, 31, 23, 0, tzinfo=UTC))


@pytest.mark.usefixtures("plan")
def test_a_closed_years_plan_stays():
    late = datetime(2022, 3, 2, 9, 0, tzinfo=UTC)
    with pytest.raises(Refused, match=r"Året 2021 stängde den 1\xa0mars 2022"):
        goals.plan_activities(activities=[bus()], decision=CHANGE, by=actor("rut"), at=late)


@pytest.mark.usefixtures("plan")
def test_a_plan_is_adopted_once_by_its_own_people():
    with pytest.raises(Forbidden):
        steering.adopt_plan(unit="kultur", year=YEAR, decision=ADOPTION, by=actor("ove"), at=IN_PLANNING)
    adopt()
    with pytest.raises(Refused, match="redan antagen"):
        adopt()


# --- activities ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("name", ["ove", "lars", "rakel", "ada", "edit", "carl"])
def test_nobody_else_changes_a_boards_plan(name):
    with pytest.raises(Forbidden, match="Bara rapportörer och nämndsekreterare för Kulturnämnden"):
        goals.plan_activities(activities=[bus()], by=actor(name), at=IN_PLANNING)


@pytest.mark.usefixtures("plan")
def test_a_head_plans_for_her_unit_and_no_other():
    goals.plan_activities(activities=[bus(unit="bibliotek")], by=actor("ulla"), at=IN_PLANNING)
    with pytest.raises(Forbidden, match="Bara enhetens chef"):
        goals.plan_activities(activities=[bus(unit="scenen")], by=actor("ulla"), at=IN_PLANNING)


@pytest.mark.usefixtures("plan")
def test_an_assignment_is_given_from_above():
    told = bus(unit="bibliotek", kind=ActivityKind.ASSIGNMENT)
    with pytest.raises(Forbidden):
        goals.plan_activities(activities=[told], by=actor("ulla"), at=IN_PLANNING)
    goals.plan_activities(activities=[told], by=actor("sara"), at=IN_PLANNING)
    to_board = bus(kind=ActivityKind.ASSIGNMENT)
    with pytest.raises(Forbidden, match="kommunfullmäktiges plan"):
        goals.plan_activities(activities=[to_board], by=actor("sara"), at=IN_PLANNING)
    goals.plan_activities(activities=[to_board], by=actor("carl"), at=IN_PLANNING)


@pytest.mark.usefixtures("plan")
def test_two_who_change_the_same_activity_do_not_overwrite_each_other():
    (code,) = goals.plan_activities(activities=[bus()], by=actor("rut"), at=IN_PLANNING)
    read = next(one for one in activities_of("kultur", YEAR) if one.code == code)
    days = {"starts": read.starts, "ends": read.ends, "rests_on": read.record, "at": IN_PLANNING}
    goals.change_activity(code=code, title="Ruts text", by=actor("rut"), **days)
    with pytest.raises(Conflict, match="Din ändring är inte sparad"):
        goals.change_activity(code=code, title="Rolfs text", by=actor("rolf"), **days)
    assert next(one.title for one in activities_of("kultur", YEAR) if one.code == code) == "Ruts text"


@pytest.mark.usefixtures("plan")
def test_a_withdrawn_activity_stays_in_the_history_and_is_asked_of_no_more():
    (code,) = goals.plan_activities(activities=[bus()], by=actor("rut"), at=IN_PLANNING)
    goals.withdraw_activity(code=code, by=actor("rut"), at=IN_PLANNING)
    assert code not in [one.code for one in activities_of("kultur", YEAR)]
    assert code in [one.code for one in activities_of("kultur", YEAR, with_withdrawn=True)]
    assert f"activity:{code}" not in [one.object_id for one in ownables(YEAR, date(2021, 2, 1))]
    with pytest.raises(Refused, match="har utgått"):
        goals.withdraw_activity(code=code, by=actor("rut"), at=IN_PLANNING)
    answer = goals.ActivityAnswer(code, Period(YEAR, 1), Progress.DONE)
    with pytest.raises(Refused, match="finns inte"):
        goals.report_activities(answers=[answer], by=actor("rut"), at=IN_PLANNING)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ({"starts": date(2021, 5, 2), "ends": date(2021, 5, 1)}, "slutar innan den börjar"),
        ({"starts": date(2019, 1, 1), "ends": date(2020, 12, 31)}, "pågår ingen dag 2021"),
        ({"code": "2021/kultur/1"}, "finns redan"),
        ({"goal": "7"}, "Målet 7 finns inte 2021"),
        ({"unit": "okand"}, "okand finns inte"),
        ({"goal": "M1"}, "är en annan enhets"),
    ],
)
def test_an_activity_that_does_not_hold_is_refused_with_a_sentence(new, sentence):
    goals.plan_objectives(objectives=[reading("M1", owner="miljo")], by=BUILDER, at=IN_PLANNING)
    before = Activity.objects.count()
    with pytest.raises(Refused, match=sentence):
        goals.plan_activities(activities=[bus(), bus(**new)], by=BUILDER, at=IN_PLANNING)
    assert Activity.objects.count() == before


@pytest.mark.usefixtures("plan")
def test_numbers_go_on_where_they_ended():
    first = goals.plan_activities(activities=[bus(), bus()], by=actor("rut"), at=IN_PLANNING)
    goals.withdraw_activity(code=first[1], by=actor("rut"), at=IN_PLANNING)
    second = goals.plan_activities(activities=[bus()], by=actor("rut"), at=IN_PLANNING)
    assert (*first, *second) == ("kultur-2021-1", "kultur-2021-2", "kultur-2021-3")


# --- withdrawing and rewording goals ------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_a_goal_is_withdrawn_after_what_rests_on_it_and_earlier_years_keep_it():
    goals.plan_objectives(objectives=[reading("K1", last_year=None)], by=actor("rut"), at=IN_PLANNING)
    (code,) = goals.plan_activities(activities=[bus(goal="K1")], by=actor("rut"), at=IN_PLANNING)
    with pytest.raises(Refused, match="ligger 0 mål och 1 aktiviteter"):
        goals.withdraw_objective(goal="K1", year=YEAR, by=actor("rut"), at=IN_PLANNING)
    goals.withdraw_activity(code=code, by=actor("rut"), at=IN_PLANNING)
    goals.withdraw_objective(goal="K1", year=YEAR, by=actor("rut"), at=IN_PLANNING)
    assert "K1" not in [goal.code for goal in plan_goals(YEAR)]
    assert "K1" not in [one.goal for one in obligations_of("kultur", YEAR)]


@pytest.mark.usefixtures("plan")
def test_a_goal_reworded_for_a_year_keeps_its_words_in_the_years_before():
    read = next(goal for goal in plan_goals(YEAR) if goal.code == "1.2")
    change = {"goal": "1.2", "year": YEAR, "title": "Trygga kvällar", "rests_on": read.record, "at": IN_PLANNING}
    goals.change_objective(**change, by=actor("carl"))
    assert next(goal.title for goal in plan_goals(YEAR) if goal.code == "1.2") == "Trygga kvällar"
    assert next(goal.title for goal in plan_goals(2020) if goal.code == "1.2") == read.title
    with pytest.raises(Conflict):
        goals.change_objective(**change, by=actor("carl"))


# --- indicators and targets ---------------------------------------------------------------------------------------


def _share(code, owner="kultur", part_of=""):
    definition = indicators.Definition("Andel som läser", PERCENT, Sense.MORE)
    return indicators.NewIndicator(code, YEAR, definition, owner=owner, part_of=part_of)


@pytest.mark.usefixtures("plan")
def test_a_board_measures_its_own_goal_and_its_part_of_the_councils():
    goals.plan_objectives(objectives=[reading("K1")], by=actor("rut"), at=IN_PLANNING)
    goals.plan_indicators(
        indicators=[
            goals.PlannedIndicator("K1", _share("K.9"), at_least(quantity("40", PERCENT))),
            goals.PlannedIndicator("1.1", _share("1.1.1-kultur", part_of="1.1.1")),
        ],
        by=actor("rut"),
        at=IN_PLANNING,
    )
    ids = {goal.code: goal.id for goal in plan_goals(YEAR)}
    own, part = plan_indicators(YEAR, [ids["K1"]])[0], plan_indicators(YEAR, [ids["1.1"]])[-1]
    assert (own.code, str(own.target.low.value), own.owner) == ("K.9", "40", "kultur")
    assert (part.code, part.part_of, part.owner) == ("1.1.1-kultur", "1.1.1", "kultur")
    listed = next(goal for root in overview.now(YEAR) for goal in root.beneath if goal.code == "1.1").indicators
    assert "1.1.1-kultur" not in [result.code for result in listed], "a part is not counted beside the whole"


@pytest.mark.usefixtures("plan")
def test_a_part_needs_a_whole_and_an_owner():
    with pytest.raises(Refused, match=r"9\.9\.9 finns inte"):
        goals.plan_indicators(
            indicators=[goals.PlannedIndicator("1.1", _share("X", part_of="9.9.9"))], by=BUILDER, at=IN_PLANNING
        )
    with pytest.raises(Refused, match="Ange vilken nämnd"):
        indicators.define_indicators(indicators=[_share("X", "", "1.1.1")], by="Kim", at=IN_PLANNING)


@pytest.mark.usefixtures("plan")
def test_a_target_changed_during_the_year_is_a_decision_that_rests_on_what_was_read():
    adopt()
    target = indicators.NewTarget("K.1", YEAR, at_least(quantity("55", PERCENT)))
    with pytest.raises(Refused, match="är antagen"):
        goals.plan_targets(targets=[target], by=actor("rut"), at=IN_JUNE)
    with pytest.raises(Conflict):
        goals.plan_targets(targets=[target], rests_on={"K.1": 0}, decision=CHANGE, by=actor("rut"), at=IN_JUNE)
    goals.plan_targets(targets=[target], decision=CHANGE, by=actor("rut"), at=IN_JUNE)
    assert [one.decision for one in decisions_about([f"target:K.1/{YEAR}"])] == [CHANGE]
    with pytest.raises(Forbidden, match="kommunfullmäktiges plan"):
        goals.plan_targets(
            targets=[indicators.NewTarget("1.1.1", YEAR, at_least(quantity("75", PERCENT)))],
            decision=CHANGE,
            by=actor("rut"),
            at=IN_JUNE,
        )


# --- what is answered during the year -----------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_how_it_went_is_recorded_with_why():
    answers = [
        goals.ActivityAnswer("2021/kultur/1", Period(YEAR, 1), Progress.DONE),
        goals.ActivityAnswer("2021/kultur/2", Period(YEAR, 1), Progress.STOPPED, "Pengarna tog slut."),
    ]
    goals.report_activities(answers=answers, by=actor("rut"), at=year.IN_TERTIAL_1)
    assert [(one.code, one.progress, one.why) for one in progress_of(YEAR, unit="kultur", tertial=1)] == [
        ("2021/kultur/1", Progress.DONE, ""),
        ("2021/kultur/2", Progress.STOPPED, "Pengarna tog slut."),
    ]
    assert progress_of(YEAR, unit="miljo") == ()
    with pytest.raises(Refused, match="Skriv varför aktiviteten 2021/kultur/1 är avbruten"):
        goals.report_activities(
            answers=[goals.ActivityAnswer("2021/kultur/1", Period(YEAR, 2), Progress.STOPPED)],
            by=actor("rut"),
            at=year.IN_TERTIAL_2,
        )
    with pytest.raises(Refused, match="hör till 2021"):
        goals.report_activities(
            answers=[goals.ActivityAnswer("2021/kultur/1", Period(2020), Progress.DONE)],
            by=actor("rut"),
            at=year.IN_TERTIAL_2,
        )
    with pytest.raises(Forbidden):
        goals.report_activities(answers=answers, by=actor("ove"), at=year.IN_TERTIAL_1)


@pytest.mark.usefixtures("plan")
def test_a_forecast_shares_out_a_hundred():
    def forecast(*shares, tertial=1, goal="1.1"):
        return goals.NewObjectiveForecast(goal, "kultur", Period(YEAR, tertial), *shares)

    for wrong, sentence in [
        (forecast(50, 30, 10), "summera till 100"),
        (forecast(120, -10, -10), "summera till 100"),
        (forecast(50, 30, 20, tertial=3), "tertial 1 och 2"),
        (forecast(50, 30, 20, goal="2.1"), "ska inte bedöma"),
    ]:
        with pytest.raises(Refused, match=sentence):
            goals.forecast_objectives(forecasts=[wrong], by=actor("rut"), at=year.IN_TERTIAL_1)
    for shares in [(50, 30, 20), (80, 15, 5)]:
        goals.forecast_objectives(forecasts=[forecast(*shares)], by=actor("rut"), at=year.IN_TERTIAL_1)
    (found,) = forecasts(YEAR, tertial=1)
    assert (found.goal, found.unit, found.met, found.partly, found.not_met) == ("1.1", "kultur", 80, 15, 5)
