"""The city's verdict on a goal: only by a central controller, after the boards, with a motive, and never by a rule."""

from datetime import date, timedelta

import pytest
from tests import universe

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, why_not
from ledtrad.apps.audit.queries import entries_about
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import CityVerdictRecord
from ledtrad.apps.goals.queries import goal_year, to_conclude
from ledtrad.apps.goals.verdict_policies import CONCLUDES_EARLY, check_may_conclude
from ledtrad.apps.people.actors import NOBODY, Actor, Held
from ledtrad.apps.people.models import Role
from ledtrad.core.assessment import Decision, Ground, Verdict
from ledtrad.core.periods import Period

pytestmark = pytest.mark.django_db
MET, PARTLY, NOT_MET = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET
LATER = universe.AT + timedelta(days=90)
DECISION = Decision("Kommunstyrelsen", date(2021, 4, 7), "§ 12", "KS 2021/345")
REASON = "Nämnderna med huvudansvar ser en tydlig förbättring."


def holding(*roles, unit="kf"):
    return Actor("person:abc", "Alva Ask", 1, tuple(Held(role, unit, 1) for role in roles))


CONTROLLER = holding(Role.CENTRAL_CONTROLLER)


@pytest.fixture
def undecided(db):
    """Lillköping where the boards have answered and the city has not."""
    universe.build_organisation()
    universe.build_goals()
    universe.build_indicators()
    universe.assess()


def conclude(goal="1.1", verdict=MET, motive="Allt pekar åt samma håll.", by=CONTROLLER, **more):
    given = {"grounds": [Ground.BOARDS, Ground.INDICATORS], "decision": DECISION, "at": LATER} | more
    goals.conclude(goal=goal, year=2020, verdict=verdict, motive=motive, by=by, **given)


def refusal(kind=Refused, **more):
    before = Entry.objects.count(), CityVerdictRecord.objects.count()
    with pytest.raises(kind) as told:
        conclude(**more)
    assert before == (Entry.objects.count(), CityVerdictRecord.objects.count()), "something was stored"
    return str(told.value)


def test_a_verdict_is_recorded_with_motive_grounds_and_decision(undecided):
    conclude()
    city = goal_year("1.1", 2020).city_verdict
    assert (city.verdict, city.motive, city.decision) == (MET, "Allt pekar åt samma håll.", DECISION)
    assert city.grounds == (Ground.BOARDS, Ground.INDICATORS)
    assert CityVerdictRecord.objects.get().recorded_by == "person:abc"


def test_what_the_rules_said_is_remembered_in_the_log(undecided):
    conclude(verdict=PARTLY, motive="Indikatorn mäter bara en liten del av målet.")
    told = entries_about("city_verdict:1.1/2020")[0].after
    assert told["override"] is True
    assert told["rule"] == "bada-flertalen"
    assert told["proposals"]["namndernas-flertal"] == "met"


@pytest.mark.parametrize(
    "actor",
    [
        NOBODY,
        *(holding(role) for role in (Role.AUDITOR, Role.EDITOR, Role.ADMINISTRATOR)),
        holding(Role.REPORTER, Role.BOARD_SECRETARY, Role.READER, Role.UNIT_HEAD, unit="kultur"),
    ],
    ids=lambda actor: " ".join(held.role for held in actor.held) or "nobody",
)
def test_nobody_else_may(undecided, actor):
    sentence = refusal(Forbidden, by=actor)
    assert sentence == why_not(check_may_conclude, actor)
    assert "Bara en central controller" in sentence


def test_not_before_the_boards(undecided):
    """Årsta has not answered goal 1.2."""
    sentence = refusal(goal="1.2", verdict=PARTLY, motive=REASON)
    assert "Årsta stadsdelsnämnd saknar en beslutad och låst bedömning" in sentence
    assert CONCLUDES_EARLY in sentence
    conclude(goal="1.2", verdict=PARTLY, motive=f"{REASON} {CONCLUDES_EARLY}")
    assert to_conclude("1.2", 2020).standing


def test_many_who_wait_are_counted(undecided):
    goals.oblige(year=2020, units_by_goal={"1.1": ["ks", "miljo", "arsta", "stadshus"]}, by=universe.BY, at=universe.AT)
    assert "och 1 till saknar" in refusal()


