"""Words that names and texts of the demo city are put together from; every combination is invented."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

from ledtrad.site.demo_city.lots import lot

T = TypeVar("T")


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("data", f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def chosen(among: Sequence[T], *name: object) -> T:
    """One of several, drawn by the name."""
    return among[int(lot(*name) * len(among))]


def _combined(name: str, between: str) -> tuple[str, ...]:
    """Every first part with every last part, in an order drawn by lot."""
    rows = _rows(name)
    first, last = ([row["word"] for row in rows if row["part"] == part] for part in ("first", "last"))
    pairs = [f"{one}{between}{other}" for one in first for other in last]
    return tuple(sorted(pairs, key=lambda pair: lot(name, pair)))


@cache
def places() -> tuple[str, ...]:
    """Names of places that are on no map: Silverdalen, Räviken …"""
    return _combined("place_words", "")


@cache
def names() -> tuple[str, ...]:
    """Names of people who do not exist."""
    return _combined("name_words", " ")


@cache
def services() -> tuple[tuple[str, str, int], ...]:
    """What units do: whose (a board, a kind of board, or "other"), the service, and its weight."""
    return tuple((row["boards"], row["service"], int(row["weight"])) for row in _rows("services"))


@cache
def _by_goal(name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows(name):
        found[row["goal"]] = (*found.get(row["goal"], ()), row["title"])
    return found


def board_goal_titles(goal: str) -> tuple[str, ...]:
    """What boards may call their own goals under one of the council's."""
    return _by_goal("board_goals")[goal]


def activity_titles(goal: str) -> tuple[str, ...]:
    """What may be done for one of the council's goals; `{place}` stands for where."""
    return _by_goal("activities")[goal]


@cache
def phrases(field: str, verdict: str) -> tuple[str, ...]:
    """Sentences for a field of a report: cause, risk, measure, why, question, answer."""
    return tuple(row["text"] for row in _rows("report_phrases") if (row["field"], row["verdict"]) == (field, verdict))
