"""How something in a plan has changed: before and after, by which decision, recorded by whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.apps.audit.queries import LogEntry
from ledtrad.apps.goals.models import ActivityKind, Progress
from ledtrad.apps.steering.queries import DecisionOnPlan
from ledtrad.core.assessment import Decision

_ACTIONS = {
    "goals.set_objectives": gettext_lazy("The goal was set"),
    "goals.word_objectives": gettext_lazy("The goal was reworded"),
    "goals.change_objective": gettext_lazy("The goal was reworded"),
    "goals.withdraw_objective": gettext_lazy("The goal was withdrawn"),
    "goals.plan_activities": gettext_lazy("The activity was planned"),
    "goals.copy_plan": gettext_lazy("It came along from the year before"),
    "goals.change_activity": gettext_lazy("The activity was changed"),
    "goals.withdraw_activity": gettext_lazy("The activity was withdrawn"),
    "goals.report_activities": gettext_lazy("It was reported how it went"),
    "goals.oblige": gettext_lazy("A unit became obliged to answer"),
    "goals.release_unit": gettext_lazy("A unit no longer need answer"),
    "goals.follow_with_indicators": gettext_lazy("An indicator was set to follow the goal"),
    "indicators.define_indicators": gettext_lazy("The indicator was defined"),
    "indicators.set_targets": gettext_lazy("The target was set"),
    "people.make_responsible": gettext_lazy("Somebody was made answerable"),
    "people.hand_over": gettext_lazy("The responsibility was handed over"),
}
_FIELDS = {
    "title": gettext_lazy("Title"),
    "aim": gettext_lazy("Aim"),
    "starts": gettext_lazy("Begins"),
    "ends": gettext_lazy("Ends"),
    "kind": gettext_lazy("Kind"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "low": gettext_lazy("At least"),
    "high": gettext_lazy("At most"),
    "women_low": gettext_lazy("Women, at least"),
    "women_high": gettext_lazy("Women, at most"),
    "men_low": gettext_lazy("Men, at least"),
    "men_high": gettext_lazy("Men, at most"),
    "progress": gettext_lazy("How it went"),
    "why": gettext_lazy("Why"),
    "last": gettext_lazy("Last year"),
    "parent": gettext_lazy("Under"),
    "owner": gettext_lazy("Owner"),
}
_VALUES = dict((*ActivityKind.choices, *Progress.choices))


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One part of the object that changed: its name, and how it stood before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One step of the history. `decision` None for a change made while the plan was still being made."""

    what: str
    at: datetime
    by: str
    fields: tuple[ChangedField, ...]
    decision: Decision | None
    motive: str


def present_history(
    entries: Iterable[LogEntry], decisions: Iterable[DecisionOnPlan], names: Mapping[str, str]
) -> tuple[ShownChange, ...]:
    """The history of an object, newest first. `names` says what to call those whom the log names."""
    # A decision is recorded in the same act as what it changed, and so at the same moment by the same person.
    by_moment = {(one.recorded_at, one.recorded_by): one for one in decisions}
    return tuple(
        ShownChange(
            what=str(_ACTIONS[entry.action]),
            at=entry.at,
            by=names.get(entry.by, entry.by),
            fields=tuple(_changed(entry.before, entry.after)),
            decision=found.decision if found else None,
            motive=found.motive if found else "",
        )
        for entry in entries
        if entry.action in _ACTIONS
        for found in (by_moment.get((entry.at, entry.by)),)
    )


def _changed(before: Any, after: Any) -> Iterator[ChangedField]:
    if not isinstance(after, dict):
        return
    old = before if isinstance(before, dict) else {}
    for name, words in _FIELDS.items():
        if old.get(name) != after.get(name) and (name in old or after.get(name) not in (None, "", False)):
            yield ChangedField(str(words), _words(old.get(name)), _words(after.get(name)))


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else _VALUES.get(value, str(value))