@pytest.mark.parametrize("motive", ["", "   ", "\n", "Nej, inte så."])
def test_an_override_says_why(undecided, motive):
    """Both majorities say met for 1.1."""
    sentence = refusal(verdict=NOT_MET, motive=motive)
    assert "går emot regeln Både nämnder och indikatorer, som föreslår helt" in sentence
    conclude(verdict=NOT_MET, motive=REASON)


def test_a_verdict_that_no_rule_proposes_says_why(undecided):
    """1.1.F has one board that said met and no indicators: the ordinary rule proposes nothing, another proposes met."""
    assert "föreslås inte av någon regel" in refusal(goal="1.1.F", verdict=NOT_MET, motive="Nej.")
    conclude(goal="1.1.F", motive="Ja.")


@pytest.mark.parametrize("verdict", [MET, PARTLY])
def test_every_verdict_has_a_motive_and_says_what_weighed(undecided, verdict):
    assert "motivering" in refusal(verdict=verdict, motive=" ")
    assert "vad som vägde" in refusal(verdict=verdict, motive=REASON, grounds=[])


def test_sub_areas_and_goals_above_goals_get_verdicts_of_their_own(undecided):
    conclude(goal="1.1.F")
    conclude()
    conclude(goal="1.2", verdict=PARTLY, motive=f"{REASON} {CONCLUDES_EARLY}")
    above = to_conclude("1", 2020)
    assert [proposal.rule.name for proposal in above.proposals] == ["underliggande-mal"]
    assert above.default.verdict is PARTLY
    assert "går emot regeln Underliggande mål" in refusal(goal="1", verdict=MET, motive="Ja.")
    conclude(goal="1", verdict=PARTLY)
    assert {code: goal_year(code, 2020).city_verdict.verdict for code in ("1", "1.1", "1.1.F", "1.2")} == {
        "1": PARTLY,
        "1.1": MET,
        "1.1.F": MET,
        "1.2": PARTLY,
    }


def test_two_controllers_do_not_overwrite_each_other(undecided):
    seen = to_conclude("1.1", 2020).standing
    conclude(rests_on=seen)
    sentence = refusal(Conflict, verdict=PARTLY, motive=REASON, rests_on=seen)
    assert "Någon annan har skrivit en bedömning" in sentence
    conclude(verdict=PARTLY, motive=REASON, rests_on=to_conclude("1.1", 2020).standing)
    assert CityVerdictRecord.objects.filter(is_current=True).count() == 1
    assert CityVerdictRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision("Kommunstyrelsen", date(2021, 4, 16), "§ 1", "KS 1"), "har inte varit än"),
        (Decision("Kommunstyrelsen", date(2019, 12, 31), "§ 1", "KS 1"), "är före 2020"),
        (Decision("", date(2021, 4, 7), "§ 1", "KS 1"), "beslutande organ"),
        (Decision("Kommunstyrelsen", date(2021, 4, 7), " ", "KS 1"), "paragraf"),
    ],
)
def test_a_decision_can_be_found(undecided, decision, said):
    assert said in refusal(decision=decision)


def test_the_last_minute_of_a_day_is_that_day_in_the_city(undecided):
    """22.30 on 7 April in UTC is 00.30 on the 8th in the city."""
    late = LATER.replace(month=4, day=7, hour=22, minute=30)
    conclude(decision=Decision("Kommunstyrelsen", date(2021, 4, 8), "§ 12", "KS 1"), at=late)


def test_before_the_body_has_met_there_is_no_decision(undecided):
    conclude(decision=None)
    assert goal_year("1.1", 2020).city_verdict.decision is None


@pytest.mark.parametrize("goal", ["9.9", "", "1.2/../1.1"])
def test_a_goal_that_is_not_there(undecided, goal):
    assert "finns inte 2020" in refusal(goal=goal)


def test_a_later_answer_from_a_board_changes_the_proposal_and_not_the_verdict(undecided):
    conclude()
    goals.record_assessments(
        assessments=[goals.BoardAssessment("1.1", unit, Period(2020), NOT_MET) for unit in ("kultur", "alvsjo")],
        by=universe.BY,
        at=LATER,
    )
    now = to_conclude("1.1", 2020)
    assert now.default.verdict is NOT_MET
    assert goal_year("1.1", 2020).city_verdict.verdict is MET
