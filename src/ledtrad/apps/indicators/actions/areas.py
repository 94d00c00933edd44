"""Registering the areas that figures are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators.models import Area, AreaKind
from ledtrad.apps.indicators.policies import check_area_codes, check_areas, check_keeps_figures
from ledtrad.apps.organisation.sorting import swedish_key
from ledtrad.apps.people.actors import Actor


@dataclass(frozen=True, slots=True)
class NewArea:
    """An area to register. `parent` is the code of the area that it is part of, registered before or beside it.

    `outline` is a GeoJSON geometry as text (WGS 84), "" where none is known.
    """

    code: str
    kind: AreaKind
    name: str
    parent: str = ""
    first_year: int | None = None
    last_year: int | None = None
    outline: str = ""
    source: str = ""


@transaction.atomic
def register_areas(*, areas: Sequence[NewArea], by: Actor, at: datetime) -> None:
    """Register areas, in any order: all of them, or none.

    Refused when a code is taken, when one lacks code or name or ends before it begins, or when a parent is unknown.
    """
    check_keeps_figures(by)
    codes = [new.code for new in areas]
    check_areas([(new.code, new.name, new.first_year, new.last_year) for new in areas])
    check_area_codes(codes, Area.objects.filter(code__in=codes).values_list("code", flat=True))
    ids: dict[str, int] = dict(Area.objects.filter(code__in={new.parent for new in areas}).values_list("code", "id"))
    waiting = list(areas)
    while waiting:
        ready = [new for new in waiting if not new.parent or new.parent in ids]
        if not ready:
            raise Refused("Området {area} finns inte. Ingenting har sparats.", area=waiting[0].parent)
        made = Area.objects.bulk_create([_row(new, ids) for new in ready], batch_size=400)
        ids |= {row.code: row.pk for row in made}
        done = {new.code for new in ready}
        waiting = [new for new in waiting if new.code not in done]
    changes = [Change((f"area:{new.code}",), {"name": new.name, "kind": new.kind.value}) for new in areas]
    record_all(by=by.key, at=at, action="indicators.register_areas", changes=changes)


def _row(new: NewArea, ids: dict[str, int]) -> Area:
    return Area(
        code=new.code,
        kind=new.kind.value,
        name=new.name,
        parent_id=ids[new.parent] if new.parent else None,
        first_year=new.first_year,
        last_year=new.last_year,
        sort_key=swedish_key(new.name),
        outline=new.outline,
        source=new.source,
    )
