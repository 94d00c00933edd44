"""Which estimates may be let out, and why not the others. Nothing that is held back carries a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ledtrad.apps.surveys.queries.figuring import Figure, Found
from ledtrad.core.surveys.estimates import Estimate

FEWEST, FLAGGED = 20, 50
FEW = f"Färre än {FEWEST} svar"
PROTECTS = "Skyddar ett annat område"


@dataclass(frozen=True, slots=True)
class Release:
    """An estimate that is shown, shown as uncertain, or held back: then `estimate` is None and `reason` says why."""

    figure: Figure
    kind: str
    code: str
    state: str
    estimate: Estimate | None
    reason: str = ""


def released(found: Sequence[Found]) -> list[Release]:
    """Each estimate as it may be let out.

    One that rests on fewer than 20 answers is held back, and on fewer than 50 is marked. Where just one part of a
    division is held back it could be had by subtraction from the whole: then the smallest of the others goes with it.
    """
    keyed = sorted(found, key=lambda one: (one.figure.question, one.figure.levels, one.kind))
    parts = groupby(keyed, key=lambda one: (one.figure, one.kind))
    return [release for _, together in parts for release in _released(list(together))]


def _released(together: list[Found]) -> Iterator[Release]:
    hidden = {one.code for one in together if one.estimate.n < FEWEST or one.estimate.estimate is None}
    others = sorted((one.estimate.n, one.code) for one in together if one.code not in hidden)
    with_it = {others[0][1]} if len(hidden) == 1 and others and together[0].kind else set()
    for one in together:
        if one.code in hidden | with_it:
            reason = FEW if one.code in hidden else PROTECTS
            yield Release(one.figure, one.kind, one.code, "suppressed", None, reason)
        else:
            state = "uncertain" if one.estimate.n < FLAGGED else "shown"
            yield Release(one.figure, one.kind, one.code, state, one.estimate)
