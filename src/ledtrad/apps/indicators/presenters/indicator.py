"""The page of an indicator: what it asks, the year's result with the rule's reasons, and its history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from ledtrad.apps.indicators.presenters.areas import (
    ShownParts,
    ShownSplit,
    present_parts,
    present_splits,
    printed_value,
)
from ledtrad.apps.indicators.queries import IndicatorPage, IndicatorUses, IndicatorYear, VersionCard
from ledtrad.apps.indicators.queries.uses import FollowedGoal
from ledtrad.core.assessment import IndicatorResult, Judgement, judge, rule_named
from ledtrad.core.document import Figure, IndicatorHistory, Series
from ledtrad.core.document.histories import history_figure
from ledtrad.core.language.writing import (
    Language,
    explain_judgement,
    write_break,
    write_incomparable,
    write_number,
    write_target,
)
from ledtrad.core.observations import Place, Sex
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.core.quantities import Quantity, plain
from ledtrad.core.series import Break, break_between, comparable, shown_breaks


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One year in the table below the chart. `result` None where nothing was due.

    `is_observed` where nobody has approved the figure, so that no thread begins in it; `margin` as "± 2"; `not_before`
    says why the years below cannot be set beside it, "" where they can.
    """

    year: int
    result: IndicatorResult | None
    is_due: bool
    is_new_version: bool
    is_observed: bool = False
    margin: str = ""
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """All that the page shows, up to and including its year. `is_followed` where it ever had a target or a verdict."""

    page: IndicatorPage
    year: int
    now: IndicatorYear
    version: VersionCard
    earlier_versions: tuple[VersionCard, ...]
    judged: Judgement
    judged_text: str
    figure: Figure | None
    history: tuple[HistoryRow, ...]
    goals: tuple[FollowedGoal, ...]
    years: tuple[int, ...]
    is_observed: bool
    margin: str
    not_comparable: str
    splits: tuple[ShownSplit, ...]
    parts: ShownParts | None
    has_margins: bool
    is_followed: bool


def present_indicator(
    page: IndicatorPage, year: int, language: Language, uses: IndicatorUses | None = None
) -> ShownIndicator | None:
    """The page as it stood for `year`; None when nothing is known of the indicator in that year."""
    by_year = {row.year: row.found for row in page.years if row.found}
    now = by_year.get(year)
    if now is None:
        return None
    known = [version for version in page.versions if version.from_year <= year]
    earlier = [by_year[before] for before in sorted(by_year) if before < year]
    judged = _judged(now, earlier, page.breaks)
    history = tuple(_history(page, year, language))
    top = next((row for row in history if row.year == year), None)
    return ShownIndicator(
        page,
        year,
        now,
        known[-1],
        tuple(reversed(known[:-1])),
        judged,
        explain_judgement(judged, language),
        next(_figure(page, [*earlier, now], language), None),
        history,
        uses.goals if uses else (),
        tuple(sorted(by_year, reverse=True)),
        is_observed=bool(top and top.is_observed),
        margin=top.margin if top else "",
        not_comparable=_not_comparable(now, earlier, page.breaks, language),
        splits=present_splits(page.own, year, language),
        parts=present_parts(page.own, known[-1], year, language),
        has_margins=any(row.margin for row in history),
        is_followed=any(row.result and (row.result.target or row.result.verdict) for row in history),
    )


def _judged(now: IndicatorYear, earlier: list[IndicatorYear], breaks: tuple[Break, ...]) -> Judgement:
    """The rule's proposal. Where the series has broken since, there is neither an earlier value nor a baseline."""
    measured = [row for row in earlier if row.result.measured]
    last = measured[-1] if measured else None
    first = next((row for row in measured if comparable(breaks, row.year, now.year)), None)
    return judge(
        now.result.outcome,
        now.result.target,
        rule_named(now.rule),
        earlier=_total(last),
        baseline=_total(first),
        comparable=last is None or comparable(breaks, last.year, now.year),
    )


def _total(row: IndicatorYear | None) -> Quantity | None:
    return row.result.measured.total if row and row.result.measured else None


