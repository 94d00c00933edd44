"""The names that a table can mean: codes, titles and the spellings that official tables use for them."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ledtrad.core.imports.spelling import fold

_CODE_FIRST = re.compile(r"([0-9a-zåäö][0-9a-zåäö.-]*)[ :,]+(.+)")
_CODE_LAST = re.compile(r"(.+?) ?[(\[]([0-9a-zåäö.-]+)[)\]]")
_ENDINGS = {
    "municipality": (" kommun", "s kommun", " stad", "s stad", " municipality"),
    "county": (),
    "district": (
        " stadsdelsområde",
        "s stadsdelsområde",
        " stadsdelsnämnd",
        "s stadsdelsnämnd",
        " stadsdelsnämndsområde",
        " stadsdelsförvaltning",
        " stadsdel",
        " sdf",
        " sdn",
        " sdo",
    ),
    "neighbourhood": (" stadsdel",),
    "nation": (),
}
_NATION = ("riket", "hela riket", "sverige", "rikssnitt", "riksgenomsnitt", "sweden", "hela landet", "00", "0000")


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area that figures can be about."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an indicator asks from a year on: as much of it as reading a table needs."""

    from_year: int
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """An indicator with every title it has had, newest first, and what it asked from which year, oldest first."""

    code: str
    titles: tuple[str, ...]
    asked: tuple[Asked, ...]

    def in_year(self, year: int) -> Asked | None:
        """What it asked in `year`; None before it was defined."""
        begun = [one for one in self.asked if one.from_year <= year]
        return begun[-1] if begun else None


@dataclass(frozen=True)
class NameBook:
    """Finds the code that a written name stands for. A spelling that could be two of them stands for none."""

    exact: Mapping[str, str | None]
    likely: Mapping[str, str | None]
    shown: Mapping[str, str]
    _found: dict[str, str] = field(default_factory=dict)

    def find(self, text: str) -> str:
        """The code, or "" when the name is unknown or could be two."""
        if text not in self._found:
            self._found[text] = self._look_up(fold(text))
        return self._found[text]

    def _look_up(self, folded: str) -> str:
        for spellings in (self.exact, self.likely):
            if folded in spellings:
                return spellings[folded] or ""
        last, first = _CODE_LAST.fullmatch(folded), _CODE_FIRST.fullmatch(folded)
        found = self._both(last[2], last[1]) if last else ""
        return found or (self._both(first[1], first[2]) if first else "")

    def _both(self, code: str, name: str) -> str:
        """ "0180 Stockholm" and "Stockholm (0180)": the code holds when the name does not say something else."""
        by_code, by_name = self.exact.get(code) or self.likely.get(code) or "", self.exact.get(name)
        if not by_code:
            return ""
        return by_code if by_name in (by_code, None) or by_code == self.likely.get(name) else ""

    def suggest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """The codes whose names are most like what is written, best first."""
        folded = fold(text)
        names = difflib.get_close_matches(folded, list(self.shown.values()), n=most * 2, cutoff=0.72)
        by_name: dict[str, list[str]] = {}
        for code, name in self.shown.items():
            by_name.setdefault(name, []).append(code)
        return tuple(dict.fromkeys(code for name in names for code in by_name[name]))[:most]


def _book(names: Iterable[tuple[str, str, bool]], shown: Mapping[str, str]) -> NameBook:
    exact: dict[str, str | None] = {}
    likely: dict[str, str | None] = {}
    for code, spelling, is_exact in names:
        spellings, folded = (exact if is_exact else likely), fold(spelling)
        if folded:
            spellings[folded] = code if spellings.get(folded, code) == code else None
    return NameBook(exact, likely, shown)


def book_of_areas(areas: Iterable[KnownArea]) -> NameBook:
    """Areas by code and by name, also as official tables spell them: "Stockholms stad", "180", "Farsta sdn"."""
    known = tuple(areas)
    return _book(
        (spelled for area in known for spelled in _spellings(area)), {area.code: fold(area.name) for area in known}
    )


def _spellings(area: KnownArea) -> Iterable[tuple[str, str, bool]]:
    yield area.code, area.code, True
    yield area.code, area.name, True
    if area.code.isdigit() and area.code.startswith("0"):
        yield area.code, area.code.lstrip("0"), False
    if "-" in area.name:
        yield area.code, area.name.replace("-", " "), False
    for ending in _ENDINGS.get(area.kind, ()):
        yield area.code, area.name + ending, False
        bare = fold(area.name).removesuffix(fold(ending))
        if bare != fold(area.name):
            yield area.code, bare, False
    if area.kind == "county":
        bare = re.sub(r"s? län$", "", fold(area.name))
        yield from ((area.code, f"{bare}{ending}", False) for ending in (" län", "s län", " county"))
    if area.kind == "nation":
        yield from ((area.code, name, False) for name in _NATION)


def book_of_indicators(indicators: Iterable[KnownIndicator]) -> NameBook:
    """Indicators by code and by any title that they have had."""
    known = tuple(indicators)
    names = [(one.code, name, True) for one in known for name in (one.code, one.titles[0])]
    older = [(one.code, name, False) for one in known for name in one.titles[1:]]
    return _book([*names, *older], {one.code: fold(one.titles[0]) for one in known})
