"""What headings say: which dimension a column holds, or what its figures are about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ledtrad.core.imports.layout import About, Role
from ledtrad.core.imports.names import NameBook
from ledtrad.core.imports.periods import read_period, year_within
from ledtrad.core.imports.spelling import fold, names_a_sex

_WORDS: dict[Role, tuple[str, ...]] = {
    Role.INDICATOR: (
        "indikator", "indikatorer", "indikatorkod", "indikatornamn", "indikator id", "nyckeltal", "nyckeltalskod",
        "nyckeltals-id", "nyckeltalsnamn", "mått", "måttkod", "kpi", "kpi id", "indicator", "series", "serie",
        "tabellinnehåll", "contentscode", "contents",
    ),
    Role.AREA: (
        "område", "områden", "områdeskod", "områdesnamn", "kod område", "region", "regionkod", "kommun", "kommuner",
        "kommunkod", "kommunnamn", "län", "länskod", "stadsdel", "stadsdelsområde", "stadsdelsområden",
        "stadsdelsnämnd", "stadsdelsnämndsområde", "stadsdelsförvaltning", "distrikt", "geografi", "geografiskt område",
        "area", "area code", "geo", "geocode", "municipality", "municipality id", "deso", "area or group", "district",
        "områden/regioner",
    ),
    Role.YEAR: (
        "år", "årtal", "mätår", "kalenderår", "period", "tid", "tidpunkt", "tidsperiod", "year", "time", "refper",
        "time period",
    ),
    Role.TERTIAL: ("tertial",),
    Role.SEX: ("kön", "sex", "gender", "könsuppdelning"),
    Role.STATUS: ("status", "obs status", "observation status", "statuskod"),
    Role.MARGIN: (
        "felmarginal", "osäkerhetstal", "konfidensintervall", "margin", "margin of error", "±", "+/-", "felmarginal ±",
    ),
    Role.FIGURE: (
        "värde", "värden", "utfall", "resultat", "uppgift", "tal", "value", "values", "obs value", "result", "outcome",
        "antal", "andel", "andel (%)", "procent", "%",
    ),
    Role.IGNORED: (
        "kommentar", "kommentarer", "anmärkning", "not", "noter", "källa", "source", "note", "notes", "comment",
        "enhet", "unit", "units", "unit multiplier", "unit measure", "måttenhet", "nivå", "level", "målvärde", "årsmål",
        "id", "nr", "rad", "index",
    ),
}  # fmt: skip
_GROUPS = {
    "age": ("ålder", "åldersgrupp", "åldersklass", "age", "age group"),
    "provider": ("utförare", "regi", "driftsform", "huvudman", "provider", "egen/privat regi"),
    "grade": ("årskurs", "grade"),
    "birth": ("födelseland", "födelseregion", "country of birth"),
    "income": ("inkomst", "inkomstgrupp", "income"),
    "group": ("grupp", "grupper", "redovisningsgrupp", "group"),
}
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words}
_KIND_OF = {word: kind for kind, words in _GROUPS.items() for word in words}
_OF_CODES = (" (kod)", " (code)", "-kod")
_PARTS = re.compile(r"[,;|/()\n\[\]:]+|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading was understood as. `role` None when it is no name of a dimension."""

    role: Role | None
    group_kind: str
    about: About
    unexplained: str


@dataclass(frozen=True, slots=True)
class Books:
    """The names that can be met: of indicators and of areas."""

    indicators: NameBook
    areas: NameBook


def names_a_dimension(text: str) -> bool:
    """Whether a heading says what its column holds, and nothing of figures."""
    folded = fold(text)
    return folded in _KIND_OF or _ROLE_OF.get(folded, Role.FIGURE) is not Role.FIGURE


def read_heading(parts: Iterable[str], books: Books) -> Heading:
    """A column's heading, the topmost row first. What a lower row says goes before what stands above it."""
    role, kind, about, rest = None, "", About(), []
    for part in parts:
        folded = fold(part)
        folded = next((folded[: -len(end)] for end in _OF_CODES if folded.endswith(end)), folded)
        if not folded:
            continue
        role, kind = _ROLE_OF.get(folded, Role.GROUP if folded in _KIND_OF else None), _KIND_OF.get(folded, "")
        if role is None or role is Role.FIGURE:
            said, unexplained = _read_part(part, books)
            about = said.over(about)
            rest += [unexplained] if unexplained and role is None else []
    return Heading(role, kind, about, " ".join(dict.fromkeys(rest)))


def _read_part(text: str, books: Books) -> tuple[About, str]:
    """What one heading says, and what of it is not understood."""
    whole = _as_one(text, books)
    if whole is not None:
        return whole, ""
    year, without = year_within(text)
    about, rest = About(period=year), []
    for piece in (piece.strip() for piece in _PARTS.split(without) if piece.strip()):
        said = _as_one(piece, books)
        if said is not None:
            about = about.over(said)
        else:
            rest.append(piece)
    if not rest:
        return about, ""
    return _without_a_sex(about, " ".join(" ".join(rest).split()), books)


def _without_a_sex(about: About, text: str, books: Books) -> tuple[About, str]:
    """ "Andel trygga kvinnor": the sex may stand first or last in the name."""
    words = text.split()
    for sex, others in ((words[-1], words[:-1]), (words[0], words[1:])):
        if len(words) > 1 and names_a_sex(sex) and not about.sex:
            about = replace(about, sex=sex)
            text = " ".join(others)
            break
    said = _as_one(text, books)
    return (about.over(said), "") if said is not None else (about, text)


def _as_one(text: str, books: Books) -> About | None:
    """The text as exactly one thing: an indicator, an area, a period or a sex."""
    if books.indicators.find(text):
        return About(indicator=text)
    if read_period(text):
        return About(period=text)
    if names_a_sex(text) or fold(text) in ("k", "m", "t", "kv"):
        return About(sex=text)
    return About(area=text) if books.areas.find(text) else None


def said_in_passing(texts: Iterable[str], books: Books) -> About:
    """What titles, sheet names and file names say of the whole table: only what can be nothing else."""
    found = About()
    for text in texts:
        year, rest = year_within(text)
        code = text if books.indicators.find(text) else rest if books.indicators.find(rest) else ""
        found = found.over(About(indicator=code.strip(), period=year))
    return found
