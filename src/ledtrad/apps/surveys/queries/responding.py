"""Who answered a wave, group by group, as everybody may see it: no group of one to four, nor what tells of one."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ledtrad.apps.surveys.models import ResponseGroup

if TYPE_CHECKING:
    from ledtrad.core.surveys.disclosure import Protection, Table

FEWEST = 5
LACKING = ""  # those who answered and stand in none of the groups of a kind


def shown_answered(groups: Iterable[ResponseGroup]) -> Mapping[tuple[str, str], int | None]:
    """How many answered by kind and code; None for what is not told. Under each kind the code LACKING has the rest."""
    counts = {(one.kind, one.code): one.answered for one in groups}
    kinds = dict.fromkeys(kind for kind, _code in counts if kind)
    whole = counts.get(("", ""))
    for kind in kinds if whole is not None else ():
        counts[kind, LACKING] = max(0, whole - sum(n for (of, _code), n in counts.items() if of == kind))
    if not any(0 < count < FEWEST for count in counts.values()):
        return counts
    from ledtrad.core.surveys.disclosure import Rule, protect

    protection = protect([_table(kind, counts) for kind in kinds] or [_alone(counts)], Rule(fewest=FEWEST))
    return {key: _told(protection, key, count) for key, count in counts.items()}


def _table(kind: str, counts: Mapping[tuple[str, str], int]) -> "Table":
    """The groups of a kind. Kinds that make up the same whole share it; one that does not stands for itself."""
    import numpy as np

    from ledtrad.core.surveys.disclosure import counted, flat

    mine = {code or "?": count for (of, code), count in counts.items() if of == kind}
    agrees = sum(mine.values()) == counts.get(("", ""))
    return counted("svarat" if agrees else f"svarat {kind}", [flat(kind, list(mine))], np.array(list(mine.values())))


def _alone(counts: Mapping[tuple[str, str], int]) -> "Table":
    import numpy as np

    from ledtrad.core.surveys.disclosure import counted, flat

    return counted("svarat", [flat("alla", ["alla"])], np.array([counts["", ""]]))


def _told(protection: "Protection", key: tuple[str, str], count: int) -> int | None:
    kind, code = key
    hidden = {at for of, at in protection.why if of.startswith("svarat")}
    at = ((kind, code or "?"),) if kind else ()
    return None if at in hidden else count


__all__ = ["LACKING", "shown_answered"]
