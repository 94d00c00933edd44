"""Codebooks: what the columns of a file of answers are called, hold and mean."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from ledtrad.core.quantities import plain


class CodebookError(ValueError):
    """The codebook cannot be understood. The message is one Swedish sentence for who sent it."""


class VariableKind(StrEnum):
    """What a column holds: codes with meanings, numbers, free text, or a running number that says nothing."""

    CODE = "code"
    NUMBER = "number"
    TEXT = "text"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class Code:
    """An answer that can be given. `is_missing` says that it stands for no answer: "vill inte svara"."""

    code: str
    meaning: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """A column. `low` and `high` bound numbers; `is_optional` when a wave may lack the column.

    ValueError for two codes that are the same, or bounds that no number is between.
    """

    name: str
    kind: VariableKind
    label: str = ""
    codes: tuple[Code, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    is_optional: bool = False
    _known: Mapping[str, str] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)

    def __post_init__(self) -> None:
        known = {canonical(code.code): code.code for code in self.codes}
        if len(known) < len(self.codes):
            raise CodebookError(f"Variabeln {self.name} har samma kod två gånger i kodboken.")
        if self.kind is VariableKind.CODE and not self.codes:
            raise CodebookError(f"Variabeln {self.name} har inga koder i kodboken.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise CodebookError(f"Variabeln {self.name} har ett minsta värde som är större än det största.")
        object.__setattr__(self, "_known", known)

    def code_of(self, written: str) -> str | None:
        """The code that is meant, however it is written ("1", "1.0", " 1"); None when there is no such code."""
        return self._known.get(canonical(written))

    @property
    def missing(self) -> frozenset[str]:
        """The codes that stand for no answer."""
        return frozenset(code.code for code in self.codes if code.is_missing)


@dataclass(frozen=True, slots=True)
class Codebook:
    """All columns, in order. ValueError when two have the same name."""

    variables: tuple[Variable, ...]

    def __post_init__(self) -> None:
        names = [variable.name for variable in self.variables]
        if not names:
            raise CodebookError("Kodboken innehåller inga variabler.")
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise CodebookError(f"Variabeln {twice} står två gånger i kodboken.")

    def named(self, name: str) -> Variable | None:
        return next((variable for variable in self.variables if variable.name == name), None)


def canonical(written: str) -> str:
    """One way of writing a code: no spaces around it, and numbers without idle zeros: "1.0", "01" and "1" are alike."""
    text = written.strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return plain(number) if number.is_finite() and text.isascii() else text


# --- as a table ------------------------------------------------------------------------------------

_HEADINGS = {
    "name": ("variabel", "variable", "kolumn", "name"),
    "label": ("etikett", "label", "fråga", "fraga"),
    "kind": ("typ", "kind", "type"),
    "code": ("kod", "code"),
    "meaning": ("betydelse", "meaning", "svar"),
    "low": ("minst", "low", "min"),
    "high": ("högst", "hogst", "high", "max"),
    "missing": ("saknas", "missing", "bortfall"),
    "optional": ("frivillig", "optional"),
}
_KINDS = {
    "kod": VariableKind.CODE,
    "tal": VariableKind.NUMBER,
    "text": VariableKind.TEXT,
    "löpnummer": VariableKind.SERIAL,
    "lopnummer": VariableKind.SERIAL,
} | {kind.value: kind for kind in VariableKind}
_YES = frozenset(("ja", "j", "yes", "y", "x", "1", "sant", "true"))
_Row = Mapping[str, str]


def codebook_from_rows(rows: Iterable[Sequence[str]]) -> Codebook:
    """A codebook from a table, as rows of texts; the first that is not empty holds the headings.

    Columns: variabel, etikett, typ (kod, tal, text, löpnummer), kod, betydelse, minst, högst, saknas, frivillig; the
    first is needed. A variable has a row for each of its codes; where `variabel` is empty the one above goes on.
    CodebookError with a sentence when it cannot be understood.
    """
    walked = iter(row for row in rows if any(text.strip() for text in row))
    places = _places(next(walked, ()))
    return Codebook(tuple(_variable(name, block) for name, block in _blocks(_named(walked, places))))


def _places(headings: Sequence[str]) -> dict[str, int]:
    found = {text.strip().casefold(): place for place, text in reversed(list(enumerate(headings)))}
    places = {
        key: next(found[name] for name in names if name in found)
        for key, names in _HEADINGS.items()
        if any(name in found for name in names)
    }
    if "name" not in places:
        raise CodebookError("Kodboken saknar kolumnen ”variabel” i sin första rad.")
    return places


def _named(rows: Iterable[Sequence[str]], places: Mapping[str, int]) -> Iterator[_Row]:
    for row in rows:
        yield {key: row[place].strip() if place < len(row) else "" for key, place in places.items()}


def _blocks(rows: Iterable[_Row]) -> list[tuple[str, list[_Row]]]:
    """The rows of each variable, which stand together."""
    blocks: list[tuple[str, list[_Row]]] = []
    for row in rows:
        name = row["name"]
        if name and (not blocks or blocks[-1][0] != name):
            blocks.append((name, []))
        if not blocks:
            raise CodebookError("Kodbokens första rad efter rubrikerna saknar variabel.")
        blocks[-1][1].append(row)
    return blocks


def _variable(name: str, rows: Sequence[_Row]) -> Variable:
    codes = tuple(
        Code(row["code"], row.get("meaning", ""), row.get("missing", "").casefold() in _YES)
        for row in rows
        if row.get("code")
    )
    return Variable(
        name,
        _kind(name, _first(rows, "kind"), codes),
        _first(rows, "label"),
        codes,
        _bound(name, _first(rows, "low")),
        _bound(name, _first(rows, "high")),
        _first(rows, "optional").casefold() in _YES,
    )


def _first(rows: Sequence[_Row], key: str) -> str:
    return next((row[key] for row in rows if row.get(key)), "")


def _kind(name: str, written: str, codes: tuple[Code, ...]) -> VariableKind:
    if not written:
        return VariableKind.CODE if codes else VariableKind.NUMBER
    kind = _KINDS.get(written.casefold())
    if kind is None:
        raise CodebookError(f"Variabeln {name} har typen ”{written}” i kodboken. Ange kod, tal, text eller löpnummer.")
    return kind


def _bound(name: str, written: str) -> Decimal | None:
    if not written:
        return None
    try:
        bound = Decimal(written.replace("−", "-").replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))
    except InvalidOperation:
        bound = Decimal("NaN")
    if not bound.is_finite():
        raise CodebookError(f"Variabeln {name} har en gräns i kodboken som inte är ett tal: ”{written}”.")
    return bound


# --- as JSON ---------------------------------------------------------------------------------------


def codebook_from_json(text: str | bytes) -> Codebook:
    """The reverse of `codebook_to_json`. CodebookError for anything else.

    {"variables": [{"name", "label", "kind", "codes": [{"code", "meaning", "missing"}], "low", "high", "optional"}]}
    """
    try:
        told = json.loads(text)
        return Codebook(tuple(_from_record(one) for one in told["variables"]))
    except CodebookError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CodebookError("Kodboken går inte att förstå som JSON.") from None


def _from_record(one: Mapping[str, Any]) -> Variable:
    name = str(one["name"])
    codes = tuple(
        Code(str(code["code"]), str(code.get("meaning", "")), bool(code.get("missing")))
        for code in one.get("codes") or ()
    )
    kind = _kind(name, str(one.get("kind") or ""), codes)
    low, high = (_bound(name, "" if one.get(key) is None else str(one[key])) for key in ("low", "high"))
    return Variable(name, kind, str(one.get("label") or ""), codes, low, high, bool(one.get("optional")))


def codebook_to_json(codebook: Codebook) -> str:
    """The codebook as JSON, always the same for the same codebook."""
    return json.dumps({"variables": [_to_record(one) for one in codebook.variables]}, ensure_ascii=False)


def _to_record(variable: Variable) -> dict[str, Any]:
    record: dict[str, Any] = {"name": variable.name, "label": variable.label, "kind": variable.kind.value}
    if variable.codes:
        record["codes"] = [
            {"code": code.code, "meaning": code.meaning, "missing": code.is_missing} for code in variable.codes
        ]
    bounds = (("low", variable.low), ("high", variable.high))
    record |= {key: plain(bound) for key, bound in bounds if bound is not None}
    return record | ({"optional": True} if variable.is_optional else {})
