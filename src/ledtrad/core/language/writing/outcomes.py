"""Outcomes and targets as one line of print: what stands after "Utfall:" and "Årsmål:"."""

from collections.abc import Callable
from typing import TypeVar

from ledtrad.core.assessment import Sense, Target
from ledtrad.core.language.writing.numbers import Language
from ledtrad.core.language.writing.units import write_quantity
from ledtrad.core.outcomes import Absence, AbsenceKind, Outcome

_ABSENT = {
    "sv": {
        AbsenceKind.NOT_MEASURED: "Ej mätt",
        AbsenceKind.SUPPRESSED: "Sekretess",
        AbsenceKind.NOT_APPLICABLE: "Ej aktuellt",
        AbsenceKind.LATE: "Ej klart",
    },
    "en": {
        AbsenceKind.NOT_MEASURED: "Not measured",
        AbsenceKind.SUPPRESSED: "Suppressed",
        AbsenceKind.NOT_APPLICABLE: "Not applicable",
        AbsenceKind.LATE: "Not ready",
    },
}
_WORDS = {
    "sv": {
        "total": "Totalt",
        "of": "Varav",
        "women": "kvinnor",
        "men": "män",
        "said": "uppgift",
        "due": "väntas",
        "most": "högst {}",
        "band": "mellan {} och {}",
    },
    "en": {
        "total": "Total",
        "of": "Of which",
        "women": "women",
        "men": "men",
        "said": "according to",
        "due": "expected",
        "most": "at most {}",
        "band": "between {} and {}",
    },
}

Part = TypeVar("Part")


def absence_word(absence: Absence | AbsenceKind, language: Language = "sv") -> str:
    """ "Ej mätt", "Sekretess", "Ej aktuellt" or "Ej klart": the only words that stand for a missing outcome."""
    return _ABSENT[language][absence.kind if isinstance(absence, Absence) else absence]


def write_absence(absence: Absence, language: Language = "sv") -> str:
    """The word for the kind, then " – reason", " (uppgift: who)" and ", väntas when" where these are known."""
    words = _WORDS[language]
    text = absence_word(absence.kind, language)
    text += f" – {absence.reason}" if absence.reason else ""
    text += f" ({words['said']}: {absence.said_by})" if absence.said_by else ""
    return text + (f", {words['due']} {absence.expected}" if absence.expected else "")


def write_outcome(outcome: Outcome, language: Language = "sv") -> str:
    """ "84 %", "Totalt 84 %. Varav kvinnor 82 %, män 87 %", or the words for an absence."""
    if isinstance(outcome, Absence):
        return write_absence(outcome, language)
    return _by_sex(
        write_quantity(outcome.total, language),
        outcome.women,
        outcome.men,
        lambda part: write_outcome_part(part, language),
        language,
    )


def write_target(target: Target, language: Language = "sv") -> str:
    """ "88,5 %", "högst 1,5 %" or "mellan −1 % och 1 %"; by sex in the same form as an outcome."""
    return _by_sex(_bounds(target, language), target.women, target.men, lambda part: _bounds(part, language), language)


def write_outcome_part(part: object, language: Language = "sv") -> str:
    """The outcome of one sex: a quantity, or the words for its absence."""
    return write_absence(part, language) if isinstance(part, Absence) else write_quantity(part, language)  # type: ignore[arg-type]


def _by_sex(total: str, women: Part | None, men: Part | None, write: Callable[[Part], str], language: Language) -> str:
    words = _WORDS[language]
    parts = [f"{words[sex]} {write(part)}" for sex, part in (("women", women), ("men", men)) if part is not None]
    return f"{words['total']} {total}. {words['of']} {', '.join(parts)}" if parts else total


def _bounds(target: Target, language: Language) -> str:
    low, high = (write_quantity(bound, language) if bound else "" for bound in (target.low, target.high))
    if target.sense is Sense.BAND:
        return _WORDS[language]["band"].format(low, high)
    return low if target.sense is Sense.MORE else _WORDS[language]["most"].format(high)
