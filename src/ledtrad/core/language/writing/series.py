"""Breaks, comparisons and places as sentences."""

from ledtrad.core.language.writing.numbers import Language
from ledtrad.core.series import Break, BreakKind

_BECAUSE = {
    "sv": {
        BreakKind.WORDING: "frågan ändrades",
        BreakKind.MODE: "sättet att samla in uppgifterna ändrades",
        BreakKind.AREA: "området som mäts ändrades",
        BreakKind.SOURCE: "uppgifterna hämtas från en annan källa",
        BreakKind.METHOD: "metoden ändrades",
    },
    "en": {
        BreakKind.WORDING: "the question was changed",
        BreakKind.MODE: "the way of collecting was changed",
        BreakKind.AREA: "the area measured was changed",
        BreakKind.SOURCE: "the figures come from another source",
        BreakKind.METHOD: "the method was changed",
    },
}
_SENTENCE = {
    "sv": "Siffrorna från {year} kan inte jämföras med tidigare år, eftersom {because}.",
    "en": "Figures from {year} on cannot be compared with earlier years, because {because}.",
}
_OUTCOME = {
    "sv": "Utfallet {year} kan inte jämföras med tidigare år, eftersom {because}{when}.",
    "en": "The outcome of {year} cannot be compared with earlier years, because {because}{when}.",
}


def break_word(kind: BreakKind, language: Language = "sv") -> str:
    """Why a series breaks, in a few words: "frågan ändrades"."""
    return _BECAUSE[language][kind]


def write_break(one: Break, language: Language = "sv") -> str:
    """The sentence beside a series that breaks."""
    return _SENTENCE[language].format(year=one.year, because=break_word(one.kind, language))


def write_incomparable(year: int, one: Break, language: Language = "sv") -> str:
    """Why the outcome of `year` says nothing about a change: "… eftersom frågan ändrades 2019"."""
    when = f" {one.year}" if one.year != year else ""
    return _OUTCOME[language].format(year=year, because=break_word(one.kind, language), when=when)
