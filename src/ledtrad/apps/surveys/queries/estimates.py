"""Estimates straight from a table of answers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ledtrad.core.surveys.designs import DegreesOfFreedom, Design
from ledtrad.core.surveys.estimates import Estimate, Interval, Question, Rules, Statistic

if TYPE_CHECKING:
    from ledtrad.apps.surveys.warehouse import Warehouse


def estimate(
    source: str | Path,
    *,
    statistic: Statistic | str,
    of: str,
    over: str | None = None,
    levels: Sequence[str] | None = None,
    by: Sequence[str] = (),
    design: Design,
    interval: Interval | str = Interval.WALD,
    df: DegreesOfFreedom | float = DegreesOfFreedom.DESIGN,
    warehouse: "Warehouse | None" = None,
) -> list[Estimate]:
    """The estimates of one question: for every group in `by`, and of a share for every level.

    `source` is a Parquet or CSV file, or the name of a table in the engine. Without `levels` the share of every answer
    is estimated. Raises `SurveyError` with one sentence where nothing can be estimated.
    """
    kind = Statistic(statistic)
    questions = [Question(kind, of, over, level) for level in (levels or (None,))]
    found = estimates(source, questions, by=by, design=design, rules=Rules(Interval(interval), df), warehouse=warehouse)
    return [each for answers in found for each in answers]


def estimates(
    source: str | Path,
    questions: Sequence[Question],
    *,
    by: Sequence[str] = (),
    design: Design,
    rules: Rules,
    warehouse: "Warehouse | None" = None,
) -> list[list[Estimate]]:
    """The estimates of many questions, of which all but quantiles are asked of the engine at once."""
    # The engine and its expressions take longer to load than any page; they are loaded when they are asked.
    from ledtrad.apps.surveys.warehouse import open_warehouse
    from ledtrad.core.surveys.estimation import estimate as estimate_all

    opened = open_warehouse() if warehouse is None else warehouse
    try:
        table = opened.table(source)
        return estimate_all(table, questions, design, opened.asker(table), by, rules)
    finally:
        if warehouse is None:
            opened.close()
