"""Narrative, pull quotes and sub-areas in a composed section."""

from dataclasses import replace

import pytest
from tests.core.composed import compose, sentences
from tests.core.stockholm import (
    NARRATIVE,
    SAFE_CITY,
    VERDICT,
)

from ledtrad.core.assessment import (
    GoalEvidence,
    Tally,
)
from ledtrad.core.document import (
    Image,
    NarrativePart,
    Paragraph,
    PullQuote,
    SubArea,
)


def test_a_pull_quote_stands_word_for_word_in_the_text():
    blocks = compose().sections[2].blocks
    assert [type(block) for block in blocks] == [Paragraph, PullQuote, Paragraph]
    assert blocks[1].sentence == blocks[0].sentences[1]


def test_a_pull_quote_can_be_given_in_words():
    part = replace(NARRATIVE[0], pull_quote="En nämnd  svarade ej.")
    blocks = compose(replace(SAFE_CITY, narrative=(part,))).sections[2].blocks
    assert blocks[1].sentence.text == "En nämnd svarade ej."


@pytest.mark.parametrize("quote", ["Arbetet fortsatte inte.", 3, -1])
def test_a_pull_quote_that_is_not_in_the_text_is_refused(quote):
    part = replace(NARRATIVE[0], pull_quote=quote)
    with pytest.raises(ValueError, match="quote"):
        compose(replace(SAFE_CITY, narrative=(part,)))


def test_a_narrative_image_stands_first():
    image = Image("Två barn gungar. Foto")
    part = NarrativePart("Rubrik", (("Text.",),), image=image)
    assert compose(replace(SAFE_CITY, narrative=(part,))).sections[2].blocks[0] == image


def test_sub_areas_are_judged_for_themselves():
    area = SubArea("1.2-park", "Parker", GoalEvidence(Tally(2, 1, 0, 3), Tally(0, 0, 0, 0)), VERDICT)
    goal_year = replace(SAFE_CITY, subareas=(area,))
    part = compose(goal_year).sections[2]
    assert (part.id, part.title) == ("mal-1-2-park", "Parker")
    said = [sentence.text for sentence in sentences(part)]
    assert said[1].startswith("2 av 3 nämnder bedömer")
    cites = sentences(part)[1].cites
    assert cites[0].fact == "goal:1.2-park/2020/boards.met"
