"""Documents to render: a section with every kind of block, and a year made of many such sections."""

from decimal import Decimal

from ledtrad.core.assessment import Forecast, IndicatorResult, Tally, Verdict, at_least, at_most, within
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
    SentenceIds,
    Series,
    TallyBlock,
    VerdictBlock,
)
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.quantities import COUNT, PERCENT, quantity

GOAL_TEXT = "Staden ska vara trygg för alla som bor, arbetar och vistas här, i alla stadsdelar och vid alla tider."
TALLY_TEXT = (
    "17 av 29 nämnder bedömer att kommunfullmäktiges mål för verksamhetsområdet uppnås helt, "
    "11 bedömer att målet uppnås delvis och 1 bedömer att målet ej uppnås."
)
QUOTED = "Gångvägarna mellan stationen och skolan fick ny belysning redan före sommaren."


def cited(ids: SentenceIds, text: str, *facts: tuple[str, str]) -> Sentence:
    """A sentence in which each of the words, in order, states the fact named beside it."""
    cites, position = [], 0
    for words, fact in facts:
        start = text.index(words, position)
        position = start + len(words)
        cites.append(Citation(start, position, fact, "f" * 64))
    return Sentence(ids.new(text), text, tuple(cites))


def measured_indicator(number: int = 4) -> IndicatorBlock:
    outcome = Measured(quantity("84", PERCENT), quantity("82", PERCENT), quantity("87", PERCENT))
    result = IndicatorResult(
        "Andel ungdomar som inte har blivit utsatta för hot och våld",
        target=at_least(quantity("88.5", PERCENT)),
        outcome=outcome,
        verdict=Verdict.PARTLY,
        is_new=True,
        code=f"1.2.{number}",
    )
    stem = f"indicator:1.2.{number}/2020/"
    parts = ("target", "outcome.total", "outcome.women", "outcome.men", "verdict")
    comment = Sentence(f"s-comment-{number}", "Kvinnor har i högre grad än män blivit utsatta för hot och våld.")
    return IndicatorBlock(f"indicator-{number}", result, (comment,), tuple((part, stem + part) for part in parts))


def absent_indicator(number: int = 1) -> IndicatorBlock:
    result = IndicatorResult(
        "Andel stockholmare som känner sig trygga i den stadsdel där de bor",
        target=at_least(quantity("77", PERCENT)),
        outcome=Absence(AbsenceKind.NOT_MEASURED, "medborgarundersökningen genomfördes inte", "Stadsledningskontoret"),
        code=f"1.2.{number}",
    )
    return IndicatorBlock(f"indicator-{number}", result, (), (("outcome", f"indicator:1.2.{number}/2020/outcome"),))


def other_indicators() -> tuple[IndicatorBlock, ...]:
    """One for each of the remaining forms of target, outcome and forecast."""
    late = IndicatorResult(
        "Antal resor med cykel",
        target=at_most(quantity("4953", COUNT)),
        outcome=Absence(AbsenceKind.LATE, "räkningen är inte klar", expected="2021-T1"),
        forecast=Forecast(quantity("4870", COUNT), Verdict.MET),
    )
    zero = IndicatorResult(
        "Avvikelse från budget",
        target=within(quantity("-1", PERCENT), quantity("1", PERCENT)),
        outcome=Measured(quantity("0", PERCENT)),
        verdict=Verdict.MET,
    )
    hidden = IndicatorResult("Nöjdhet i små enheter", outcome=Absence(AbsenceKind.SUPPRESSED, "färre än fem svarade"))
    silent = IndicatorResult("Utan uppgift", verdict=Verdict.NOT_MET)
    return tuple(IndicatorBlock(f"other-{place}", result) for place, result in enumerate((late, zero, hidden, silent)))


def figure(identity: str = "figure-4", step: int = 0) -> Figure:
    """Five years with a gap. `step` moves the values, so that a report of many figures has no two alike."""

    def values(*tenths: int | None) -> tuple[str | None, ...]:
        return tuple(None if value is None else str(Decimal(value + step) / 10) for value in tenths)

    return Figure(
        identity,
        "Andel ungdomar som inte har blivit utsatta för hot och våld",
        f"Andelen är högre än vid den första mätningen. Serie {identity}.",
        "%",
        (2016, 2017, 2018, 2019, 2020),
        (
            Series("Totalt", values(600, 615, None, 630, 640)),
            Series("Kvinnor", values(580, 600, None, 610, 620)),
            Series("Män", values(620, 630, None, 650, 670)),
        ),
        target=str(Decimal(685 + step) / 10),
        gaps=((2018, "enkäten genomförs inte varje år"),),
    )


