"""A report's text with what it states about itself: the contract of `ledtrad report read`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from ledtrad.core.assessment import IndicatorResult, Verdict
from ledtrad.core.checking import Stated, stated_in
from ledtrad.core.document import Document
from ledtrad.core.outcomes import Absence, Measured
from ledtrad.core.quantities import Quantity


@dataclass(frozen=True)
class ReadReport:
    """The document that was read, and its first goal's statements as printed."""

    document: Document

    @cached_property
    def stated(self) -> Stated:
        return stated_in(self.document)

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def year(self) -> int | None:
        return self.stated.year

    @property
    def verdict(self) -> Verdict | None:
        return self.stated.verdict

    @property
    def boards(self) -> dict[str, Decimal | None]:
        return self.stated.boards

    @property
    def company_group(self) -> Verdict | None:
        return self.stated.company_group

    @property
    def indicators(self) -> dict[str, Decimal | None]:
        return self.stated.indicators

    @property
    def indicator_list(self) -> tuple[IndicatorResult, ...]:
        return tuple(block.result for block in self.document.indicators())

    @property
    def quotes(self) -> tuple[str, ...]:
        return self.stated.quotes

    def as_json(self) -> dict[str, Any]:
        """Plain values: numbers as strings with a point, verdicts as met, partly, not_met; None: not said."""
        return {
            "title": self.title,
            "year": None if self.year is None else str(self.year),
            "verdict": _verdict(self.verdict),
            "boards": _counts(self.boards),
            "company_group": _verdict(self.company_group),
            "indicators": _counts(self.indicators),
            "indicator_list": [_indicator(result) for result in self.indicator_list],
            "quotes": list(self.quotes),
            "sentences": [{"id": sentence.id, "text": sentence.text} for sentence in self.document.sentences()],
        }


def _verdict(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def _counts(counts: dict[str, Decimal | None]) -> dict[str, str | None]:
    return {slot: None if count is None else f"{count:f}" for slot, count in counts.items()}


def _number(part: Quantity | Absence | None) -> str | None:
    return f"{part.value:f}" if isinstance(part, Quantity) else None


def _target(result: IndicatorResult) -> str | None:
    """The number printed as årsmål; a band has two, written low..high."""
    target = result.target
    if target is None:
        return None
    return _number(target.stated) if target.stated else f"{_number(target.low)}..{_number(target.high)}"


def _unit(result: IndicatorResult) -> str | None:
    if result.measured is not None:
        return result.measured.total.unit.symbol or None
    return (result.target.unit.symbol or None) if result.target else None


def _outcome(measured: Measured | None) -> dict[str, str | None] | None:
    if measured is None:
        return None
    return {"total": _number(measured.total), "women": _number(measured.women), "men": _number(measured.men)}


def _indicator(result: IndicatorResult) -> dict[str, Any]:
    absence = result.absence
    return {
        "name": result.name,
        "target": _target(result),
        "unit": _unit(result),
        "outcome": _outcome(result.measured),
        "absence": {"kind": absence.kind.value, "reason": absence.reason} if absence else None,
        "verdict": _verdict(result.verdict),
        "new": result.is_new,
        "comment": result.comment or None,
    }
