"""Everything that the page of one indicator shows."""

from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.indicators import models
from ledtrad.apps.indicators.queries.years import IndicatorYear, indicator_years
from ledtrad.core.assessment import Sense
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import Unit, unit_named


@dataclass(frozen=True, slots=True)
class VersionCard:
    """What the indicator asked from a year on, and why that changed."""

    number: int
    from_year: int
    title: str
    question: str
    unit: Unit
    sense: Sense
    rule: str
    source: str
    change_note: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of the history. `is_due` is False where no outcome was to be had (a survey every second year)."""

    year: int
    found: IndicatorYear | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """One indicator with all its years and versions, oldest first."""

    code: str
    title: str
    owner: str
    periodicity: Periodicity
    years: tuple[YearRow, ...]
    versions: tuple[VersionCard, ...]
    by_sex: bool
    decimals: int

    @property
    def invented(self) -> bool:
        """Whether any of the figures shown were made up for demonstration."""
        return any(row.found.invented for row in self.years if row.found)


def indicator_page(code: str, *, known_at: datetime | None = None) -> IndicatorPage | None:
    """The indicator with this code; None when there is none. Seven SQL queries, however long its history.

    With `known_at`, its figures as they were known at that moment.
    """
    indicator = models.Indicator.objects.filter(code=code).select_related("owner").first()
    if indicator is None:
        return None
    versions = list(models.IndicatorVersion.objects.filter(indicator=indicator).order_by("number"))
    latest = versions[-1]
    found = indicator_years([indicator.pk], known_at=known_at)
    rhythm = found.periodicity(code)
    return IndicatorPage(
        code=code,
        title=latest.title,
        owner=indicator.owner.name if indicator.owner else "",
        periodicity=rhythm,
        years=tuple(YearRow(year, found.get((code, year)), rhythm.expects(year)) for year in _years(code, found)),
        versions=tuple(_card(version) for version in versions),
        by_sex=latest.by_sex,
        decimals=latest.decimals,
    )


def _years(code: str, found: object) -> range:
    known = [year for name, year in found if name == code]  # type: ignore[attr-defined]
    return range(min(known), max(known) + 1) if known else range(0)


def _card(version: models.IndicatorVersion) -> VersionCard:
    return VersionCard(
        version.number,
        version.from_year,
        version.title,
        version.question,
        unit_named(version.unit),
        Sense(version.sense),
        version.rule,
        version.source,
        version.change_note,
    )
