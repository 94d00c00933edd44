"""Documents as HTML: what is said stays said, nothing that is written becomes markup, the same bytes every time."""

import itertools
from dataclasses import replace

import pytest
from lxml import html as lxml_html
from tests.renderers import outcomes, samples

from ledtrad.core.document import Document, Image, IndicatorBlock, Paragraph, Section, Sentence, TallyBlock
from ledtrad.readers.report_text import read_report
from ledtrad.renderers.html import page, section_html

HOSTILE = '<script>alert("å")</script> & "citat" \' <b>'


@pytest.fixture
def section():
    return lxml_html.fromstring(section_html(samples.section_document(), link_to_fact=lambda fact: f"/trad/{fact}"))


def test_every_sentence_has_its_id_and_names_its_facts(section):
    for sentence in samples.section_document().sentences():
        (element,) = section.xpath("//*[@id=$id]", id=sentence.id)
        assert element.text_content() == sentence.text
        assert element.get("data-facts").split() == list(dict.fromkeys(cite.fact for cite in sentence.cites))


def test_the_words_that_state_a_fact_lead_to_its_thread(section):
    for sentence in samples.section_document().sentences():
        (element,) = section.xpath("//*[@id=$id]", id=sentence.id)
        links = [(link.get("href"), link.text_content()) for link in element.iter("a")]
        assert links == [(f"/trad/{cite.fact}", sentence.text[cite.start : cite.end]) for cite in sentence.cites]


def test_the_figures_of_an_indicator_and_a_tally_lead_to_their_threads(section):
    for block in _blocks(IndicatorBlock, TallyBlock):
        (element,) = section.xpath("//*[@id=$id]", id=block.id)
        told = {link.get("data-fact") for link in element.iter("a")}
        shown = {fact for part, fact in block.facts if part not in ("total", "no_outcome")}
        assert shown <= told


def _blocks(*kinds):
    document = samples.section_document()
    return [block for section in document.walk() for block in section.blocks if isinstance(block, kinds)]


def test_an_indicator_is_a_definition_list_in_the_words_of_the_printed_report(section):
    block = next(block for block in _blocks(IndicatorBlock) if block.result.measured and block.result.measured.by_sex)
    (element,) = section.xpath("//*[@id=$id]", id=block.id)
    told = {
        line.find("dt").text_content(): " ".join(line.find("dd").text_content().split()) for line in element.iter("div")
    }
    assert told["Årsmål:"] == "88,5 %"
    assert told["Utfall:"] == "Totalt 84 %. Varav kvinnor 82 %, män 87 %"
    assert told["Måluppfyllelse:"] == "Delvis"


def test_headings_go_down_one_step_at_a_time(section):
    levels = [int(element.tag[1]) for element in section.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_deeper_start_moves_every_heading():
    fragment = section_html(samples.section_document(), heading_level=3)
    assert "<h1" not in fragment
    assert "<h2" not in fragment
    assert "<h3" in fragment


@pytest.mark.parametrize("render", [section_html, page])
def test_the_same_document_gives_the_same_bytes(render):
    assert render(samples.section_document()) == render(samples.section_document())


def test_nothing_that_is_written_becomes_markup():
    document = samples.section_document()
    first = document.sections[0]
    blocks = (Paragraph((Sentence("s-1", HOSTILE),)), Image(HOSTILE, credit=HOSTILE))
    indicators = tuple(
        replace(block, result=replace(block.result, name=HOSTILE)) for block in _blocks(IndicatorBlock)[:1]
    )
    hostile = replace(
        document,
        title=HOSTILE,
        publisher=HOSTILE,
        sections=(replace(first, title=HOSTILE, blocks=blocks + indicators),),
    )
    text = page(hostile).decode()
    tree = lxml_html.fromstring(text)
    assert not list(tree.iter("script", "b"))
    assert tree.xpath("//*[@id='s-1']")[0].text_content() == HOSTILE
    assert tree.find(".//title").text == HOSTILE


def test_the_page_stands_alone_and_fetches_nothing():
    tree = lxml_html.fromstring(page(samples.section_document()))
    assert tree.get("lang") == "sv-SE"
    assert tree.find(".//title").text
    assert not list(tree.iter("script", "link", "img"))
    assert not tree.xpath("//@style | //@onclick")
    assert "--accent" in tree.find(".//style").text
    assert tree.xpath("//a[@class='skip-link']/@href") == ["#main"]


def test_a_year_has_contents_that_lead_to_its_chapters():
    document = Document("Årsredovisning 2020", (_chapter("a", "Ett"), _chapter("b", "Två")), year=2020)
    tree = lxml_html.fromstring(page(document))
    assert [heading.text_content() for heading in tree.iter("h1")] == ["Årsredovisning 2020"]
    for address in tree.xpath("//nav//a/@href"):
        assert tree.xpath("//section[@id=$id]", id=address[1:])


def _chapter(key, title):
    return Section(key, title, (Paragraph((Sentence(f"s-{key}", "En mening."),)),))


def test_a_picture_without_an_address_is_told_in_words():
    document = replace(
        samples.section_document(), sections=(Section("a", "Bild", (Image("En park.", "park.jpg", "Kim"),)),)
    )
    assert "<img" not in section_html(document)
    assert "Bild: En park." in section_html(document)
    shown = section_html(document, link_to_picture=lambda source: f"/bilder/{source}")
    assert '<img src="/bilder/park.jpg" alt="En park.">' in shown


def test_zero_stays_zero_and_missing_stays_missing_through_a_thousand_indicators():
    results = outcomes.made_up(1000)
    read = read_report(page(outcomes.document_of(results)), "made-up.html").indicator_list
    assert [(one.name, one.outcome, one.verdict) for one in read] == [
        (one.name, one.outcome, one.verdict) for one in results
    ]
