"""Which sentences a correction touches: those that cite the facts that it changed, in whatever edition."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.universe import AT, BY

from ledtrad.apps.annual_report import actions as report_actions
from ledtrad.apps.annual_report.models import Citation
from ledtrad.apps.annual_report.queries import stale_citations, touched_sentences
from ledtrad.apps.indicators import actions as indicators
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT, quantity

EVENING, YOUTH = "indicator:B.1/2020/outcome.total", "indicator:1.2.2/2020/outcome.women"


def test_a_sentence_is_found_by_the_fact_that_it_cites(report):
    found = touched_sentences([EVENING])
    (sentence,) = (one for one in found if one.kind == "sentence")
    assert sentence.text == "Andelen otrygga på kvällen är 10\u00a0procent."
    assert (sentence.year, sentence.edition, sentence.goal, sentence.facts) == (2020, 1, "1.2", (EVENING,))
    assert (sentence.edition_state, sentence.is_published, sentence.published_at) == ("draft", False, None)
    assert sentence.sentence.startswith("s-2020-1-2")


def test_nothing_is_found_for_nothing_and_for_what_nobody_cites(report):
    with CaptureQueriesContext(connection) as asked:
        assert touched_sentences([]) == ()
    assert len(asked) == 0
    assert touched_sentences(["indicator:9.9/2020/outcome.total", ""]) == ()


def test_what_cites_several_touched_facts_stands_once_with_all_of_them(report):
    rows = Citation.objects.values_list("statement__sentence_id", "fact")
    by_sentence = {}
    for sentence, fact in rows:
        by_sentence.setdefault(sentence, set()).add(fact)
    sentence, facts = max(by_sentence.items(), key=lambda one: len(one[1]))
    assert len(facts) > 1  # so that the test is about something
    (found,) = (one for one in touched_sentences(facts) if one.sentence == sentence)
    assert set(found.facts) == facts


def test_every_citation_is_found_and_nothing_else(report):
    """Against a naive second telling: all citations, one by one."""
    rows = list(Citation.objects.values_list("fact", "statement__sentence_id"))
    assert len(rows) > 30
    for fact in {fact for fact, _ in rows}:
        expected = {sentence for other, sentence in rows if other == fact}
        assert {one.sentence for one in touched_sentences([fact])} == expected


def publish_as_it_stands():
    report_actions.publish_edition(year=2020, by=BY, at=AT + timedelta(days=3))


def test_the_order_is_that_of_the_text_the_years_own_chapters_first_and_the_newest_edition_on_top(report):
    facts = set(Citation.objects.values_list("fact", flat=True))
    found = touched_sentences(facts)
    goals = [one.goal for one in found]
    assert goals == sorted(goals)
    assert "" in goals  # the year's own chapters count what the goals say
    publish_as_it_stands()
    report_actions.correct_edition(year=2020, because="Fel siffra.", by=BY, at=AT + timedelta(days=9))
    report_actions.bind_sections(year=2020, by=BY, at=AT + timedelta(days=9))
    found = touched_sentences(facts)
    editions = [(one.edition, one.is_published) for one in found]
    assert editions == sorted(editions, reverse=True)
    assert set(editions) == {(2, False), (1, True)}


def test_a_correction_leaves_a_published_sentence_as_it_was_and_finds_it(report):
    """What was printed stays printed: that is why it must be found."""
    before = touched_sentences([YOUTH])
    outcome = Measured(quantity("84", PERCENT), quantity("80", PERCENT), quantity("87", PERCENT))
    indicators.record_outcome(code="1.2.2", period=Period(2020), outcome=outcome, by=BY, at=AT + timedelta(days=1))
    assert touched_sentences([YOUTH]) == before
    assert {one.sentence for one in before} <= {one.sentence for one in stale_citations(2020)}


@pytest.mark.parametrize("count", [1, 399, 401, 1300])
def test_a_question_for_every_four_hundred_facts(report, count):
    facts = [f"indicator:X.{number}/2020/outcome.total" for number in range(count)]
    with CaptureQueriesContext(connection) as asked:
        touched_sentences([*facts, EVENING])
    assert len(asked) == -(-(count + 1) // 400)
