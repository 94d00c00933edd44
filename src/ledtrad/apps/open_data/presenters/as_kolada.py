"""The city's own indicators as Kolada's API, version 3, tells of KPIs, municipalities and values."""

from collections.abc import Iterable, Iterator
from typing import Any

from ledtrad.apps.open_data.presenters.cubes import PARTLY_INVENTED
from ledtrad.apps.open_data.queries import Figure, OpenArea, OpenIndicator, Span
from ledtrad.core.observations import Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.renderers.tables import Number

GENDERS = {Sex.ALL: "T", Sex.WOMEN: "K", Sex.MEN: "M"}
# What stands in `status` where there is no value: each can be read back as what it is.
STATUSES = {
    AbsenceKind.NOT_MEASURED: "Missing",
    AbsenceKind.SUPPRESSED: "Private",
    AbsenceKind.NOT_APPLICABLE: "Not applicable",
    AbsenceKind.LATE: "Pending",
}
_KINDS = {"nation": "L", "county": "L", "municipality": "K", "district": "D", "neighbourhood": "D"}


def kpi(one: OpenIndicator, span: Span | None) -> dict[str, Any]:
    latest, invented = one.latest, PARTLY_INVENTED if span and span.invented else ""
    told = (invented, latest.question, latest.source and f"Källa: {latest.source}.", latest.change_note)
    return {
        "id": one.code,
        "title": _with_unit(latest.title, latest.unit.symbol),
        "description": " ".join(text for text in told if text),
        "is_divided_by_gender": latest.by_sex,
        "municipality_type": "K",
        "auspice": "E",
        "operating_area": one.owner_name or "Kommunen, övergripande",
        "perspective": "Kvalitet och resultat",
        "prel_publication_date": None,
        "publication_date": span.updated.date().isoformat() if span else None,
        "publ_period": str(span.last) if span else None,
        "has_ou_data": False,
    }


def _with_unit(title: str, symbol: str) -> str:
    return f"{title}, ({symbol})" if symbol and symbol not in title else title


def kind_of(area: OpenArea) -> str:
    """K for a municipality, L for what is larger, D for a part of the city."""
    return _KINDS[area.kind]


def municipality(one: OpenArea) -> dict[str, Any]:
    return {"id": one.code, "title": one.name, "type": kind_of(one)}


def values(figures: Iterable[Figure]) -> Iterator[dict[str, Any]]:
    """One row for each indicator, area and year, with up to three values by gender; in an order that holds still."""
    found: dict[tuple[str, str, int], list[Figure]] = {}
    for figure in figures:
        place = figure.place
        found.setdefault((place.indicator, place.area, place.year), []).append(figure)
    for (code, area, year), said in sorted(found.items(), key=lambda item: item[0]):
        order = sorted(said, key=lambda one: "TKM".index(GENDERS[one.place.sex]))
        yield {"kpi": code, "municipality": area, "period": year, "values": [_value(one) for one in order]}


def _value(figure: Figure) -> dict[str, Any]:
    said = figure.said
    measured = isinstance(said, Number)
    return {
        "gender": GENDERS[figure.place.sex],
        "count": 1 if measured else 0,
        "status": "" if isinstance(said, Number) else STATUSES[said.kind],
        "value": float(said.value) if isinstance(said, Number) else None,
        "isdeleted": False,
    }