def goal_section(code: str = "1.2", *, indicators: int = 4, paragraphs: int = 4) -> Section:
    """A goal in the form of a published annual report, with every kind of block."""
    ids = SentenceIds(f"s{code.replace('.', '')}")
    stem = f"goal:{code}/2020"
    fulfilment: tuple[Block, ...] = (
        VerdictBlock(f"verdict-{code}", "Stadens bedömning", Verdict.PARTLY, f"{stem}/verdict"),
        Paragraph(
            (
                cited(
                    ids,
                    TALLY_TEXT,
                    ("17", f"{stem}/boards.met"),
                    ("29", f"{stem}/boards.total"),
                    ("11", f"{stem}/boards.partly"),
                    ("1", f"{stem}/boards.not_met"),
                ),
                cited(
                    ids,
                    "Stockholms Stadshus AB bedömer att målet uppnås helt.",
                    ("helt", f"{stem}/company_group"),
                ),
                Sentence(ids.new(QUOTED), QUOTED),
            )
        ),
        TallyBlock(f"boards-{code}", "Nämndernas bedömningar", Tally(17, 11, 1, 29), (("met", f"{stem}/boards.met"),)),
        PullQuote(Sentence(f"quote-{code}", QUOTED)),
    )
    return Section(
        f"goal-{code}",
        f"{code} Stockholm är en trygg, säker och välskött stad att bo och vistas i",
        (
            Notice("Uppgifterna i det här avsnittet är påhittade."),
            Image("En cyklist på en upplyst gångväg genom parken", credit="Okänd fotograf"),
        ),
        (
            Section(
                f"aim-{code}", "Mål för verksamhetsområdet", (Paragraph((Sentence(ids.new(GOAL_TEXT), GOAL_TEXT),)),)
            ),
            Section(f"fulfilment-{code}", "Måluppfyllelse för året", fulfilment, _narrative(ids, code, paragraphs)),
            Section(f"indicators-{code}", "Indikatorer", _indicator_list(code, indicators)),
            Section(f"onward-{code}", "", (NextLink("1.3 Alla barn når sin fulla potential", "/2020/mal/1.3/"),)),
        ),
    )


def _narrative(ids: SentenceIds, code: str, paragraphs: int) -> tuple[Section, ...]:
    texts = (
        "Stadsdelsnämnderna har tillsammans med polisen, fastighetsägarna och föreningslivet gått trygghetsvandringar.",
        "Belysningen på gångvägar och i tunnlar har bytts ut på de platser som invånarna själva pekat ut.",
        "Städningen av parker har blivit tätare under sommaren, när fler vistats utomhus än tidigare år.",
        "Uppföljningen av avtalen med entreprenörer har lett till vite på flera platser och till bättre skötsel.",
    )
    parts = []
    for place in range(paragraphs):
        sentences = tuple(Sentence(ids.new(text), text) for text in (f"{text[:-1]}, del {code}." for text in texts))
        parts.append(
            Section(f"part-{code}-{place}", f"Insatser för en trygg stad {place + 1}", (Paragraph(sentences),))
        )
    return tuple(parts)


def _indicator_list(code: str, count: int) -> tuple[Block, ...]:
    """Half the indicators measured, half not, each with a figure."""
    blocks: list[Block] = []
    for number in range(1, count + 1):
        make = absent_indicator if number % 2 else measured_indicator
        block = make(number)
        blocks.append(
            IndicatorBlock(
                f"{block.id}-{code}",
                block.result,
                block.comment,
                tuple((part, fact.replace("1.2.", f"{code}.")) for part, fact in block.facts),
            )
        )
        blocks.append(figure(f"figure-{code}-{number}", 10 * int(code.replace(".", "")) + number))
    return tuple(blocks)


def section_document() -> Document:
    """One goal section, all kinds of blocks."""
    goal = goal_section()
    extra = Section("more", "Fler indikatorer", other_indicators())
    goal = Section(goal.id, goal.title, goal.blocks, (*goal.sections, extra))
    return Document("Årsredovisning 2020", (goal,), year=2020, publisher="Stockholms stad")


def year_document(goals: int = 3, *, indicators: int = 4, paragraphs: int = 4) -> Document:
    sections = tuple(
        goal_section(f"{1 + place // 5}.{1 + place % 5}", indicators=indicators, paragraphs=paragraphs)
        for place in range(goals)
    )
    return Document(
        "Årsredovisning 2020",
        sections,
        year=2020,
        publisher="Stockholms stad",
        subtitle="Mål och måluppfyllelse",
        notices=("Den här rapporten är ett exempel. Delar av uppgifterna är påhittade.",),
    )
