"""A goal's section: the seed's form, every figure cited, and what is refused."""

from dataclasses import replace

import pytest
from tests.core.composed import compose, fulfilment, sentences
from tests.core.stockholm import (
    CANCELLED,
    EVIDENCE,
    RESULTS,
    SAFE_CITY,
    YOUTH,
    facts_of,
    not_measured,
)

from ledtrad.core.assessment import (
    GoalEvidence,
    Tally,
    Verdict,
)
from ledtrad.core.document import (
    Image,
    IndicatorBlock,
    NextLink,
    Notice,
    SubArea,
    TallyBlock,
    VerdictBlock,
    goal_document,
)
from ledtrad.core.document.composing import section_id
from ledtrad.core.facts import FactSheet, goal_facts
from ledtrad.core.language.writing import UnknownFactError


def test_the_section_has_the_form_of_the_published_page():
    image = Image("En cyklist i en park. Foto")
    section = compose(replace(SAFE_CITY, image=image, invented=True))
    assert section.id == "mal-1-2"
    assert section.title == "Staden är trygg och välskött"
    assert [type(block) for block in section.blocks] == [Notice, Image]
    assert [part.title for part in section.sections] == [
        "Mål för verksamhetsområdet",
        "Måluppfyllelse för året",
        "Ett ovanligt år",
        "Indikatorer",
    ]


def test_the_fulfilment_of_2020():
    assert fulfilment() == [
        "Målet för verksamhetsområdet bedöms ha uppfyllts delvis under 2020.",
        "17 av 29 nämnder bedömer att kommunfullmäktiges mål för verksamhetsområdet uppnås helt, 11 bedömer att målet "
        "uppnås delvis och 1 bedömer att målet ej uppnås.",
        "Stockholms Stadshus AB bedömer att målet uppnås helt.",
        "3 av 4 av kommunfullmäktiges indikatorer saknar utfall.",
        "Skäl som anges: Medborgarundersökningen ställdes in på grund av pandemin.",
        "Den indikator som har följts upp visar att årsmålet uppnås delvis.",
        "Det mesta av målet gick inte att mäta.",
        "Därför väger nämndernas svar lätt.",
        "Bedömningen beslutades av kommunstyrelsen den 7\u00a0april 2021, § 12 (dnr KS 2021/345).",
    ]


def test_blocks_of_the_fulfilment_name_their_facts():
    blocks = compose().sections[1].blocks
    verdict = next(block for block in blocks if isinstance(block, VerdictBlock))
    assert (verdict.verdict, verdict.fact) == (Verdict.PARTLY, "goal:1.2/2020/verdict")
    boards, indicators = [block for block in blocks if isinstance(block, TallyBlock)]
    assert boards.tally == Tally(17, 11, 1, 29)
    assert dict(boards.facts)["not_met"] == "goal:1.2/2020/boards.not_met"
    assert indicators.tally == Tally(0, 1, 0, 4)
    assert dict(indicators.facts)["no_outcome"] == "goal:1.2/2020/indicators.no_outcome"


def test_the_aim_keeps_its_paragraphs():
    aim = compose().sections[0]
    assert [block.text for block in aim.blocks] == [
        "Alla ska kunna röra sig fritt. Staden ska vara ren.",
        "Även kvällar.",
    ]


def test_the_activities_stand_between_the_companies_and_the_indicators():
    said = fulfilment(replace(SAFE_CITY, activities=("De flesta planerade insatser är genomförda.",)))
    place = said.index("De flesta planerade insatser är genomförda.")
    assert said[place - 1].startswith("Stockholms Stadshus AB")
    assert said[place + 1].startswith("3 av 4")
    assert not any("insatser" in sentence for sentence in fulfilment())


def test_the_indicator_list():
    blocks = compose().sections[-1].blocks
    listed = [block for block in blocks if isinstance(block, IndicatorBlock)]
    assert [block.result for block in listed] == list(RESULTS)
    assert dict(listed[0].facts) == {"target": "indicator:1.2.1/2020/target", "outcome": "indicator:1.2.1/2020/outcome"}
    assert set(dict(listed[3].facts)) == {"target", "outcome.total", "outcome.women", "outcome.men", "verdict"}
    assert [sentence.text for sentence in listed[3].comment] == [
        "Ny indikator 2020.",
        "Fler kvinnor än män har drabbats.",
    ]
    assert listed[3].id == "mal-1-2-indikator-1-2-4"
    assert blocks[-1] == NextLink("Barn når sin fulla potential", "")


def test_a_block_names_only_facts_that_are_there():
    facts = {fact_id: fact for fact_id, fact in facts_of(SAFE_CITY).items() if fact_id != "indicator:1.2.4/2020/target"}
    listed = [block for block in compose(facts=facts).sections[-1].blocks if isinstance(block, IndicatorBlock)]
    assert "target" not in dict(listed[3].facts)
    assert "target" in dict(listed[2].facts)


