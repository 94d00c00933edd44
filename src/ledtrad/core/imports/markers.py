"""The marks that stand where there is no figure, and what each means unless somebody says otherwise.

None of them ever means zero: who means zero writes 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ledtrad.core.outcomes import AbsenceKind

NOTHING_SAID = "nothing"
_NOT_MEASURED, _SUPPRESSED = AbsenceKind.NOT_MEASURED, AbsenceKind.SUPPRESSED
_NOT_APPLICABLE, _LATE = AbsenceKind.NOT_APPLICABLE, AbsenceKind.LATE

_USUAL: dict[str, AbsenceKind] = {
    "": _NOT_MEASURED,
    **dict.fromkeys(("-", "–", "—", "−", "‒"), _NOT_MEASURED),
    **dict.fromkeys(("..", "...", "....", ".....", "......", "…"), _NOT_MEASURED),
    ".": _NOT_APPLICABLE,
    **dict.fromkeys(("xx", "x", "xxx", "*", "c", "sekretess", "skyddad", "private", "confidential"), _SUPPRESSED),
    **dict.fromkeys(("na", "n/a", "nan", "null", "none", "#n/a", "#saknas!", "missing", "saknas"), _NOT_MEASURED),
    **dict.fromkeys(("uppgift saknas", "ej mätt", "mäts ej", "inte mätt", "saknar utfall"), _NOT_MEASURED),
    **dict.fromkeys(("ej aktuellt", "inte aktuellt", "ej tillämpligt", "not applicable"), _NOT_APPLICABLE),
    **dict.fromkeys(("ej klart", "ej klar", "ännu ej klart", "inte klart", "kommer senare", "pending"), _LATE),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mark stands for. `kind` None: the cell says nothing, and what was known before stays."""

    mark: str
    kind: AbsenceKind | None


def mark_of(text: str) -> str:
    """The mark as it is compared and as people choose its meaning: without spaces around, in small letters."""
    return text.strip().casefold()


def meaning_of(text: str, chosen: Mapping[str, str] | None = None) -> Meaning | None:
    """What a cell without a figure says; None when it is no known mark.

    `chosen` maps marks to absence kinds, or to "nothing", and goes before what is usual.
    """
    mark = mark_of(text)
    said = (chosen or {}).get(mark)
    if said is not None:
        return Meaning(text.strip(), None if said == NOTHING_SAID else AbsenceKind(said))
    usual = _USUAL.get(mark)
    return Meaning(text.strip(), usual) if usual is not None else None
