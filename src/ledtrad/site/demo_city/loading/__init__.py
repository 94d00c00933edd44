"""Putting the demo city into the database, through the apps' actions and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from ledtrad.site.demo_city.building import BUILDER, Found
from ledtrad.site.demo_city.loading import goals, indicators, organisation, report
from ledtrad.site.demo_city.tables import YEARS

Step = tuple[str, Callable[[], None]]


def steps(checks: list[Found]) -> list[Step]:
    """What is to be done, in order, each with what to tell whoever waits. `checks` collects what checking finds."""
    start = _at(YEARS[0] - 1, 11)
    todo: list[Step] = [
        ("Nämnder och bolag", partial(organisation.load, by=BUILDER, at=start)),
        ("Indikatorer", partial(indicators.define, by=BUILDER, at=start)),
        ("Målträd", partial(goals.set_tree, by=BUILDER, at=start)),
        ("Trygghetsmätningen", partial(indicators.record_survey, by=BUILDER, at=start)),
    ]
    for year in YEARS:
        todo += _year_steps(year, checks)
    return todo


def _year_steps(year: int, checks: list[Found]) -> list[Step]:
    """The steering year: targets before it begins, answers when it is over, then verdicts."""
    before, after, decided = _at(year - 1, 12), _at(year + 1, 2), _at(year + 1, 3)
    return [
        (f"Årsmål {year}", partial(indicators.set_year_targets, year, by=BUILDER, at=before)),
        (f"Vem som ska bedöma {year}", partial(goals.oblige_units, year, by=BUILDER, at=before)),
        (f"Utfall {year}", partial(indicators.record_year, year, by=BUILDER, at=after)),
        (f"Nämndernas bedömningar {year}", partial(goals.assess, year, by=BUILDER, at=after)),
        (f"Stadens bedömningar {year}", partial(goals.decide, year, by=BUILDER, at=decided)),
        (f"Årsredovisningens texter {year}", partial(report.write, year, by=BUILDER, at=decided)),
        (f"Granskning {year}", partial(report.bind_and_check, year, checks, by=BUILDER, at=decided)),
    ]


def _at(year: int, month: int) -> datetime:
    return datetime(year, month, 15, 9, 0, tzinfo=UTC)
