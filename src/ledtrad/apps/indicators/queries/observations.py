"""Reading observations: of one indicator, in areas and years."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledtrad.apps.indicators.models import Area, Indicator, Observation
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind

_FIELDS = ("area__code", "year", "tertial", "sex", "group", "value", "decimals", "margin", "absence", "mark", "cell")


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area as pages and files name it. `parent` is the code of the area that it is part of, or ""."""

    code: str
    kind: str
    name: str
    parent: str


def areas(*, kind: str = "", codes: Collection[str] | None = None) -> tuple[AreaCard, ...]:
    """Areas in Swedish order: of one kind, or those with these codes. One SQL query."""
    rows = Area.objects.filter(kind=kind) if kind else Area.objects.all()
    rows = rows if codes is None else rows.filter(code__in=codes)
    named = rows.values_list("code", "kind", "name", "parent__code")
    return tuple(AreaCard(code, kind, name, parent or "") for code, kind, name, parent in named)


def observations(
    code: str,
    *,
    areas: Collection[str] | None = None,
    years: Collection[int] | None = None,
    sexes: Collection[Sex] | None = None,
    groups: Collection[str] | None = None,
    known_at: datetime | None = None,
) -> dict[Place, Observed]:
    """What holds (or held at `known_at`) of the indicator, as far as it is asked for. Two SQL queries at most.

    `groups=[""]` leaves groups out; None asks for everything.
    """
    indicator = Indicator.objects.filter(code=code).values_list("id", flat=True).first()
    if indicator is None:
        return {}
    asked: dict[str, Any] = {"indicator_id": indicator}
    for name, wanted in (("area__code", areas), ("year", years), ("sex", sexes), ("group", groups)):
        if wanted is not None:
            asked[f"{name}__in"] = list(wanted)
    rows = Observation.objects.filter(**asked)
    if known_at is None:
        rows = rows.filter(is_current=True)
    else:
        rows = rows.filter(batch__recorded_at__lte=known_at).order_by("id")  # the last of a place holds
    return {place: said for _, place, said in _read(code, rows)}


def held_places(code: str, *, years: Collection[int]) -> dict[Place, tuple[int, Observed]]:
    """What holds of the indicator in these years, with the rows' ids. One SQL query."""
    rows = Observation.objects.filter(indicator__code=code, year__in=years, is_current=True)
    return {place: (pk, said) for pk, place, said in _read(code, rows)}


def _read(code: str, rows: Any) -> Iterator[tuple[int, Place, Observed]]:
    for pk, area, year, tertial, sex, group, value, decimals, margin, absence, mark, cell in rows.values_list(
        "pk", *_FIELDS
    ):
        kind = AbsenceKind(absence) if absence else None
        yield pk, Place(code, area, year, tertial, Sex(sex), group), Observed(value, decimals, margin, kind, mark, cell)
