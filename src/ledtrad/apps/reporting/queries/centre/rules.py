"""What each rule would have said of a goal in earlier years, beside what the city said: counted, never ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledtrad.apps.goals.models import Assessment, CityVerdictRecord, Objective, Obligation
from ledtrad.apps.goals.queries.concluding import proposals_for
from ledtrad.apps.goals.queries.loading import GoalRow, followed
from ledtrad.apps.indicators.queries import IndicatorYears, indicator_years
from ledtrad.apps.organisation.models import BOARD_KINDS, UnitKind
from ledtrad.core.assessment import (
    GoalEvidence,
    Proposal,
    ProposalRule,
    Tally,
    Verdict,
    tally_boards,
    tally_indicators,
    with_rhythm,
)


@dataclass(frozen=True, slots=True)
class YearOfRules:
    """One earlier year of a goal: what the city said, None while it said nothing, and what every rule proposes."""

    year: int
    city: Verdict | None
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a rule proposed what the city then said, of the years in which both said something."""

    rule: ProposalRule
    agreed: int
    compared: int


def rule_history(goal: GoalRow, subareas: tuple[int, ...], until: int) -> tuple[YearOfRules, ...]:
    """The years before `until` in which somebody was asked about the goal, newest first. Eleven SQL queries.

    Only the goal itself, not an earlier one that had its number: that was another goal.
    """
    boards, groups = _answers(goal, until)
    city = _city(goal, until)
    indicators = _indicators((goal.id, *subareas), until)
    beneath = _beneath(goal, until)
    years = sorted({*boards, *groups, *city}, reverse=True)
    return tuple(
        YearOfRules(
            year,
            city.get(year),
            proposals_for(
                GoalEvidence(
                    tally_boards(boards.get(year, ())),
                    indicators.get(year, _NOBODY),
                    groups.get(year),
                    beneath.get(year),
                )
            ),
        )
        for year in years
    )


def agreements(years: Iterable[YearOfRules]) -> tuple[Agreement, ...]:
    """For each rule, in the rules' own order, how often it and the city said the same."""
    counts: dict[ProposalRule, list[bool]] = {}
    for year in years:
        for proposal in year.proposals:
            said = counts.setdefault(proposal.rule, [])
            if year.city is not None and proposal.verdict is not None:
                said.append(proposal.verdict is year.city)
    return tuple(Agreement(rule, sum(said), len(said)) for rule, said in counts.items())


_NOBODY = Tally(0, 0, 0, 0)


def _answers(goal: GoalRow, until: int) -> tuple[dict[int, list[Verdict | None]], dict[int, Verdict | None]]:
    """The boards' answers by year, None for those who gave none, and the company group's. Two SQL queries."""
    said = Assessment.objects.filter(
        obligation__objective_id=goal.id, obligation__year__lt=until, tertial=0, is_current=True
    )
    verdicts = {pk: Verdict(verdict) for pk, verdict in said.values_list("obligation_id", "verdict")}
    boards: dict[int, list[Verdict | None]] = {}
    groups: dict[int, Verdict | None] = {}
    asked = Obligation.objects.filter(objective_id=goal.id, year__lt=until).order_by("id")
    for pk, year, kind in asked.values_list("id", "year", "unit__kind"):
        if kind in BOARD_KINDS:
            boards.setdefault(year, []).append(verdicts.get(pk))
        elif kind == UnitKind.COMPANY_GROUP:
            groups[year] = verdicts.get(pk)
    return boards, groups


def _city(goal: GoalRow, until: int) -> dict[int, Verdict]:
    rows = CityVerdictRecord.objects.filter(objective_id=goal.id, year__lt=until, is_current=True)
    return {year: Verdict(verdict) for year, verdict in rows.values_list("year", "verdict")}


def _indicators(goals: tuple[int, ...], until: int) -> Mapping[int, Tally]:
    """The goal's indicator list counted in each year. Six SQL queries."""
    links = [link for link in followed(goals) if link.listed]
    known = indicator_years(link.indicator_id for link in links)
    codes = tuple(dict.fromkeys(link.code for link in links))
    return {year: _tally(known, codes, year) for year in {year for _, year in known} if year < until}


def _tally(known: IndicatorYears, codes: tuple[str, ...], year: int) -> Tally:
    rows = ((code, known.get((code, year))) for code in codes)
    return tally_indicators(
        with_rhythm(row.result, known.periodicity(code), year)
        for code, row in rows
        if row is not None and row.on_the_list
    )


def _beneath(goal: GoalRow, until: int) -> dict[int, Tally]:
    """The city's verdicts on the goals of the council beneath, year by year. Two SQL queries."""
    parts = list(
        Objective.objects.of_the_council()
        .filter(parent_id=goal.id)
        .exclude(level="subarea")
        .values_list("id", "first_year", "last_year")
    )
    rows = CityVerdictRecord.objects.filter(
        objective_id__in=[pk for pk, _, _ in parts], year__lt=until, is_current=True
    )
    said = {(pk, year): Verdict(verdict) for pk, year, verdict in rows.values_list("objective_id", "year", "verdict")}
    years = {year for _, year in said}
    return {
        year: tally_boards(
            said.get((pk, year)) for pk, first, last in parts if first <= year and (last is None or last >= year)
        )
        for year in years
    }
