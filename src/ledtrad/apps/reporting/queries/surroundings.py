"""What stands beside the rows of a report: the goal of each, targets, earlier outcomes, and what the rules propose."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ledtrad.apps.goals.models import COUNCIL_LEVELS, Activity, Objective, ObjectiveIndicator, Wording
from ledtrad.apps.indicators import models
from ledtrad.apps.indicators.queries.reading import outcome_of, target_of
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.queries.rows import ReportRow
from ledtrad.core.assessment import (
    GoalEvidence,
    Proposal,
    Tally,
    Target,
    Verdict,
    judge,
    propose,
    rule_named,
    tally_boards,
)
from ledtrad.core.outcomes import Measured, Outcome
from ledtrad.core.reporting import RowKind, indicator_said

_NOBODY_ASKED = Tally(0, 0, 0, 0)
_BY_INDICATORS = "indikatorernas-flertal"
_WHOLE = ("indicator", "version")


@dataclass(frozen=True, slots=True)
class GoalHeading:
    """A goal of the council under which rows stand."""

    code: str
    title: str
    place: int


@dataclass(frozen=True, slots=True)
class BesideIndicator:
    """The year's target, the outcome of the year before, and the verdict that the indicator's rule proposes.

    `comparable` is False when the indicator asks something else since the year before.
    """

    target: Target | None = None
    earlier: Outcome | None = None
    proposed: Verdict | None = None
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class _Held:
    """What holds for an indicator in the year: its target, its rule, and whether it asks what it asked before."""

    target: Target | None = None
    rule: str = ""
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class GoalEvidenceHere:
    """What the rows of this report say about a goal: proposals of the software, never a verdict."""

    indicators: Tally
    activities: Mapping[str, int]
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Goals by code, each row's goal by (kind, subject), and what stands beside indicators by code."""

    goals: Mapping[str, GoalHeading] = field(default_factory=dict)
    goal_of: Mapping[tuple[RowKind, str], str] = field(default_factory=dict)
    indicators: Mapping[str, BesideIndicator] = field(default_factory=dict)

    def in_order(self, rows: Iterable[ReportRow], kind: RowKind) -> list[ReportRow]:
        """The rows of one kind as they stand on the page: under the goals in their order; those under none last."""
        last = len(self.goals)
        places = {code: goal.place for code, goal in self.goals.items()}
        return sorted(
            (row for row in rows if row.kind is kind),
            key=lambda row: places.get(self.goal_of.get((kind, row.subject), ""), last),
        )

    def evidence(self, goal: str, rows: Sequence[ReportRow]) -> GoalEvidenceHere:
        """What the rows under `goal` add up to."""
        under = [row for row in rows if self.goal_of.get((row.kind, row.subject)) == goal and not row.is_withdrawn]
        found = [row for row in under if row.kind is RowKind.INDICATOR]
        tally = tally_boards(self.indicators[row.subject].proposed for row in found if row.subject in self.indicators)
        done: dict[str, int] = {}
        for row in under:
            if row.kind is RowKind.ACTIVITY:
                said = row.content.fields["progress"]
                done[said] = done.get(said, 0) + 1
        return GoalEvidenceHere(tally, done, _proposal(tally))


def _proposal(tally: Tally) -> Proposal | None:
    """What the rule that looks at indicators alone makes of them; None when there are none."""
    evidence = GoalEvidence(boards=_NOBODY_ASKED, indicators=tally)
    return next((one for one in propose(evidence) if one.rule.name == _BY_INDICATORS and tally.total), None)


def surroundings(report: ReportCard, rows: Sequence[ReportRow]) -> Surroundings:
    """What stands beside `rows`. Six SQL queries, however many rows."""
    year = report.period.year
    indicators = [row for row in rows if row.kind is RowKind.INDICATOR]
    codes = [row.subject for row in indicators]
    tree = _Tree(year, report.chain)
    goal_of = dict(tree.of_indicators(codes))
    goal_of |= tree.of_activities([row.subject for row in rows if row.kind is RowKind.ACTIVITY])
    goal_of |= {(row.kind, row.subject): row.subject for row in rows if row.kind is RowKind.ASSESSMENT}
    targets, earlier = _targets(codes, year), _outcomes(codes, year - 1)
    beside = {row.subject: _beside(row, targets.get(row.subject), earlier.get(row.subject)) for row in indicators}
    return Surroundings(tree.headings, goal_of, beside)


