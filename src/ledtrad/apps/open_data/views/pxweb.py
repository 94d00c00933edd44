"""The city's indicators at addresses of PxWebApi 2's form, so that its clients read them: one table an indicator."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.open_data.presenters import as_pxweb
from ledtrad.apps.open_data.presenters.cubes import LANGUAGES, cube_of
from ledtrad.apps.open_data.queries import Asked, OpenIndicator, Span, catalogue, figures, open_areas, spans
from ledtrad.apps.open_data.selection import NotChosen, split
from ledtrad.apps.open_data.views.open_door import open_door, problem
from ledtrad.renderers.tables import Cube

_PER_PAGE, _MOST_ON_A_PAGE = 20, 10_000
_VALUES = re.compile(r"valuecodes\[(.{1,60})\]", re.I)
_LARGEST_QUERY = 256 * 1024


# A query that does not fit in an address is posted. It only reads, and needs no cookie: a forged one harms nobody.
@csrf_exempt
@open_door("POST")
def pxweb(request: HttpRequest, rest: str) -> HttpResponse:
    """Any address of the API."""
    parts = [part for part in rest.split("/") if part]
    if request.method == "POST" and (len(parts) != 3 or parts[0] != "tables" or parts[2] != "data"):
        return _wrong("Bara frågor efter data kan skickas med POST.", 405)
    try:
        return _answer(request, parts)
    except NotChosen as why:
        return _wrong(str(why))


def _wrong(sentence: str, status: int = 400) -> HttpResponse:
    response = problem(status, sentence)
    response.headers["Content-Type"] = "application/problem+json"
    return response


def _answer(request: HttpRequest, parts: list[str]) -> HttpResponse:
    language = _language(request.GET)
    match parts:
        case ["config"]:
            return _json(as_pxweb.config())
        case ["tables"]:
            return _json(_tables(request, language))
        case ["tables", code]:
            one, span = _table(code)
            return _json({"language": language, **as_pxweb.table(one, span, _root(request), language)})
        case ["tables", code, "metadata"]:
            _one_of(request.GET, "outputFormat", ("json-stat2",))
            return _json(as_pxweb.metadata(_cube(code, language), code))
        case ["tables", code, "data"]:
            return _data(request, code, language)
    raise Http404("/".join(parts))


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/api/pxweb/v2/")


def _language(asked: QueryDict) -> str:
    language = asked.get("lang") or "sv"
    if language not in LANGUAGES:
        raise NotChosen(f"Språket ”{language[:20]}” finns inte; det finns sv och en.")
    return str(language)


def _one_of(asked: QueryDict, name: str, known: Sequence[str]) -> str:
    given = next((asked[key] for key in asked if key.lower() == name.lower()), "") or known[0]
    if given not in known:
        raise NotChosen(f"{name} kan vara {', '.join(known)}, men inte ”{given[:30]}”.")
    return str(given)


# ------------------------------------------------------------------------------------------------------------ tables


def _tables(request: HttpRequest, language: str) -> dict[str, Any]:
    asked = {name.lower(): request.GET[name] for name in request.GET}
    found = [(one, spans()[one.code]) for one in catalogue().values() if one.code in spans()]
    words = asked.get("query", "").casefold().split()
    found = [row for row in found if all(word in _searched(row[0]) for word in words)]
    if asked.get("pastdays"):
        days = _number(asked, "pastdays", 0, 100_000)
        found = [row for row in found if (timezone.now() - row[1].updated).days < days]
    size, page = _number(asked, "pagesize", _PER_PAGE, _MOST_ON_A_PAGE), _number(asked, "pagenumber", 1, 1_000_000)
    shown = found[(page - 1) * size : page * size]
    root = _root(request)
    tables = [as_pxweb.table(one, span, root, language) for one, span in shown]
    return as_pxweb.listing(tables, page, size, len(found), root, language)


def _searched(one: OpenIndicator) -> str:
    return f"{one.code} {one.latest.title} {one.latest.question} {one.owner_name}".casefold()


def _number(asked: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = asked.get(name) or str(usual)
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= most):
        raise NotChosen(f"{name} ska vara ett heltal från 1 till {most}.")
    return int(text)


def _table(code: str) -> tuple[OpenIndicator, Span]:
    one, span = catalogue().get(code), spans().get(code)
    if one is None or span is None:
        raise Http404(code)
    return one, span


@until_the_log_grows
def _cube(code: str, language: str) -> Cube:
    one, span = _table(code)
    found = list(figures(Asked(codes=[code])))
    return cube_of(one, found, open_areas({figure.place.area for figure in found}), span, language)


# -------------------------------------------------------------------------------------------------------------- data


def _data(request: HttpRequest, code: str, language: str) -> HttpResponse:
    kind = _one_of(request.GET, "outputFormat", as_pxweb.FORMATS)
    cube = _cube(code, language)
    part = as_pxweb.choose(cube, _posted(request) if request.method == "POST" else _asked(request.GET))
    if kind == "csv":
        options = split(_given(request.GET, "outputformatparams"))
        return HttpResponse(as_pxweb.data_csv(part, options), content_type="text/csv; charset=utf-8")
    return _json(as_pxweb.data(part, code))


def _given(asked: QueryDict, name: str) -> str:
    return ",".join(text for key in asked if key.lower() == name for text in asked.getlist(key))


def _asked(asked: QueryDict) -> dict[str, list[str]]:
    """`valueCodes[Tid]=2020,2021`, or the same several times."""
    found: dict[str, list[str]] = {}
    for key in asked:
        named = _VALUES.fullmatch(key)
        if named:
            found.setdefault(named[1], []).extend(part for text in asked.getlist(key) for part in split(text))
        elif key.lower().startswith("codelist["):
            raise NotChosen("Det finns inga kodlistor; välj bland variabelns egna värden.")
    return found


def _posted(request: HttpRequest) -> dict[str, list[str]]:
    """`{"selection": [{"variableCode": "Tid", "valueCodes": ["2020"]}]}`."""
    if int(request.headers.get("Content-Length") or 0) > _LARGEST_QUERY:
        raise NotChosen("Frågan är för lång.")
    try:
        sent = json.loads(request.body or b"{}")
        selection = sent.get("selection") or []
        rows = [(row["variableCode"], row["valueCodes"], row.get("codelist")) for row in selection]
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        raise NotChosen("Frågan ska vara JSON med selection: variableCode och valueCodes för varje variabel.") from None
    found: dict[str, list[str]] = {}
    for variable, codes, codelist in rows:
        if codelist:
            raise NotChosen("Det finns inga kodlistor; välj bland variabelns egna värden.")
        if not isinstance(variable, str) or not isinstance(codes, list) or not all(isinstance(c, str) for c in codes):
            raise NotChosen("variableCode ska vara en text, och valueCodes en lista med texter.")
        found[variable] = codes
    return found
