"""What a wave's answers say, figure by figure: for the whole, for women and men, and district by district.

Reads answers: call it with a place that `actions.open_answers` has given, so that the reading stands in the log.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledtrad.core.surveys.designs import DegreesOfFreedom, Design, SingleUnits
from ledtrad.core.surveys.estimates import Estimate, Interval, Rules, Statistic
from ledtrad.core.surveys.estimates import Question as Asked

if TYPE_CHECKING:
    from ledtrad.core.surveys.derived import Table
    from ledtrad.core.surveys.moments import Ask

WHOLE, SEX, DISTRICT = "", "sex", "district"


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
    """An estimate of a figure in a part of the wave: `kind` is WHOLE, SEX or DISTRICT, `code` as in the answers."""

    figure: Figure
    kind: str
    code: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Divided:
    """The columns by which a wave is divided, "" where it is not."""

    sex: str = ""
    district: str = ""

    def columns(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield WHOLE, ()
        for kind, column in ((SEX, self.sex), (DISTRICT, self.district)):
            if column:
                yield kind, (column,)


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
        return list(_all(_derived(table, figures), warehouse.asker(table), figures, design, divided, freedom))
    finally:
        warehouse.close()


def _derived(table: "Table", figures: Sequence[Figure]) -> "Table":
    """The answers with one column more for each figure."""
    from ledtrad.core.surveys.derived import Derived, derive

    made = {_name(place): Derived(one.column, one.levels, one.missing) for place, one in enumerate(figures)}
    return derive(table, made)


def _name(place: int) -> str:
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

    asked = [_asked(place, figure) for place, figure in enumerate(figures)]
    shares = [place for place, figure in enumerate(figures) if figure.levels]
    means = [place for place, figure in enumerate(figures) if not figure.levels]
    for kind, by in divided.columns():
        for places, interval in ((shares, Interval.LOGIT), (means, Interval.WALD)):
            if places:
                some = estimate_all(
                    table, [asked[place] for place in places], design, ask, by, Rules(interval, freedom)
                )
                if interval is Interval.LOGIT and any(_has_few_cases(one) for answers in some for one in answers):
                    rules = Rules(Interval.BETA, freedom)
                    exact = estimate_all(table, [asked[place] for place in places], design, ask, by, rules)
                    some = [_exact_where_few(pair) for pair in zip(some, exact, strict=True)]
                for place, answers in zip(places, some, strict=True):
                    yield from (Found(figures[place], kind, _code(one), one) for one in answers)


def _asked(place: int, figure: Figure) -> Asked:
    if figure.levels:
        return Asked(Statistic.PROPORTION, _name(place), level="1")
    return Asked(Statistic.MEAN, _name(place))


_FEW = 10


def _has_few_cases(one: Estimate) -> bool:
    share = one.estimate or 0.0
    return one.n * min(share, 1 - share) < _FEW


def _exact_where_few(pair: tuple[Sequence[Estimate], Sequence[Estimate]]) -> list[Estimate]:
    exact = {one.by: one for one in pair[1]}
    return [
        replace(one, low=exact[one.by].low, high=exact[one.by].high) if _has_few_cases(one) else one for one in pair[0]
    ]


def _code(one: Estimate) -> str:
    return one.by[0][1] if one.by else ""


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
