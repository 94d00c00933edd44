"""Many made-up indicators, in every state that an outcome can have."""

import random
from collections.abc import Iterator
from decimal import Decimal

from ledtrad.core.assessment import IndicatorResult, Target, Verdict, at_least, at_most, within
from ledtrad.core.document import Document, IndicatorBlock, Paragraph, Section, Sentence
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured, Outcome
from ledtrad.core.quantities import COUNT, DAYS, MILLION_KRONOR, MINUTES, PERCENT, TONNES, Quantity, Unit

_UNITS = (PERCENT, PERCENT, COUNT, DAYS, MINUTES, MILLION_KRONOR, TONNES)
_SUBJECTS = ("Andel invånare", "Antal besök", "Tid till beslut", "Nöjdheten bland äldre", "Kostnaden per plats")
_REASONS = (
    "medborgarundersökningen genomfördes inte",
    "enkäten görs vart tredje år",
    "0 av 12 enheter har lämnat uppgift",
    "mätmetoden har bytts ut",
    "underlaget är mindre än 5 personer",
)
_SAID_BY = ("", "Stadsledningskontoret", "Farsta stadsdelsnämnd")
_EXPECTED = ("", "2021-T1", "i maj 2021")


def made_up(count: int, seed: int = 1) -> list[IndicatorResult]:
    """`count` indicators; every state and every shape of figure comes up many times, zeros above all."""
    source = random.Random(seed)
    return [_indicator(number, source) for number in range(count)]


def document_of(results: list[IndicatorResult]) -> Document:
    """A goal section whose list holds these indicators."""
    blocks = tuple(IndicatorBlock(f"i-{number}", result) for number, result in enumerate(results))
    aim = Paragraph((Sentence("s-1", "Staden ska vara trygg för alla."),))
    parts = (Section("aim", "Mål för verksamhetsområdet", (aim,)), Section("list", "Indikatorer", blocks))
    return Document("En trygg stad", (Section("goal", "En trygg stad", (), parts),), year=2020)


def _indicator(number: int, source: random.Random) -> IndicatorResult:
    unit = source.choice(_UNITS)
    outcome = _outcome(unit, source)
    verdict = source.choice(list(Verdict)) if isinstance(outcome, Measured) else None
    name = f"{source.choice(_SUBJECTS)} i område {_letters(number)}"
    return IndicatorResult(name, _target(unit, source), outcome, verdict, code=f"9.9.{number}")


def _letters(number: int) -> str:
    """A word for the number, so that names differ without holding figures."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:05d}")


def _target(unit: Unit, source: random.Random) -> Target:
    low, high = sorted((_quantity(unit, source), _quantity(unit, source)), key=lambda quantity: quantity.value)
    return source.choice((at_least(low), at_most(high), within(low, high)))


def _outcome(unit: Unit, source: random.Random) -> Outcome:
    kind = source.choice((None, None, None, *AbsenceKind))
    if kind is not None:
        return _absence(kind, source)
    shape = source.choice(("total", "both", "both", "half"))
    if shape == "total":
        return Measured(_quantity(unit, source))
    women: Quantity | Absence = _quantity(unit, source)
    if shape == "half":
        women = Absence(AbsenceKind.SUPPRESSED)
    return Measured(_quantity(unit, source), women, _quantity(unit, source))


def _absence(kind: AbsenceKind, source: random.Random) -> Absence:
    needs_reason = kind is AbsenceKind.NOT_MEASURED
    reason = source.choice(_REASONS if needs_reason else ("", *_REASONS))
    expected = source.choice(_EXPECTED) if kind is AbsenceKind.LATE else ""
    return Absence(kind, reason, source.choice(_SAID_BY), expected)


def _quantity(unit: Unit, source: random.Random) -> Quantity:
    """Zero one time in four; else up to a hundred, or large where the unit is not percent, now and then negative."""
    decimals = source.choice((0, 0, 1, 2))
    top = 100 if unit == PERCENT else source.choice((20, 5_000, 2_500_000))
    value = Decimal(source.randint(0, top * 10**decimals)).scaleb(-decimals)
    if source.random() < 0.25:
        value = Decimal(0)
    elif source.random() < 0.1:
        value = -value
    return Quantity(value, unit, decimals)


def states(outcomes: list[Outcome | None]) -> Iterator[str]:
    """The state of each, as one word: what must never change on the way through a format."""
    for outcome in outcomes:
        yield "none" if outcome is None else outcome.kind.value if isinstance(outcome, Absence) else "measured"