def test_a_new_indicator_is_said_to_be_new_only_once():
    result = replace(YOUTH, comment="Ny indikator 2020. Fler kvinnor.")
    section = compose(replace(SAFE_CITY, results=(*RESULTS[:3], result)))
    assert sum("Ny indikator" in sentence.text for sentence in sentences(section)) == 1


def test_without_indicators_the_link_onwards_still_stands():
    bare = replace(SAFE_CITY, results=(), evidence=replace(EVIDENCE, indicators=Tally(0, 0, 0, 0)))
    last = compose(bare).sections[-1]
    assert [type(block) for block in last.blocks] == [NextLink]


# ------------------------------------------------------------------------------------------- every figure is cited


def test_every_sentence_cites_the_facts_it_states():
    cited = {
        sentence.text.split(" bedömer")[0]: [sentence.text[cite.start : cite.end] for cite in sentence.cites]
        for sentence in sentences(compose())
    }
    assert cited["17 av 29 nämnder"] == ["17", "29", "11", "1"]
    assert cited["Stockholms Stadshus AB"] == ["helt"]
    assert cited["3 av 4 av kommunfullmäktiges indikatorer saknar utfall."] == ["3", "4"]
    assert cited["En nämnd svarade ej."] == ["En"]


def test_citations_carry_the_fingerprint_of_the_fact_as_it_was():
    facts = facts_of(SAFE_CITY)
    for sentence in sentences(compose(facts=facts)):
        for cite in sentence.cites:
            assert cite.fingerprint == facts[cite.fact].fingerprint


# ---------------------------------------------------------------------------------------------------- what is refused


def test_a_missing_fact_is_named():
    facts = {fact_id: fact for fact_id, fact in facts_of(SAFE_CITY).items() if not fact_id.endswith("boards.partly")}
    with pytest.raises(UnknownFactError, match=r"goal:1\.2/2020/boards\.partly"):
        compose(facts=facts)


@pytest.mark.parametrize("changed", ["boards", "indicators"])
def test_facts_that_disagree_with_the_evidence_are_refused(changed):
    other = {"boards": Tally(18, 10, 1, 29), "indicators": Tally(1, 0, 0, 4)}[changed]
    facts = facts_of(replace(SAFE_CITY, evidence=replace(EVIDENCE, **{changed: other})))
    with pytest.raises(ValueError, match=f"{changed}.met does not agree"):
        compose(facts=facts)


def test_facts_of_a_sub_area_must_agree_too():
    area = SubArea("1.2-park", "Parker", GoalEvidence(Tally(2, 1, 0, 3), Tally(0, 0, 0, 0)))
    other = replace(area, evidence=replace(area.evidence, boards=Tally(3, 0, 0, 3)))
    facts = facts_of(replace(SAFE_CITY, subareas=(other,)))
    with pytest.raises(ValueError, match=r"park/2020/boards.met does not agree"):
        compose(replace(SAFE_CITY, subareas=(area,)), facts)


# ------------------------------------------------------------------------------------------------------- small things


@pytest.mark.parametrize(("code", "name"), [("1.2", "mal-1-2"), ("1.2.b", "mal-1-2-b"), ("KF 3", "mal-kf-3")])
def test_section_ids_fit_an_address(code, name):
    assert section_id(code) == name


def test_a_document_of_one_goal():
    document = goal_document(replace(SAFE_CITY, invented=True), facts_of(SAFE_CITY), publisher="Stockholms stad")
    assert (document.title, document.year, document.publisher) == (SAFE_CITY.title, 2020, "Stockholms stad")
    assert document.subtitle == "Årsredovisning 2020"
    assert len(document.notices) == 1
    assert len(list(document.indicators())) == 4
    assert goal_document(SAFE_CITY, facts_of(SAFE_CITY)).notices == ()


def test_composing_is_the_same_every_time():
    assert compose() == compose()


def test_facts_may_be_any_mapping():
    facts = facts_of(SAFE_CITY)
    assert compose(facts=dict(facts)) == compose(facts=FactSheet(facts.values()))
    assert list(goal_facts("1.2", 2020, EVIDENCE))
    assert not_measured("9", "x", "1").absence == CANCELLED


class _OnlyLookedUp(dict):
    """A year's facts are many: composing that went through them all for each indicator would grow with the square."""

    def __iter__(self):
        raise AssertionError("composing went through all the facts")

    items = values = keys = __iter__


def test_facts_are_looked_up_and_never_gone_through():
    facts = facts_of(SAFE_CITY)
    assert compose(facts=_OnlyLookedUp(facts)) == compose(facts=facts)
