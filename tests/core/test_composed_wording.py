"""The Swedish of a composed section holds together in every case."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from tests.core.composed import compose, fulfilment, goal_years, sentences
from tests.core.stockholm import (
    RESULTS,
    SAFE_CITY,
    VERDICT,
    YOUTH,
    facts_of,
    with_tallies,
)

from ledtrad.core.assessment import (
    Forecast,
    Tally,
    Verdict,
    tally_indicators,
)
from ledtrad.core.document import (
    Paragraph,
    VerdictBlock,
)
from ledtrad.core.language.writing import CountStyle, number_word, write_fact
from ledtrad.core.outcomes import Absence, AbsenceKind

WORDS = {number_word(count) for count in range(2, 13)} | {"en", "ett"}


@given(goal_years())
def test_no_figure_stands_outside_a_citation(goal_year):
    """Nor does a number word, whatever the counts: only the year is said without a fact."""
    facts = facts_of(goal_year)
    parts = {part.title: part for part in compose(goal_year, facts).sections}
    for sentence in sentences(parts["Måluppfyllelse för året"]):
        inside = {place for cite in sentence.cites for place in range(cite.start, cite.end)}
        for token in re.finditer(r"\w+", sentence.text):
            is_figure = token.group().isdigit() or token.group().lower() in WORDS
            if is_figure and token.group() != "2020":
                assert token.start() in inside, sentence.text
        for cite in sentence.cites:
            said = sentence.text[cite.start : cite.end]
            assert said in {write_fact(facts[cite.fact])} | _in_words(facts[cite.fact])


def _in_words(fact):
    if isinstance(fact.value, Verdict):
        return set()
    return {write_fact(fact, "word"), write_fact(fact, "Word")}


@given(goal_years())
def test_the_swedish_agrees_in_number(goal_year):
    text = " ".join(fulfilment(goal_year))
    for wrong in (
        r"\b(?:1|en) indikatorer\b",
        r"\b(?:[2-9]|\d\d|två|tre|tolv) indikator\b",
        r"\bav (?:1|en) nämnder\b",
        r"\bav (?:[2-9]|\d\d) nämnd\b",
        r"\b0 (?:av|bedömer|har|indikator)",
        r"\bnoll\b",
        r"[{}]",
        r"  ",
        r"\.\.",
        r" ,",
        r"None",
    ):
        assert not re.search(wrong, text), (wrong, text)
    for sentence in fulfilment(goal_year):
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")


@given(goal_years())
def test_the_board_sentence_says_every_count_and_no_other(goal_year):
    boards = goal_year.evidence.boards
    said = [sentence for sentence in fulfilment(goal_year) if " nämnd" in sentence and "uppn" in sentence]
    if not boards.answered:
        assert not said
        return
    for part, words in (("met", "uppnås helt"), ("partly", "uppnås delvis"), ("not_met", "ej uppnås")):
        assert (words in said[0]) is bool(getattr(boards, part))
    assert ("har inte lämnat någon bedömning" in said[0]) is bool(boards.without)


@given(goal_years())
def test_ids_of_sections_blocks_and_sentences_are_unique(goal_year):
    section = compose(goal_year)
    blocks = [block for part in section.walk() for block in part.blocks]
    ids = [part.id for part in section.walk()] + [block.id for block in blocks if hasattr(block, "id")]
    spoken = [sentence.id for block in blocks if isinstance(block, Paragraph) for sentence in block.sentences]
    assert len(set(ids)) == len(ids)
    assert len(set(spoken)) == len(spoken)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in ids)


# --------------------------------------------------------------------------------------------- wording, case by case


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.MET, "Målet för verksamhetsområdet bedöms ha uppfyllts helt under 2020."),
        (Verdict.PARTLY, "Målet för verksamhetsområdet bedöms ha uppfyllts delvis under 2020."),
        (Verdict.NOT_MET, "Målet för verksamhetsområdet bedöms ej ha uppfyllts under 2020."),
    ],
)
def test_the_verdict_sentence(verdict, said):
    assert fulfilment(replace(SAFE_CITY, city_verdict=replace(VERDICT, verdict=verdict)))[0] == said


def test_no_verdict_yet():
    section = replace(SAFE_CITY, city_verdict=None)
    assert fulfilment(section)[0] == "Målet för verksamhetsområdet är ännu inte bedömt för 2020."
    assert not any("beslutades" in sentence for sentence in fulfilment(section))
    assert compose(section).sections[1].blocks[0] == VerdictBlock("mal-1-2-bedomning", "Måluppfyllelse", None, "")


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ((), []),
        (
            RESULTS[:2],
            [
                "2 av 2 av kommunfullmäktiges indikatorer saknar utfall.",
                "Skäl som anges: Medborgarundersökningen ställdes in på grund av pandemin.",
            ],
        ),
        ((YOUTH,), ["För 1 av 1 av kommunfullmäktiges indikatorer har årsmålet uppnåtts delvis."]),
        (
            (YOUTH, replace(YOUTH, verdict=Verdict.MET), replace(YOUTH, verdict=Verdict.NOT_MET), RESULTS[0]),
            [
                "För 1 av 4 av kommunfullmäktiges indikatorer har årsmålet uppnåtts helt, för 1 har det uppnåtts "
                "delvis, för 1 har det ej uppnåtts och 1 indikator saknar utfall.",
                "Skäl som anges: Medborgarundersökningen ställdes in på grund av pandemin.",
            ],
        ),
        (
            (YOUTH, YOUTH, replace(RESULTS[0], outcome=Absence(AbsenceKind.LATE, expected="2021-T1")), RESULTS[1]),
            [
                "För 2 av 4 av kommunfullmäktiges indikatorer har årsmålet uppnåtts delvis och 2 indikatorer saknar "
                "utfall.",
                "Skäl som anges: resultatet är inte klart (väntas 2021-T1); Medborgarundersökningen ställdes in på "
                "grund av pandemin.",
            ],
        ),
        (
            (YOUTH, YOUTH, replace(YOUTH, verdict=None)),
            [
                "För 2 av 3 av kommunfullmäktiges indikatorer har årsmålet uppnåtts delvis och 1 indikator saknar "
                "bedömning."
            ],
        ),
        (
            (YOUTH, YOUTH, replace(RESULTS[0], forecast=Forecast(verdict=Verdict.MET))),
            [
                "För 2 av 3 av kommunfullmäktiges indikatorer har årsmålet uppnåtts delvis och 1 indikator saknar "
                "utfall.",
                "Skäl som anges: Medborgarundersökningen ställdes in på grund av pandemin.",
                "Enligt prognos uppnås årsmålet helt för ”Trygghet där man bor”.",
            ],
        ),
    ],
)
def test_the_indicator_sentences(results, said):
    results = tuple(replace(result, code=f"1.2.{place}") for place, result in enumerate(results))
    goal_year = with_tallies(indicators=tally_indicators(results), results=results, histories=())
    assert [
        sentence
        for sentence in fulfilment(goal_year)
        if "ndikator" in sentence or "Skäl" in sentence or "prognos" in sentence
    ] == said


def test_counts_in_words_when_all_of_the_sentence_can_be():
    said = fulfilment(with_tallies(boards=Tally(7, 4, 1, 12), style=CountStyle.WORDS))
    assert said[1].startswith("Sju av tolv nämnder bedömer")
    assert "fyra bedömer att målet uppnås delvis och en bedömer att målet ej uppnås." in said[1]
    assert said[3] == "Tre av fyra av kommunfullmäktiges indikatorer saknar utfall."
    assert fulfilment(with_tallies(style=CountStyle.WORDS))[1] == fulfilment()[1]


def test_words_that_somebody_wrote_are_never_taken_for_a_template():
    odd = "Svar {{saknas}} och {{goal:1.2/2020/boards.met}}"
    outcome = Absence(AbsenceKind.NOT_MEASURED, odd)
    results = (replace(RESULTS[0], outcome=outcome, comment=odd + "."), *RESULTS[1:])
    section = compose(
        replace(SAFE_CITY, results=results, aim=odd + ".", city_verdict=replace(VERDICT, motive=odd + "."))
    )
    assert sum(odd in sentence.text for sentence in sentences(section)) == 4
