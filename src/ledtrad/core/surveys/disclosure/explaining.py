"""What is hidden and why, for the person who publishes and for nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ledtrad.core.surveys.disclosure.protecting import Protection
from ledtrad.core.surveys.disclosure.rules import Rule, Why
from ledtrad.core.surveys.disclosure.tables import Cell

_REASONS: Mapping[Why, str] = MappingProxyType(
    {
        Why.FEW: "Färre än {fewest} har svarat så.",
        Why.DOMINANCE: "En eller ett par står för nästan hela beloppet.",
        Why.PROTECTS: "Dold för att en annan dold cell annars går att räkna ut.",
        Why.EARLIER: "Var dold när siffrorna publicerades förra gången.",
        Why.BASE: "Färre än {base} har svarat, så ingen andel visas.",
    }
)


@dataclass(frozen=True, slots=True)
class Explained:
    """A cell that is not shown, or is shown without its share; `reason` is a sentence to the person who publishes."""

    cell: Cell
    why: Why
    reason: str


def what_is_hidden_and_why(protection: Protection) -> tuple[Explained, ...]:
    """Every hidden cell with its reason, then every cell that only lacks its share; in a fixed order."""
    reasons = dict.fromkeys(sorted(protection.small_bases), Why.BASE) | dict(protection.why)
    order = sorted(reasons, key=lambda cell: (reasons[cell] is Why.BASE, cell))
    return tuple(Explained(cell, reasons[cell], reason(reasons[cell], protection.rule)) for cell in order)


def reason(why: Why, rule: Rule) -> str:
    """The reason as a sentence."""
    return _REASONS[why].format(fewest=rule.fewest, base=rule.base)
