"""What uses an indicator: goals, boards, decisions, sentences. Read by hand from the two parts of Lillköping."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import reporting_year, universe
from tests.universe import AT, BY

from ledtrad.apps.annual_report import actions as report
from ledtrad.apps.annual_report.models import Citation, Statement
from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Level
from ledtrad.apps.indicators import queries
from ledtrad.apps.indicators.actions import NewTarget
from ledtrad.apps.indicators.queries.uses import UsedIn
from ledtrad.apps.people.actors import NOBODY
from ledtrad.core.assessment import Decision, at_most
from ledtrad.core.quantities import COUNT, quantity
from ledtrad.site import indicator_uses

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Both parts of Lillköping, its plan copied to 2022, the report a draft. Built once: tests undo what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        universe.build_report()
        reporting_year.build()
        reporting_year.play()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def published(city):
    report.publish_edition(year=2020, by=BY, at=AT)


def used(code, actor=NOBODY):
    return queries.uses(code, actor)


def test_the_goals_that_it_follows(city):
    (goal,) = used("1.2.2").goals
    assert (goal.code, goal.title, goal.year, goal.listed) == ("1.2", "Lillköping är tryggt att bo i", 2022, True)
    (other,) = used("B.1").goals
    assert not other.listed


def test_the_boards_that_were_last_asked_about_a_goal_it_follows(city):
    found = used("1.2.2").boards
    assert {(board.why, board.about) for board in found} == {("goal", "1.2")}
    assert [board.unit for board in found] == ["kultur", "miljo"]


def test_an_indicator_that_is_not_listed_is_assessed_by_nobody(city):
    assert used("B.1").boards == ()


@pytest.mark.parametrize(
    ("code", "goals"),
    [
        ("1.1.1", ["1.1"]),  # its goal rests on indicators
        ("1.2.1", ["1.2"]),  # on the list though it was not measured
        ("2.1.1", []),  # its goal rests on what the responsible board says
        ("B.1", []),  # not on the list
    ],
)
def test_the_decisions_in_which_it_weighed(city, code, goals):
    found = used(code).decisions
    assert [one.goal for one in found] == goals
    assert all((one.kind, one.year, one.decision.paragraph) == ("verdict", 2020, "§ 7") for one in found)


def test_a_sentence_counts_when_it_can_be_read(city):
    assert used("B.1").sentences == ()
    report.publish_edition(year=2020, by=BY, at=AT)
    assert [one.text for one in used("B.1").sentences] == [
        "Andelen otrygga på kvällen är 10\u00a0procent.",
        "Vid förra mätningen var den 11\u00a0procent.",
    ]
    assert {(one.year, one.edition, one.goal) for one in used("B.1").sentences} == {(2020, 1, "1.2")}


def test_the_block_that_lists_all_indicators_is_no_sentence(published):
    """Every listed indicator stands in one: were it a use, nothing would ever be unused."""
    blocks = Citation.objects.filter(fact__startswith="indicator:2.1.2/").exclude(statement__kind="sentence")
    assert blocks.exists()
    texts = Statement.objects.filter(kind="sentence", citations__fact__startswith="indicator:2.1.2/")
    assert {one.text for one in used("2.1.2").sentences} == set(texts.values_list("text", flat=True))


def test_codes_that_begin_alike_are_kept_apart(published):
    assert used("B").sentences == ()
    assert used("1.2").goals == ()
    assert not used("no such")


def test_all_at_once_says_the_same_as_one_by_one(published):
    for years in ([2020], [2019, 2020], [2021]):
        together = queries.indicators_in_use(years)
        for code in ("1.1.1", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "B.1"):
            alone = used(code)
            decisions = [one for one in alone.decisions if one.year in years]
            sentences = [one for one in alone.sentences if one.year in years]
            assert together.get(code, UsedIn()) == UsedIn(len(decisions), len(sentences))


def test_as_many_questions_however_much_uses_it(published):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        indicator_uses.uses.now("1.2.2", NOBODY)
    assert len(asked) <= 17
    with CaptureQueriesContext(connection) as asked:
        indicator_uses.in_use([2019, 2020])
    assert len(asked) <= 6


# --- a year of plans


def test_the_owner_is_told(city):
    assert [(one.unit, one.why) for one in used("K.1").boards] == [("kultur", "owner")]


def test_a_target_that_was_changed_by_decision_is_a_use(city):
    assert used("K.2").decisions == ()
    goals.plan_targets(
        targets=[NewTarget("K.2", reporting_year.YEAR, at_most(quantity("5", COUNT)))],
        decision=Decision("Kulturnämnden", date(2021, 4, 14), "§ 31", "KUN 2021/77"),
        by=reporting_year.actor("sara"),
        at=reporting_year.IN_TERTIAL_1,
    )
    (found,) = used("K.2").decisions
    assert (found.kind, found.year, found.decision.paragraph) == ("plan", 2021, "§ 31")
    assert queries.indicators_in_use([2021])["K.2"].decisions == 1


def test_a_goal_of_a_plan_that_is_not_adopted_is_known_to_its_own_people(city):
    goal = goals.NewObjective("1.2.miljo.1", "Tysta gator", Level.BOARD, 2021, 2021, "1.2", owner="miljo")
    goals.set_objectives(objectives=[goal], by=BY, at=AT)
    goals.follow_with_indicators(links=[goals.IndicatorLink("1.2.miljo.1", "2.1.1", 2021)], by=BY, at=AT)
    seen = {name: [one.code for one in used("2.1.1", _actor(name)).goals] for name in ("", "rut", "ove", "carl")}
    whole = ["1.2.miljo.1", "2.1"]
    assert seen == {"": ["2.1"], "rut": ["2.1"], "ove": whole, "carl": whole}


def _actor(name):
    return reporting_year.actor(name) if name else NOBODY
