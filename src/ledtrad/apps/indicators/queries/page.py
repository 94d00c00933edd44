"""Everything that the page of one indicator shows."""

from dataclasses import dataclass, replace
from datetime import datetime

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.indicators import models
from ledtrad.apps.indicators.queries.own_areas import NOTHING_OWN, OwnFigures, own_figures
from ledtrad.apps.indicators.queries.sight import open_versions, sight_of
from ledtrad.apps.indicators.queries.years import IndicatorYear, IndicatorYears, indicator_years
from ledtrad.apps.people.actors import NOBODY, Actor
from ledtrad.core.assessment import IndicatorResult, Sense
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import Absence, Measured
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import Quantity, Unit, unit_named
from ledtrad.core.series import Break


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
    breaks: str = ""
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of the history. `is_due` is False where no outcome was to be had (a survey every second year).

    `is_observed` where nobody has approved an outcome, but an observation of the city stands in for it.
    """

    year: int
    found: IndicatorYear | None
    is_due: bool
    is_observed: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """One indicator with all its years and versions, oldest first. `owner` is a unit's name, `unit` its short name."""

    code: str
    title: str
    owner: str
    periodicity: Periodicity
    years: tuple[YearRow, ...]
    versions: tuple[VersionCard, ...]
    by_sex: bool
    decimals: int
    breaks: tuple[Break, ...] = ()
    own: OwnFigures = NOTHING_OWN
    unit: str = ""
    last_year: int | None = None

    @property
    def invented(self) -> bool:
        """Whether any of the figures shown were made up for demonstration."""
        said = any(row.found.invented for row in self.years if row.found)
        return said or any(source.invented for source in self.own.sources)

    @property
    def wholly_invented(self) -> bool:
        """Whether everything shown was made up."""
        said = all(row.found.invented for row in self.years if row.found)
        return said and all(source.invented for source in self.own.sources)


@until_the_log_grows
def indicator_page(code: str, *, known_at: datetime | None = None) -> IndicatorPage | None:
    """The indicator with this code; None when there is none. Thirteen SQL queries, however long its history.

    One while nothing new is in the log.

    With `known_at`, its figures as they were known at that moment.
    """
    indicator = models.Indicator.objects.filter(code=code).select_related("owner").first()
    if indicator is None:
        return None
    versions = list(models.IndicatorVersion.objects.filter(indicator=indicator).order_by("number"))
    latest = versions[-1]
    found = indicator_years([indicator.pk], known_at=known_at)
    rhythm, own = found.periodicity(code), own_figures(code, known_at=known_at)
    seen = _observed(code, own, versions)
    return IndicatorPage(
        code=code,
        title=latest.title,
        owner=indicator.owner.name if indicator.owner else "",
        periodicity=rhythm,
        years=tuple(_year_row(year, found.get((code, year)), seen.get(year), rhythm) for year in _years(found, seen)),
        versions=tuple(_card(version) for version in versions),
        by_sex=latest.by_sex or any(place.sex is not Sex.ALL for place in own.figures),
        decimals=latest.decimals,
        breaks=found.breaks_of(code),
        own=own,
        unit=indicator.owner.slug if indicator.owner else "",
        last_year=indicator.last_year,
    )


def indicator_page_for(code: str, actor: Actor = NOBODY) -> IndicatorPage | None:
    """The page as far as `actor` may know of it; None when there is nothing that he may.

    What a board has only planned is hidden from others: years without an outcome, and versions without figures.
    """
    page = indicator_page(code)
    if page is None:
        return None
    sight = sight_of(page.unit, actor)
    if sight.is_whole:
        return page
    years = tuple(row for row in page.years if row.found is None or row.found.result.outcome or sight.sees(row.year))
    measured = {row.year for row in page.years if row.found and row.found.result.outcome}
    measured |= {place.year for place in page.own.figures}
    seen = open_versions(sight, [one.from_year for one in page.versions], page.last_year, measured)
    versions = tuple(one for one, is_open in zip(page.versions, seen, strict=True) if is_open)
    if not versions:
        return None
    firsts = {one.from_year for one in versions}
    breaks = tuple(one for one in page.breaks if one.year in firsts)
    return replace(page, title=versions[-1].title, years=years, versions=versions, breaks=breaks)


def _years(found: IndicatorYears, seen: dict[int, IndicatorYear]) -> range:
    known = [*(year for _, year in found), *seen]
    return range(min(known), max(known) + 1) if known else range(0)


def _year_row(year: int, said: IndicatorYear | None, seen: IndicatorYear | None, rhythm: Periodicity) -> YearRow:
    """What has been said of a year goes before what was observed; an observed figure fills an outcome not given."""
    if said is not None and (said.result.outcome is not None or seen is None):
        return YearRow(year, said, rhythm.expects(year))
    if said is None or seen is None:
        return YearRow(year, seen, rhythm.expects(year), is_observed=seen is not None)
    both = replace(said.result, outcome=seen.result.outcome)
    return YearRow(year, replace(said, result=both, source=seen.source), rhythm.expects(year), is_observed=True)


def _observed(code: str, own: OwnFigures, versions: list[models.IndicatorVersion]) -> dict[int, IndicatorYear]:
    """The city's own observations as outcomes, each under the version of its year."""
    city = own.city.code if own.city else ""
    years = {place.year for place in own.figures if place.area == city and not place.group and place.sex is Sex.ALL}
    return {year: _observed_year(Place(code, city, year), own, versions) for year in years}


def _observed_year(place: Place, own: OwnFigures, versions: list[models.IndicatorVersion]) -> IndicatorYear:
    version = [one for one in versions if one.from_year <= place.year][-1]
    unit = unit_named(version.unit)
    total = _part(own.figures[place], unit)
    women, men = (_part(own.figures.get(replace(place, sex=sex)), unit) for sex in (Sex.WOMEN, Sex.MEN))
    outcome = Measured(total, women, men) if isinstance(total, Quantity) else total
    result = IndicatorResult(name=version.title, code=place.indicator, outcome=outcome)
    return IndicatorYear(place.indicator, place.year, result, version.number, version.rule, on_the_list=False)


def _part(seen: Observed | None, unit: Unit) -> Quantity | Absence | None:
    if seen is None:
        return None
    if seen.value is not None:
        return Quantity(seen.value, unit, seen.decimals)
    assert seen.absence is not None  # an observation is a figure or an absence
    reason = f"källan anger ”{seen.mark}”" if seen.mark else "källan har ingen uppgift"
    return Absence(seen.absence, reason)


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
        version.breaks,
        version.numerator,
        version.denominator,
    )
