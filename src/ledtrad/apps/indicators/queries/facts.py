"""The facts of an indicator in a year, each resting on no more than it must.

A corrected outcome changes the outcome's facts, not the target's: a fact's fingerprint follows its own cells.
"""

from collections.abc import Iterator
from dataclasses import replace

from ledtrad.apps.indicators.queries.years import IndicatorYear
from ledtrad.core.assessment import IndicatorResult, Target
from ledtrad.core.facts import Cell, Fact, indicator_facts
from ledtrad.core.outcomes import Absence, Measured, Outcome
from ledtrad.core.quantities import Quantity, plain


def facts_of_year(row: IndicatorYear) -> Iterator[Fact]:
    """Target, outcome, forecast and verdict as facts, each with its cells."""
    result, key = row.result, f"{row.code}/{row.year}"
    bare = IndicatorResult(name=result.name, code=result.code)
    if result.target:
        cell = Cell(f"target:{key}", _written_target(result.target))
        yield from indicator_facts(replace(bare, target=result.target), row.year, (cell,))
    if result.outcome:
        yield from indicator_facts(replace(bare, outcome=result.outcome), row.year, outcome_cells(row))
    if result.forecast:
        written = [part for part in (_written(result.forecast.value), result.forecast.verdict) if part]
        cell = Cell(f"forecast:{key}", ", ".join(written))
        yield from indicator_facts(replace(bare, forecast=result.forecast), row.year, (cell,))
    if result.verdict:
        cell = Cell(f"indicator_verdict:{key}", result.verdict.value)
        yield from indicator_facts(replace(bare, verdict=result.verdict), row.year, (cell,))


def outcome_cells(row: IndicatorYear) -> tuple[Cell, ...]:
    """The recorded outcome, and the cell or survey that it was read from."""
    written = _written_outcome(row.result.outcome)
    recorded = Cell(f"outcome:{row.code}/{row.year}", written)
    return (recorded, Cell(row.source, written)) if row.source else (recorded,)


# Plain forms, not the print of `core.language`: a fingerprint must not change because a phrase is improved.


def _written_outcome(outcome: Outcome | None) -> str:
    if not isinstance(outcome, Measured):
        return _written(outcome)
    parts = (("", outcome.total), ("kvinnor ", outcome.women), ("män ", outcome.men))
    return ", ".join(f"{name}{_written(part)}" for name, part in parts if part is not None)


def _written_target(target: Target) -> str:
    return " – ".join(_written(bound) for bound in (target.low, target.high) if bound)


def _written(value: Quantity | Absence | None) -> str:
    if isinstance(value, Quantity):
        return f"{plain(value.value)} {value.unit.symbol}".strip()
    return "" if value is None else ": ".join(part for part in (value.kind.value, value.reason) if part)
