"""The catalogue of open data as DCAT-AP-SE, in Turtle: what harvesters such as Sveriges dataportal read."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from ledtrad.apps.open_data.presenters.cubes import PARTLY_INVENTED
from ledtrad.apps.open_data.queries import OpenIndicator, Span
from ledtrad.core.language.writing import write_genitive

_PREFIXES = """@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA = "http://www.iana.org/assignments/media-types/"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_FILES = (
    ("excel.csv", "CSV för Excel", "text/csv"),
    ("maskin.csv", "CSV för program", "text/csv"),
    ("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("json", "JSON", "application/json"),
    ("json-stat", "JSON-stat 2.0", "application/json"),
)
_APIS = (
    ("api/v1/", "Läs-API", "OpenAPI 3.1", "api/v1/openapi.json"),
    ("api/kolada/v3/", "Koladas form, version 3", "Samma frågor och svar som Koladas API.", "oppna-data/"),
    ("api/pxweb/v2/", "PxWebApi 2", "Samma frågor och svar som PxWebApi 2.", "api/pxweb/v2/config"),
)


def catalogue_turtle(indicators: Mapping[str, OpenIndicator], spans: Mapping[str, Span], root: str) -> str:
    """The whole catalogue. `root` is the site's address with a slash at its end."""
    told = [one for one in indicators.values() if one.code in spans]
    parts = [_PREFIXES, _publisher(root), _contact(root), _catalogue(told, spans, root)]
    parts += [_service(root, told, *api) for api in _APIS]
    parts += [_matrix(root)]
    parts += [_dataset(one, spans[one.code], root) for one in told]
    return "\n".join(parts)


def text(value: str, language: str = "sv") -> str:
    """A literal, with everything in it escaped."""
    plain = "".join(letter for letter in value if letter in "\n\r\t" or letter.isprintable() or letter == "\u00a0")
    return f'"{plain.translate(_ESCAPES)}"@{language}'


def _uri(address: str) -> str:
    """An address between its brackets; whatever could end them is escaped."""
    return f"<{''.join(letter if _is_safe(letter) else _escaped(letter) for letter in address)}>"


def _escaped(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))


def _is_safe(letter: str) -> bool:
    return letter.isascii() and letter.isprintable() and letter not in ' <>"{}|\\^`'


def _node(address: str, kind: str, told: Iterator[tuple[str, str]]) -> str:
    lines = "".join(f" ;\n    {name} {value}" for name, value in told if value)
    return f"{_uri(address)} a {kind}{lines} .\n"


def _publisher(root: str) -> str:
    def told() -> Iterator[tuple[str, str]]:
        yield "foaf:name", text(settings.OPEN_DATA["publisher"])
        yield "dcterms:type", "<http://purl.org/adms/publishertype/LocalAuthority>"
        yield "foaf:homepage", _uri(root)

    return _node(f"{root}dcat#utgivare", "foaf:Agent", told())


def _contact(root: str) -> str:
    def told() -> Iterator[tuple[str, str]]:
        yield "vcard:fn", text(settings.OPEN_DATA["publisher"])
        mail = settings.OPEN_DATA["contact"]
        yield ("vcard:hasEmail", _uri(f"mailto:{mail}")) if mail else ("vcard:hasURL", _uri(f"{root}oppna-data/"))

    return _node(f"{root}dcat#kontakt", "vcard:Organization", told())


def _common(root: str) -> Iterator[tuple[str, str]]:
    yield "dcterms:publisher", _uri(f"{root}dcat#utgivare")
    yield "dcterms:license", _uri(settings.OPEN_DATA["licence"])


def _catalogue(told: list[OpenIndicator], spans: Mapping[str, Span], root: str) -> str:
    def lines() -> Iterator[tuple[str, str]]:
        yield "dcterms:title", text(f"Öppna data om {write_genitive(settings.OPEN_DATA['city'])} mål och indikatorer")
        yield "dcterms:description", text("Indikatorer, mål, årsmål och utfall ur stadens styrning och uppföljning.")
        yield from _common(root)
        yield "foaf:homepage", _uri(f"{root}oppna-data/")
        yield "dcterms:language", f"<{_AUTHORITY}language/SWE>"
        if told:
            yield "dcterms:modified", _moment(max(spans[one.code].updated for one in told))
        yield "dcat:themeTaxonomy", f"<{_AUTHORITY}data-theme>"
        sets = [_uri(f"{root}dcat#matris"), *(_uri(_id(root, one)) for one in told)]
        yield "dcat:dataset", ", ".join(sets)
        yield "dcat:service", ", ".join(_uri(f"{root}{address}") for address, *_ in _APIS)

    return _node(f"{root}dcat", "dcat:Catalog", lines())


