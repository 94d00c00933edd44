"""What goals, indicators and activities are called, by the ids under which the log and responsibilities know them."""

from collections.abc import Collection, Iterable

from ledtrad.apps.goals.models import Activity, Wording
from ledtrad.apps.indicators.models import IndicatorVersion


def titles_of_objects(object_ids: Collection[str], year: int) -> dict[str, str]:
    """What each of `object_ids` ("goal:1.2", "indicator:1.2.3", "activity:…") is called in `year`.

    What has ended or been withdrawn keeps its last name, and what is still to come goes by its first: somebody may
    have answered for it, or be going to. Ids of other kinds, and unknown ones, are left out. Three SQL queries at most.
    """
    codes = {kind: _codes(kind, object_ids) for kind in ("goal:", "indicator:", "activity:")}
    wordings = Wording.objects.filter(objective__code__in=codes["goal:"], is_current=True)
    versions = IndicatorVersion.objects.filter(indicator__code__in=codes["indicator:"])
    planned = Activity.objects.filter(code__in=codes["activity:"], is_current=True)
    return {
        **_named("goal:", wordings.values_list("objective__code", "from_year", "title"), year),
        **_named("indicator:", versions.values_list("indicator__code", "from_year", "title"), year),
        **_named("activity:", planned.values_list("code", "year", "title"), year),
    }


def _codes(kind: str, object_ids: Iterable[str]) -> list[str]:
    return [one.removeprefix(kind) for one in object_ids if one.startswith(kind)]


def _named(kind: str, called: Iterable[tuple[str, int, str]], year: int) -> dict[str, str]:
    """Of several names (code, from which year, title) the latest that held by then; where none did, the first."""

    def by_age(one: tuple[str, int, str]) -> tuple[bool, int]:
        return (one[1] <= year, one[1] if one[1] <= year else -one[1])

    return {f"{kind}{code}": title for code, _, title in sorted(called, key=by_age)}
