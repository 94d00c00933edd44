"""What every unit that must answer says of one goal: its texts, its forecasts, and its own indicators beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ledtrad.apps.goals.models import Assessment, Objective, ObjectiveForecast, ObjectiveIndicator, Obligation
from ledtrad.apps.goals.queries.loading import GoalRow
from ledtrad.apps.indicators.queries import indicator_years
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.reporting.models import Row, RowKind
from ledtrad.apps.reporting.queries.centre.progress import Stage, stage_of
from ledtrad.apps.reporting.queries.rows import fields_of
from ledtrad.core.assessment import Tally, Verdict, VerdictForecast, tally_indicators
from ledtrad.core.periods import Period
from ledtrad.core.reporting import State

PROMPTS = ("result", "cause", "risk", "measure")
_NONE = Tally(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class BoardStatement:
    """What one unit says of a goal. `is_recorded` when it is locked and counts; until then it may still change.

    `texts` are by prompt: result, cause, risk, measure; those unwritten are left out. `own` counts the indicators
    that the unit itself owns beneath the goal.
    """

    unit: str
    name: str
    kind: UnitKind
    stage: Stage
    verdict: Verdict | None
    is_recorded: bool
    texts: Mapping[str, str]
    forecasts: Mapping[int, VerdictForecast]
    own: Tally
    changed_at: datetime | None
    invented: bool

    @property
    def own_verdict(self) -> Verdict | None:
        """What the unit's own indicators come to: their majority, partly without one, None when none is measured."""
        return (self.own.majority or Verdict.PARTLY) if self.own.answered else None

    @property
    def stands_against_own(self) -> int:
        """1 when the unit judges higher than its own indicators come to, −1 when lower, 0 when they agree."""
        if self.verdict is None or self.own_verdict is None:
            return 0
        difference = self.verdict.rank - self.own_verdict.rank
        return (difference > 0) - (difference < 0)


@dataclass(frozen=True, slots=True)
class _Said:
    stage: Stage
    verdict: Verdict | None
    texts: tuple[tuple[str, str], ...]
    changed_at: datetime | None
    invented: bool


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """An obliged unit with what has been recorded of it: `said` is None until its report is locked."""

    unit: str
    name: str
    kind: UnitKind
    said: _Said | None
    forecasts: tuple[tuple[int, VerdictForecast], ...]
    own: Tally


def recorded_statements(goal: GoalRow, period: Period, others: tuple[int, ...] = ()) -> tuple[RecordedStatement, ...]:
    """Every obliged unit, in Swedish order, with its recorded answer. Ten SQL queries.

    `others` are the goal's sub-areas: the indicators beneath them belong to the goal too.
    """
    obliged = Obligation.objects.filter(objective_id=goal.id, year=period.year).order_by("unit__sort_key")
    recorded = _recorded(goal, period)
    forecasts = _forecasts(goal, period.year)
    own = _own_indicators((goal.id, *others), period.year)
    return tuple(
        RecordedStatement(
            slug,
            name,
            UnitKind(kind),
            recorded.get(pk),
            tuple(sorted(forecasts.get(pk, {}).items())),
            own.get(slug, _NONE),
        )
        for pk, slug, name, kind in obliged.values_list("id", "unit__slug", "unit__name", "unit__kind")
    )


def statements(goal: GoalRow, recorded: tuple[RecordedStatement, ...], period: Period) -> tuple[BoardStatement, ...]:
    """What is recorded holds, whatever a later draft says; before that, what stands in the report. One SQL query."""
    written = _written(goal, period)
    return tuple(_statement(one, one.said or written.get(one.unit) or _SILENT) for one in recorded)


_SILENT = _Said(Stage.NOT_BEGUN, None, (), None, False)


def _statement(one: RecordedStatement, said: _Said) -> BoardStatement:
    return BoardStatement(
        one.unit,
        one.name,
        one.kind,
        said.stage,
        said.verdict,
        one.said is not None,
        dict(said.texts),
        dict(one.forecasts),
        one.own,
        said.changed_at,
        said.invented,
    )


def _recorded(goal: GoalRow, period: Period) -> dict[int, _Said]:
    rows = Assessment.objects.filter(
        obligation__objective_id=goal.id, obligation__year=period.year, tertial=period.tertial, is_current=True
    )
    fields = ("obligation_id", "verdict", "analysis", "cause", "risk", "measure", "recorded_at", "invented")
    return {
        pk: _Said(Stage.LOCKED, _verdict(verdict), _texts(dict(zip(PROMPTS, texts, strict=True))), at, invented)
        for pk, verdict, *texts, at, invented in rows.values_list(*fields)
    }


def _written(goal: GoalRow, period: Period) -> dict[str, _Said]:
    rows = Row.objects.filter(
        report__year=period.year,
        report__tertial=period.tertial,
        kind=RowKind.ASSESSMENT,
        subject=goal.code,
        is_withdrawn=False,
    )
    fields = (
        "report__unit__slug",
        "report__state",
        "version",
        "is_complete",
        "content",
        "saved_at",
        "report__invented",
    )
    found = {}
    for slug, state, version, is_complete, content, saved_at, invented in rows.order_by().values_list(*fields):
        said = fields_of(RowKind.ASSESSMENT, content)
        stage = stage_of(State(state), is_begun=version > 0, is_complete=is_complete)
        found[slug] = _Said(stage, _verdict(said["verdict"]), _texts(said), saved_at, invented)
    return found


def _verdict(written: str) -> Verdict | None:
    return Verdict(written) if written else None


def _texts(said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, said[name]) for name in PROMPTS if said[name])


def _forecasts(goal: GoalRow, year: int) -> dict[int, dict[int, VerdictForecast]]:
    rows = ObjectiveForecast.objects.filter(obligation__objective_id=goal.id, obligation__year=year, is_current=True)
    found: dict[int, dict[int, VerdictForecast]] = {}
    for pk, tertial, *said in rows.values_list("obligation_id", "tertial", "met", "partly", "not_met"):
        found.setdefault(pk, {})[tertial] = VerdictForecast(*said)
    return found


def _own_indicators(goals: tuple[int, ...], year: int) -> dict[str, Tally]:
    """For each unit, the indicators that it owns under the goal or under its own goals beneath it. Seven queries."""
    beneath = Objective.objects.in_year(year).filter(
        Q(pk__in=goals) | Q(parent_id__in=goals) | Q(parent__parent_id__in=goals)
    )
    links = ObjectiveIndicator.objects.filter(
        objective_id__in=list(beneath.values_list("id", flat=True)), indicator__owner__isnull=False
    )
    owned = {
        code: (pk, owner)
        for pk, code, owner in links.values_list("indicator_id", "indicator__code", "indicator__owner__slug")
    }
    known = indicator_years([pk for pk, _ in owned.values()], years=(year,))
    results: dict[str, list[object]] = {}
    for code, (_, owner) in owned.items():
        row = known.get((code, year))
        if row is not None and row.on_the_list:
            results.setdefault(owner, []).append(row.result)
    return {owner: tally_indicators(found) for owner, found in results.items()}
