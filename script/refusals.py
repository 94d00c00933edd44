"""Hold what refusals say together with their English: every template in the code, and refusals.po.

Run by the virtual environment's Python after a refusal has been written or changed: new templates are added without
English, old ones go; then write what stands empty and run script/catalogues.py. With --check nothing is written, and
the answer is 1 when something is missing, too much, or said in a way that cannot be looked up.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ledtrad"
CATALOGUE = PACKAGE / "site" / "locale" / "en" / "LC_MESSAGES" / "refusals.po"
_PHRASE, _REFUSED = "Phrase", "Refused"
_HEADER = r"""# What refusals say, in English. The Swedish sentences are written in the code.
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


@dataclass(frozen=True, slots=True)
class Said:
    """A template as it stands in the code, with where; `problem` says why something cannot be looked up."""

    place: str
    line: int
    template: str = ""
    problem: str = ""


def sources() -> dict[str, str]:
    """The Python of the apps and the site, by path."""
    files = (path for room in ("apps", "site") for path in sorted((PACKAGE / room).rglob("*.py")))
    return {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in files}


def collected(files: Mapping[str, str]) -> list[Said]:
    """Everything that a refusal or a phrase is made of."""
    trees = {place: ast.parse(text) for place, text in files.items()}
    makers = {_PHRASE, *_refusals(trees.values())}
    return [said for place, tree in trees.items() for said in _of_file(place, tree, makers)]


def _refusals(trees: Iterable[ast.Module]) -> set[str]:
    """The classes of refusals that take a template: Refused, and all beneath it that have no __init__ of their own."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found, before = {_REFUSED}, 0
    while len(found) > before:
        before = len(found)
        found |= {one.name for one in classes if found & {_name(base) for base in one.bases}}
    return found - {one.name for one in classes if one.name != _REFUSED and _has_init(one)}


def _has_init(one: ast.ClassDef) -> bool:
    return any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in one.body)


def _of_file(place: str, tree: ast.Module, makers: set[str]) -> Iterator[Said]:
    kept = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _name(node.value.func) == _PHRASE
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in _outside_refused(tree):
        if isinstance(node, ast.Call) and node.args and (_name(node.func) in makers or _is_inherited(node)):
            yield _said(place, node, kept)


def _outside_refused(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but what stands in Refused itself, which makes a phrase of what it is given."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.ClassDef) and node.name == _REFUSED):
            yield node
            yield from _outside_refused(node)


def _is_inherited(call: ast.Call) -> bool:
    """Whether a class with an __init__ of its own hands a sentence on to Refused."""
    function = call.func
    is_init = isinstance(function, ast.Attribute) and function.attr == "__init__"
    return is_init and isinstance(call.args[0], ast.Constant | ast.JoinedStr)


def _said(place: str, call: ast.Call, kept: set[str]) -> Said:
    first = call.args[0]
    if _is_a_phrase(first, kept):
        return Said(place, call.lineno)
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return Said(place, call.lineno, problem=f"put together beforehand, so not looked up: {ast.unparse(first)}")
    given = {keyword.arg for keyword in call.keywords}
    if given != placeholders(first.value):
        told = f"its values are {_listed(given)}, its placeholders {_listed(placeholders(first.value))}"
        return Said(place, call.lineno, first.value, f"{told}: {first.value!r}")
    return Said(place, call.lineno, first.value)


def _is_a_phrase(first: ast.expr, kept: set[str]) -> bool:
    """Made where it stands, kept at the top of the file, or taken from another refusal."""
    if isinstance(first, ast.Call):
        return _name(first.func) == _PHRASE
    return (isinstance(first, ast.Name) and first.id in kept) or (
        isinstance(first, ast.Attribute) and first.attr == "phrase"
    )


def _name(expression: ast.expr) -> str:
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def placeholders(template: str) -> set[str]:
    """The names in braces. A template that is no template has the name "?"."""
    try:
        return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    except ValueError:
        return {"?"}


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(sorted(str(name) for name in names)) or "none"


def stored() -> Catalog:
    """The phrase book as it lies."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def problems(found: Iterable[Said], book: Catalog) -> list[str]:
    """What cannot be looked up, has no English, or another's placeholders; and what nobody says any more."""
    found = list(found)
    said = {one.template for one in found if one.template}
    english = {message.id: message for message in book if message.id}
    told = [f"{one.place}:{one.line}: {one.problem}" for one in found if one.problem]
    told += [f"no English: {template!r}" for template in sorted(said - set(english))]
    told += [f"nobody says it any more: {template!r}" for template in sorted(set(english) - said)]
    for template, message in english.items():
        if not message.string or message.fuzzy:
            told.append(f"no English: {template!r}")
        elif placeholders(message.string) != placeholders(template):
            told.append(f"the English has other placeholders: {template!r}: {message.string!r}")
    return told


def update() -> None:
    """Write the phrase book anew: kept English, new templates empty, sorted by the files that say them."""
    old = stored() if CATALOGUE.exists() else Catalog(locale="en")
    new = Catalog(locale="en", charset="utf-8")
    for one in collected(sources()):
        if one.template:
            before = old.get(one.template)
            new.add(one.template, before.string if before else None, [(one.place, 0)])
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, new, width=110, sort_by_file=True, omit_header=True, include_lineno=False)


def main() -> int:
    if "--check" not in sys.argv:
        update()
        return 0
    told = problems(collected(sources()), stored())
    print("\n".join(told) or "Refusals: every sentence has its English.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