def _targets(codes: Collection[str], year: int) -> dict[str, _Held]:
    """The year's targets, each with the name of the indicator's rule. One SQL query."""
    held = models.Target.objects.filter(is_current=True, year=year, indicator__code__in=codes).order_by()
    return {
        row.indicator.code: _Held(target_of(row), row.version.rule, not _begins_anew(row.version, year))
        for row in held.select_related(*_WHOLE)
    }


def _begins_anew(version: models.IndicatorVersion, year: int) -> bool:
    return version.from_year == year and version.breaks != ""


def _outcomes(codes: Collection[str], year: int) -> dict[str, Outcome]:
    """What came out in a whole year. One SQL query."""
    held = models.Outcome.objects.filter(is_current=True, year=year, tertial=0, indicator__code__in=codes).order_by()
    return {row.indicator.code: outcome_of(row) for row in held.select_related(*_WHOLE)}


def _beside(row: ReportRow, held: _Held | None, earlier: Outcome | None) -> BesideIndicator:
    held = held or _Held()
    proposed = _proposed(row, held.target, held, earlier) if held.target else None
    return BesideIndicator(held.target, earlier, proposed, held.comparable)


def _proposed(row: ReportRow, target: Target, held: _Held, earlier: Outcome | None) -> Verdict | None:
    if row.content.problems:
        return None
    outcome = indicator_said(row.frame, row.content.fields).outcome
    value = earlier.total if isinstance(earlier, Measured) else None
    try:
        return judge(outcome, target, rule_named(held.rule), earlier=value, comparable=held.comparable).verdict
    except ValueError:
        # The target is in another unit than the indicator has now: then there is nothing to propose.
        return None


class _Tree:
    """The council's goals of a year, and which of them everything that `units` have made beneath belongs to."""

    def __init__(self, year: int, units: Sequence[str]) -> None:
        fields = ("sort_key", "first_year", "id", "code", "level", "parent_id")
        goals = Objective.objects.in_year(year).order_by().values_list(*fields)
        # Each half goes by an index of its own; "or" between two tables would read every goal of all years.
        found = goals.filter(level__in=COUNCIL_LEVELS).union(goals.filter(owner__slug__in=units))
        ordered = found.order_by("sort_key", "first_year")
        self._rows = {pk: (code, level, parent) for _, _, pk, code, level, parent in ordered}
        titles = _titles(year)
        council = [(pk, code) for pk, (code, level, _) in self._rows.items() if level in COUNCIL_LEVELS]
        self.headings = {
            code: GoalHeading(code, titles.get(pk, code), place) for place, (pk, code) in enumerate(council)
        }

    def _council_goal(self, objective: int | None) -> str:
        while objective is not None and objective in self._rows:
            code, level, parent = self._rows[objective]
            if level in COUNCIL_LEVELS:
                return code
            objective = parent
        return ""

    def of_indicators(self, codes: Collection[str]) -> Iterator[tuple[tuple[RowKind, str], str]]:
        links = ObjectiveIndicator.objects.filter(indicator__code__in=codes).order_by("-objective__sort_key")
        for code, objective in links.values_list("indicator__code", "objective_id"):
            if goal := self._council_goal(objective):
                yield (RowKind.INDICATOR, code), goal

    def of_activities(self, codes: Collection[str]) -> dict[tuple[RowKind, str], str]:
        rows = Activity.objects.filter(is_current=True, code__in=codes).order_by().values_list("code", "objective_id")
        return {(RowKind.ACTIVITY, code): self._council_goal(objective) for code, objective in rows}


def _titles(year: int) -> dict[int, str]:
    """What the council's goals are called in the year. One SQL query."""
    held = Wording.objects.filter(is_current=True, from_year__lte=year, objective__level__in=COUNCIL_LEVELS)
    return dict(held.order_by("from_year").values_list("objective_id", "title"))
