"""What can be chosen on the forms."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import QueryDict

from ledtrad.apps.indicators.models import IndicatorVersion
from ledtrad.apps.neighbours.sources.places import is_municipality


def indicator_choices() -> tuple[tuple[str, str], ...]:
    """Codes and titles of all indicators of the council, in order. One SQL query."""
    rows = IndicatorVersion.objects.filter(indicator__part_of__isnull=True).order_by("indicator__sort_key", "number")
    return tuple(dict(rows.values_list("indicator__code", "title")).items())


def own_area() -> str:
    """The city's own code."""
    return str(getattr(settings, "CITY_AREA", "0180"))


def own_first(areas: Mapping[str, str]) -> dict[str, str]:
    """Codes and names of areas in their order, the city's own before the others."""
    own = own_area()
    return {code: areas[code] for code in sorted(areas, key=lambda code: code != own)}


def areas_asked(sent: QueryDict, areas: Iterable[str]) -> tuple[str, ...]:
    """The codes that were ticked; where all municipalities were asked for, those of `areas` too."""
    every = filter(is_municipality, areas) if sent.get("alla") else ()
    return tuple(dict.fromkeys((*sent.getlist("omrade"), *every)))
