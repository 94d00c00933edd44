"""A cube from the header and the figures: dimensions with codes, labels, hierarchies and roles."""

from ledtrad.core.cube import Category, Cube, Dimension
from ledtrad.readers.px.figures import Figures
from ledtrad.readers.px.statements import Header, UnreadablePx


def build(header: Header, figures: Figures, name: str) -> Cube:
    """The cube. UnreadablePx when a variable has not as many codes as values."""
    variables = (*header.all("STUB"), *header.all("HEADING"))
    if not variables:
        raise UnreadablePx(f"Filen {name} säger inte vilka variabler tabellen har (STUB och HEADING).")
    notes = (*header.all("NOTEX"), *header.all("NOTE"))
    dimensions = tuple(_dimension(header, variable, name) for variable in variables)
    has_measures = any(dimension.role == "metric" for dimension in dimensions)
    return Cube(
        file=name,
        title=_readable(header.one("TITLE") or header.one("DESCRIPTION") or header.one("CONTENTS")),
        dimensions=dimensions,
        texts=figures.texts,
        place=figures.place,
        name=header.one("MATRIX"),
        source=_readable(header.one("SOURCE")),
        updated=header.one("LAST-UPDATED"),
        language=header.one("LANGUAGE"),
        unit=header.one("UNITS"),
        decimals=_number(header.one("SHOWDECIMALS") or header.one("DECIMALS")),
        notes=tuple(map(_readable, notes)),
        counts="" if has_measures else _readable(header.one("CONTENTS")),
    )


def _dimension(header: Header, variable: str, name: str) -> Dimension:
    labels = header.all("VALUES", variable) or header.all("CODES", variable)
    codes = header.all("CODES", variable) or labels
    if len(codes) != len(labels):
        raise UnreadablePx(
            f"Filen {name} har {len(codes)} koder men {len(labels)} värden för variabeln {variable}; den är skadad."
        )
    parents = _parents(header, variable)
    categories = tuple(
        Category(code, label, parents.get(code, ""), header.one("UNITS", label), _precision(header, variable, label))
        for code, label in zip(codes, labels, strict=True)
    )
    code = header.one("VARIABLECODE", variable) or variable
    return Dimension(code, variable, categories, _role(header, variable))


def _parents(header: Header, variable: str) -> dict[str, str]:
    """The code above each code; a hierarchy is written as its root, then pairs "above":"below"."""
    parents: dict[str, str] = {}
    parts = header.all("HIERARCHIES", variable)
    for above, colon, below in zip(parts, parts[1:], parts[2:], strict=False):
        if colon == ":":
            parents[below] = above
    return parents


def _role(header: Header, variable: str) -> str:
    kind = header.one("VARIABLE-TYPE", variable).lower()
    if header.all("TIMEVAL", variable) or kind == "time":
        return "time"
    if header.one("CONTVARIABLE") == variable or kind == "contents":
        return "metric"
    return "geo" if header.all("MAP", variable) or kind.startswith("geo") else ""


def _precision(header: Header, variable: str, label: str) -> int | None:
    return _number(header.one("PRECISION", variable, label))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


def _readable(text: str) -> str:
    """In PX a # breaks the line."""
    return text.replace("#", "\n")
