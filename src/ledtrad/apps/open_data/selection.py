"""Choosing values of a variable as PxWebApi 2 lets one: codes, wildcards, and TOP, BOTTOM, RANGE, FROM, TO."""

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

_EXPRESSION = re.compile(r"(TOP|BOTTOM|RANGE|FROM|TO)\(([^()]{0,200})\)", re.I)
_BETWEEN = re.compile(r",(?![^(]*\))")
_LONGEST = 200


class NotChosen(Exception):
    """What was asked for is not there, or cannot be read; the message is a Swedish sentence."""


def split(written: str) -> list[str]:
    """The parts of a list written with commas; those within brackets belong to their expression."""
    return [part.strip() for part in _BETWEEN.split(written) if part.strip()]


def chosen(wanted: Sequence[str], codes: Sequence[str], variable: str) -> list[str]:
    """The codes that `wanted` asks for, each once, in the variable's own order. NotChosen when one is not there."""
    found: set[str] = set()
    for one in wanted:
        matching = _matching(one, codes, variable)
        if not matching:
            raise NotChosen(f"Variabeln {variable} har inget värde som passar ”{one[:40]}”.")
        found.update(matching)
    return [code for code in codes if code in found]


def _matching(one: str, codes: Sequence[str], variable: str) -> Sequence[str]:
    if one in codes:
        return [one]
    expression = _EXPRESSION.fullmatch(one)
    if expression:
        arguments = [part.strip() for part in expression[2].split(",")]
        return _WAYS[expression[1].upper()](codes, arguments, variable)
    if len(one) <= _LONGEST and ("*" in one or "?" in one):
        pattern = re.sub(r"\*+", "*", one).replace("[", "[[]")
        if pattern.count("*") <= 4:
            return [code for code in codes if fnmatchcase(code, pattern)]
    return []


def _counts(arguments: Sequence[str], variable: str) -> tuple[int, int]:
    """How many, and how many to pass over first."""
    if not 1 <= len(arguments) <= 2 or not all(one.isascii() and one.isdecimal() for one in arguments):
        raise NotChosen(f"TOP och BOTTOM för {variable} ska följas av ett antal, till exempel TOP(5).")
    number, passed = (*(int(one[:9]) for one in arguments), 0)[:2]
    return number, passed


def _top(codes: Sequence[str], arguments: Sequence[str], variable: str) -> Sequence[str]:
    number, passed = _counts(arguments, variable)
    return codes[passed : passed + number]


def _bottom(codes: Sequence[str], arguments: Sequence[str], variable: str) -> Sequence[str]:
    number, passed = _counts(arguments, variable)
    end = max(len(codes) - passed, 0)
    return codes[max(end - number, 0) : end]


def _place(code: str, codes: Sequence[str], variable: str) -> int:
    if code not in codes:
        raise NotChosen(f"Variabeln {variable} har inget värde ”{code[:40]}”.")
    return codes.index(code)


def _range(codes: Sequence[str], arguments: Sequence[str], variable: str) -> Sequence[str]:
    if len(arguments) != 2:
        raise NotChosen(f"RANGE för {variable} ska ha två värden, till exempel RANGE(2019,2021).")
    first, last = (_place(one, codes, variable) for one in arguments)
    return codes[first : last + 1]


def _from(codes: Sequence[str], arguments: Sequence[str], variable: str) -> Sequence[str]:
    return codes[_place(",".join(arguments), codes, variable) :]


def _to(codes: Sequence[str], arguments: Sequence[str], variable: str) -> Sequence[str]:
    return codes[: _place(",".join(arguments), codes, variable) + 1]


_WAYS: dict[str, Callable[[Sequence[str], Sequence[str], str], Sequence[str]]] = {
    "TOP": _top,
    "BOTTOM": _bottom,
    "RANGE": _range,
    "FROM": _from,
    "TO": _to,
}
