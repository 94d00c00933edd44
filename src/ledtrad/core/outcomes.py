"""Outcomes (utfall): exactly one of measured, not measured, suppressed, not applicable, late.

Zero is a measured outcome. It never becomes missing, and nothing missing ever becomes zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ledtrad.core.quantities import Quantity, Unit, is_sure_difference, plain, rounded, unit_named


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
    """Whether the total lies between women and men, as a mean of two groups must. True without a split.

    Compared at the coarsest of the printed decimals, because rounding alone can put 84 beside 83,5 and 83,7. Counts
    and amounts may instead be the sum of both, or nearly: official statistics carry deliberate small noise.
    """
    women, men = outcome.women, outcome.men
    if not (isinstance(women, Quantity) and isinstance(men, Quantity)):
        return True
    decimals = min(part.decimals for part in (outcome.total, women, men))
    low, high = sorted(rounded(part.value, decimals) for part in (women, men))
    return low <= rounded(outcome.total.value, decimals) <= high or _is_sum(outcome.total, women, men)


def _is_sum(total: Quantity, women: Quantity, men: Quantity) -> bool:
    whole = women.value + men.value
    noise = max(abs(whole) / 100, 3 * Decimal(1).scaleb(-total.decimals))
    return total.unit.is_summed and abs(total.value - whole) <= noise


def implied_share_of_women(outcome: Measured) -> Decimal | None:
    """The share of women that makes the total out of the two sexes; None where it cannot be told.

    Between 0 and 1 when the total lies between the sexes; a value outside says that the figures do not fit.
    """
    women, men = outcome.women, outcome.men
    if not (isinstance(women, Quantity) and isinstance(men, Quantity)) or women.value == men.value:
        return None
    if _is_sum(outcome.total, women, men):
        return None
    return (outcome.total.value - men.value) / (women.value - men.value)


def is_sure_sex_gap(outcome: Measured) -> bool | None:
    """Whether women and men differ by more than chance makes them; None without a split or margins of error."""
    if not (isinstance(outcome.women, Quantity) and isinstance(outcome.men, Quantity)):
        return None
    return is_sure_difference(outcome.women, outcome.men)


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
            record |= _absent_part(name, part)
        elif part is not None:
            record |= _measured_part(name, part)
    return record


def _absent_part(name: str, part: Absence) -> dict[str, str]:
    said = {"reason": part.reason, "said_by": part.said_by, "expected": part.expected}
    return {name: part.kind.value} | {f"{name}_{key}": text for key, text in said.items() if text}


def _measured_part(name: str, part: Quantity) -> dict[str, str]:
    record = {name: plain(part.value), f"{name}_decimals": str(part.decimals)}
    if part.numerator is not None and part.denominator is not None:
        record |= {f"{name}_numerator": plain(part.numerator), f"{name}_denominator": plain(part.denominator)}
    known = {"margin": None if part.margin is None else plain(part.margin), "base": part.base}
    return record | {f"{name}_{key}": str(said) for key, said in known.items() if said is not None}


def from_record(record: Mapping[str, str]) -> Outcome:
    """The reverse of `to_record`. ValueError or KeyError for a record that is neither."""
    if record["state"] != "measured":
        return _absence(record, record["state"])
    unit = unit_named(record["unit"])
    total, women, men = (_part(record, name, unit) for name in ("total", "women", "men"))
    if not isinstance(total, Quantity):
        raise ValueError("a measured outcome has a total")
    return Measured(total, women, men)


def _absence(record: Mapping[str, str], kind: str, prefix: str = "") -> Absence:
    reason, said_by, expected = (record.get(prefix + key) or "" for key in ("reason", "said_by", "expected"))
    return Absence(AbsenceKind(kind), reason, said_by, expected)


def _part(record: Mapping[str, str], name: str, unit: Unit) -> Quantity | Absence | None:
    text = record.get(name) or ""
    if not text:
        return None
    if text in _ABSENCES:
        return _absence(record, text, f"{name}_")
    numerator, denominator = (_number(record.get(f"{name}_{part}") or "") for part in ("numerator", "denominator"))
    margin, base = _number(record.get(f"{name}_margin") or ""), record.get(f"{name}_base")
    decimals = int(record[f"{name}_decimals"])
    return Quantity(_required(text), unit, decimals, numerator, denominator, margin, int(base) if base else None)


def _required(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"not a number: {text!r}") from None


def _number(text: str) -> Decimal | None:
    return _required(text) if text else None
