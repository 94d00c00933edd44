"""What a wave's answers say, figure by figure: for the whole, by sex, by district and by age.

Reads answers: call it with a place that `actions.open_answers` has given, so that the reading stands in the log.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledtrad.core.surveys import axes
from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, SingleUnits
from ledtrad.core.surveys.estimates import Estimate, Interval, Rules, Statistic
from ledtrad.core.surveys.estimates import Question as Asked

if TYPE_CHECKING:
    from ledtrad.core.surveys.derived import Table
    from ledtrad.core.surveys.moments import Ask

WHOLE, SEX, DISTRICT, AGE = "", axes.SEX, axes.DISTRICT, axes.AGE
DISTRICT_SEX, AGE_SEX = "district sex", "age sex"
_NOT_SAID = ("None", "nan")  # how the code of a group comes out where nothing is said


@dataclass(frozen=True, slots=True)
class Figure:
    """Something to estimate: the share of those who answered that gave one of `levels`, or the mean of a number.

    `column` is where the answers stand and `missing` the codes that are no answer.
    """

    question: int
    column: str
    levels: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def statistic(self) -> str:
        return "proportion" if self.levels else "mean"


@dataclass(frozen=True, slots=True)
class Found:
    """An estimate of a figure in a part of the wave: `kind` is WHOLE, or axes parted by spaces; codes are as in the
    answers. `code` is of the first axis; of a district or an age by sex, `sex` is the other."""

    figure: Figure
    kind: str
    code: str
    estimate: Estimate
    sex: str = ""

    @property
    def at(self) -> dict[str, str]:
        """The codes by axis."""
        return place_of(self.kind, self.code, self.sex)


def place_of(kind: str, code: str, sex: str) -> dict[str, str]:
    """A part of the wave as codes by axis."""
    return dict(zip(kind.split(), (code, sex), strict=False))


@dataclass(frozen=True, slots=True)
class Divided:
    """The columns by which a wave is divided, "" where it is not."""

    sex: str = ""
    district: str = ""
    age: str = ""

    @property
    def axes(self) -> tuple[str, ...]:
        """What the wave is divided by."""
        return tuple(axis for axis in (DISTRICT, SEX, AGE) if self.column(axis))

    def column(self, axis: str) -> str:
        """The column of an axis."""
        return {DISTRICT: self.district, SEX: self.sex, AGE: self.age}[axis]

    def columns(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every kind of part with the columns that make it."""
        for kind in (WHOLE, SEX, DISTRICT, DISTRICT_SEX, AGE, AGE_SEX):
            named = tuple(self.column(axis) for axis in kind.split())
            if all(named):
                yield kind, named


def work_out(
    path: Path,
    figures: Sequence[Figure],
    design: Design,
    divided: Divided,
    freedom: DegreesOfFreedom | float = DegreesOfFreedom.DESIGN,
    address: str = "",
) -> list[Found]:
    """Estimate all figures at once, in all parts. Shares get logit intervals, and Korn and Graubard's at few cases.

    `address` names the engine ("" for the one in this process). Raises `SurveyError` with one sentence where nothing
    can be estimated.
    """
    from ledtrad.apps.surveys.warehouse import DEFAULT, open_warehouse

    warehouse = open_warehouse(address or DEFAULT)
    try:
        table = warehouse.table(path)
        return list(_all(derived(table, figures), warehouse.asker(table), figures, design, divided, freedom))
    finally:
        warehouse.close()


def derived(table: "Table", figures: Sequence[Figure]) -> "Table":
    """The answers with one column more for each figure."""
    from ledtrad.core.surveys.derived import Derived, derive

    made = {name_of(place): Derived(one.column, one.levels, one.missing) for place, one in enumerate(figures)}
    return derive(table, made)


def name_of(place: int) -> str:
    """What the column of a figure is called."""
    return f"figure_{place}"


def _all(
    table: "Table",
    ask: "Ask",
    figures: Sequence[Figure],
    design: Design,
    divided: Divided,
    freedom: DegreesOfFreedom | float,
) -> Iterator[Found]:
    from ledtrad.core.surveys.estimation import estimate as estimate_all

    asked = [share_of(name_of(place), figure) for place, figure in enumerate(figures)]
    shares = [place for place, figure in enumerate(figures) if figure.levels]
    means = [place for place, figure in enumerate(figures) if not figure.levels]
    for kind, by in divided.columns():
        for places, interval in ((shares, Interval.LOGIT), (means, Interval.WALD)):
            if places:
                some = estimate_all(
                    table, [asked[place] for place in places], design, ask, by, Rules(interval, freedom)
                )
                if interval is Interval.LOGIT:
                    some = [_exact_where_few(answers) for answers in some]
                for place, answers in zip(places, some, strict=True):
                    yield from _named(figures[place], kind, answers)


def share_of(column: str, figure: Figure) -> Asked:
    """What is asked of the column of a figure: the share of those who count, or the mean."""
    if figure.levels:
        return Asked(Statistic.PROPORTION, column, level="1")
    return Asked(Statistic.MEAN, column)


_FEW = 10


def _has_few_cases(one: Estimate) -> bool:
    share = one.estimate or 0.0
    return one.n * min(share, 1 - share) < _FEW


def _exact_where_few(answers: Sequence[Estimate]) -> list[Estimate]:
    """The same estimates, those of few cases with Korn and Graubard's interval, at the same degrees of freedom."""
    from ledtrad.core.surveys.intervals import bounds

    rules, found = Rules(Interval.BETA), []
    for one in answers:
        low, high = one.low, one.high
        if _has_few_cases(one) and one.df is not None:
            low, high = bounds(one.estimate, one.se, one.n, one.df, rules)
        found.append(replace(one, low=low, high=high))
    return found


def _named(figure: Figure, kind: str, answers: Sequence[Estimate]) -> Iterator[Found]:
    """The estimates with their places; those whose district, sex or age nobody has said are in the whole alone."""
    for one in answers:
        code, sex = (*(code for _column, code in one.by), "", "")[:2]
        if code not in _NOT_SAID and sex not in _NOT_SAID:
            yield Found(figure, kind, code, one, sex)


def design_of(told: Mapping[str, Any]) -> Design:
    """A design from the fields of a stored one. Names are parted by commas."""
    return Design(
        told["strata"] or None,
        _names(told["clusters"]),
        told["weight"] or None,
        _names(told["fpc"]),
        single_units=SingleUnits(told["single_units"] or SingleUnits.CENTRE),
    )


def _names(told: str) -> tuple[str, ...]:
    return tuple(name for name in told.split(",") if name)
