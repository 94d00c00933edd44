"""Text cut into pieces: plain stretches, and stretches that state a fact."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledtrad.core.assessment import Forecast, Target
from ledtrad.core.document import IndicatorBlock, Sentence
from ledtrad.core.language.writing import Language, write_outcome, write_quantity, write_target, write_verdict
from ledtrad.core.outcomes import Absence, Outcome
from ledtrad.core.quantities import Quantity
from ledtrad.renderers.html.words import Words, verdict_word


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `fact` is the id of the fact it states, "" for plain text."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of an indicator block. `is_missing` marks a line that tells why there is no figure."""

    name: str
    label: str
    pieces: tuple[Piece, ...] = ()
    is_missing: bool = False


def sentence_pieces(sentence: Sentence) -> Iterator[Piece]:
    """The sentence's text in order, cut at its citations."""
    position = 0
    for citation in sentence.cites:
        if citation.start > position:
            yield Piece(sentence.text[position : citation.start])
        yield Piece(sentence.text[citation.start : citation.end], citation.fact)
        position = citation.end
    if position < len(sentence.text):
        yield Piece(sentence.text[position:])


def indicator_lines(block: IndicatorBlock, words: Words) -> Iterator[Line]:
    """Target, outcome, forecast (where there is one) and verdict, in the order of a printed annual report."""
    result, facts, language = block.result, dict(block.facts), words.language
    yield Line("target", words["target"], _target(result.target, facts, language), result.target is None)
    yield Line("outcome", words["outcome"], _outcome(result.outcome, facts, language), result.measured is None)
    if result.forecast is not None:
        yield Line("forecast", words["forecast"], _forecast(result.forecast, facts, language))
    yield Line("verdict", words["verdict"], _verdict(block, facts, language), result.verdict is None)


def _target(target: Target | None, facts: dict[str, str], language: Language) -> tuple[Piece, ...]:
    if target is None:
        return ()
    bounds = [(target.stated, "target"), (target.low, "target.low"), (target.high, "target.high")]
    shown = bounds[:1] if target.stated is not None else bounds[1:]
    return _cut(write_target(target, language), shown, facts, language)


def _outcome(outcome: Outcome | None, facts: dict[str, str], language: Language) -> tuple[Piece, ...]:
    if outcome is None:
        return ()
    text = write_outcome(outcome, language)
    if isinstance(outcome, Absence):
        return (Piece(text, facts.get("outcome", "")),)
    parts = [(getattr(outcome, part), f"outcome.{part}") for part in ("total", "women", "men")]
    return _cut(text, parts, facts, language)


def _forecast(forecast: Forecast, facts: dict[str, str], language: Language) -> tuple[Piece, ...]:
    pieces = []
    if forecast.value is not None:
        pieces.append(Piece(write_quantity(forecast.value, language), facts.get("forecast", "")))
    if forecast.verdict is not None:
        pieces.append(Piece(write_verdict(forecast.verdict, language), facts.get("forecast.verdict", "")))
    return (pieces[0], Piece(", "), pieces[1]) if len(pieces) == 2 else tuple(pieces)


def _verdict(block: IndicatorBlock, facts: dict[str, str], language: Language) -> tuple[Piece, ...]:
    verdict = block.result.verdict
    return (Piece(verdict_word(verdict, language), facts.get("verdict", "")),) if verdict else ()


def _cut(
    text: str, parts: Iterable[tuple[object, str]], facts: dict[str, str], language: Language
) -> tuple[Piece, ...]:
    """`text` cut where each quantity stands in it, in order; every quantity keeps the fact of its part."""
    pieces, position = [], 0
    for value, part in parts:
        if not isinstance(value, Quantity):
            continue
        written = write_quantity(value, language)
        start = text.index(written, position)
        pieces += [Piece(text[position:start]), Piece(written, facts.get(part, ""))]
        position = start + len(written)
    return tuple(piece for piece in [*pieces, Piece(text[position:])] if piece.text)
