"""What we depend on: locked with hashes, without a registry's address, declared, and explained."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
LOCKS = [path.name for path in sorted(REQUIREMENTS.glob("*.txt"))]
# Named in settings, started from outside, or pinned for another package rather than imported.
NOT_IMPORTED = {"argon2-cffi", "babel", "django-htmx", "psycopg", "sqlglot", "whitenoise"}
# Whoever names Spark in LEDTRAD_WAREHOUSE has it, with the Java that it needs; nobody else shall carry it.
ONLY_WHERE_ASKED_FOR = {"pyspark"}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _wanted(name: str) -> set[str]:
    """The packages that requirements/<name>.in asks for, without what it takes from another file."""
    lines = (REQUIREMENTS / f"{name}.in").read_text("utf-8").splitlines()
    names = (re.match(r"[A-Za-z0-9_.-]+", line) for line in lines if not line.startswith(("#", "-")))
    return {_canonical(found.group()) for found in names if found}


def test_there_are_locks():
    assert LOCKS == ["bench.txt", "dev.txt", "run.txt", "spark.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_to_its_hashes(name):
    text = re.sub(r"(?m)^\s*#.*$", "", (REQUIREMENTS / name).read_text("utf-8"))
    packages = [package for package in re.split(r"\n(?=\S)", text) if package.strip()]
    assert len(packages) > 20
    assert all("==" in package and "--hash=sha256:" in package for package in packages)


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_where_packages_come_from(name):
    text = (REQUIREMENTS / name).read_text("utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links| @ ", text)


def test_each_lock_holds_what_it_was_made_for():
    for name in ("run", "dev", "spark", "bench"):
        locked = {_canonical(line.split("==")[0].split("[")[0]) for line in _locked(name)}
        assert _wanted(name) <= locked


def _locked(name: str) -> list[str]:
    return re.findall(r"(?m)^\S+==\S+", (REQUIREMENTS / f"{name}.txt").read_text("utf-8"))


def test_the_smaller_locks_agree_with_the_larger():
    assert set(_locked("run")) <= set(_locked("dev")) <= set(_locked("spark")) <= set(_locked("bench"))


def test_every_package_is_explained():
    explained = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text("utf-8")
    named = {_canonical(name) for name in re.findall(r"(?m)^\| `([\w.-]+)`", explained)}
    wanted = _wanted("run") | _wanted("dev") | _wanted("spark") | _wanted("bench")
    assert named == wanted


def _imported() -> set[str]:
    """The outside packages that the product imports, by the names of their distributions."""
    modules = set()
    for file in (ROOT / "src" / "ledtrad").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    known = packages_distributions()
    outside = modules - set(sys.stdlib_module_names) - {"ledtrad"} - ONLY_WHERE_ASKED_FOR
    return {_canonical(known[name][0]) for name in outside}


def test_the_product_imports_only_what_it_declares():
    locked = {_canonical(line.split("==")[0].split("[")[0]) for line in _locked("run")}
    assert _imported() <= locked


def test_nothing_is_declared_that_the_product_does_not_use():
    assert _wanted("run") - NOT_IMPORTED <= _imported()
