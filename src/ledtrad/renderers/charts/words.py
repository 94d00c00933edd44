"""The few words and the number form of a chart, in the language of the document."""

from decimal import Decimal

from ledtrad.core.language.writing import Language, write_number, write_quantity
from ledtrad.core.quantities import Quantity, decimals_of, unit_named

_WORDS = {
    "sv": {"target": "Årsmål", "missing": "saknas", "no_reason": "uppgift saknas"},
    "en": {"target": "Target", "missing": "missing", "no_reason": "no figure"},
}
_WOMEN = frozenset({"kvinnor", "flickor", "women", "girls"})
_MEN = frozenset({"män", "pojkar", "men", "boys"})


def word(name: str, language: str) -> str:
    return _WORDS[_written(language)][name]


def number(plain: str | Decimal, language: str) -> str:
    """A plain number as it stands in print: "1234.5" is "1 234,5" in Swedish."""
    return write_number(Decimal(plain), None, _written(language))


def with_unit(plain: str | Decimal, unit: str, language: str) -> str:
    value = Decimal(plain)
    return write_quantity(Quantity(value, unit_named(unit), decimals_of(value)), _written(language))


def _written(language: str) -> Language:
    return "en" if language.startswith("en") else "sv"


def sex_of(label: str) -> str:
    """ "women", "men", or "" for a series about everybody or something else."""
    name = label.strip().lower()
    return "women" if name in _WOMEN else "men" if name in _MEN else ""