def _moment(moment: Any) -> str:
    return f'"{moment.strftime("%Y-%m-%dT%H:%M:%SZ")}"^^xsd:dateTime'


def _id(root: str, one: OpenIndicator) -> str:
    return f"{root}dcat#indikator-{one.code}"


def _service(root: str, told: list[OpenIndicator], address: str, title: str, more: str, description: str) -> str:
    def lines() -> Iterator[tuple[str, str]]:
        yield "dcterms:title", text(title)
        yield "dcterms:description", text(more)
        yield from _common(root)
        yield "dcat:contactPoint", _uri(f"{root}dcat#kontakt")
        yield "dcat:endpointURL", _uri(f"{root}{address}")
        yield "dcat:endpointDescription", _uri(f"{root}{description}")
        yield "dcterms:accessRights", f"<{_AUTHORITY}access-right/PUBLIC>"
        if told:
            yield "dcat:servesDataset", ", ".join(_uri(_id(root, one)) for one in told)

    return _node(f"{root}{address}", "dcat:DataService", lines())


def _described(root: str) -> Iterator[tuple[str, str]]:
    yield from _common(root)
    yield "dcat:contactPoint", _uri(f"{root}dcat#kontakt")
    yield "dcat:theme", f"<{_AUTHORITY}data-theme/GOVE>"
    yield "dcterms:language", f"<{_AUTHORITY}language/SWE>"
    yield "dcterms:accessRights", f"<{_AUTHORITY}access-right/PUBLIC>"
    yield "dcterms:accrualPeriodicity", f"<{_AUTHORITY}frequency/ANNUAL>"


def _dataset(one: OpenIndicator, span: Span, root: str) -> str:
    latest, files = one.latest, f"{root}indikator/{one.code}/data/"

    def lines() -> Iterator[tuple[str, str]]:
        yield "dcterms:title", text(latest.title)
        told = (latest.question or latest.title, PARTLY_INVENTED if span.invented else "")
        yield "dcterms:description", text(" ".join(part for part in told if part))
        yield "dcterms:identifier", f'"{one.code.translate(_ESCAPES)}"'
        yield from _described(root)
        yield "dcat:keyword", ", ".join(text(word) for word in ("indikator", "uppföljning", settings.OPEN_DATA["city"]))
        yield "dcterms:modified", _moment(span.updated)
        yield "dcterms:provenance", _provenance(latest.source)
        yield "dcterms:temporal", _period(span)
        yield "dcat:landingPage", _uri(f"{root}indikator/{one.code}/")
        yield "dcat:distribution", ", ".join(_uri(f"{files}{kind}") for kind, *_ in _FILES)

    return "\n".join([_node(_id(root, one), "dcat:Dataset", lines()), *_distributions(files, root)])


def _provenance(source: str) -> str:
    return f"[ a dcterms:ProvenanceStatement ; dcterms:description {text(source)} ]" if source else ""


def _period(span: Span) -> str:
    first, last = f'"{span.first}-01-01"^^xsd:date', f'"{span.last}-12-31"^^xsd:date'
    return f"[ a dcterms:PeriodOfTime ; dcat:startDate {first} ; dcat:endDate {last} ]"


def _distributions(files: str, root: str) -> Iterator[str]:
    for kind, title, media in _FILES:
        address = f"{files}{kind}"

        def lines(address: str = address, title: str = title, media: str = media) -> Iterator[tuple[str, str]]:
            yield "dcterms:title", text(title)
            yield "dcat:accessURL", _uri(address)
            yield "dcat:downloadURL", _uri(address)
            yield "dcterms:license", _uri(settings.OPEN_DATA["licence"])
            yield "dcat:mediaType", f"<{_MEDIA}{media}>"

        yield _node(address, "dcat:Distribution", lines())


def _matrix(root: str) -> str:
    def lines() -> Iterator[tuple[str, str]]:
        yield "dcterms:title", text("Mål och bedömningar")
        yield "dcterms:description", text("Fullmäktiges mål år för år, stadens bedömning och nämndernas.")
        yield from _described(root)
        yield "dcat:distribution", _uri(f"{root}api/v1/goals")

    def file() -> Iterator[tuple[str, str]]:
        yield "dcterms:title", text("JSON")
        yield "dcat:accessURL", _uri(f"{root}api/v1/goals")
        yield "dcterms:license", _uri(settings.OPEN_DATA["licence"])
        yield "dcat:mediaType", f"<{_MEDIA}application/json>"
        yield "dcat:accessService", _uri(f"{root}api/v1/")

    own = _node(f"{root}dcat#matris", "dcat:Dataset", lines())
    return f"{own}\n{_node(f'{root}api/v1/goals', 'dcat:Distribution', file())}"
