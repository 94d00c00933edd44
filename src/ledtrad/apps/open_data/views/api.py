"""The read API: what is open, page by page, described by OpenAPI 3.1."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer
from pydantic import AfterValidator, Field

from ledtrad.apps.open_data.presenters import shaped, shapes
from ledtrad.apps.open_data.queries import (
    catalogue,
    observation_rows,
    open_areas,
    open_editions,
    open_goals,
    outcome_rows,
    target_rows,
)
from ledtrad.apps.open_data.views.open_door import open_door, problem

ROOT = "/api/v1/"
_CALLS = settings.OPEN_DATA["calls_per_minute"]
_DESCRIPTION = f"""Allt som är offentligt om stadens indikatorer, mål och årsredovisningar. Bara läsning, ingen
inloggning, inga kakor.

**Licens:** CC0 1.0. **Takt:** högst {_CALLS} frågor i minuten från en adress; därefter svarar servern 429 med
`Retry-After`. **Sidor:** `page` och `per_page`; svaret bär `next` och `previous`. **Cache:** varje svar har `ETag`;
skicka den i `If-None-Match` och få 304 när ingenting har ändrats. **Tal:** exakta decimaltal är strängar med
decimalpunkt. **Saknade uppgifter** har ett slag (`absence`) och är aldrig noll eller tomma.
`known_at` svarar med vad som var känt vid ett ögonblick."""


class _Readable(JSONRenderer):
    """Swedish letters as letters: also people look at what programs read."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=_Readable(),
    title="Ledtråd: öppna data",
    version="1.0.0",
    description=_DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="open_data_v1",
    openapi_extra={
        "info": {
            "license": {"name": "CC0 1.0", "url": settings.OPEN_DATA["licence"]},
            "contact": {"name": settings.OPEN_DATA["publisher"]},
            "x-rate-limit": {"calls": _CALLS, "seconds": 60, "per": "address"},
        }
    },
)


# ------------------------------------------------------------------------------------------------- what can be asked


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?")


def _read(text: str) -> datetime | None:
    """A moment as RFC 3339 writes it. A plus in an address is read as a space; a leap second as the one before."""
    plain = text.replace(" ", "+").upper()
    if not _MOMENT.fullmatch(plain):
        return None
    try:
        return parse_datetime(re.sub(r"(T\d\d:\d\d):60", r"\1:59", plain))
    except ValueError:
        return None


def _moment(text: str) -> str:
    if _read(text) is None:
        raise ValueError("Skriv ett ögonblick som 2022-04-15T12:00:00+02:00.")
    return text


Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}), AfterValidator(_moment)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
PerPage = Annotated[int, Field(ge=1, le=1_000)]
Year = Annotated[int, Field(ge=1800, le=2999)]
Tertial = Annotated[int, Field(ge=0, le=3)]
# No text of ours holds a NUL, and one of the databases cannot even be asked for it.
CodeAsked = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
Sex = Literal["all", "women", "men"]
Kind = Literal["nation", "county", "municipality", "district", "neighbourhood"]


class Paging(shapes.Schema):
    """Vilken sida, och hur många på den."""

    page: PageNumber = 1
    per_page: PerPage = 100


PagingAsked = Annotated[Paging, Query()]


_FIRST, _LAST = datetime(1901, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)


def _known(text: str | None) -> datetime | None:
    """The moment that was written; without a zone it is the city's own time. Before anything was known, or after."""
    found = _read(text) if text else None
    if found is None:
        return None
    if not _FIRST.year < found.year < _LAST.year - 1:
        return _FIRST if found.year <= _FIRST.year else _LAST
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _answers(shape: type[shapes.Schema]) -> dict[int, Any]:
    wrong = dict.fromkeys((404, 405, 422, 429), shapes.Problem)
    return {200: shape, 304: None, **wrong}


# ------------------------------------------------------------------------------------------------------------ pages


