"""Which estimates may be let out, and why not the others. Nothing that is held back carries a number.

All figures of a question are decided at once, with those that were published before: what is hidden in one table can
not be had from another, from a total, a filter, a file or an earlier date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledtrad.apps.surveys.models import ShownCells
from ledtrad.apps.surveys.queries.figuring import Figure, Found, place_of
from ledtrad.core.surveys.estimates import Estimate

if TYPE_CHECKING:
    # What decides loads numbers and a solver, and most processes never publish.
    from ledtrad.core.surveys.releases import Decided, Kept, Tally

FEWEST, FLAGGED = 20, 50
# What everybody is told. Which cells are few and which protect them is told only to whoever publishes.
HELD_BACK = "Visas inte, till skydd för dem som har svarat"


@dataclass(frozen=True, slots=True)
class Release:
    """An estimate that is shown, shown as uncertain, or held back: then `estimate` is None and `reason` says why, to
    the person who publishes and to nobody else. `kind`, `code` and `sex` are as in `Found`."""

    figure: Figure
    kind: str
    code: str
    state: str
    estimate: Estimate | None
    reason: str = ""
    sex: str = ""

    @property
    def at(self) -> dict[str, str]:
        """The codes by axis."""
        return place_of(self.kind, self.code, self.sex)


def decisions(
    tallies: "Mapping[int, Tally]",
    figures: Iterable[Figure],
    important: Iterable[Figure],
    answers: str,
    earlier: "Mapping[int, Sequence[Kept]]",
) -> "dict[int, Decided]":
    """What may be shown of each question. `important` are the figures that indicators are measured by, and `answers`
    the fingerprint of the answers. Raises `Hidden` with a sentence when nothing can be published."""
    from ledtrad.core.surveys.disclosure import Rule
    from ledtrad.core.surveys.releases import decide

    sets, first, rule = _sets(figures), _sets(important), Rule(base=FEWEST, flagged=FLAGGED)
    return {
        question: decide(
            tally, sets.get(question, ()), rule, answers, earlier.get(question, ()), first.get(question, ())
        )
        for question, tally in tallies.items()
    }


def _sets(figures: Iterable[Figure]) -> dict[int, list[tuple[str, ...]]]:
    found: dict[int, list[tuple[str, ...]]] = {}
    for one in figures:
        if one.levels:
            found.setdefault(one.question, []).append(one.levels)
    return found


def kept_of(wave: int) -> "dict[int, list[Kept]]":
    """What every earlier publication of a wave has shown and hidden, question by question, the oldest first."""
    from ledtrad.core.surveys.releases import kept_from_json

    found: dict[int, list[Kept]] = {}
    for row in ShownCells.objects.filter(wave_id=wave).order_by("pk"):
        kept = kept_from_json(row.answers, row.cells)
        if kept not in found.setdefault(row.question_id, []):
            found[row.question_id].append(kept)
    return found


def released(found: Sequence[Found], decided: "Mapping[int, Decided]") -> list[Release]:
    """Each estimate as it may be let out; one that rests on fewer than 50 is marked."""
    ordered = sorted(found, key=lambda one: (one.figure.question, one.figure.levels, one.kind))
    return [_released(one, decided[one.figure.question]) for one in ordered]


def _released(one: Found, decided: "Decided") -> Release:
    from ledtrad.core.surveys.disclosure import Why
    from ledtrad.core.surveys.disclosure.explaining import reason

    why = decided.why(one.figure.levels, one.at)
    if why is None and one.estimate.estimate is None:
        why = Why.BASE
    if why is not None:
        return Release(
            one.figure, one.kind, one.code, "suppressed", None, reason(why, decided.protection.rule), one.sex
        )
    state = "uncertain" if one.estimate.n < FLAGGED else "shown"
    return Release(one.figure, one.kind, one.code, state, one.estimate, sex=one.sex)
