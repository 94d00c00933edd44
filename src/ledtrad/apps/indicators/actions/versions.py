"""Finding the version of each indicator that holds in a year: every record is stored under it."""

from collections import defaultdict
from collections.abc import Iterable

from ledtrad.apps.indicators.models import Indicator, IndicatorVersion
from ledtrad.apps.indicators.policies import check_defined, check_known


class Versions:
    """All versions of some indicators, read once. Refused when a code is unknown."""

    def __init__(self, codes: Iterable[str]) -> None:
        wanted = set(codes)
        self._by_code: dict[str, list[IndicatorVersion]] = defaultdict(list)
        rows = IndicatorVersion.objects.filter(indicator__code__in=wanted).select_related("indicator")
        for version in rows.order_by("from_year"):
            self._by_code[version.indicator.code].append(version)
        check_known(wanted, self._by_code)

    def owners(self) -> set[str]:
        """The short names of the units that answer for the indicators, "" for the council. One SQL query."""
        rows = Indicator.objects.filter(code__in=list(self._by_code)).values_list("owner__slug", flat=True)
        return {owner or "" for owner in rows}

    def of(self, code: str, year: int) -> IndicatorVersion:
        """The version that holds in `year`. Refused when there is none yet."""
        begun = [version for version in self._by_code[code] if version.from_year <= year]
        return check_defined(code, year, begun[-1] if begun else None)
