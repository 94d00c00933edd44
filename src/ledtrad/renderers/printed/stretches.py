"""Text cut where it states facts."""

from collections.abc import Iterable

from ledtrad.core.document import Sentence
from ledtrad.renderers.printed.register import Register
from ledtrad.renderers.printed.tree import Piece


def cut(sentence: Sentence, register: Register) -> list[Piece]:
    """The sentence's text in order, cut at its citations, each entered in the register."""
    pieces, position = [], 0
    for citation in sentence.cites:
        if citation.start > position:
            pieces.append(Piece(sentence.text[position : citation.start]))
        stated = sentence.text[citation.start : citation.end]
        pieces.append(Piece(stated, register.enter(sentence.id, stated, citation.fact)))
        position = citation.end
    if position < len(sentence.text):
        pieces.append(Piece(sentence.text[position:]))
    return pieces


def marked(text: str, stated: Iterable[tuple[str, str]], place: str, register: Register) -> tuple[Piece, ...]:
    """`text` cut at each of the `stated` stretches, which stand in it in this order: pairs of words and fact id."""
    pieces, position = [], 0
    for words, fact in stated:
        start = text.find(words, position) if words and fact else -1
        if start < 0:
            continue
        if start > position:
            pieces.append(Piece(text[position:start]))
        pieces.append(Piece(words, register.enter(place, words, fact)))
        position = start + len(words)
    if position < len(text):
        pieces.append(Piece(text[position:]))
    return tuple(pieces)
