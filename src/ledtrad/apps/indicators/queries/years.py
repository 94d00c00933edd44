"""What is known of indicators, year by year: always five SQL queries, however many indicators and years.

With `known_at` the answer is what was known at that moment, records of that very moment included. What an indicator
asks (its versions) is not dated: it stands as today.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ledtrad.apps.indicators import models
from ledtrad.apps.indicators.queries.reading import (
    forecast_of,
    outcome_of,
    periodicity_of,
    source_address,
    target_of,
)
from ledtrad.core.assessment import IndicatorResult, Verdict
from ledtrad.core.periods import YEARLY, Periodicity
from ledtrad.core.series import Break, BreakKind


@dataclass(frozen=True, slots=True)
class IndicatorYear:
    """One indicator in one year. `has_target` when the council set one, or put it on the list without."""

    code: str
    year: int
    result: IndicatorResult
    version: int
    rule: str
    on_the_list: bool
    source: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorYears(Mapping[tuple[str, int], IndicatorYear]):
    """Indicator years by code and year, each indicator's periodicity in its latest version, and its breaks."""

    rows: dict[tuple[str, int], IndicatorYear]
    periodicities: dict[str, Periodicity] = field(default_factory=dict)
    breaks: dict[str, tuple[Break, ...]] = field(default_factory=dict)

    def __getitem__(self, key: tuple[str, int]) -> IndicatorYear:
        return self.rows[key]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def history(self, code: str, *, until: int) -> tuple[tuple[int, IndicatorResult], ...]:
        """The results of one indicator up to and including `until`, oldest first."""
        found = (row for (name, year), row in self.rows.items() if name == code and year <= until)
        return tuple((row.year, row.result) for row in sorted(found, key=lambda row: row.year))

    def periodicity(self, code: str) -> Periodicity:
        return self.periodicities.get(code, YEARLY)

    def breaks_of(self, code: str) -> tuple[Break, ...]:
        """From which years on the indicator's figures cannot be set beside those before."""
        return self.breaks.get(code, ())


def indicator_ids(codes: Iterable[str]) -> dict[str, int]:
    """Database ids by code, of those that exist."""
    return dict(models.Indicator.objects.filter(code__in=set(codes)).values_list("code", "id"))


def indicator_years(
    ids: Iterable[int], *, years: Collection[int] | None = None, known_at: datetime | None = None
) -> IndicatorYears:
    """Everything current about these indicators, in every year (or `years`) for which something is known."""
    about: dict[str, Any] = {"indicator_id__in": set(ids)}
    versions = models.IndicatorVersion.objects.filter(**about).select_related("indicator").order_by("from_year")
    by_id = {version.pk: version for version in versions}
    if years is not None:
        about["year__in"] = years
    held = _Held(by_id, known_at)
    targets = held.by_year(models.Target, about)
    outcomes = held.by_year(models.Outcome, {**about, "tertial": 0})
    forecasts = held.by_year(models.Forecast, about, "tertial")
    verdicts = held.by_year(models.IndicatorVerdict, about)
    rows = {}
    for key, version in _versions_by_year(by_id.values(), {*targets, *outcomes, *forecasts, *verdicts}).items():
        if key in outcomes:  # it belongs to the version under which it was approved
            version = by_id[outcomes[key].version_id]
        found = _IndicatorRows(targets.get(key), outcomes.get(key), forecasts.get(key), verdicts.get(key))
        code = version.indicator.code
        rows[code, key[1]] = _indicator_year(code, key[1], version, found)
    rhythms = {version.indicator.code: periodicity_of(version) for version in by_id.values()}
    return IndicatorYears(rows, rhythms, _breaks(by_id.values()))


def _breaks(versions: Iterable[models.IndicatorVersion]) -> dict[str, tuple[Break, ...]]:
    """By code, oldest first; `versions` are in order of their first year."""
    found: dict[str, tuple[Break, ...]] = {}
    for version in versions:
        if version.breaks:
            code = version.indicator.code
            found[code] = (*found.get(code, ()), Break(version.from_year, BreakKind(version.breaks)))
    return found


@dataclass(frozen=True, slots=True)
class _IndicatorRows:
    target: models.Target | None
    outcome: models.Outcome | None
    forecast: models.Forecast | None
    verdict: models.IndicatorVerdict | None


@dataclass(frozen=True, slots=True)
class _Held:
    """Reads the records that hold, or held at `known_at`, under versions that have been read already."""

    versions: dict[int, models.IndicatorVersion]
    known_at: datetime | None

    def by_year(self, model: Any, about: dict[str, Any], *order: str) -> dict[tuple[int, int], Any]:
        """By indicator and year. Last stored comes last, so that it holds even where a clock was set back."""
        found = {}
        for row in model.objects.known(self.known_at).filter(**about).order_by(*order, "id"):
            row.version = self.versions[row.version_id]  # read once already: a join would make each anew
            found[row.indicator_id, row.year] = row
        return found


def _versions_by_year(
    versions: Iterable[models.IndicatorVersion], keys: set[tuple[int, int]]
) -> dict[tuple[int, int], models.IndicatorVersion]:
    """For each indicator and year the version that held then; `versions` are in order of their first year."""
    held: dict[tuple[int, int], models.IndicatorVersion] = {}
    by_indicator: dict[int, list[models.IndicatorVersion]] = {}
    for version in versions:
        by_indicator.setdefault(version.indicator_id, []).append(version)
    for indicator, year in sorted(keys):
        begun = [version for version in by_indicator[indicator] if version.from_year <= year]
        held[indicator, year] = begun[-1]
    return held


def _indicator_year(code: str, year: int, version: models.IndicatorVersion, found: _IndicatorRows) -> IndicatorYear:
    said = found.verdict
    result = IndicatorResult(
        name=version.title,
        code=code,
        target=found.target and target_of(found.target),
        outcome=found.outcome and outcome_of(found.outcome),
        forecast=found.forecast and forecast_of(found.forecast),
        verdict=Verdict(said.verdict) if said and said.verdict else None,
        comment=said.comment if said else "",
        is_new=bool(found.target and found.target.is_new),
    )
    return IndicatorYear(
        code,
        year,
        result,
        version.number,
        version.rule,
        on_the_list=found.target is not None,
        source=source_address(found.outcome) if found.outcome else "",
        invented=any(row.invented for row in (found.target, found.outcome, found.verdict) if row),
    )
