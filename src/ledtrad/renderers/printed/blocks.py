"""Each kind of block written out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledtrad.core import document as tree
from ledtrad.core.assessment import Tally as Counts
from ledtrad.core.assessment import Verdict
from ledtrad.core.document import IndicatorBlock, Sentence, TallyBlock
from ledtrad.core.language.writing import (
    Language,
    absence_word,
    write_outcome,
    write_outcome_part,
    write_quantity,
    write_target,
    write_verdict,
)
from ledtrad.core.outcomes import Absence
from ledtrad.core.quantities import unit_named
from ledtrad.renderers import charts
from ledtrad.renderers.charts.words import number
from ledtrad.renderers.printed.register import Register
from ledtrad.renderers.printed.stretches import cut, marked
from ledtrad.renderers.printed.tree import (
    Indicator,
    Line,
    Next,
    Node,
    Note,
    Paragraph,
    Picture,
    Piece,
    PrintedFigure,
    Quote,
    Tally,
    TallyPart,
    VerdictLine,
)
from ledtrad.renderers.printed.words import is_blank, slug, verdict_word, words_for


@dataclass(frozen=True, slots=True)
class Setting:
    """What every block needs: the language, and the register that its figures enter."""

    language: Language
    register: Register

    def __getitem__(self, word: str) -> str:
        return words_for(self.language)[word]


def paragraph(block: tree.Paragraph, setting: Setting) -> Paragraph:
    return Paragraph(sentences(block.sentences, setting))


def quote(block: tree.PullQuote, setting: Setting) -> Quote:
    return Quote(sentences((block.sentence,), setting))


def sentences(items: Iterable[Sentence], setting: Setting) -> tuple[Piece, ...]:
    """The sentences with a space between, cut at what they cite."""
    pieces: list[Piece] = []
    for sentence in items:
        if pieces:
            pieces.append(Piece(" "))
        pieces += cut(sentence, setting.register)
    return tuple(pieces)


def picture(block: tree.Image, setting: Setting) -> Picture:
    credit = f"{setting['photo']}: {block.credit}" if block.credit else ""
    return Picture(block.alt, block.source, f"{setting['picture']}: {block.alt}", credit)


# --- indicators ----------------------------------------------------------------------------------


def indicator(block: IndicatorBlock, level: int, setting: Setting) -> Indicator:
    name = setting["unnamed"] if is_blank(block.result.name) else block.result.name
    return Indicator(level, name, block.id, tuple(_lines(block, setting)))


def _lines(block: IndicatorBlock, setting: Setting) -> Iterator[Line]:
    result = block.result
    yield _target_line(block, setting)
    yield _outcome_line(block, setting)
    if result.forecast is not None:
        yield _forecast_line(block, setting)
    yield _verdict_line(block, setting)
    comment = tuple(_comment(block, setting))
    if comment:
        yield Line(setting["comment"], comment, is_running=True)


def _comment(block: IndicatorBlock, setting: Setting) -> Iterator[Piece]:
    """The comment, which also says that the indicator is new."""
    result = block.result
    said = " ".join(sentence.text for sentence in block.comment) or result.comment
    if result.is_new and setting["new"].lower() not in said.lower():
        yield Piece(f"{setting['new']}. " if said else f"{setting['new']}.")
    yield from sentences(block.comment, setting) or ((Piece(said),) if said else ())


def _target_line(block: IndicatorBlock, setting: Setting) -> Line:
    target = block.result.target
    if target is None:
        return Line(setting["target"], (Piece(setting["missing"]),), is_missing=True)
    text = write_target(target, setting.language)
    facts = dict(block.facts)
    wanted = [
        (write_quantity(bound, setting.language), facts.get(name, "") or facts.get("target", ""))
        for name, bound in (("target.low", target.low), ("target.high", target.high))
        if bound is not None
    ]
    return Line(setting["target"], marked(text, wanted, block.id, setting.register))


def _outcome_line(block: IndicatorBlock, setting: Setting) -> Line:
    outcome, facts = block.result.outcome, dict(block.facts)
    if outcome is None:
        return Line(setting["outcome"], (Piece(setting["missing"]),), is_missing=True)
    text = write_outcome(outcome, setting.language)
    if isinstance(outcome, Absence):
        word = absence_word(outcome.kind, setting.language)
        pieces = marked(text, [(word, facts.get("outcome", ""))], block.id, setting.register)
        return Line(setting["outcome"], pieces, is_missing=True)
    wanted = [
        (write_outcome_part(part, setting.language), facts.get(f"outcome.{name}", ""))
        for name, part in (("total", outcome.total), ("women", outcome.women), ("men", outcome.men))
        if part is not None
    ]
    return Line(setting["outcome"], marked(text, wanted, block.id, setting.register))


def _forecast_line(block: IndicatorBlock, setting: Setting) -> Line:
    forecast, facts = block.result.forecast, dict(block.facts)
    assert forecast is not None
    shown = []
    if forecast.value is not None:
        shown.append((write_quantity(forecast.value, setting.language), facts.get("forecast", "")))
    if forecast.verdict is not None:
        shown.append((write_verdict(forecast.verdict, setting.language), facts.get("forecast.verdict", "")))
    text = ", ".join(words for words, _ in shown)
    return Line(setting["forecast"], marked(text, shown, block.id, setting.register), slug(forecast.verdict))


def _verdict_line(block: IndicatorBlock, setting: Setting) -> Line:
    verdict = block.result.verdict
    word = verdict_word(verdict, setting.language)
    pieces = marked(word, [(word, dict(block.facts).get("verdict", ""))], block.id, setting.register)
    return Line(setting["verdict"], pieces, slug(verdict), is_missing=verdict is None)


# --- counts and verdicts -------------------------------------------------------------------------


def tally(block: TallyBlock, setting: Setting) -> Tally:
    facts = dict(block.facts)
    parts = tuple(_tally_parts(block.tally, facts, block.id, setting))
    total = _counted(block.tally.total, facts.get("total", ""), block.id, setting)
    return Tally(block.title, parts, setting["of"], total)


def _tally_parts(counts: Counts, facts: dict[str, str], place: str, setting: Setting) -> Iterator[TallyPart]:
    for verdict in Verdict:
        count = counts.count(verdict)
        piece = _counted(count, facts.get(verdict.value, ""), place, setting)
        yield TallyPart(verdict.value, verdict_word(verdict, setting.language), count, piece)
    if counts.without:
        piece = _counted(counts.without, facts.get("no_outcome", ""), place, setting)
        yield TallyPart("none", setting["none"], counts.without, piece)


def _counted(count: int, fact: str, place: str, setting: Setting) -> Piece:
    text = number(str(count), setting.language)
    return Piece(text, setting.register.enter(place, text, fact))


def verdict_line(block: tree.VerdictBlock, setting: Setting) -> VerdictLine:
    word = verdict_word(block.verdict, setting.language)
    return VerdictLine(
        block.title, slug(block.verdict), Piece(word, setting.register.enter(block.id, word, block.fact))
    )


# --- figures, links and notices ------------------------------------------------------------------


def figure(block: tree.Figure, setting: Setting, *, follows: Node | None = None) -> PrintedFigure:
    """A figure right after the indicator that it shows is named by its years: the name stands just above."""
    is_named_above = isinstance(follows, Indicator) and follows.name == block.title and block.years
    caption = f"{setting['outcome']} {block.years[0]}–{block.years[-1]}" if is_named_above else block.title
    head = (setting["year"], *(str(year) for year in block.years))
    rows = tuple(_series_row(block, series, setting) for series in block.series)
    if block.target is not None:
        rows += (_target_row(block, setting),)
    missing = tuple(
        (row, column + 1)
        for row, series in enumerate(block.series)
        for column, value in enumerate(series.values)
        if value is None
    )
    notes = (*(f"{year}: {reason}" for year, reason in block.gaps), *(why for _, why in block.breaks))
    svg = charts.print_svg(block, setting.language)
    return PrintedFigure(caption, block.title, block.description, svg, head, rows, missing, notes)


def _series_row(block: tree.Figure, series: tree.Series, setting: Setting) -> tuple[Piece, ...]:
    facts = series.facts or ("",) * len(series.values)
    cells = [_figure_cell(block, value, fact, setting) for value, fact in zip(series.values, facts, strict=True)]
    return (Piece(_with_unit_named(series.label, block)), *cells)


def _figure_cell(block: tree.Figure, value: str | None, fact: str, setting: Setting) -> Piece:
    if value is None:
        return Piece(setting["missing"])
    text = number(value, setting.language)
    return Piece(text, setting.register.enter(block.id, text, fact))


def _target_row(block: tree.Figure, setting: Setting) -> tuple[Piece, ...]:
    """The target stands in the last year's column, which it is set for."""
    assert block.target is not None
    text = number(block.target, setting.language)
    empty = [Piece("")] * (len(block.years) - 1)
    return (Piece(_with_unit_named(setting["goal"], block)), *empty, Piece(text))


def _with_unit_named(label: str, block: tree.Figure) -> str:
    """The unit stands at the head of the row, so that the cells are numbers alone."""
    symbol = unit_named(block.unit).symbol
    return f"{label} ({symbol})" if symbol and symbol not in label else label


def next_link(block: tree.NextLink, setting: Setting) -> Next:
    return Next(setting["next"], block.text, block.address)


def note(block: tree.Notice) -> Note:
    return Note(block.text)
