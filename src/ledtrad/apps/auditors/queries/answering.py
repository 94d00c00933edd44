"""Who can be asked to answer the auditors."""

from datetime import date

from ledtrad.apps.organisation.models import Unit, UnitKind


def units_that_answer(day: date) -> dict[str, str]:
    """Every body that exists on `day`, but not the units beneath the boards: names by short name, in Swedish order.

    One SQL query.
    """
    # Named one by one, the kinds are found by their index; there are far more units than bodies.
    rows = Unit.objects.on(day).filter(kind__in=set(UnitKind) - {UnitKind.UNIT}).order_by("sort_key")
    return dict(rows.values_list("slug", "name"))
