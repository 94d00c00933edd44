"""The glossary and the code use the same words: every public class of the core and every model stands in it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "ledtrad"
# Machinery of Django's, not words of the council chamber.
MACHINERY = ("QuerySet", "Manager")


def _files():
    yield from (PACKAGE / "core").rglob("*.py")
    yield from (PACKAGE / "apps").glob("*/models.py")
    yield from (PACKAGE / "apps").glob("*/models/**/*.py")


def _classes():
    for file in _files():
        for node in ast.parse(file.read_text("utf-8")).body:
            is_word = isinstance(node, ast.ClassDef) and not node.name.startswith("_")
            if is_word and not node.name.endswith(MACHINERY):
                yield node.name


def _rows():
    """Term, code name and sentence of each row."""
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    return re.findall(r"^\| (.+?) \| `(\w+)` \| (.+?) \|$", text, re.M)


def test_every_class_of_the_core_and_every_model_has_its_entry():
    missing = sorted(set(_classes()) - {code for _, code, _ in _rows()})
    assert not missing, f"not in docs/glossary.md: {', '.join(missing)}"


def test_every_entry_names_a_class_that_is_there():
    stale = sorted({code for _, code, _ in _rows()} - set(_classes()))
    assert not stale, f"in docs/glossary.md but not in the code: {', '.join(stale)}"


def test_every_entry_has_a_swedish_term_and_one_sentence():
    rows = _rows()
    assert len(rows) > 50
    for term, code, meaning in rows:
        assert term.strip(), code
        assert meaning.endswith("."), f"{code}: {meaning}"
        assert ". " not in meaning, f"{code}: {meaning}"
