"""The method handbook: the spec tests of tests/core/method printed as chapters under docs/method.

    python -m tests.handbook            write it
    python -m tests.handbook --check    say what is out of date, and exit with 1 if anything is

The examples that a reader finds there are the rows that the tests ran. Nothing is run here: the docstrings are read
from the source, so that the handbook can be printed without the product installed.
"""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ROOT / "tests" / "core" / "method"
HANDBOOK = ROOT / "docs" / "method"
_MADE = "<!-- Gjord av script/handbook ur {}. Ändra där, inte här. -->"
_PREFACE = """# Metodhandboken

Så räknar, bedömer och skriver Ledtråd. Varje exempel i handboken är ett test som körs vid varje ändring av
programmet: stämde det inte skulle programmet inte gå att lämna in.
"""


def pages():
    """What the handbook's files should hold: file name → text, the table of contents first."""
    chapters = {_file_name(source): source for source in sorted(CHAPTERS.glob("test_*.py"))}
    contents = [f"{number}. [{_title(source)}]({name})" for number, (name, source) in enumerate(chapters.items(), 1)]
    made = {"README.md": "\n".join([_MADE.format("tests/core/method"), "", _PREFACE, *contents]) + "\n"}
    return made | {name: chapter(source) for name, source in chapters.items()}


def chapter(source):
    """One chapter: the module's docstring, then each test's as a section."""
    module = ast.parse(source.read_text("utf-8"))
    title, text = _heading(ast.get_docstring(module), source.name)
    made = _MADE.format(source.relative_to(ROOT).as_posix())
    sections = [made, f"# {title}", *([text] if text else [])]
    tests = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    for test in tests:
        heading, body = _heading(ast.get_docstring(test), f"{source.name}::{test.name}")
        sections += [f"## {heading}", *([body] if body else [])]
    return "\n\n".join(sections) + "\n"


def out_of_date():
    """The names of the files that differ from what the tests say, are missing, or should not be there."""
    wanted = pages()
    found = {file.name: file.read_text("utf-8") for file in HANDBOOK.glob("*.md")}
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def write():
    """Write the handbook, and take away chapters that are no longer there."""
    HANDBOOK.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for file in HANDBOOK.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (HANDBOOK / name).write_text(text, "utf-8", newline="\n")


def _heading(docstring, where):
    if not docstring:
        raise SystemExit(f"{where} has no docstring, and so no place in the handbook")
    title, _, text = docstring.partition("\n")
    return title.strip(), text.strip()


def _title(source):
    return _heading(ast.get_docstring(ast.parse(source.read_text("utf-8"))), source.name)[0]


def _file_name(source):
    return re.sub(r"^test_(\d+)_", r"\1-", source.stem) + ".md"


def main(arguments):
    if "--check" in arguments:
        stale = out_of_date()
        return f"The handbook is out of date, run script/handbook: {', '.join(stale)}" if stale else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
