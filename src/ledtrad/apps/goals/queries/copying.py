"""What would come along from one year to the next: asked before anything is copied, and asked again when it is."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import (
    COUNCIL_LEVELS,
    Activity,
    ActivityReport,
    Level,
    ObjectiveIndicator,
    Obligation,
    PlanCopy,
    Progress,
)
from ledtrad.apps.goals.queries.plan import PlanGoal, PlanIndicator, plan_goals, plan_indicators
from ledtrad.apps.goals.queries.planned import PlannedActivity, activities
from ledtrad.apps.organisation.models import Unit, UnitChange
from ledtrad.apps.people.queries import Orphan, Ownable, orphans

_ENDED = (Progress.DONE, Progress.STOPPED)
# What is said of the whole year stands above what was said of a tertial, and a later tertial above an earlier.
_LATER = {1: 0, 2: 1, 3: 2, 0: 3}


@dataclass(frozen=True, slots=True)
class GoalAnew:
    """A goal that was made for the year alone, to be made anew for the next; `owner` is who has it then."""

    goal: PlanGoal
    parent: str
    owner: str
    indicators: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ActivityOnward:
    """An activity that was not finished, to go on as a new one of the next year; `unit` is who does it then."""

    activity: PlannedActivity
    unit: str


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Something that cannot come along, and why, as a sentence."""

    object_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class CopyPreview:
    """All that copying would do. `fingerprint` tells whether it is still what was shown."""

    from_year: int
    year: int
    staying: tuple[PlanGoal, ...]
    ending: tuple[PlanGoal, ...]
    anew: tuple[GoalAnew, ...]
    onward: tuple[ActivityOnward, ...]
    obligations: tuple[tuple[str, str], ...]
    to_set: tuple[PlanIndicator, ...]
    left_behind: tuple[LeftBehind, ...]
    orphans: tuple[Orphan, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same content, whoever asks and when."""
        told = (
            self.from_year,
            self.year,
            [(goal.id, goal.record) for goal in (*self.staying, *self.ending)],
            [(one.goal.id, one.goal.record, one.parent, one.owner, one.indicators) for one in self.anew],
            [(one.activity.record, one.unit) for one in self.onward],
            self.obligations,
            [(one.code, one.proposed) for one in self.to_set],
            [one.object_id for one in self.left_behind],
            [(one.object_id, one.last_person) for one in self.orphans],
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Folded:
    """A list as it is shown: how many there are, and the first of them."""

    count: int
    first: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FoldedCopy:
    """What copying would do, as much of it as a page shows. `fingerprint` is that of the whole."""

    staying: Folded
    ending: Folded
    anew: Folded
    onward: Folded
    obligations: Folded
    to_set: Folded
    left_behind: Folded
    orphans: Folded
    fingerprint: str


@until_the_log_grows
def folded_copy(from_year: int, year: int, day: date, most: int) -> FoldedCopy:
    """The same preview, `most` of each list: small enough to be kept, and asked for anew when something changes."""
    found = preview_copy(from_year, year, day)
    lists = {one.name: getattr(found, one.name) for one in fields(FoldedCopy) if one.name != "fingerprint"}
    folded = {name: Folded(len(one), one[:most]) for name, one in lists.items()}
    return FoldedCopy(**folded, fingerprint=found.fingerprint)


def copied(year: int) -> datetime | None:
    """When the year was copied into; None while it has not been. One SQL query."""
    return PlanCopy.objects.filter(year=year).values_list("copied_at", flat=True).first()


def preview_copy(from_year: int, year: int, day: date) -> CopyPreview:
    """What would come along; who answers is looked up on `day`. A fixed number of SQL queries."""
    before, after = plan_goals(from_year), plan_goals(year)
    heirs = _heirs(year)
    there = {goal.code for goal in after}
    goes_on = {goal.id for goal in after}
    staying = tuple(goal for goal in before if goal.id in goes_on)
    anew, without_owner = _goals_anew(before, there, heirs, year)
    going = there | {one.goal.code for one in anew}
    onward, without_unit = _onward(from_year, year, going, heirs)
    to_set = _to_set(from_year, year, after)
    return CopyPreview(
        from_year=from_year,
        year=year,
        staying=staying,
        ending=tuple(goal for goal in before if goal.level in COUNCIL_LEVELS and goal.code not in there),
        anew=anew,
        onward=onward,
        obligations=_obligations(from_year, year, {goal.id for goal in staying}, heirs),
        to_set=to_set,
        left_behind=(*without_owner, *without_unit),
        orphans=orphans(_ownables(staying, anew, to_set), day),
    )


def _heirs(year: int) -> dict[str, str]:
    """For every unit, who it is in `year`: itself, or what it went over into; left out when it went over into none."""
    alive = set(Unit.objects.in_year(year).values_list("slug", flat=True))
    went = dict(UnitChange.objects.order_by("-day").values_list("predecessor__slug", "successor__slug"))
    heirs: dict[str, str] = {}
    for slug in {*alive, *went}:
        now, passed = slug, {slug}
        while now not in alive and now in went and went[now] not in passed:
            now = went[now]
            passed.add(now)
        if now in alive:
            heirs[slug] = now
    return heirs


def _goals_anew(
    before: Iterable[PlanGoal], there: Collection[str], heirs: Mapping[str, str], year: int
) -> tuple[tuple[GoalAnew, ...], list[LeftBehind]]:
    """Goals of boards and units that held until the year's end, those above before those beneath."""
    goals = {goal.id: goal for goal in before}
    links: dict[int, list[int]] = {}
    for goal_id, indicator in (
        ObjectiveIndicator.objects.filter(objective__last_year=year - 1)
        .exclude(objective__level__in=COUNCIL_LEVELS)
        .order_by("place")
        .values_list("objective_id", "indicator_id")
    ):
        links.setdefault(goal_id, []).append(indicator)
    anew: dict[str, GoalAnew] = {}
    left = []
    ended = [goal for goal in goals.values() if goal.level not in COUNCIL_LEVELS and goal.code not in there]
    for goal in sorted(ended, key=lambda goal: goal.level is Level.COMMITMENT):
        above = goals.get(goal.parent_id or 0)
        if goal.owner not in heirs:
            left.append(LeftBehind(goal.object_id, goal.title, f"{goal.owner_name} finns inte {year}."))
        elif above is None or (above.code not in there and above.code not in anew):
            left.append(LeftBehind(goal.object_id, goal.title, f"Målet ovanför gäller inte {year}."))
        else:
            anew[goal.code] = GoalAnew(goal, above.code, heirs[goal.owner], tuple(links.get(goal.id, ())))
    return tuple(anew.values()), left


def _onward(
    from_year: int, year: int, goals: Collection[str], heirs: Mapping[str, str]
) -> tuple[tuple[ActivityOnward, ...], list[LeftBehind]]:
    continued = set(Activity.objects.filter(year=year, is_current=True).values_list("continues", flat=True))
    onward, left = [], []
    for activity in activities(from_year, but=_finished(from_year) | continued):
        if activity.goal not in goals:
            why = f"Målet {activity.goal} gäller inte {year}."
            left.append(LeftBehind(f"activity:{activity.code}", activity.title, why))
        elif activity.unit not in heirs:
            left.append(LeftBehind(f"activity:{activity.code}", activity.title, f"{activity.unit} finns inte {year}."))
        else:
            onward.append(ActivityOnward(activity, heirs[activity.unit]))
    return tuple(onward), left


def _finished(year: int) -> set[str]:
    """The activities that were last reported done or stopped."""
    said: dict[str, tuple[int, str]] = {}
    rows = ActivityReport.objects.filter(year=year, is_current=True).order_by("id")
    for code, tertial, progress in rows.values_list("code", "tertial", "progress"):
        said[code] = max(said.get(code, (-1, "")), (_LATER[tertial], progress))
    return {code for code, (_, progress) in said.items() if progress in _ENDED}


def _obligations(
    from_year: int, year: int, staying: Collection[int], heirs: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Goal and unit: who must answer in the year to come, as far as nobody has said so yet."""
    there = set(Obligation.objects.filter(year=year).values_list("objective_id", "unit__slug"))
    rows = Obligation.objects.filter(year=from_year).order_by("objective__sort_key", "unit__sort_key")
    wanted = (
        (goal, code, heirs.get(unit))
        for goal, code, unit in rows.values_list("objective_id", "objective__code", "unit__slug")
        if goal in staying
    )
    return tuple(dict.fromkeys((code, unit) for goal, code, unit in wanted if unit and (goal, unit) not in there))


def _to_set(from_year: int, year: int, goals: Iterable[PlanGoal]) -> tuple[PlanIndicator, ...]:
    """Indicators with a target last year and none for this: to be set, not carried over."""
    found = plan_indicators(year, [goal.id for goal in goals])
    waiting = (one for one in found if not one.has_target and one.proposed_from == from_year)
    return tuple({one.code: one for one in waiting}.values())


def _ownables(
    staying: Iterable[PlanGoal], anew: Iterable[GoalAnew], to_set: Iterable[PlanIndicator]
) -> tuple[Ownable, ...]:
    return (
        *(Ownable(goal.object_id, goal.title, goal.owner) for goal in staying),
        *(Ownable(one.goal.object_id, one.goal.title, one.owner) for one in anew),
        *(Ownable(one.object_id, one.title, one.owner) for one in to_set),
    )
