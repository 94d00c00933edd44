"""The shape of a thread."""

from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.surveys.queries.tracing import WaveThread
from ledtrad.core.assessment import CityVerdict
from ledtrad.core.facts import FactValue
from ledtrad.core.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Knot:
    """One knot of the thread. `onward` are the next ones in the same direction, down or up.

    `kind` is "sentence", "indicator", "tally", "verdict" or "figure" (what the report states), "fact", "assessment",
    "outcome", "target", "forecast", "indicator_verdict", "city_verdict", "wave" (of a survey) or
    "source" (a cell of a file).
    `label` names it for a reader. `says` is what stands there: the words of a sentence, else the value in plain
    form; `value` is the value itself, where there is one. `note` holds an analysis or a motive, or a file's sum.
    `wave` says what was asked and of whom. `is_stale` when a cited fact has changed since the sentence was bound.
    """

    id: str
    kind: str
    label: str
    says: str = ""
    value: FactValue | Outcome | CityVerdict | None = None
    note: str = ""
    year: int | None = None
    goal: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    invented: bool = False
    is_stale: bool = False
    wave: WaveThread | None = None
    onward: "tuple[Knot, ...]" = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A knot, what it rests on (downwards), and what rests on it (upwards)."""

    knot: Knot
    rests_on: tuple[Knot, ...] = ()
    used_by: tuple[Knot, ...] = ()
