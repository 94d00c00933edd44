"""Who may see what the log is about: here, since here every app is known."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from ledtrad.apps.goals.models import COUNCIL_LEVELS, Activity, ActivityKind, Objective
from ledtrad.apps.indicators.models import Indicator, Outcome
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.models import Question, Report, Row, SetAside
from ledtrad.apps.reporting.policies import may_see
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.apps.steering.queries import seen_plans
from ledtrad.core.periods import Period

# What everybody who has signed in may read on the pages.
_OPEN = {
    "area",
    "assessment",
    "batch",
    "city_verdict",
    "correction",
    "forecast",
    "indicator_verdict",
    "obligation",
    "outcome",
    "phase",
    "plan_copy",
    "plan_decision",
    "scale",
    "survey",
    "survey_question",
    "unit",
    "wave",
}
# How the report is found that something is part of.
_PARTS_OF_REPORTS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "row": (Row.objects.all, "report_id"),
    "question": (Question.objects.all, "report_id"),
    "set_aside": (SetAside.objects.all, "row__report_id"),
}
_INDICATED = ("indicator:", "target:")
_PLANNED = ("plan", "goal", "activity", "indicator", "target")


def unseen(actor: Actor, object_ids: Collection[str]) -> frozenset[str]:
    """Those of the ids in the log that `actor` may not know of, and those that name nothing that can be seen.

    At most eleven SQL queries, however many ids.
    """
    by_kind: dict[str, list[str]] = {}
    for one in object_ids:
        by_kind.setdefault(one.partition(":")[0], []).append(one)
    closed = {one for kind, ids in by_kind.items() if not _is_open(kind, actor) for one in ids}
    return frozenset(closed - _in_seen_plans(actor, by_kind) - _in_seen_reports(actor, by_kind))


def _is_open(kind: str, actor: Actor) -> bool:
    return kind in _OPEN or (kind == "edition" and actor.holds(Role.EDITOR))


def numbers(object_ids: Iterable[str], prefix: str) -> list[int]:
    """The numbers in ids such as `row:12`, as far as they can be a table's."""
    named = (one.removeprefix(prefix) for one in object_ids if one.startswith(prefix))
    return [int(number) for number in named if number.isascii() and number.isdecimal() and len(number) <= 18]


# --- plans -----------------------------------------------------------------------------------------


def _in_seen_plans(actor: Actor, by_kind: dict[str, list[str]]) -> set[str]:
    """What stands in the council's plan, or in a plan that `actor` may see."""
    asked = {one for kind in _PLANNED for one in by_kind.get(kind, ())}
    if not asked:
        return set()
    plans, seen = seen_plans(actor), set()
    for one, unit, year in (*_plans(asked), *_goals(asked), *_activities(asked), *_indicators(asked)):
        if unit == "" or plans is None or plans.sees(unit, year):
            seen.add(one)
    return seen


def _plans(asked: Collection[str]) -> list[tuple[str, str, int]]:
    return [(one, *named) for one in asked if one.startswith("plan:") and (named := _unit_and_year(one))]


def _unit_and_year(object_id: str) -> tuple[str, int] | None:
    name, _, year = object_id.partition(":")[2].rpartition("/")
    return (name, int(year)) if year.isascii() and year.isdecimal() and len(year) == 4 else None


def _goals(asked: Collection[str]) -> list[tuple[str, str, int]]:
    """`goal:1.2/2021`, or `goal:1.2` for the goal as such: then it is seen when the plan of its first year is."""
    wanted = {one: _unit_and_year(one) or (one.removeprefix("goal:"), 0) for one in asked if one.startswith("goal:")}
    rows = Objective.objects.filter(code__in={code for code, _ in wanted.values()}).order_by("first_year")
    found = []
    for code, level, owner, first, last in rows.values_list("code", "level", "owner__slug", "first_year", "last_year"):
        unit = "" if level in COUNCIL_LEVELS else owner or ""
        found += [
            (one, unit, year or first)
            for one, (named, year) in wanted.items()
            if named == code and (year == 0 or first <= year <= (last or year))
        ]
    return found


def _activities(asked: Collection[str]) -> list[tuple[str, str, int]]:
    """An assignment stands in the plan of whoever gave it: of the council, or of the unit's board."""
    codes = {one.removeprefix("activity:") for one in asked if one.startswith("activity:")}
    rows = Activity.objects.filter(code__in=codes, is_current=True)
    above = chains()
    return [
        (f"activity:{code}", _giver(above[unit]) if kind == ActivityKind.ASSIGNMENT else unit, year)
        for code, kind, unit, year in rows.values_list("code", "kind", "unit__slug", "year")
    ]


def _indicators(asked: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """`indicator:K.1`, or `target:K.1/2021`: a board's own stands in its plan until something is measured."""
    wanted = {one: _unit_and_year(one) or (one.partition(":")[2], 0) for one in asked if one.startswith(_INDICATED)}
    rows = Indicator.objects.filter(code__in={code for code, _ in wanted.values()})
    known = {code: (owner or "", first) for code, owner, first in rows.values_list("code", "owner__slug", "first_year")}
    told = Outcome.objects.filter(indicator__code__in=known, is_current=True).values_list("indicator__code", "year")
    measured = set(told) | {(code, 0) for code, _ in told}
    for one, (code, year) in wanted.items():
        if code in known:
            owner, first = known[code]
            yield one, "" if (code, year) in measured else owner, year or first


def _giver(chain: tuple[str, ...]) -> str:
    return chain[1] if len(chain) > 1 else ""


# --- reports ---------------------------------------------------------------------------------------


def _in_seen_reports(actor: Actor, by_kind: dict[str, list[str]]) -> set[str]:
    reports: dict[str, int] = _reports_named(by_kind.get("report", ()))
    for kind, (rows, way) in _PARTS_OF_REPORTS.items():
        asked = numbers(by_kind.get(kind, ()), f"{kind}:")
        if asked:
            reports |= {f"{kind}:{pk}": report for pk, report in rows().filter(pk__in=asked).values_list("pk", way)}
    if not reports:
        return set()
    above = chains()
    stored = Report.objects.filter(pk__in=set(reports.values())).select_related("unit")
    seen = {report.pk for report in stored if may_see(actor, card_of(report, above))}
    return {one for one, report in reports.items() if report in seen}


def _reports_named(object_ids: Collection[str]) -> dict[str, int]:
    """The reports that the log calls `report:2021-T1/kultur`."""
    units = {one.rpartition("/")[2] for one in object_ids}
    rows = Report.objects.filter(unit__slug__in=units) if units else Report.objects.none()
    known = {
        f"report:{Period(year, tertial)}/{unit}": pk
        for pk, year, tertial, unit in rows.values_list("pk", "year", "tertial", "unit__slug")
    }
    return {one: known[one] for one in object_ids if one in known}
