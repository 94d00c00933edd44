"""What indicators are used for: here, since here every app is known."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ledtrad.apps.annual_report.models import Citation, Edition, StatementKind
from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.models import COUNCIL_LEVELS, CityVerdictRecord, ObjectiveIndicator, Obligation, Wording
from ledtrad.apps.indicators.models import Indicator, Outcome, Target
from ledtrad.apps.indicators.queries.uses import (
    CitingSentence,
    FollowedGoal,
    IndicatorUses,
    RestingDecision,
    UsedIn,
    UsingBoard,
)
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.models import PlanDecisionObject
from ledtrad.apps.steering.queries import SeenPlans, decisions_about, seen_plans
from ledtrad.core.assessment import Decision, Ground

_BY_INDICATORS = Ground.INDICATORS.value


@until_the_log_grows
def uses(code: str, actor: Actor) -> IndicatorUses:
    """What uses the indicator; nothing for a code that names none."""
    found = Indicator.objects.filter(code=code).values_list("id", "owner__slug", "owner__name").first()
    if found is None:
        return IndicatorUses()
    indicator, owner, owner_name = found
    links = _links(indicator, seen_plans(actor))
    boards = [UsingBoard(owner, owner_name, "owner")] if owner else []
    return IndicatorUses(
        tuple(_goals(links)),
        (*boards, *_parts(indicator), *_assessing(links)),
        tuple(sorted((*_verdicts(indicator, links), *_about(code)), key=_newest_first)),
        tuple(_sentences(code)),
    )


# --- goals and boards ----------------------------------------------------------------------------------------------


def _links(indicator: int, plans: SeenPlans | None) -> list[dict[str, Any]]:
    """The goals that the indicator follows and that may be known of, the one that began last first."""
    rows = ObjectiveIndicator.objects.filter(indicator_id=indicator).order_by("-objective__first_year", "objective__id")
    named = ("objective_id", "listed", "objective__code", "objective__level", "objective__owner__slug")
    found = rows.values(*named, "objective__first_year", "objective__last_year")
    return [row for row in found if _may_be_known(row, plans)]


def _may_be_known(row: dict[str, Any], plans: SeenPlans | None) -> bool:
    if plans is None or row["objective__level"] in COUNCIL_LEVELS:
        return True
    return plans.sees(row["objective__owner__slug"] or "", row["objective__first_year"])


def _goals(links: list[dict[str, Any]]) -> Iterator[FollowedGoal]:
    ids = [row["objective_id"] for row in links]
    if not ids:
        return
    worded = Wording.objects.filter(objective_id__in=ids, is_current=True, is_withdrawn=False).order_by("from_year")
    titles = dict(worded.values_list("objective_id", "title"))
    years = _last_years(ids)
    for row in links:
        pk = row["objective_id"]
        year = row["objective__last_year"] or years.get(pk) or row["objective__first_year"]
        yield FollowedGoal(row["objective__code"], titles.get(pk, ""), year, row["listed"])


def _last_years(ids: Collection[int]) -> dict[int, int]:
    """The last year in which each goal was asked about."""
    rows = Obligation.objects.filter(objective_id__in=ids).order_by("year")
    return dict(rows.values_list("objective_id", "year").distinct())


def _parts(indicator: int) -> Iterator[UsingBoard]:
    """The boards that have a part with an outcome: one that is only planned is the board's own so far."""
    parts = Indicator.objects.filter(part_of_id=indicator).values_list("id", "code", "owner__slug", "owner__name")
    rows = list(parts.order_by("owner__sort_key", "sort_key"))
    known = set(Outcome.objects.filter(indicator_id__in=[pk for pk, *_ in rows]).values_list("indicator_id", flat=True))
    return (UsingBoard(slug, name, "part", code) for pk, code, slug, name in rows if pk in known)


def _assessing(links: list[dict[str, Any]]) -> Iterator[UsingBoard]:
    """The boards that assess the goals, in the last year that they did."""
    listed = {row["objective_id"]: row["objective__code"] for row in links if row["listed"]}
    if not listed:
        return
    rows = Obligation.objects.filter(objective_id__in=listed).order_by("objective_id", "unit__sort_key")
    found = list(rows.values_list("objective_id", "year", "unit__slug", "unit__name"))
    last: dict[int, int] = {}
    for objective, year, *_ in found:
        last[objective] = max(year, last.get(objective, 0))
    for objective in listed:
        for pk, year, slug, name in found:
            if pk == objective and year == last[pk]:
                yield UsingBoard(slug, name, "goal", listed[pk])


# --- decisions -----------------------------------------------------------------------------------------------------


