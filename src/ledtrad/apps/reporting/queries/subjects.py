"""What units are asked about in a period: their indicators, activities and objectives, in a stable order."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from ledtrad.apps.goals.models import Activity, Obligation
from ledtrad.apps.goals.queries.loading import goals_in_order
from ledtrad.apps.indicators.models import Indicator, IndicatorVersion
from ledtrad.core.periods import Period, Periodicity
from ledtrad.core.reporting import RowKind


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that a unit must answer for, and what its row will be judged by."""

    kind: RowKind
    code: str
    title: str
    unit: str = "count"
    by_sex: bool = False
    is_due: bool = True

    def frame(self, tertial: int) -> dict[str, str | int | bool]:
        """What is pinned in the row."""
        told: dict[str, str | int | bool] = {"title": self.title, "tertial": tertial}
        if self.kind is RowKind.INDICATOR:
            told |= {"unit": self.unit, "by_sex": self.by_sex, "is_due": self.is_due}
        return told


def subjects(unit_ids: Collection[int], period: Period) -> dict[int, list[Subject]]:
    """By unit (database id): indicators, then activities, then objectives. Six SQL queries."""
    found: dict[int, list[Subject]] = defaultdict(list)
    for part in (_indicators, _activities, _objectives):
        for unit, subject in part(unit_ids, period):
            found[unit].append(subject)
    return found


def _indicators(unit_ids: Collection[int], period: Period) -> list[tuple[int, Subject]]:
    owned = Indicator.objects.filter(owner_id__in=unit_ids, first_year__lte=period.year)
    rows = owned.exclude(last_year__lt=period.year).order_by("sort_key").values_list("id", "code", "owner_id")
    versions = _versions([pk for pk, _, _ in rows], period.year)
    return [
        (owner, _indicator(code, versions[pk], period.year))
        for pk, code, owner in rows
        if pk in versions and owner is not None
    ]


def _versions(indicator_ids: Collection[int], year: int) -> dict[int, IndicatorVersion]:
    begun = IndicatorVersion.objects.filter(indicator__in=indicator_ids, from_year__lte=year).order_by("from_year")
    return {version.indicator_id: version for version in begun}


def _indicator(code: str, version: IndicatorVersion, year: int) -> Subject:
    rhythm = Periodicity(version.every_years, version.rhythm_from)
    return Subject(RowKind.INDICATOR, code, version.title, version.unit, version.by_sex, is_due=rhythm.expects(year))


def _activities(unit_ids: Collection[int], period: Period) -> list[tuple[int, Subject]]:
    rows = Activity.objects.filter(
        is_current=True, is_withdrawn=False, year=period.year, unit_id__in=unit_ids, starts__lte=period.last_day
    )
    named = rows.order_by("sort_key", "code").values_list("unit_id", "code", "title")
    return [(unit, Subject(RowKind.ACTIVITY, code, title)) for unit, code, title in named]


def _objectives(unit_ids: Collection[int], period: Period) -> list[tuple[int, Subject]]:
    titles = {goal.id: goal.title for goal in goals_in_order(period.year)}
    rows = Obligation.objects.filter(unit_id__in=unit_ids, year=period.year).order_by("objective__sort_key")
    return [
        (unit, Subject(RowKind.ASSESSMENT, code, titles.get(objective, code)))
        for unit, objective, code in rows.values_list("unit_id", "objective_id", "objective__code")
    ]