def _figure(page: IndicatorPage, rows: list[IndicatorYear], language: Language) -> Iterator[Figure]:
    """The history as a chart, its words in the language of the page."""
    history = IndicatorHistory(page.code, tuple((row.year, row.result) for row in rows), page.periodicity, page.breaks)
    labels = {"Totalt": _("Total"), "Kvinnor": _("Women"), "Män": _("Men")}
    missing = {row.year: row.result.absence for row in rows}
    target = rows[-1].result.target
    measured = [row.year for row in rows if row.result.measured]
    breaks = tuple((one.year, write_break(one, language)) for one in shown_breaks(page.breaks, measured))
    for figure in history_figure(history, rows[-1].result, {}, "historia"):
        yield replace(
            figure,
            title=_("Year by year"),
            description=" ".join(
                (
                    _("From %(first)s to %(last)s. The table below has the same figures.")
                    % {"first": figure.years[0], "last": figure.years[-1]},
                    *(why for _year, why in breaks),
                )
            ),
            series=tuple(_with_margins(page, figure.years, series, labels) for series in figure.series),
            target_label=_("Target %(target)s") % {"target": write_target(target, language)} if target else "",
            gaps=tuple((year, _gap(missing[year])) for year, _told in figure.gaps),
            breaks=breaks,
        )


_SEXES = {"Totalt": Sex.ALL, "Kvinnor": Sex.WOMEN, "Män": Sex.MEN}


def _with_margins(page: IndicatorPage, years: tuple[int, ...], series: Series, labels: dict[str, str]) -> Series:
    """The line under its name in the page's language; how sure each figure is where that was observed with it."""
    seen = [_margin(page, year, _SEXES[series.label], value) for year, value in zip(years, series.values, strict=True)]
    margins = tuple(plain(margin) if margin is not None else None for margin in seen)
    return replace(series, label=labels[series.label], margins=margins if any(margins) else ())


def _margin(page: IndicatorPage, year: int, sex: Sex, value: str | None) -> Decimal | None:
    """Only that of the figure itself: an outcome that says something else than the observation has none."""
    if page.own.city is None or value is None:
        return None
    seen = page.own.figures.get(Place(page.code, page.own.city.code, year, sex=sex))
    return seen.margin if seen and printed_value(seen) == Decimal(value) else None


def _not_comparable(
    now: IndicatorYear, earlier: list[IndicatorYear], breaks: tuple[Break, ...], language: Language
) -> str:
    """The sentence that stands where a change would, were the outcome comparable with the one before."""
    measured = [row.year for row in earlier if row.result.measured]
    apart = break_between(breaks, measured[-1], now.year) if measured and now.result.measured else None
    return write_incomparable(now.year, apart, language) if apart else ""


def _gap(absence: Absence | None) -> str:
    return absence_word(absence.kind) if absence else _("No outcome")


def absence_word(kind: AbsenceKind) -> str:
    """Why there is no figure, in a word or two."""
    return {
        AbsenceKind.NOT_MEASURED: _("Not measured"),
        AbsenceKind.SUPPRESSED: _("Suppressed"),
        AbsenceKind.NOT_APPLICABLE: _("Not applicable"),
        AbsenceKind.LATE: _("Not ready yet"),
    }[kind]


def _history(page: IndicatorPage, year: int, language: Language) -> Iterator[HistoryRow]:
    """Newest first: the year that the reader has come for stands on top."""
    firsts = {version.from_year for version in page.versions[1:]}
    shown = [row.year for row in page.years if row.year <= year and (row.found or row.is_due)]
    breaks = {one.year: write_break(one, language) for one in shown_breaks(page.breaks, shown)}
    for row in sorted(page.years, key=lambda row: -row.year):
        if row.year <= year and (row.found or row.is_due):
            result = row.found.result if row.found else None
            yield HistoryRow(
                row.year,
                result,
                row.is_due,
                row.year in firsts,
                row.is_observed,
                _margin_word(page, row.year, result, language),
                breaks.get(row.year, ""),
            )


def _margin_word(page: IndicatorPage, year: int, result: IndicatorResult | None, language: Language) -> str:
    if result is None or result.measured is None:
        return ""
    total = result.measured.total
    margin = _margin(page, year, Sex.ALL, plain(total.printed))
    return "±\u00a0" + write_number(margin, max(total.decimals, 1), language) if margin is not None else ""
