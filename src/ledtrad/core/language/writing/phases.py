"""The phases of the steering year in words: "verksamhetsplan", "tertialrapport 1", "årsrapport"."""

from ledtrad.core.calendar import PhaseKind

_NAMES = {
    PhaseKind.PLAN: "verksamhetsplan",
    PhaseKind.TERTIAL_1: "tertialrapport 1",
    PhaseKind.TERTIAL_2: "tertialrapport 2",
    PhaseKind.YEAR_REPORT: "årsrapport",
}
_DEFINITE = {
    PhaseKind.PLAN: "verksamhetsplanen",
    PhaseKind.TERTIAL_1: "tertialrapport 1",
    PhaseKind.TERTIAL_2: "tertialrapport 2",
    PhaseKind.YEAR_REPORT: "årsrapporten",
}


def write_phase(kind: PhaseKind) -> str:
    """ "verksamhetsplan", as a word of its own."""
    return _NAMES[kind]


def write_phase_of(kind: PhaseKind, year: int) -> str:
    """ "verksamhetsplanen för 2021", for the middle of a sentence."""
    return f"{_DEFINITE[kind]} för {year}"
