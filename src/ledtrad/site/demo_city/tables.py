"""The demo city's tables, read from the package: boards, companies, goals, indicators and published figures."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

YEARS = (2019, 2020, 2021)  # those with an annual report
RUNNING = 2022  # still under way
STEERING_YEARS = (2018, *YEARS, RUNNING)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A board (nämnd) with the days it existed; None where the day lies outside what the sources say."""

    slug: str
    name: str
    kind: str
    number: str
    valid_from: date | None
    valid_to: date | None
    successor: str

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company of the city; `parent` is empty for the company group itself."""

    slug: str
    name: str
    number: str
    parent: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal of the council. `not_asked` are the boards, or kinds of board, that need not assess it."""

    code: str
    parent: str
    slug: str
    title: str
    title_invented: bool
    not_asked: frozenset[str]
    image_alt: str

    @property
    def is_direction(self) -> bool:
        """Whether it stands at the top (inriktningsmål)."""
        return not self.parent

    @property
    def is_area(self) -> bool:
        """Whether it is a goal for an area of work, right beneath a direction."""
        return self.code.count(".") == 1


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where an indicator's figures come from, how often, and in which years they failed or came late."""

    key: str
    name: str
    every_years: int
    first_year: int | None
    cancelled: frozenset[int]
    cancelled_reason: str
    late: frozenset[int]
    expected: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator and what its invented figures are drawn from; all numbers as written."""

    code: str
    name: str
    unit: str
    decimals: int
    sense: str
    low: str
    high: str
    step: str
    level: str
    drift: str
    noise: str
    shock: dict[int, str]
    gap: str
    source: str
    quirks: frozenset[str]

    @property
    def goal(self) -> str:
        return self.code.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class TallyRow:
    """What a goal's boards, its company group and the city said in one year, as counts and verdict codes."""

    met: int
    partly: int
    not_met: int
    company_group: str
    verdict: str
    invented: bool


@dataclass(frozen=True, slots=True)
class PinRow:
    """An outcome given by hand: a published one, or one that a published verdict asks for."""

    total: str
    women: str
    men: str
    invented: bool


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One published figure of the city's safety survey."""

    code: str
    name: str
    unit: str
    year: int
    value: str
    source: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("data", f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _years(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in text.split(",") if year)


@cache
def boards() -> tuple[BoardRow, ...]:
    return tuple(
        BoardRow(
            r["slug"], r["name"], r["kind"], r["number"], _day(r["valid_from"]), _day(r["valid_to"]), r["successor"]
        )
        for r in _rows("boards")
    )


@cache
def companies() -> tuple[CompanyRow, ...]:
    """The company group first, then a company only after its parent."""
    return tuple(CompanyRow(**row) for row in _rows("companies"))


@cache
def goals() -> tuple[GoalRow, ...]:
    """All goals, a parent before its children."""
    return tuple(
        GoalRow(
            r["code"],
            r["parent"],
            r["slug"],
            r["title"],
            r["title_invented"] == "yes",
            frozenset(r["not_asked"].split()),
            r["image_alt"],
        )
        for r in _rows("goals")
    )


@cache
def sources() -> dict[str, SourceRow]:
    return {
        r["key"]: SourceRow(
            r["key"],
            r["name"],
            int(r["every_years"]),
            int(r["first_year"]) if r["first_year"] else None,
            _years(r["cancelled"]),
            r["cancelled_reason"],
            _years(r["late"]),
            r["expected"],
        )
        for r in _rows("sources")
    }


def _indicator(row: dict[str, str]) -> IndicatorRow:
    plain = {key: row[key] for key in ("code", "name", "unit", "sense", "low", "high", "step", "level", "drift")}
    return IndicatorRow(
        **plain,
        decimals=int(row["decimals"]),
        noise=row["noise"],
        shock={2020: row["shock20"], 2021: row["shock21"]},
        gap=row["gap"],
        source=row["source"],
        quirks=frozenset(row["quirk"].split()),
    )


@cache
def indicators() -> tuple[IndicatorRow, ...]:
    return tuple(_indicator(row) for row in _rows("indicators"))


@cache
def tallies() -> dict[tuple[str, int], TallyRow]:
    return {
        (r["goal"], int(r["year"])): TallyRow(
            int(r["met"]), int(r["partly"]), int(r["not_met"]), r["company_group"], r["verdict"], r["invented"] == "yes"
        )
        for r in _rows("tallies")
    }


@cache
def pins() -> dict[tuple[str, int], PinRow]:
    return {
        (r["code"], int(r["year"])): PinRow(r["total"], r["women"], r["men"], r["invented"] == "yes")
        for r in _rows("pins")
    }


@cache
def safety_survey() -> tuple[SurveyRow, ...]:
    return tuple(SurveyRow(**{**row, "year": int(row["year"])}) for row in _rows("safety_survey"))  # type: ignore[arg-type]


@cache
def comments() -> dict[tuple[str, int], str]:
    """Comments (kommentar) to an indicator's outcome, by code and year."""
    return {(r["code"], int(r["year"])): r["comment"] for r in _rows("comments")}


@cache
def analyses() -> tuple[dict[str, str], ...]:
    """What boards say of their own verdict, by goal and verdict."""
    return tuple(_rows("analyses"))


@cache
def direction_motives() -> dict[tuple[str, int], str]:
    """Why the city judged a direction (inriktningsmål) as it did, by code and year."""
    return {(r["code"], int(r["year"])): r["motive"] for r in _rows("directions")}
