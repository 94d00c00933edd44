"""Putting the demo city into the database, through the apps' actions and nothing else."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial

from ledtrad.apps.people.actors import Actor, program
from ledtrad.apps.search.actions import index_new
from ledtrad.core.periods import Period
from ledtrad.site.demo_city.building import BUILDER, Found
from ledtrad.site.demo_city.loading import (
    areas,
    calendar,
    corrections,
    costs,
    goals,
    indicators,
    opinions,
    organisation,
    people,
    plan,
    report,
    reports,
    survey,
)
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.tables import RUNNING, STEERING_YEARS, YEARS

Step = tuple[str, Callable[[], object]]


def steps(checks: list[Found], size: Size, today: date | None) -> list[Step]:
    """What is to be done, in order, each with what to tell whoever waits. `checks` collects what checking finds."""
    start, builder = _at(STEERING_YEARS[0] - 1, 11), program(BUILDER)
    todo: list[Step] = [
        ("Nämnder, bolag och enheter", partial(organisation.load, size, by=BUILDER, at=start)),
        ("Personer och roller", partial(people.load, size, by=builder, at=start)),
        ("Styrkalender", partial(calendar.set_years, by=builder, at=start)),
        ("Indikatorer", partial(indicators.define, by=BUILDER, at=start)),
        ("Indikatorer från Kolada, Brå och SCB", partial(areas.define, by=builder, at=start)),
        ("Målträd", partial(goals.set_tree, by=BUILDER, at=start)),
        ("Trygghetsmätningen", partial(indicators.record_survey, by=BUILDER, at=start)),
        ("Områden", partial(areas.register, by=builder, at=start)),
        ("Ändrad fråga", partial(areas.revise, by=builder, at=start)),
    ]
    for year in STEERING_YEARS:
        todo += _plan_steps(size, year, builder)
        todo += _running_steps(size, today, builder) if year == RUNNING else _year_steps(size, year, checks, builder)
    known = _at(RUNNING + 1, 2)
    todo.append(("Siffror efter område", partial(areas.record, by=builder, at=known)))
    todo.append(("Vad trygghetens siffror kostar", partial(costs.estimate, by=builder, at=known)))
    closed = _at(RUNNING + 1, 6)
    return [*todo, *_survey_steps(size, builder, closed), ("Sökregister", index_new)]


def _survey_steps(size: Size, builder: Actor, closed: datetime) -> Iterator[Step]:
    """The simulated waves, and what is published of them, when the latest has closed."""
    if size.waves:
        yield "Stadsdelar", partial(areas.register_neighbourhoods, by=builder, at=closed)
    for one in size.waves:
        yield f"Trygghetsmätningen {one}, simulerad", partial(survey.load, [one], by=builder, at=closed)
        yield f"Trygghetsmätningen {one}, resultat", partial(survey.publish, one, by=builder, at=closed)


def _plan_steps(size: Size, year: int, builder: Actor) -> Iterator[Step]:
    """Before the steering year begins."""
    before = _at(year - 1, 12)
    yield f"Årsmål {year}", partial(indicators.set_year_targets, year, by=BUILDER, at=before)
    yield f"Vem som ska bedöma {year}", partial(goals.oblige_units, year, by=BUILDER, at=before)
    yield f"Nämndernas egna mål {year}", partial(plan.set_own_goals, size, year, by=builder, at=before)
    yield f"Aktiviteter {year}", partial(plan.plan_year, size, year, by=builder, at=before)
    yield f"Antagna planer {year}", partial(plan.adopt, size, year, by=builder, at=before)


def _year_steps(size: Size, year: int, checks: list[Found], builder: Actor) -> Iterator[Step]:
    """A year that is over: reports, then verdicts, then the annual report where there is one."""
    for period in (*(Period(year, tertial) for tertial in (1, 2) if year >= size.tertials_since), Period(year)):
        yield f"Rapporter {period}", partial(reports.close, size, period, by=builder)
    after, decided = _at(year + 1, 2), _at(year + 1, 3)
    yield f"Utfall {year}", partial(indicators.record_year, year, by=BUILDER, at=after)
    yield f"Nämndernas bedömningar {year}", partial(goals.assess, year, by=BUILDER, at=after)
    yield f"Stadens bedömningar {year}", partial(goals.decide, year, by=BUILDER, at=decided)
    if year in YEARS:
        yield f"Årsredovisningens texter {year}", partial(report.write, year, by=BUILDER, at=decided)
        yield f"Granskning {year}", partial(report.bind_and_check, year, checks, by=BUILDER, at=decided)
        yield f"Revisorerna och rättelser {year}", partial(_look_back, size, year)


def _look_back(size: Size, year: int) -> None:
    """When the year has been closed, the auditors look at it, and some things turn out to have been wrong."""
    opinions.give(size, year)
    corrections.correct(size, year)


def _running_steps(size: Size, today: date | None, builder: Actor) -> Iterator[Step]:
    """The year that is under way, so that those who try the demo have something to do."""
    year_report = _at(RUNNING + 1, 2)
    yield f"Ansvariga {RUNNING}", partial(people.answer_for_things, size, by=builder, at=_at(RUNNING - 1, 12))
    for tertial in (1, 2):
        yield f"Rapporter {Period(RUNNING, tertial)}", partial(reports.run, size, tertial, by=builder)
    yield f"Enheternas rapporter {RUNNING}", partial(reports.run_units, size, by=builder)
    yield f"Rapporter {RUNNING}", partial(reports.run, size, 0, by=builder)
    if today is not None:
        yield "Tid kvar att rapportera", partial(calendar.keep_open, today=today, by=builder, at=year_report)


def _at(year: int, month: int) -> datetime:
    return datetime(year, month, 15, 9, 0, tzinfo=UTC)
