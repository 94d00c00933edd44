"""How it went with the activities for a goal, counted: as known now, or at a moment."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.goals.models import Activity, ActivityReport, Objective, Progress

# What is said of the whole year stands above what was said of a tertial, and the second above the first.
_LATEST_FIRST = (0, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """How many activities are planned (those withdrawn left out), and how it went with them as last reported."""

    planned: int
    done: int = 0
    partly: int = 0
    not_done: int = 0
    stopped: int = 0

    @property
    def unreported(self) -> int:
        return self.planned - self.done - self.partly - self.not_done - self.stopped


def carried_out(goal: str, year: int, *, known_at: datetime | None = None) -> ActivityCount:
    """The activities for a goal and for everything beneath it, boards' own goals included. Six SQL queries at most."""
    goals = _with_all_beneath(goal, year)
    planned = Activity.objects.known(known_at).filter(objective_id__in=goals, year=year, is_withdrawn=False)
    waiting = set(planned.order_by().values_list("code", flat=True))
    found, words = len(waiting), Counter[str]()
    for tertial in _LATEST_FIRST:
        # A code is of one year. Were the year asked for too, SQLite would look through all that was said in it.
        reports = ActivityReport.objects.known(known_at).filter(tertial=tertial, code__in=waiting)
        said = dict(reports.order_by().values_list("code", "progress")) if waiting else {}
        words.update(said.values())
        waiting -= said.keys()
    return ActivityCount(found, *(words[progress] for progress in Progress.values))


def _with_all_beneath(goal: str, year: int) -> Collection[int]:
    beneath: dict[int | None, list[int]] = {}
    found: list[int] = []
    for pk, code, parent in Objective.objects.in_year(year).order_by().values_list("id", "code", "parent_id"):
        beneath.setdefault(parent, []).append(pk)
        if code == goal:
            found.append(pk)
    for pk in found:  # grows while it is walked: each goal found brings those right beneath it
        found += beneath.get(pk, [])
    return found
