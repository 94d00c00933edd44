"""What can be chosen on the forms."""

from django.conf import settings

from ledtrad.apps.indicators.models import IndicatorVersion


def indicator_choices() -> tuple[tuple[str, str], ...]:
    """Codes and titles of all indicators of the council, in order. One SQL query."""
    rows = IndicatorVersion.objects.filter(indicator__part_of__isnull=True).order_by("indicator__sort_key", "number")
    return tuple(dict(rows.values_list("indicator__code", "title")).items())


def own_area() -> str:
    """The city's own code."""
    return str(getattr(settings, "CITY_AREA", "0180"))