def _verdicts(indicator: int, links: list[dict[str, Any]]) -> Iterator[RestingDecision]:
    """The city's verdicts in which indicators weighed, for goals and years in which this one was on the list."""
    if not any(row["listed"] for row in links):
        return
    years = set(Target.objects.filter(indicator_id=indicator, is_current=True).values_list("year", flat=True))
    listed = [row["objective_id"] for row in links if row["listed"]]
    rows = CityVerdictRecord.objects.filter(objective_id__in=listed, year__in=years, is_current=True)
    for row in rows.select_related("objective"):
        if _BY_INDICATORS in row.grounds.split():
            yield RestingDecision("verdict", row.year, row.objective.code, _decision(row))


def _decision(row: CityVerdictRecord) -> Decision | None:
    if row.decision_day is None:
        return None
    return Decision(row.decision_body, row.decision_day, row.decision_paragraph, row.decision_case_number)


def _about(code: str) -> Iterator[RestingDecision]:
    """Decisions on plans that set, changed or defined it, or its target."""
    objects = PlanDecisionObject.objects.filter(object_id__startswith=f"target:{code}/")
    targets = objects.values_list("object_id", flat=True).distinct()
    for found in decisions_about([f"indicator:{code}", *targets]):
        yield RestingDecision("plan", found.year, "", found.decision)


def _newest_first(decision: RestingDecision) -> tuple[int, str, str]:
    return -decision.year, decision.kind, decision.goal


# --- sentences -----------------------------------------------------------------------------------------------------


def _sentences(code: str) -> Iterator[CitingSentence]:
    rows = _cited().filter(fact__startswith=f"indicator:{code}/").order_by("-edition__year", "-edition__number", "id")
    fields = ("statement__objective__code", "statement__sentence_id", "statement__text", "edition__published_at")
    seen = set()
    for year, number, title, goal, sentence, text, at in rows.values_list(
        "edition__year", "edition__number", "edition__title", *fields
    ):
        if (year, number, sentence) not in seen:
            seen.add((year, number, sentence))
            yield CitingSentence(year, number, title, goal or "", sentence, text, at.date() if at else None)


def _cited() -> Any:
    """Citations in sentences that the public can read; not those of blocks, which show every listed indicator."""
    return Citation.objects.filter(edition__state=Edition.State.PUBLISHED, statement__kind=StatementKind.SENTENCE)


# --- all of them, for the diet -------------------------------------------------------------------------------------


def in_use(years: Collection[int]) -> Mapping[str, UsedIn]:
    """How many decisions and sentences used each indicator in `years`. Six SQL queries, however many indicators."""
    decisions, sentences = _decided(years), _written(years)
    return {code: UsedIn(decisions[code], sentences[code]) for code in {*decisions, *sentences}}


def _decided(years: Collection[int]) -> Counter[str]:
    verdicts = CityVerdictRecord.objects.filter(year__in=years, is_current=True)
    weighed = {
        (objective, year)
        for objective, year, grounds in verdicts.values_list("objective_id", "year", "grounds")
        if _BY_INDICATORS in grounds.split()
    }
    goals: dict[int, list[int]] = {}
    listed = ObjectiveIndicator.objects.filter(listed=True, objective_id__in={pk for pk, _ in weighed})
    for indicator, objective in listed.values_list("indicator_id", "objective_id"):
        goals.setdefault(indicator, []).append(objective)
    counted: Counter[str] = Counter()
    targets = Target.objects.filter(year__in=years, is_current=True).values_list(
        "indicator_id", "indicator__code", "year"
    )
    for indicator, code, year in targets:
        counted[code] += sum((objective, year) in weighed for objective in goals.get(indicator, ()))
    return +(counted + _planned(years))


def _planned(years: Collection[int]) -> Counter[str]:
    objects = PlanDecisionObject.objects.filter(decision__year__in=years)
    named: set[tuple[int, str]] = set()
    for decision, object_id in objects.values_list("decision_id", "object_id"):
        kind, _, name = object_id.partition(":")
        if kind in ("indicator", "target"):
            named.add((decision, name.rpartition("/")[0] if kind == "target" else name))
    return Counter(code for _, code in named)


def _written(years: Collection[int]) -> Counter[str]:
    cited = _cited().filter(edition__year__in=years, fact__startswith="indicator:")
    stated = {
        (edition, sentence, fact.removeprefix("indicator:").partition("/")[0])
        for edition, sentence, fact in cited.values_list("edition_id", "statement__sentence_id", "fact")
    }
    return Counter(code for *_, code in stated)
