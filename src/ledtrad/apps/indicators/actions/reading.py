"""What measuring costs, and how much it is read."""

from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.audit.records import append
from ledtrad.apps.indicators.models import CollectionCost, Indicator
from ledtrad.apps.indicators.policies import check_defines, check_known
from ledtrad.apps.people.actors import Actor

MOST_MINUTES = 10_000_000


@transaction.atomic
def estimate_cost(*, code: str, minutes: int, note: str = "", invented: bool = False, by: Actor, at: datetime) -> None:
    """Say how many minutes a year it takes to collect an indicator. A later estimate takes over; the older stays.

    Refused for an unknown indicator and for a number of minutes that cannot be; Forbidden for whoever may not define
    the indicator.
    """
    found = Indicator.objects.filter(code=code).values_list("id", "owner__slug").first()
    check_known([code], {code: True} if found else {})
    assert found is not None
    indicator, owner = found
    check_defines(by, owner or "")
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused("Ange ett antal minuter från 0 till {most}. Ingenting har sparats.", most=MOST_MINUTES)
    row = CollectionCost(
        indicator_id=indicator,
        minutes=minutes,
        note=note.strip(),
        invented=invented,
        recorded_by=by.key,
        recorded_at=at,
    )
    replaced = append(CollectionCost, [row], key=("indicator_id",)).get((indicator,))
    record(
        by=by.key,
        at=at,
        action="indicators.estimate_cost",
        objects=(f"indicator:{code}",),
        before={"minutes": replaced.minutes, "note": replaced.note} if replaced else None,
        after={"minutes": minutes, "note": row.note},
    )
