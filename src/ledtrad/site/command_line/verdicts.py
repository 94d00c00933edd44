"""`ledtrad verdict explain`: what there is to weigh, what each rule proposes, and what the city decided."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.core.assessment import CityVerdict, IndicatorResult, Proposal, Tally, judge, propose
from ledtrad.core.language.writing import (
    explain_judgement,
    explain_proposal,
    write_date,
    write_list,
    write_outcome,
    write_target,
    write_verdict,
)
from ledtrad.core.quantities import Quantity, plain
from ledtrad.site.command_line.building import Year
from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.core.document import GoalYear

Goal = Annotated[str, typer.Argument(help="Målets nummer, till exempel 1.2.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


def explain(goal: Goal, year: Year, as_json: AsJson = False) -> None:
    """Visa underlaget för en bedömning, vad varje regel föreslår och vad staden har beslutat."""
    connect()
    found = goal_year(goal, year)
    if as_json:
        print_json(_record(found))
    else:
        _show(found)


def goal_year(goal: str, year: int) -> "GoalYear":
    """What the city knows of a goal in a year. Trouble when there is no such goal or no such year."""
    from ledtrad.apps.goals import queries

    found = queries.goal_year(goal, year) if year in queries.years() else None
    if found is None:
        raise Trouble(f"Mål {goal} finns inte år {year}. {what_there_is(year)}")
    return found


def what_there_is(year: int) -> str:
    """A sentence that helps somebody who asked for a goal or a year that the database does not know."""
    from ledtrad.apps.goals import queries

    years = queries.years()
    if not years:
        return "Databasen är tom: kör `ledtrad demo build` för att bygga demostaden."
    if year not in years:
        return f"Det finns uppgifter för {write_list([str(known) for known in years])}."
    codes = [goal.code for goal in queries.goals_of_year(year).tree]
    return f"Det året finns mål {write_list(codes)}."


def _record(found: "GoalYear") -> dict[str, Any]:
    evidence = found.evidence
    return {
        "goal": found.code,
        "title": found.title,
        "year": found.year,
        "boards": _tally_record(evidence.boards),
        "indicators": _tally_record(evidence.indicators),
        "subgoals": _tally_record(evidence.subgoals) if evidence.subgoals else None,
        "company_group": evidence.company_group.value if evidence.company_group else None,
        "proposals": [_proposal_record(proposal) for proposal in propose(evidence)],
        "city": _city_record(found.city_verdict) if found.city_verdict else None,
        "thresholds": [_threshold_record(result) for result in found.results],
    }


def _tally_record(tally: Tally) -> dict[str, int]:
    counts = {part: getattr(tally, part) for part in ("met", "partly", "not_met", "total")}
    return {**counts, "no_outcome": tally.without}


def _proposal_record(proposal: Proposal) -> dict[str, Any]:
    rule = proposal.rule
    return {
        "rule": rule.name,
        "version": rule.version,
        "title": rule.title,
        "source": rule.source,
        "verdict": proposal.verdict.value if proposal.verdict else None,
        "because": explain_proposal(proposal),
    }


def _city_record(city: CityVerdict) -> dict[str, Any]:
    decision = city.decision
    return {
        "verdict": city.verdict.value,
        "motive": city.motive,
        "grounds": [ground.value for ground in city.grounds],
        "decision": None
        if decision is None
        else {
            "body": decision.body,
            "date": decision.day.isoformat(),
            "paragraph": decision.paragraph,
            "case_number": decision.case_number,
        },
    }


def _threshold_record(result: IndicatorResult) -> dict[str, Any]:
    judged = judge(result.outcome, result.target)
    return {
        "indicator": result.code,
        "name": result.name,
        "outcome": _number(judged.outcome),
        "target": _number(result.target.stated if result.target else None),
        "unit": judged.outcome.unit.code if judged.outcome else None,
        "rule": judged.rule.name,
        "version": judged.rule.version,
        "source": judged.rule.source,
        "threshold": _number(judged.threshold),
        "proposed": judged.verdict.value if judged.verdict else None,
        "lacks": judged.lacks or None,
        "verdict": result.verdict.value if result.verdict else None,
        "because": explain_judgement(judged),
    }


def _number(quantity: Quantity | None) -> str | None:
    return plain(quantity.value) if quantity else None


def _show(found: "GoalYear") -> None:
    evidence = found.evidence
    print(f"{found.code} {found.title}, {found.year}\n")
    tallies = {"Nämnder": evidence.boards, "Indikatorer": evidence.indicators, "Underliggande mål": evidence.subgoals}
    columns = ("Underlag", "helt", "delvis", "ej", "utan", "antal")
    print_table(columns, [_tally_row(name, tally) for name, tally in tallies.items() if tally is not None])
    if evidence.company_group:
        print(f"Bolagskoncernen bedömer att målet uppnås {write_verdict(evidence.company_group)}.\n")
    print("Vad reglerna föreslår (ingen av dem beslutar):")
    for proposal in propose(evidence):
        print(f"  · {explain_proposal(proposal)}")
    _show_city(found.city_verdict)
    _show_indicators(found.results)


def _tally_row(name: str, tally: Tally) -> tuple[str, ...]:
    return (name, *map(str, (tally.met, tally.partly, tally.not_met, tally.without, tally.total)))


def _show_city(city: CityVerdict | None) -> None:
    if city is None:
        print("\nStaden har inte beslutat om någon bedömning.")
        return
    print(f"\nStadens bedömning: målet uppnås {write_verdict(city.verdict)}.\nMotiv: {city.motive}")
    if city.decision:
        decision = city.decision
        print(
            f"Beslut: {decision.body}, {write_date(decision.day)}, § {decision.paragraph.removeprefix('§').strip()}, "
            f"dnr {decision.case_number}"
        )


def _show_indicators(results: tuple[IndicatorResult, ...]) -> None:
    if results:
        print("\nIndikatorer:")
    for result in results:
        judged = judge(result.outcome, result.target)
        target = f"årsmål {write_target(result.target)}" if result.target else "inget årsmål"
        outcome = write_outcome(result.outcome) if result.outcome else "inget utfall"
        print(f"  {result.code} {result.name}: {target}, utfall {outcome}\n    {explain_judgement(judged)}")
