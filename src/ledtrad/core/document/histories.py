"""An indicator's history as a figure: yearly values, the target, and why a year is missing."""

import re
from collections.abc import Iterator, Mapping

from ledtrad.core.assessment import IndicatorResult
from ledtrad.core.document.goal_years import IndicatorHistory
from ledtrad.core.document.tree import Figure, Series
from ledtrad.core.facts import Fact
from ledtrad.core.language.writing import unit_symbol, write_absence, write_break, write_quantity, write_target
from ledtrad.core.outcomes import Absence
from ledtrad.core.quantities import Quantity, plain, rounded
from ledtrad.core.series import Break, comparable, shown_breaks

_SERIES = (("total", "Totalt"), ("women", "Kvinnor"), ("men", "Män"))


def history_figure(
    history: IndicatorHistory, result: IndicatorResult, facts: Mapping[str, Fact], key: str
) -> Iterator[Figure]:
    """The figure of a history with at least two years to show; nothing otherwise.

    A year in which the periodicity expects no outcome is left out: that is no gap. Nothing is said of a change over a
    break.
    """
    shown = [(year, one) for year, one in history.results if one.measured or history.periodicity.expects(year)]
    measured = [one.measured for _, one in shown if one.measured]
    if len(shown) < 2 or not measured:
        return
    code = re.sub(r"[^a-z0-9]+", "-", history.code.lower()).strip("-")
    stated = result.target.stated if result.target else None
    breaks = shown_breaks(history.breaks, [year for year, one in shown if one.measured])
    yield Figure(
        f"{key}-diagram-{code}",
        result.name,
        _description(result.name, shown, breaks),
        unit_symbol(measured[-1].total.unit),
        tuple(year for year, _ in shown),
        tuple(_series(history.code, shown, facts)),
        plain(stated.value) if stated else None,
        f"Årsmål {write_target(result.target)}" if result.target and stated else "",
        tuple((year, write_absence(one.absence)) for year, one in shown if one.absence),
        tuple((one.year, write_break(one)) for one in breaks),
    )


def _series(code: str, shown: list[tuple[int, IndicatorResult]], facts: Mapping[str, Fact]) -> Iterator[Series]:
    for part, label in _SERIES:
        values = [getattr(one.measured, part, None) for _, one in shown]
        if any(isinstance(value, Quantity) for value in values):
            ids = (f"indicator:{code}/{year}/outcome.{part}" for year, _ in shown)
            yield Series(
                label, tuple(map(_number, values)), tuple(fact_id if fact_id in facts else "" for fact_id in ids)
            )


def _number(value: Quantity | Absence | None) -> str | None:
    return f"{rounded(value.value, value.decimals):f}" if isinstance(value, Quantity) else None


def _description(name: str, shown: list[tuple[int, IndicatorResult]], breaks: tuple[Break, ...]) -> str:
    """What the figure shows, in words: the first and the last outcome that can be compared, and the years without."""
    measured = [(year, one.measured.total) for year, one in shown if one.measured]
    last_year, last = measured[-1]
    first_year, first = next((year, total) for year, total in measured if comparable(breaks, year, last_year))
    said = f"{name}: {write_quantity(first)} {first_year}"
    said += f" och {write_quantity(last)} {last_year}." if last_year != first_year else "."
    missing = [str(year) for year, one in shown if not one.measured]
    said += f" Utfall saknas för {', '.join(missing)}." if missing else ""
    return " ".join((said, *(write_break(one) for one in breaks)))
