"""The documents point at what is there, and name commands that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def _links(document):
    found = LINK.findall(document.read_text("utf-8"))
    return [document.parent / link for link in found if "://" not in link]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document):
    missing = [str(link) for link in _links(document) if not link.exists()]
    assert not missing


def test_every_picture_is_shown_somewhere():
    shown = {link.resolve() for document in DOCUMENTS for link in _links(document)}
    pictures = {path.resolve() for path in (ROOT / "docs" / "images").glob("*")}
    assert pictures
    assert pictures <= shown


def test_the_documents_name_only_commands_that_exist():
    known = set(re.findall(r"^## `(ledtrad .+)`$", (ROOT / "docs" / "command-line.md").read_text("utf-8"), re.M))
    nouns = {command.split()[1] for command in known}
    assert len(known) > 8
    for document in DOCUMENTS:
        for noun, verb in re.findall(r"`?ledtrad (\w+) (\w*)", document.read_text("utf-8")):
            if noun in nouns:
                assert f"ledtrad {noun}" in known or f"ledtrad {noun} {verb}" in known, (
                    f"{document.name}: {noun} {verb}"
                )


def test_the_documents_name_only_files_that_exist():
    """Paths in backquotes; a name with <…> or a star stands for several."""
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"):
        for path in re.findall(
            r"`((?:src|tests|script|docs|requirements|benches)/[\w./-]+)`", document.read_text("utf-8")
        ):
            assert (ROOT / path).exists(), f"{document.name}: {path}"


@pytest.mark.parametrize("word", ["script/demo", "script/test", "script/check", "script/bench"])
def test_the_readme_names_the_scripts(word):
    assert word in (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / word).stat().st_mode & 0o111
