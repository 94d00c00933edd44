"""Composing a goal's section in the city's form. Every figure is bound to a fact and cites its fingerprint."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledtrad.core.assessment import CityVerdict, GoalEvidence, IndicatorResult
from ledtrad.core.document.goal_years import GoalYear, IndicatorHistory, NarrativePart, SubArea
from ledtrad.core.document.histories import history_figure
from ledtrad.core.document.statements import (
    board_sentence,
    company_sentence,
    decision_sentence,
    indicator_sentences,
    verdict_sentence,
)
from ledtrad.core.document.tree import (
    Block,
    Citation,
    Document,
    IndicatorBlock,
    NextLink,
    Notice,
    Paragraph,
    PullQuote,
    Section,
    Sentence,
    SentenceIds,
    TallyBlock,
    VerdictBlock,
)
from ledtrad.core.facts import Fact, indicator_parts
from ledtrad.core.language.reading import split_sentences
from ledtrad.core.language.writing import BoundText, CountStyle, bind, write_incomparable
from ledtrad.core.series import break_between

__all__ = ["GoalYear", "IndicatorHistory", "NarrativePart", "SubArea", "goal_document", "goal_section"]

INVENTED = "Uppgifterna i det här avsnittet är påhittade för att visa hur en redovisning kan se ut."
_TALLY_PARTS = ("met", "partly", "not_met", "total", "no_outcome")


def goal_section(goal_year: GoalYear, facts: Mapping[str, Fact], ids: SentenceIds) -> Section:
    """The section of one goal: aim, fulfilment, sub-areas, narrative, indicators, and where to read on.

    The figures come from `facts`; `goal_year` decides the wording. ValueError when the two disagree, and
    UnknownFactError when a fact that the section needs is missing.
    """
    stem, key = f"goal:{goal_year.code}/{goal_year.year}", section_id(goal_year.code)
    _require_agreement(stem, goal_year.evidence, facts)
    writer = _Writer(facts, ids)
    opening: list[Block] = [Notice(INVENTED)] if goal_year.invented else []
    opening += [goal_year.image] if goal_year.image else []
    parts = [
        Section(f"{key}-mal", "Mål för verksamhetsområdet", tuple(writer.paragraphs([goal_year.aim]))),
        Section(f"{key}-maluppfyllelse", "Måluppfyllelse för året", tuple(_fulfilment(goal_year, stem, key, writer))),
        *(_subarea(subarea, goal_year, writer) for subarea in goal_year.subareas),
        *(_narrative(part, f"{key}-text-{number}", writer) for number, part in enumerate(goal_year.narrative, 1)),
        *_indicator_section(goal_year, key, writer),
    ]
    return Section(key, goal_year.title, tuple(opening), tuple(parts))


def goal_document(goal_year: GoalYear, facts: Mapping[str, Fact], *, publisher: str = "") -> Document:
    """A document of one goal's section alone."""
    section = goal_section(goal_year, facts, SentenceIds())
    notices = (INVENTED,) if goal_year.invented else ()
    subtitle = f"Årsredovisning {goal_year.year}"
    return Document(
        goal_year.title, (section,), year=goal_year.year, publisher=publisher, subtitle=subtitle, notices=notices
    )


def section_id(code: str) -> str:
    """The id of a goal's section, fit for an address fragment: "mal-1-2"."""
    return "mal-" + re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")


class _Writer:
    """Turns templates into sentences with ids and citations, all against the same facts."""

    def __init__(self, facts: Mapping[str, Fact], ids: SentenceIds) -> None:
        self.facts = facts
        self._ids = ids

    def sentence(self, said: str | BoundText) -> Sentence:
        bound = said if isinstance(said, BoundText) else bind(said, self.facts)
        return Sentence(self._ids.new(bound.text), bound.text, tuple(Citation(*cite) for cite in bound.cites))

    def paragraph(self, sentences: Iterable[str | BoundText]) -> Paragraph:
        spoken = (said for said in sentences if isinstance(said, BoundText) or said.strip())
        return Paragraph(tuple(self.sentence(said) for said in spoken))

    def paragraphs(self, texts: Iterable[str]) -> Iterator[Paragraph]:
        """Running text without facts: a blank line begins a new paragraph."""
        for text in texts:
            for piece in re.split(r"\n\s*\n", text.strip()):
                if piece.strip():
                    yield self.paragraph(BoundText(sentence) for sentence in split_sentences(piece))

    def comment(self, text: str) -> tuple[Sentence, ...]:
        return tuple(self.sentence(BoundText(sentence)) for sentence in split_sentences(text))


def _require_agreement(stem: str, evidence: GoalEvidence, facts: Mapping[str, Fact]) -> None:
    """Wording follows the evidence and figures follow the facts; out of step they would print nonsense."""
    for name, tally in (("boards", evidence.boards), ("indicators", evidence.indicators)):
        counts = (tally.met, tally.partly, tally.not_met, tally.total, tally.without)
        for part, count in zip(_TALLY_PARTS, counts, strict=True):
            fact = facts.get(f"{stem}/{name}.{part}")
            if fact is not None and getattr(fact.value, "value", None) != count:
                raise ValueError(f"the fact {fact.id} does not agree with the goal's evidence, which has {count}")


def _fulfilment(goal_year: GoalYear, stem: str, key: str, writer: _Writer) -> Iterator[Block]:
    yield VerdictBlock(
        f"{key}-bedomning",
        "Måluppfyllelse",
        goal_year.city_verdict.verdict if goal_year.city_verdict else None,
        f"{stem}/verdict" if goal_year.city_verdict else "",
    )
    yield writer.paragraph(
        _statements(
            stem,
            goal_year.year,
            goal_year.evidence,
            goal_year.city_verdict,
            goal_year.results,
            goal_year.company_group,
            goal_year.activities,
            goal_year.style,
        )
    )
    yield from _motive(goal_year.city_verdict, writer)
    yield from _tallies(stem, key, goal_year.evidence)


