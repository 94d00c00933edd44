"""The whole year's document: an overview that counts the goals, then every goal under its objective."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.stockholm import EVIDENCE, SAFE_CITY, VERDICT, facts_of

from ledtrad.core.assessment import Tally, Verdict
from ledtrad.core.document import (
    Notice,
    Objective,
    Paragraph,
    TallyBlock,
    VerdictBlock,
    overview_facts,
    year_document,
)
from ledtrad.core.document.year import tally_goals
from ledtrad.core.facts import FactSheet

MODERN = Objective("1", "En modern storstad", ("1.1", "1.2"))
GROWING = Objective("2", "En växande stad", ("2.1",))


def goal(code, verdict=None, **changes):
    city_verdict = replace(VERDICT, verdict=verdict) if verdict else None
    return replace(SAFE_CITY, code=code, title=f"Mål {code}", city_verdict=city_verdict, narrative=(), **changes)


GOALS = (goal("1.1", Verdict.MET), goal("1.2", Verdict.PARTLY), goal("2.1"))


def facts(goals=GOALS):
    return FactSheet({fact.id: fact for one in goals for fact in facts_of(one).values()}.values())


def compose(goals=GOALS, objectives=(MODERN, GROWING), **options):
    return year_document(goals, facts(goals), objectives=objectives, **options)


def test_the_chapters_follow_the_objectives():
    document = compose()
    assert [section.title for section in document.sections] == ["Översikt", MODERN.title, GROWING.title]
    assert [section.id for section in document.sections] == ["oversikt", "mal-1", "mal-2"]
    assert [section.title for section in document.sections[1].sections] == ["Mål 1.1", "Mål 1.2"]
    assert (document.title, document.year) == ("Årsredovisning 2020", 2020)


def test_a_goal_under_no_objective_stands_last():
    document = compose(objectives=(GROWING,))
    assert [section.title for section in document.sections] == ["Översikt", GROWING.title, "Mål 1.1", "Mål 1.2"]


def test_without_objectives_the_goals_follow_each_other():
    document = compose(objectives=())
    assert [section.title for section in document.sections] == ["Översikt", "Mål 1.1", "Mål 1.2", "Mål 2.1"]
    verdicts = [block for block in document.sections[0].blocks if isinstance(block, VerdictBlock)]
    assert [(block.title, block.verdict) for block in verdicts] == [
        ("Mål 1.1", Verdict.MET),
        ("Mål 1.2", Verdict.PARTLY),
        ("Mål 2.1", None),
    ]


def test_the_overview_counts_all_goals_and_each_objectives():
    overview = compose().sections[0]
    texts = [block.text for part in overview.walk() for block in part.blocks if isinstance(block, Paragraph)]
    assert texts == [
        "Av 3 mål för verksamhetsområdena har 1 uppfyllts helt, 1 uppfyllts delvis och 1 ännu inte bedömts.",
        "Av 2 mål för verksamhetsområdena har 1 uppfyllts helt och 1 uppfyllts delvis.",
        "Av 1 mål för verksamhetsområdena har 1 ännu inte bedömts.",
    ]
    tallies = [block.tally for part in overview.walk() for block in part.blocks if isinstance(block, TallyBlock)]
    assert tallies == [Tally(1, 1, 0, 3), Tally(1, 1, 0, 2), Tally(0, 0, 0, 1)]


def test_the_counts_of_the_overview_rest_on_the_goals_verdicts():
    made = {fact.id: fact for fact in overview_facts(GOALS, [MODERN])}
    assert [cell.address for cell in made["goal:alla/2020/subgoals.partly"].rests_on] == ["goal:1.2/2020/verdict"]
    assert [cell.address for cell in made["goal:alla/2020/subgoals.total"].rests_on] == [
        "goal:1.1/2020/verdict",
        "goal:1.2/2020/verdict",
        "goal:2.1/2020/verdict",
    ]
    assert made["goal:1/2020/subgoals.total"].value.value == 2
    paragraph = compose().sections[0].blocks[0]
    assert [cite.fact.rpartition(".")[2] for cite in paragraph.sentences[0].cites] == [
        "total",
        "met",
        "partly",
        "no_outcome",
    ]


def test_facts_that_are_given_go_before_those_that_are_made():
    """The caller's fact has the same value and perhaps more cells; its fingerprint is the one that is cited."""
    given_fact = next(fact for fact in overview_facts(GOALS) if fact.id.endswith("total"))
    given_fact = replace(given_fact, rests_on=())
    document = year_document(GOALS, {**facts(), given_fact.id: given_fact})
    assert document.sections[0].blocks[0].sentences[0].cites[0].fingerprint == given_fact.fingerprint


def test_one_invented_goal_puts_the_notice_on_the_overview():
    document = compose((replace(GOALS[0], invented=True), *GOALS[1:]))
    assert document.notices
    assert isinstance(document.sections[0].blocks[0], Notice)
    assert not compose().notices


def test_ids_are_unique_in_the_whole_year():
    document = compose()
    sections = [section.id for section in document.walk()]
    spoken = [sentence.id for sentence in document.sentences()]
    assert len(set(sections)) == len(sections)
    assert len(set(spoken)) == len(spoken)


def test_a_year_needs_goals_of_one_year():
    with pytest.raises(ValueError, match="all of the same year"):
        year_document([], {})
    with pytest.raises(ValueError, match="all of the same year"):
        year_document([GOALS[0], replace(GOALS[1], year=2021)], facts())
    assert list(overview_facts([])) == []


@given(st.lists(st.none() | st.sampled_from(Verdict), min_size=1, max_size=30))
def test_goals_are_counted_by_verdict(verdicts):
    goals = [goal(f"1.{place}", verdict) for place, verdict in enumerate(verdicts)]
    tally = tally_goals(goals)
    assert [tally.count(verdict) for verdict in Verdict] == [verdicts.count(verdict) for verdict in Verdict]
    assert (tally.total, tally.without) == (len(verdicts), verdicts.count(None))


def test_the_evidence_of_the_example_is_the_seeds():
    assert (EVIDENCE.boards, EVIDENCE.indicators) == (Tally(17, 11, 1, 29), Tally(0, 1, 0, 4))
