"""A goal's section: the seed's form, every figure cited, and Swedish that holds together in every case."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.stockholm import (
    CANCELLED,
    EVIDENCE,
    NARRATIVE,
    RESULTS,
    SAFE_CITY,
    VERDICT,
    YOUTH,
    facts_of,
    not_measured,
    percent,
    with_tallies,
)

from ledtrad.core.assessment import (
    CityVerdict,
    Forecast,
    GoalEvidence,
    Ground,
    Tally,
    Verdict,
    tally_indicators,
)
from ledtrad.core.document import (
    Document,
    Figure,
    Image,
    IndicatorBlock,
    IndicatorHistory,
    NarrativePart,
    NextLink,
    Notice,
    Paragraph,
    PullQuote,
    SentenceIds,
    SubArea,
    TallyBlock,
    VerdictBlock,
    goal_document,
    goal_section,
)
from ledtrad.core.document.composing import section_id
from ledtrad.core.facts import FactSheet, goal_facts
from ledtrad.core.language.writing import CountStyle, UnknownFactError, number_word, write_fact
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import PERCENT


def compose(goal_year=SAFE_CITY, facts=None):
    return goal_section(goal_year, facts if facts is not None else facts_of(goal_year), SentenceIds())


def sentences(section):
    return list(Document("", (section,)).sentences())


def fulfilment(goal_year=SAFE_CITY):
    """The sentences under "Måluppfyllelse för året"."""
    parts = {part.title: part for part in compose(goal_year).sections}
    return [sentence.text for sentence in sentences(parts["Måluppfyllelse för året"])]


# ---------------------------------------------------------------------------------------------------- the seed's form


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


verdicts = st.none() | st.sampled_from(Verdict)
absent_results = st.builds(
    lambda kind, reason, expected, forecast: replace(
        RESULTS[0], outcome=Absence(kind, reason, "", expected), forecast=Forecast(verdict=forecast)
    ),
    st.sampled_from(AbsenceKind),
    st.sampled_from(["inställd", "underlaget dröjer"]),
    st.sampled_from(["", "senare"]),
    verdicts,
)
measured_results = st.builds(lambda verdict: replace(YOUTH, verdict=verdict, is_new=False), verdicts)


@st.composite
def goal_years(draw):
    results = draw(st.lists(absent_results | measured_results, max_size=6))
    results = tuple(replace(result, code=f"1.2.{place}") for place, result in enumerate(results, 1))
    counts = draw(st.lists(st.integers(0, 14), min_size=4, max_size=4))
    boards = Tally(*counts[:3], sum(counts))
    verdict = draw(verdicts)
    return replace(
        SAFE_CITY,
        evidence=GoalEvidence(boards, tally_indicators(results), draw(verdicts)),
        city_verdict=CityVerdict(verdict, "Så vägde det.", (Ground.BOARDS,)) if verdict else None,
        results=results,
        narrative=(),
        histories=(),
        style=draw(st.sampled_from(CountStyle)),
    )


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
    assert fulfilment(with_tallies(style=CountStyle.WORDS))[1].startswith("17 av 29 nämnder")


def test_words_that_somebody_wrote_are_never_taken_for_a_template():
    odd = "Svar {{saknas}} och {{goal:1.2/2020/boards.met}}"
    outcome = Absence(AbsenceKind.NOT_MEASURED, odd)
    results = (replace(RESULTS[0], outcome=outcome, comment=odd + "."), *RESULTS[1:])
    section = compose(
        replace(SAFE_CITY, results=results, aim=odd + ".", city_verdict=replace(VERDICT, motive=odd + "."))
    )
    assert sum(odd in sentence.text for sentence in sentences(section)) == 4


# --------------------------------------------------------------------------------------------------- narrative


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


# ------------------------------------------------------------------------------------------------------- histories


def history_of(outcomes, periodicity=None):
    results = tuple((year, replace(YOUTH, outcome=outcome)) for year, outcome in outcomes)
    history = IndicatorHistory("1.2.4", results, periodicity or Periodicity())
    section = compose(replace(SAFE_CITY, histories=(history,)))
    return [block for block in section.sections[-1].blocks if isinstance(block, Figure)]


def measured(total, women=None, men=None):
    return Measured(percent(total), *(percent(part) if part else None for part in (women, men)))


def test_a_history_is_a_figure_with_its_gaps_named():
    (figure,) = history_of([(2018, measured("86", "85", "87")), (2019, CANCELLED), (2020, YOUTH.outcome)])
    assert figure.years == (2018, 2019, 2020)
    assert [series.label for series in figure.series] == ["Totalt", "Kvinnor", "Män"]
    assert figure.series[0].values == ("86", None, "84")
    assert figure.series[0].facts == (
        "indicator:1.2.4/2018/outcome.total",
        "",
        "indicator:1.2.4/2020/outcome.total",
    )
    assert figure.gaps == ((2019, "Ej mätt – Medborgarundersökningen ställdes in på grund av pandemin"),)
    assert (figure.target, figure.target_label, figure.unit) == ("88.5", "Årsmål 88,5\u00a0%", PERCENT.symbol)
    assert figure.description == (
        "Unga som inte har utsatts för hot och våld: 86\u00a0% 2018 och 84\u00a0% 2020. Utfall saknas för 2019."
    )


def test_years_between_surveys_are_no_gap():
    (figure,) = history_of(
        [(2017, measured("80")), (2018, CANCELLED), (2019, CANCELLED), (2020, YOUTH.outcome)], Periodicity(3, 2017)
    )
    assert figure.years == (2017, 2020)
    assert figure.gaps == ()


def test_an_outcome_in_an_unexpected_year_is_shown():
    (figure,) = history_of([(2017, measured("80")), (2018, measured("0")), (2020, YOUTH.outcome)], Periodicity(3, 2017))
    assert figure.years == (2017, 2018, 2020)
    assert figure.series[0].values == ("80", "0", "84")


def test_one_year_is_no_history():
    assert history_of([(2020, YOUTH.outcome)]) == []
    assert history_of([(2019, CANCELLED), (2020, CANCELLED)]) == []


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
