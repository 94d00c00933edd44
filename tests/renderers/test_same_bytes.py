"""The same document gives the same bytes on every machine: no clock, no zone, no locale, no order of hashes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import hashlib, sys
sys.path[:0] = {paths!r}
from tests.renderers.samples import section_document
from ledtrad.renderers import charts, docx, html, pdf, tables
document = section_document()
rows = list(tables.rows_of(document))
figures = [block for part in document.walk() for block in part.blocks if type(block).__name__ == "Figure"]
made = {{
    "html": html.page(document), "pdf": pdf.render(document), "docx": docx.render(document),
    "csv": tables.csv_bytes(rows), "json": tables.json_bytes(rows),
    "svg": "".join(map(charts.svg, figures)).encode(),
}}
for name, content in made.items():
    print(name, hashlib.sha256(content).hexdigest())
"""
SETTINGS = {
    "Stockholm": {"TZ": "Europe/Stockholm", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
    "Auckland": {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "42", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "86400"},
    "Honolulu": {"TZ": "Pacific/Honolulu", "PYTHONHASHSEED": "random", "LANG": "sv_SE.UTF-8", "PYTHONUTF8": "0"},
}


def made_in(setting: dict[str, str], folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    code = PROGRAM.format(paths=[str(ROOT), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-c", code], env=kept | setting, cwd=folder, check=True, capture_output=True, text=True
    )
    return dict(line.split() for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def at_home() -> dict[str, str]:
    return made_in(SETTINGS["Stockholm"], ROOT)


@pytest.mark.parametrize("place", ["Auckland", "Honolulu"])
def test_the_same_bytes_wherever_they_are_made(place, at_home, tmp_path):
    assert set(at_home) == {"html", "pdf", "docx", "csv", "json", "svg"}
    assert made_in(SETTINGS[place], tmp_path) == at_home


def test_the_comparison_would_see_a_difference(at_home):
    assert len(set(at_home.values())) == len(at_home)
    assert hashlib.sha256(b"").hexdigest() not in at_home.values()