def _page(request: HttpRequest, rows: Any, paging: Paging, shaped_as: Callable[[Any], dict[str, Any]]) -> Any:
    """One page of what was found, with the ways to the pages beside it."""
    count = len(rows) if isinstance(rows, Sequence) else rows.count()
    start = (paging.page - 1) * paging.per_page
    items = [shaped_as(row) for row in rows[start : start + paging.per_page]]
    return {
        "count": count,
        "page": paging.page,
        "per_page": paging.per_page,
        "next": _beside(request, paging.page + 1) if start + paging.per_page < count else None,
        "previous": _beside(request, paging.page - 1) if paging.page > 1 else None,
        "licence": settings.OPEN_DATA["licence"],
        "items": items,
    }


def _beside(request: HttpRequest, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _open(code: str) -> Any:
    """The indicator, if it is open. Http404 when it is not, or when there is none."""
    found = catalogue().get(code)
    if found is None:
        raise Http404(code)
    return found


# -------------------------------------------------------------------------------------------------------- addresses


@api.get("", response=_answers(shapes.Start), url_name="api_start", summary="Var allt finns")
def start(request: HttpRequest) -> Any:
    names = ("indicators", "outcomes", "observations", "targets", "goals", "areas", "editions", "openapi.json")
    return {
        "title": api.title,
        "publisher": settings.OPEN_DATA["publisher"],
        "licence": settings.OPEN_DATA["licence"],
        "rate_limit": f"{_CALLS} calls a minute from one address",
        "description": _DESCRIPTION,
        "addresses": {name: request.build_absolute_uri(f"{ROOT}{name}") for name in names},
    }


@api.get("/indicators", response=_answers(shapes.Indicators), url_name="api_indicators", summary="Indikatorer")
def indicators(request: HttpRequest, paging: PagingAsked, owner: Annotated[CodeAsked | None, Query()] = None) -> Any:
    """Alla indikatorer. `owner` är nämndens kortnamn."""
    found = [one for one in catalogue().values() if owner is None or one.owner == owner]
    return _page(request, found, paging, lambda one: shaped.indicator(one, _root(request)))


@api.get("/indicators/{code}", response=_answers(shapes.Indicator), url_name="api_indicator", summary="En indikator")
def indicator(request: HttpRequest, code: Annotated[CodeAsked, Path()]) -> Any:
    return shaped.indicator(_open(code), _root(request))


@api.get(
    "/indicators/{code}/versions",
    response=_answers(shapes.Versions),
    url_name="api_versions",
    summary="En indikators definitioner",
)
def versions(request: HttpRequest, code: Annotated[CodeAsked, Path()], paging: PagingAsked) -> Any:
    """Vad indikatorn har frågat efter, äldst först, och varför det ändrades."""
    return _page(request, _open(code).versions, paging, lambda one: shaped.version(code, one))


@api.get("/outcomes", response=_answers(shapes.Outcomes), url_name="api_outcomes", summary="Stadens utfall")
def outcomes(
    request: HttpRequest,
    paging: PagingAsked,
    indicator: Annotated[CodeAsked | None, Query()] = None,
    year: Annotated[Year | None, Query()] = None,
    tertial: Annotated[Tertial | None, Query()] = None,
    known_at: Annotated[Moment | None, Query()] = None,
) -> Any:
    """Utfallen som gäller, eller som var kända vid `known_at`."""
    rows = outcome_rows(_known(known_at), indicator__code=indicator, year=year, tertial=tertial)
    return _page(request, rows, paging, shaped.outcome)


@api.get(
    "/observations",
    response=_answers(shapes.Observations),
    url_name="api_observations",
    summary="Siffror för områden, kön och grupper",
)
def observations(
    request: HttpRequest,
    paging: PagingAsked,
    indicator: Annotated[CodeAsked, Query()],
    area: Annotated[CodeAsked | None, Query()] = None,
    year: Annotated[Year | None, Query()] = None,
    tertial: Annotated[Tertial | None, Query()] = None,
    sex: Annotated[Sex | None, Query()] = None,
    group: Annotated[str | None, Query(max_length=60, pattern=r"^[^\x00]*$")] = None,
    known_at: Annotated[Moment | None, Query()] = None,
) -> Any:
    """En indikators siffror. `group` tom ger bara dem som gäller alla."""
    asked = {"area__code": area, "year": year, "tertial": tertial, "sex": sex and ("" if sex == "all" else sex)}
    rows = observation_rows(_known(known_at), indicator_id=_open(indicator).id, group=group, **asked)
    return _page(request, rows, paging, shaped.observation)


@api.get("/targets", response=_answers(shapes.Targets), url_name="api_targets", summary="Årsmål")
def targets(
    request: HttpRequest,
    paging: PagingAsked,
    indicator: Annotated[CodeAsked | None, Query()] = None,
    year: Annotated[Year | None, Query()] = None,
    known_at: Annotated[Moment | None, Query()] = None,
) -> Any:
    """Fullmäktiges årsmål, och nämndernas när deras planer är antagna."""
    rows = target_rows(_known(known_at), indicator__code=indicator, year=year)
    return _page(request, rows, paging, shaped.target)


@api.get("/goals", response=_answers(shapes.Goals), url_name="api_goals", summary="Fullmäktiges mål")
def goals(request: HttpRequest, paging: PagingAsked, year: Annotated[Year | None, Query()] = None) -> Any:
    """Målen med stadens bedömning och hur nämnderna har bedömt dem."""
    return _page(request, open_goals(year), paging, lambda one: shaped.goal(one, _root(request)))


@api.get("/areas", response=_answers(shapes.Areas), url_name="api_areas", summary="Områden")
def areas(request: HttpRequest, paging: PagingAsked, kind: Annotated[Kind | None, Query()] = None) -> Any:
    found = [one for one in open_areas().values() if kind is None or one.kind == kind]
    return _page(request, found, paging, shaped.area)


@api.get("/editions", response=_answers(shapes.Editions), url_name="api_editions", summary="Årsredovisningar")
def editions(request: HttpRequest, paging: PagingAsked, year: Annotated[Year | None, Query()] = None) -> Any:
    """Publicerade utgåvor, den senaste först. Utkast visas inte."""
    found = [one for one in open_editions() if year is None or one.year == year]
    return _page(request, found, paging, lambda one: shaped.edition(one, _root(request)))


# ------------------------------------------------------------------------------------------------------- when wrong


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    errors = [{"where": ".".join(map(str, one["loc"])), "what": str(one["msg"])} for one in wrong.errors]
    return problem(422, "Frågan innehåller något som inte går att använda.", errors=errors)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, missing: Http404) -> HttpResponse:
    return problem(404, "Det som efterfrågas finns inte, eller är inte offentligt.")


@open_door()
def description(request: HttpRequest) -> HttpResponse:
    """The API's own description: OpenAPI 3.1."""
    schema = _without_null_in_addresses(api.get_openapi_schema(path_prefix=ROOT))
    text = json.dumps(schema, ensure_ascii=False, default=str)
    return HttpResponse(text, content_type="application/vnd.oai.openapi+json;version=3.1; charset=utf-8")


def _without_null_in_addresses(schema: dict[str, Any]) -> dict[str, Any]:
    """What may be left out of an address is left out: there is no null to write in one."""
    for ways in schema["paths"].values():
        for parameter in ways["get"].get("parameters", ()):
            kinds = [kind for kind in parameter["schema"].pop("anyOf", ()) if kind != {"type": "null"}]
            for kind in kinds:
                parameter["schema"] |= kind
    return schema


@open_door()
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404(rest)


def patterns() -> list[URLPattern]:
    """The API's addresses, each behind the open door. Its own start page is ours."""
    found = [one for one in api.urls[0] if one.name != "api-root"]
    return [URLPattern(one.pattern, open_door()(one.callback), one.default_args, one.name) for one in found]
