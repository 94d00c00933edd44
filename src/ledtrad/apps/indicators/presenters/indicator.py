"""The page of an indicator: what it asks, the year's result with the rule's reasons, and its history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ledtrad.apps.indicators.queries import IndicatorPage, IndicatorYear, VersionCard
from ledtrad.core.assessment import IndicatorResult, Judgement, judge, rule_named
from ledtrad.core.document import Figure, IndicatorHistory
from ledtrad.core.document.histories import history_figure
from ledtrad.core.language.writing import Language, explain_judgement, write_target
from ledtrad.core.outcomes import Absence, AbsenceKind
from ledtrad.core.quantities import Quantity


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One year in the table below the chart. `result` None where nothing was due."""

    year: int
    result: IndicatorResult | None
    is_due: bool
    is_new_version: bool


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """All that the page shows, up to and including its year."""

    page: IndicatorPage
    year: int
    now: IndicatorYear
    version: VersionCard
    earlier_versions: tuple[VersionCard, ...]
    judged: Judgement
    judged_text: str
    figure: Figure | None
    history: tuple[HistoryRow, ...]
    goal: str
    years: tuple[int, ...]


def present_indicator(page: IndicatorPage, year: int, language: Language) -> ShownIndicator | None:
    """The page as it stood for `year`; None when nothing is known of the indicator in that year."""
    by_year = {row.year: row.found for row in page.years if row.found}
    now = by_year.get(year)
    if now is None:
        return None
    known = [version for version in page.versions if version.from_year <= year]
    earlier = [by_year[before] for before in sorted(by_year) if before < year]
    judged = _judged(now, earlier)
    return ShownIndicator(
        page,
        year,
        now,
        known[-1],
        tuple(reversed(known[:-1])),
        judged,
        explain_judgement(judged, language),
        next(_figure(page, [*earlier, now], language), None),
        tuple(_history(page, year)),
        page.code.rpartition(".")[0],
        tuple(sorted(by_year, reverse=True)),
    )


def _judged(now: IndicatorYear, earlier: list[IndicatorYear]) -> Judgement:
    measured = [row for row in earlier if row.result.measured]
    last, first = (measured[-1], measured[0]) if measured else (None, None)
    return judge(
        now.result.outcome,
        now.result.target,
        rule_named(now.rule),
        earlier=_total(last),
        baseline=_total(first),
        comparable=last is None or last.version == now.version,
    )


def _total(row: IndicatorYear | None) -> Quantity | None:
    return row.result.measured.total if row and row.result.measured else None


def _figure(page: IndicatorPage, rows: list[IndicatorYear], language: Language) -> Iterator[Figure]:
    """The history as a chart, its words in the language of the page."""
    history = IndicatorHistory(page.code, tuple((row.year, row.result) for row in rows), page.periodicity)
    labels = {"Totalt": _("Total"), "Kvinnor": _("Women"), "Män": _("Men")}
    missing = {row.year: row.result.absence for row in rows}
    target = rows[-1].result.target
    for figure in history_figure(history, rows[-1].result, {}, "historia"):
        yield replace(
            figure,
            title=_("Year by year"),
            description=_("From %(first)s to %(last)s. The table below has the same figures.")
            % {"first": figure.years[0], "last": figure.years[-1]},
            series=tuple(replace(series, label=labels[series.label]) for series in figure.series),
            target_label=_("Target %(target)s") % {"target": write_target(target, language)} if target else "",
            gaps=tuple((year, _gap(missing[year])) for year, _told in figure.gaps),
        )


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


def _history(page: IndicatorPage, year: int) -> Iterator[HistoryRow]:
    """Newest first: the year that the reader has come for stands on top."""
    firsts = {version.from_year for version in page.versions[1:]}
    for row in sorted(page.years, key=lambda row: -row.year):
        if row.year <= year and (row.found or row.is_due):
            yield HistoryRow(row.year, row.found.result if row.found else None, row.is_due, row.year in firsts)
