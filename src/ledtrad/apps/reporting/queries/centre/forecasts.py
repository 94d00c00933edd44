"""How the year's forecasts did, board by board and goal by goal, in the order that the lists always have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import Assessment, CityVerdictRecord, ObjectiveForecast, Obligation
from ledtrad.apps.goals.queries.loading import goals_in_order
from ledtrad.core.assessment import ForecastScore, Verdict, VerdictForecast, score_each


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """One board, goal or tertial: its forecasts against the boards' own decided verdicts, and against the city's."""

    key: str
    name: str
    own: ForecastScore
    city: ForecastScore


@dataclass(frozen=True, slots=True)
class ForecastScores:
    """The scores of a year. `count` is how many forecasts were given, compared or not."""

    year: int
    count: int
    tertials: tuple[ScoredLine, ...]
    boards: tuple[ScoredLine, ...]
    goals: tuple[ScoredLine, ...]
    invented: bool


@dataclass(frozen=True, slots=True)
class _Given:
    unit: str
    goal: str
    tertial: str
    said: VerdictForecast
    own: Verdict | None
    city: Verdict | None


@until_the_log_grows
def forecast_scores(year: int) -> ForecastScores:
    """The forecasts of `year` that hold, scored. Always six SQL queries."""
    titles = {goal.code: goal.title for goal in goals_in_order(year)}
    asked = Obligation.objects.filter(year=year, objective__code__in=titles).order_by("unit__sort_key")
    names = dict(asked.values_list("unit__slug", "unit__name"))
    given, invented = _given(year)
    shown = {one.goal for one in given}
    return ForecastScores(
        year,
        len(given),
        _lines(given, lambda one: one.tertial, {"1": "T1", "2": "T2"}),
        _lines(given, lambda one: one.unit, names),
        _lines(given, lambda one: one.goal, {code: title for code, title in titles.items() if code in shown}),
        invented,
    )


def _lines(given: Iterable[_Given], key: Callable[[_Given], str], names: Mapping[str, str]) -> tuple[ScoredLine, ...]:
    rows = [one for one in given if key(one) in names]
    own = score_each([(key(one), one.said, one.own) for one in rows], names)
    city = score_each([(key(one), one.said, one.city) for one in rows], names)
    return tuple(ScoredLine(slug, name, own[slug], city[slug]) for slug, name in names.items())


def _given(year: int) -> tuple[list[_Given], bool]:
    own = _verdicts(Assessment.objects.filter(is_current=True, tertial=0, obligation__year=year), "obligation_id")
    city = _verdicts(CityVerdictRecord.objects.filter(is_current=True, year=year), "objective_id")
    rows = ObjectiveForecast.objects.filter(is_current=True, obligation__year=year).order_by("id")
    fields = ("obligation_id", "obligation__objective_id", "obligation__unit__slug", "obligation__objective__code")
    given, invented = [], False
    for obligation, goal, unit, code, tertial, made_up, *said in rows.values_list(
        *fields, "tertial", "invented", "met", "partly", "not_met"
    ):
        given.append(_Given(unit, code, str(tertial), VerdictForecast(*said), own.get(obligation), city.get(goal)))
        invented = invented or made_up
    return given, invented


def _verdicts(rows: Any, key: str) -> dict[int, Verdict]:
    return {found: Verdict(verdict) for found, verdict in rows.values_list(key, "verdict")}
