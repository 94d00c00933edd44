"""Outcomes (utfall): exactly one of measured, not measured, suppressed, not applicable, late.

Zero is a measured outcome. It never becomes missing, and nothing missing ever becomes zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ledtrad.core.quantities import Quantity, unit_named


class AbsenceKind(StrEnum):
    """Why there is no figure."""

    NOT_MEASURED = "not_measured"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    LATE = "late"


_ABSENCES = frozenset(kind.value for kind in AbsenceKind)


@dataclass(frozen=True, slots=True)
class Absence:
    """No figure, with the reason and who says so. `expected` says when a late figure is due, as written."""

    kind: AbsenceKind
    reason: str = ""
    said_by: str = ""
    expected: str = ""

    def __post_init__(self) -> None:
        if self.kind is AbsenceKind.NOT_MEASURED and not self.reason.strip():
            raise ValueError("an outcome that was not measured needs a reason")


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure: the total, and by sex where the indicator is about persons.

    A sex may be absent by itself (suppressed because few answered); None means that no split was asked for.
    """

    total: Quantity
    women: Quantity | Absence | None = None
    men: Quantity | Absence | None = None

    def __post_init__(self) -> None:
        for part in (self.women, self.men):
            if isinstance(part, Quantity) and part.unit != self.total.unit:
                raise ValueError("women and men are given in the unit of the total")

    @property
    def by_sex(self) -> bool:
        """Whether figures for both sexes are at hand."""
        return isinstance(self.women, Quantity) and isinstance(self.men, Quantity)


Outcome = Measured | Absence


def total_lies_between(outcome: Measured) -> bool:
    """Whether the total lies between women and men, as a mean of two groups must. True without a split."""
    if not (isinstance(outcome.women, Quantity) and isinstance(outcome.men, Quantity)):
        return True
    low, high = sorted((outcome.women.value, outcome.men.value))
    return low <= outcome.total.value <= high


def implied_share_of_women(outcome: Measured) -> Decimal | None:
    """The share of women (0–1) that makes the total out of the two sexes; None where it cannot be told."""
    women, men = outcome.women, outcome.men
    if not (isinstance(women, Quantity) and isinstance(men, Quantity)) or women.value == men.value:
        return None
    return (outcome.total.value - men.value) / (women.value - men.value)


# --- as plain text cells: one form for JSON, CSV and every table ---------------------------------


def to_record(outcome: Outcome) -> dict[str, str]:
    """The outcome as plain strings: `state`, and what that state carries. Numbers have a decimal point."""
    if isinstance(outcome, Absence):
        cells = {
            "state": outcome.kind.value,
            "reason": outcome.reason,
            "said_by": outcome.said_by,
            "expected": outcome.expected,
        }
        return {key: text for key, text in cells.items() if text}
    record = {"state": "measured", "unit": outcome.total.unit.code}
    for name, part in (("total", outcome.total), ("women", outcome.women), ("men", outcome.men)):
        if isinstance(part, Absence):
            record[name] = part.kind.value
            if part.reason:
                record[f"{name}_reason"] = part.reason
        elif part is not None:
            record[name] = f"{part.value:f}"
            record[f"{name}_decimals"] = str(part.decimals)
    return record


def from_record(record: Mapping[str, str]) -> Outcome:
    """The reverse of `to_record`. ValueError or KeyError for a record that is neither."""
    if record["state"] != "measured":
        return Absence(
            AbsenceKind(record["state"]),
            record.get("reason", ""),
            record.get("said_by", ""),
            record.get("expected", ""),
        )
    unit = unit_named(record["unit"])

    def part(name: str) -> Quantity | Absence | None:
        text = record.get(name, "")
        if not text:
            return None
        if text in _ABSENCES:
            return Absence(AbsenceKind(text), record.get(f"{name}_reason", ""))
        return Quantity(Decimal(text), unit, int(record[f"{name}_decimals"]))

    total = part("total")
    if not isinstance(total, Quantity):
        raise ValueError("a measured outcome has a total")
    return Measured(total, part("women"), part("men"))