def _statements(
    stem: str,
    year: int,
    evidence: GoalEvidence,
    verdict: CityVerdict | None,
    results: Sequence[IndicatorResult],
    company_group: str,
    activities: Sequence[str],
    style: CountStyle,
) -> list[str | BoundText]:
    return [
        verdict_sentence(stem, year, verdict),
        board_sentence(stem, evidence.boards, style),
        company_sentence(stem, company_group, evidence.company_group),
        *activities,
        *indicator_sentences(stem, year, evidence.indicators, results, style),
    ]


def _motive(verdict: CityVerdict | None, writer: _Writer) -> Iterator[Block]:
    if verdict is None:
        return
    yield from writer.paragraphs([verdict.motive])
    if verdict.decision is not None:
        yield writer.paragraph([decision_sentence(verdict.decision)])


def _tallies(stem: str, key: str, evidence: GoalEvidence) -> Iterator[Block]:
    for name, title, tally in (
        ("boards", "Nämndernas bedömningar", evidence.boards),
        ("indicators", "Kommunfullmäktiges indikatorer", evidence.indicators),
    ):
        if tally.total:
            facts = tuple((part, f"{stem}/{name}.{part}") for part in _TALLY_PARTS)
            yield TallyBlock(f"{key}-{name}", title, tally, facts)


def _subarea(subarea: SubArea, goal_year: GoalYear, writer: _Writer) -> Section:
    stem, key = f"goal:{subarea.code}/{goal_year.year}", section_id(subarea.code)
    _require_agreement(stem, subarea.evidence, writer.facts)
    statements = _statements(
        stem,
        goal_year.year,
        subarea.evidence,
        subarea.city_verdict,
        (),
        goal_year.company_group,
        (),
        goal_year.style,
    )
    fulfilment = Section(
        f"{key}-maluppfyllelse",
        "Måluppfyllelse för året",
        (
            writer.paragraph(statements),
            *_motive(subarea.city_verdict, writer),
            *_tallies(stem, key, subarea.evidence),
        ),
    )
    parts = (_narrative(part, f"{key}-text-{number}", writer) for number, part in enumerate(subarea.narrative, 1))
    return Section(key, subarea.title, (subarea.image,) if subarea.image else (), (fulfilment, *parts))


def _narrative(part: NarrativePart, key: str, writer: _Writer) -> Section:
    paragraphs = [writer.paragraph(templates) for templates in part.paragraphs]
    blocks: list[Block] = [part.image] if part.image else []
    quoted = _quoted(part, [sentence for paragraph in paragraphs for sentence in paragraph.sentences])
    for paragraph in paragraphs:
        blocks.append(paragraph)
        if quoted in paragraph.sentences:
            assert quoted is not None
            blocks.append(PullQuote(quoted))
    return Section(key, part.heading, tuple(blocks))


def _quoted(part: NarrativePart, sentences: list[Sentence]) -> Sentence | None:
    """The sentence to lift out. It is found in the text, so that it cannot say anything else."""
    if part.pull_quote is None:
        return None
    if isinstance(part.pull_quote, int):
        if not 0 <= part.pull_quote < len(sentences):
            raise ValueError(f"no sentence {part.pull_quote} to quote under {part.heading!r}")
        return sentences[part.pull_quote]
    words = " ".join(part.pull_quote.split())
    for sentence in sentences:
        if " ".join(sentence.text.split()) == words:
            return sentence
    raise ValueError(f"the pull quote does not stand in the text under {part.heading!r}: {part.pull_quote}")


def _indicator_section(goal_year: GoalYear, key: str, writer: _Writer) -> Iterator[Section]:
    """The indicator list with each history, and the link onwards, which stands last of all."""
    blocks: list[Block] = []
    histories = {history.code: history for history in goal_year.histories}
    for result in goal_year.results:
        blocks.append(_indicator_block(result, goal_year.year, key, writer, histories.get(result.code)))
        if result.code in histories:
            blocks += history_figure(histories[result.code], result, writer.facts, key)
    if goal_year.next_title:
        blocks.append(NextLink(goal_year.next_title, goal_year.next_address))
    if goal_year.results:
        yield Section(f"{key}-indikatorer", "Indikatorer", tuple(blocks))
    elif blocks:
        yield Section(f"{key}-vidare", "Läs vidare", tuple(blocks))


def _indicator_block(
    result: IndicatorResult, year: int, key: str, writer: _Writer, history: IndicatorHistory | None
) -> IndicatorBlock:
    stem = f"indicator:{result.code}/{year}"
    ids = ((part, f"{stem}/{part}") for part, _, _ in indicator_parts(result))
    shown = tuple((part, fact_id) for part, fact_id in ids if fact_id in writer.facts)
    comment = result.comment
    if result.is_new and "ny indikator" not in comment.lower():
        comment = f"Ny indikator {year}. {comment}"
    if history is not None:
        comment = " ".join(part for part in (comment, _not_comparable(history, year)) if part)
    code = re.sub(r"[^a-z0-9]+", "-", result.code.lower()).strip("-")
    return IndicatorBlock(f"{key}-indikator-{code}", result, writer.comment(comment), shown)


def _not_comparable(history: IndicatorHistory, year: int) -> str:
    """Why the year's outcome cannot be held against the one before; "" when it can, or when there is no other."""
    measured = [one for one, result in history.results if result.measured and one <= year]
    if len(measured) < 2 or measured[-1] != year:
        return ""
    apart = break_between(history.breaks, measured[-2], year)
    return write_incomparable(year, apart) if apart else ""
