"""What a section states: its sentences, and the blocks that show figures without a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ledtrad.apps.annual_report.models import StatementKind
from ledtrad.core.document import (
    Block,
    Citation,
    Document,
    Figure,
    IndicatorBlock,
    TallyBlock,
    VerdictBlock,
)
from ledtrad.core.facts import Fact


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a section states, with the facts that it cites."""

    id: str
    kind: StatementKind
    text: str
    cites: tuple[Citation, ...]


def statements_of(document: Document, facts: Mapping[str, Fact]) -> Iterator[Stated]:
    """Each statement once, in reading order. A pull quote is the very sentence of the text, with its id."""
    found: dict[str, Stated] = {}
    for sentence in document.sentences():
        found.setdefault(sentence.id, Stated(sentence.id, StatementKind.SENTENCE, sentence.text, sentence.cites))
    for section in document.walk():
        for block in section.blocks:
            for stated in _of_block(block, facts):
                found.setdefault(stated.id, stated)
    yield from found.values()


def _of_block(block: Block, facts: Mapping[str, Fact]) -> Iterator[Stated]:
    if isinstance(block, IndicatorBlock):
        shown = (fact for _, fact in block.facts)
        yield _block(block.id, StatementKind.INDICATOR, block.result.name, shown, facts)
    elif isinstance(block, TallyBlock):
        shown = (fact for _, fact in block.facts)
        yield _block(block.id, StatementKind.TALLY, block.title, shown, facts)
    elif isinstance(block, VerdictBlock):
        yield _block(block.id, StatementKind.VERDICT, block.title, [block.fact], facts)
    elif isinstance(block, Figure):
        shown = (fact for series in block.series for fact in series.facts)
        yield _block(block.id, StatementKind.FIGURE, block.title, shown, facts)


def _block(block_id: str, kind: StatementKind, title: str, shown: Iterable[str], facts: Mapping[str, Fact]) -> Stated:
    """A block states its facts as a whole: the citation covers its title."""
    known = (facts[fact] for fact in dict.fromkeys(shown) if fact in facts)
    cites = tuple(Citation(0, len(title), fact.id, fact.fingerprint) for fact in known)
    return Stated(block_id, kind, title, cites)
