"""Hostile strings are words like any other: they render in every format, and never as markup."""

import json

import lxml.html
import page
import pytest
from docx.oxml.ns import qn
from tests.renderers.extracted import of_docx, of_html, of_pdf, squeezed
from tests.renderers.test_docx import opened

from ledtrad.core.assessment import IndicatorResult, Tally, Verdict
from ledtrad.core.document import (
    Block,
    Citation,
    Document,
    Figure,
    Image,
    IndicatorBlock,
    NextLink,
    Notice,
    Paragraph,
    PullQuote,
    Section,
    Sentence,
    Series,
    TallyBlock,
    VerdictBlock,
)
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.renderers import docx, html, pdf


@pytest.fixture(scope="module")
def strings(shared) -> list[str]:
    naughty = json.loads((shared / "data/files/blns.json").read_text(encoding="utf-8"))
    return [*naughty, "\x00\x01\x1f", "\ud800", "\u202eomvänt", "]]>", "{{goal:1/2020/verdict}}", "#eval(read(1))"]


def everywhere(strings: list[str]) -> Document:
    """Each string as a heading, as a cited sentence, and in one of the other kinds of block, in turn."""
    parts = tuple(_section(place, text) for place, text in enumerate(strings))
    return Document("Provet", (Section("all", "Provet", (), parts),), year=2020)


def _section(place: int, text: str) -> Section:
    cites = (Citation(0, min(1, len(text)), text or "f"),) if text else ()
    kinds = _blocks(place, text)
    return Section(f"p-{place}", text, (Paragraph((Sentence(f"s-{place}", text, cites),)), kinds[place % len(kinds)]))


def _blocks(place: int, text: str) -> tuple[Block, ...]:
    sentence = Sentence(f"b-{place}", text)
    absence = Absence(AbsenceKind.SUPPRESSED, text, text, text)
    result = IndicatorResult(text, outcome=absence, comment=text)
    return (
        Notice(text),
        Image(text, text, text),
        PullQuote(sentence),
        VerdictBlock(f"v-{place}", text, Verdict.MET, text),
        TallyBlock(f"t-{place}", text, Tally(1, 0, 0, 2), (("met", text),)),
        IndicatorBlock(f"i-{place}", result, (sentence,)),
        Figure(f"f-{place}", text, text, text, (2019, 2020), (Series(text, ("1", None)),), "2", text, ((2020, text),)),
        NextLink(text, "javascript:alert(1)"),
    )


def test_pdf(strings):
    content = pdf.render(everywhere(strings))
    limits = page.SafetyLimits(max_reference_depth=10_000)  # more bookmarks side by side than a report would have
    for profile in ("ua1", "2a"):
        assert page.validate_pdf_bytes(content, profile=profile, limits=limits).failures == []
    assert b"/JavaScript" not in content
    assert b"/Launch" not in content
    text = squeezed(of_pdf(content))
    assert all(squeezed(plain) in text for plain in _plain(strings))


def test_docx(strings):
    content = docx.render(everywhere(strings))
    text = squeezed(of_docx(content))
    assert all(squeezed(plain) in text for plain in _plain(strings))
    relations = opened(content).part.rels.values()
    assert not [relation for relation in relations if relation.is_external]
    assert not list(opened(content).element.body.iter(qn("w:object")))


def test_html(strings):
    content = html.page(everywhere(strings))
    root = lxml.html.fromstring(content.decode("utf-8", "replace"))
    assert not root.xpath("//script | //iframe | //object | //embed | //form")
    assert not [name for element in root.iter() for name in element.attrib if name.lower().startswith("on")]
    text = squeezed(of_html(content))
    assert all(squeezed(plain) in text for plain in _plain(strings))


def _plain(strings: list[str]) -> list[str]:
    """The strings whose words must come through letter by letter: printable ASCII."""
    found = [string for string in strings if string.isascii() and string.isprintable() and string.strip()]
    assert len(found) > 250
    return found
