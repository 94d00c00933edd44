"""The walls between the rooms: each is shown to stand by planting an import that breaks it.

All wrong imports are planted at once in a copy of the source, so that the linter needs to run only once; each must
then be named in its answer, under the contract that forbids it.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# contract, the module that imports, what it must not import
PLANTED = [
    ("house", "ledtrad.core.planted_site", "ledtrad.site"),
    ("house", "ledtrad.readers.planted_apps", "ledtrad.apps.goals"),
    ("house", "ledtrad.renderers.planted_site", "ledtrad.site"),
    ("house", "ledtrad.apps.goals.planted_site", "ledtrad.site"),
    ("house", "ledtrad.readers.planted_renderers", "ledtrad.renderers"),
    ("house", "ledtrad.renderers.planted_readers", "ledtrad.readers"),
    ("house", "ledtrad.core.planted_renderers", "ledtrad.renderers"),
    ("apps", "ledtrad.apps.audit.planted", "ledtrad.apps.organisation.models"),
    ("apps", "ledtrad.apps.organisation.planted", "ledtrad.apps.indicators.models"),
    ("apps", "ledtrad.apps.indicators.planted", "ledtrad.apps.goals.models"),
    ("apps", "ledtrad.apps.goals.planted", "ledtrad.apps.annual_report.models"),
    ("apps", "ledtrad.apps.organisation.planted_people", "ledtrad.apps.people.models"),
    ("apps", "ledtrad.apps.people.planted", "ledtrad.apps.steering.models"),
    ("apps", "ledtrad.apps.steering.planted", "ledtrad.apps.indicators.models"),
    ("apps", "ledtrad.apps.goals.planted_reporting", "ledtrad.apps.reporting.models"),
    ("apps", "ledtrad.apps.reporting.planted", "ledtrad.apps.auditors.models"),
    ("apps", "ledtrad.apps.auditors.planted", "ledtrad.apps.search.models"),
    ("apps", "ledtrad.apps.auditors.planted_report", "ledtrad.apps.annual_report.models"),
    ("signing_in", "ledtrad.apps.goals.planted_login", "allauth"),
    ("signing_in", "ledtrad.core.facts.planted_login", "allauth"),
    ("core", "ledtrad.core.reporting.planted", "ledtrad.core.checking"),
    ("core", "ledtrad.core.calendar.planted", "ledtrad.core.assessment"),
    ("inside_an_app", "ledtrad.apps.goals.models.planted", "ledtrad.apps.goals.queries"),
    ("inside_an_app", "ledtrad.apps.indicators.queries.planted", "ledtrad.apps.indicators.actions"),
    ("inside_an_app", "ledtrad.apps.organisation.actions.planted", "ledtrad.apps.organisation.views"),
    ("core", "ledtrad.core.outcomes.planted", "ledtrad.core.assessment"),
    ("core", "ledtrad.core.assessment.planted", "ledtrad.core.facts"),
    ("core", "ledtrad.core.facts.planted", "ledtrad.core.language"),
    ("core", "ledtrad.core.language.planted", "ledtrad.core.document"),
    ("core", "ledtrad.core.document.planted", "ledtrad.core.checking"),
    ("core", "ledtrad.core.quantities.planted", "ledtrad.core.outcomes"),
    ("core", "ledtrad.core.quantities.planted_periods", "ledtrad.core.periods"),
    ("no_django_below", "ledtrad.core.facts.planted_django", "django"),
    ("no_django_below", "ledtrad.readers.planted_django", "django"),
    ("no_django_below", "ledtrad.renderers.planted_django", "django"),
    ("plain_core", "ledtrad.core.checking.planted_file", "pathlib"),
    ("plain_core", "ledtrad.core.facts.planted_network", "socket"),
    ("plain_core", "ledtrad.core.document.planted_clock", "time"),
    ("engines", "ledtrad.core.series.planted_engine", "ibis"),
    ("engines", "ledtrad.apps.surveys.queries.planted_engine", "duckdb"),
    ("engines", "ledtrad.apps.indicators.queries.planted_spark", "pyspark"),
    ("columns", "ledtrad.apps.surveys.queries.planted_arrow", "pyarrow"),
    ("columns", "ledtrad.core.surveys.planted_arrow", "pyarrow"),
    ("spss", "ledtrad.apps.surveys.actions.planted_spss", "pyreadstat"),
]
UNPLACED = [("house", "ledtrad.cellar"), ("apps", "ledtrad.apps.attic"), ("core", "ledtrad.core.utils")]


def _lint(source: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
    ]
    chosen = [option for contract in contracts for option in ("--contract", contract)]
    surroundings = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": "1000"}
    return subprocess.run(
        [*command, "--no-cache", "--no-logo", "--config", str(ROOT / "pyproject.toml"), *chosen],
        cwd=source,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the source to spoil."""
    copy = tmp_path_factory.mktemp("house") / "src"
    shutil.copytree(ROOT / "src" / "ledtrad", copy / "ledtrad", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    return copy


def _plant(source: Path, module: str, imports: str) -> None:
    """Write a module that imports something; a module in its way becomes a package with the same content."""
    *folders, name = module.split(".")
    folder = source
    for part in folders:
        folder = folder / part
        plain = folder.with_suffix(".py")
        folder.mkdir(exist_ok=True)
        if plain.exists():
            plain.rename(folder / "__init__.py")
        (folder / "__init__.py").touch()
    (folder / f"{name}.py").write_text(f"import {imports}\n", encoding="utf-8")


def _furnish(source: Path, module: str) -> None:
    """Not every app has a file of every kind: the linter only sees an import of something that is there."""
    place = source / Path(*module.split("."))
    if module.startswith("ledtrad") and not place.is_dir():
        place.with_suffix(".py").touch()


@pytest.fixture(scope="module")
def answer(source):
    """What the linter says of the copy with everything wrong planted in it."""
    clean = _lint(source)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    for _, module, imports in PLANTED:
        _plant(source, module, imports)
    for _, _, imports in PLANTED:
        _furnish(source, imports)
    return _lint(source)


@pytest.mark.parametrize(("contract", "module", "imports"), PLANTED)
def test_a_wrong_import_breaks_its_contract(answer, contract, module, imports):
    assert answer.returncode == 1
    line = re.escape(module) + r" -> " + re.escape(imports)
    assert re.search(line, _section(answer.stdout, contract)), f"{contract} let {module} import {imports}"


def _section(answer: str, contract: str) -> str:
    """The part of the linter's answer that explains why one contract is broken."""
    name = _names()[contract]
    broken = answer.split("Broken contracts", 1)[1]
    start = broken.index(name)
    others = [broken.find(other, start) for other in _names().values() if other != name]
    return broken[start : min((place for place in others if place > start), default=len(broken))]


def _names() -> dict[str, str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return dict(re.findall(r'^id = "(.+)"\nname = "(.+)"$', text, re.M))


@pytest.mark.parametrize(("contract", "module"), UNPLACED)
def test_a_room_that_nobody_has_placed_breaks_the_build(tmp_path, contract, module):
    shutil.copytree(ROOT / "src" / "ledtrad", tmp_path / "ledtrad", ignore=shutil.ignore_patterns("__pycache__"))
    _plant(tmp_path, f"{module}.empty", "decimal")
    answer = _lint(tmp_path, contract)
    assert answer.returncode == 1
    assert module.rsplit(".", 1)[1] in answer.stdout


def test_readers_are_strangers_to_each_other(tmp_path):
    shutil.copytree(ROOT / "src" / "ledtrad", tmp_path / "ledtrad", ignore=shutil.ignore_patterns("__pycache__"))
    _plant(tmp_path, "ledtrad.readers.one.planted", "ledtrad.readers.other.room")
    _plant(tmp_path, "ledtrad.readers.other.room", "decimal")
    answer = _lint(tmp_path, "rooms_of_readers")
    assert answer.returncode == 1
    assert "ledtrad.readers.one.planted -> ledtrad.readers.other.room" in answer.stdout


@pytest.mark.parametrize(
    "line",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from datetime import datetime; moment = datetime.now(None)",
        "from datetime import date; day = date.today()",
        "import time; moment = time.time()",
    ],
)
def test_signals_and_the_clock_are_banned(line):
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--no-cache", "-"]
    spot = str(ROOT / "src" / "ledtrad" / "core" / "planted.py")
    answer = subprocess.run(
        [*command, "--stdin-filename", spot], input=line + "\n", cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "TID251" in answer.stdout
