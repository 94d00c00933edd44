"""The city's own indicators at the addresses of Kolada's API, version 3, so that its clients read them.

Both forms of address: `data/kpi/…/municipality/…/year/…` and `data/?kpi_id=…`. A page leads on by both `next_url` and
`next_page`. Whole years only, and no groups other than women and men: that is all that Kolada's form can hold.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.dateparse import parse_date

from ledtrad.apps.open_data.presenters import as_kolada
from ledtrad.apps.open_data.queries import Asked, catalogue, city_area, figures, open_areas, spans
from ledtrad.apps.open_data.views.open_door import open_door, problem

MOST_ON_A_PAGE = 5_000
MOST_IDS = 500
_EMPTY = ("kpi_groups", "municipality_groups", "ou", "oudata")


class NotUnderstood(Exception):
    """What was asked cannot be read; the message is a Swedish sentence."""


@open_door()
def kolada(request: HttpRequest, rest: str) -> HttpResponse:
    """Any address of the API."""
    noun, *more = [part for part in rest.split("/") if part] or [""]
    try:
        if noun == "kpi":
            return _page(request, _kpis(request.GET, more))
        if noun == "municipality":
            return _page(request, _municipalities(request.GET, more))
        if noun == "data":
            return _page(request, _values(_asked(request.GET, more), request.GET.get("from_date", "")))
        if noun in _EMPTY:
            return _page(request, [])
    except NotUnderstood as why:
        return problem(400, str(why))
    raise Http404(rest)


def _page(request: HttpRequest, rows: Sequence[dict[str, Any]]) -> HttpResponse:
    page, size = _number(request.GET, "page", 1, 10**6), _number(request.GET, "per_page", 1_000, MOST_ON_A_PAGE)
    start = (page - 1) * size
    shown = rows[start : start + size]
    following = page + 1 if start + size < len(rows) else None
    whole = {
        "values": shown,
        "count": len(rows),
        "next_url": _address(request, following) if following else None,
        "previous_url": _address(request, page - 1) if page > 1 else None,
        "next_page": following,
        "licence": settings.OPEN_DATA["licence"],
    }
    return JsonResponse(whole, json_dumps_params={"ensure_ascii": False})


def _number(asked: QueryDict, name: str, usual: int, most: int) -> int:
    text = asked.get(name) or str(usual)
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and int(text) >= 1):
        raise NotUnderstood(f"{name} ska vara ett heltal från 1.")
    return min(int(text), most)


def _address(request: HttpRequest, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


# ------------------------------------------------------------------------------------------- KPIs and municipalities


def _ids(texts: Collection[str]) -> list[str]:
    """Ids that stand each by itself, or with commas between."""
    found = [one.strip() for text in texts for one in text.split(",") if one.strip()]
    if len(found) > MOST_IDS:
        raise NotUnderstood(f"Fråga efter högst {MOST_IDS} åt gången.")
    return found


def _kpis(asked: QueryDict, more: list[str]) -> list[dict[str, Any]]:
    known, when = catalogue(), spans()
    if len(more) > 1:
        raise Http404("/".join(more))
    wanted = _ids([*more, *asked.getlist("id")])
    title = asked.get("title", "").casefold()
    chosen = [known[code] for code in dict.fromkeys(wanted) if code in known] if wanted else list(known.values())
    return [as_kolada.kpi(one, when.get(one.code)) for one in chosen if title in one.latest.title.casefold()]


def _municipalities(asked: QueryDict, more: list[str]) -> list[dict[str, Any]]:
    if len(more) > 1:
        raise Http404("/".join(more))
    wanted = _ids([*more, *asked.getlist("id")])
    title, kind = asked.get("title", "").casefold(), asked.get("type", "")
    kinds = (kind,) if kind else ("K", "L", "D") if wanted else ("K", "L")
    found = open_areas(wanted or None).values()
    return [
        as_kolada.municipality(one) for one in found if title in one.name.casefold() and as_kolada.kind_of(one) in kinds
    ]


# ------------------------------------------------------------------------------------------------------------ values

_PARTS = {"kpi": "kpi_id", "municipality": "municipality_id", "year": "year"}


def _asked(asked: QueryDict, more: list[str]) -> Asked:
    """What was asked, in either form of address."""
    if len(more) % 2 or not set(more[::2]) <= set(_PARTS):
        raise Http404("/".join(more))
    named = {_PARTS[name]: [text] for name, text in zip(more[::2], more[1::2], strict=True)}
    given = {name: _ids([*named.get(name, ()), *asked.getlist(name)]) for name in _PARTS.values()}
    if not any(given.values()):
        raise NotUnderstood("Ange minst ett nyckeltal (kpi_id), en kommun (municipality_id) eller ett år (year).")
    known = catalogue()
    return Asked(
        codes=[code for code in given["kpi_id"] if code in known] if given["kpi_id"] else None,
        areas=given["municipality_id"] or _usual_areas(given["kpi_id"]),
        years=[_year(text) for text in given["year"]] or None,
        groups=[""],
    )


def _usual_areas(codes: Collection[str]) -> list[str]:
    """Without a KPI the answer would hold every area of every indicator: then it is about the city.

    Parts of the city are told only to those who ask for them: Kolada's clients would take them for municipalities.
    """
    if not codes:
        return [city_area()]
    return [code for code, area in open_areas().items() if as_kolada.kind_of(area) != "D"]


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise NotUnderstood(f"”{text[:20]}” är inget år.")
    return int(text)


def _values(asked: Asked, since: str) -> list[dict[str, Any]]:
    found = figures(asked)
    if since:
        day = _day(since)
        found = (one for one in found if one.recorded_at.date() >= day)
    return list(as_kolada.values(found))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise NotUnderstood("from_date ska vara en dag, till exempel 2022-04-15.")
    return day
