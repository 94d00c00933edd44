"""The power is cut at any moment: what was acknowledged is on the disk, and the file is whole.

The program's own statements and pragmas are told to SQLite on a recording disk; what it had not synced is thrown away,
or torn. A trace of the system's calls shows that the program in earnest syncs each save before it says so.
"""

import re
import shutil
import subprocess
import sys

import pytest
from django.db import connection
from tests.durability.cutting import captured, cut_often, with_pragmas
from tests.fresh_databases import ROOT, environment

from ledtrad.site import database
from ledtrad.site.sqlite.driver import sqlite3

SAVES, CUTS = 24, 60
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(template, tmp_path_factory, django_db_blocker):
    """What the program told its database during some saves."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's disk is its own; its settings are tested instead")
    folder = tmp_path_factory.mktemp("told")
    shutil.copy(template[0], folder / "city.sqlite3")
    return captured(f"sqlite:///{folder}/city.sqlite3", folder, SAVES)


def test_what_is_told_is_what_the_program_does(told):
    pragmas = [one for one in told["statements"] if re.match("PRAGMA synchronous *=", one)]
    assert pragmas == ["PRAGMA synchronous=FULL"]
    assert len(told["saves"]) == SAVES
    assert sum(one.startswith("BEGIN IMMEDIATE") for one in told["statements"]) >= SAVES
    assert sum(one == "COMMIT" for one in told["statements"]) >= SAVES


def test_nothing_acknowledged_is_lost_in_a_power_cut(told, tmp_path):
    found = cut_often(told, tmp_path, cuts=CUTS)
    assert found.problems == []
    assert found.acknowledged > CUTS * SAVES / 4
    assert found.syncs >= SAVES


@pytest.mark.nightly
def test_nothing_acknowledged_is_lost_in_a_thousand_power_cuts(told, tmp_path):
    for seed, settings in enumerate(({}, _without_a_sound_version())):
        found = cut_often(with_pragmas(told, **settings), tmp_path, cuts=1000, seed=seed)
        assert found.problems == []


def _without_a_sound_version():
    """How the program would set up its connections with an SQLite whose WAL does not keep its promises."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
        return database.pragmas("city.sqlite3")


def test_nothing_is_lost_with_the_journal_of_an_older_version(told, tmp_path):
    settings = _without_a_sound_version()
    assert settings["journal_mode"] == "TRUNCATE"
    found = cut_often(with_pragmas(told, **settings), tmp_path, cuts=CUTS)
    assert found.problems == []
    assert found.acknowledged > CUTS * SAVES / 4
    assert found.syncs >= 2 * SAVES


@pytest.mark.parametrize(
    "settings",
    [
        {"synchronous": "NORMAL"},
        {"synchronous": "OFF"},
        {"journal_mode": "DELETE"},
        {"journal_mode": "MEMORY"},
        {"journal_mode": "OFF"},
        {"journal_mode": "WAL", "synchronous": "NORMAL"},
    ],
    ids=lambda settings: ",".join(f"{name}={value}" for name, value in settings.items()),
)
def test_each_setting_matters(told, tmp_path, settings):
    """With another one something is lost, or the file is broken."""
    assert cut_often(with_pragmas(told, **settings), tmp_path, cuts=400, stop_at_first=True).problems


# --- the program in earnest -----------------------------------------------------------------------


def test_each_save_is_synced_before_it_is_acknowledged(told, template, tmp_path):
    if not shutil.which("strace"):
        pytest.skip("this needs strace")
    shutil.copy(template[0], tmp_path / "city.sqlite3")
    trace, marks = tmp_path / "trace", tmp_path / "marks"
    program = [sys.executable, "-m", "tests.durability.capture", "8", str(marks)]
    done = subprocess.run(
        ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync,write", "-s", "12", "-o", str(trace), *program],
        env=environment(f"sqlite:///{tmp_path}/city.sqlite3", tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    if "ptrace" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    synced = _synced_between_marks(trace.read_text(errors="replace"), marks)
    assert len(synced) == 8
    for files in synced:
        assert files.count("city.sqlite3-wal") >= 1


def _synced_between_marks(trace, marks):
    """For each save, the files that were synced before it was acknowledged."""
    found, now = [], None
    for line in trace.splitlines():
        if f"<{marks}>" in line and "write(" in line:
            if now is not None:
                found.append(now)
            now = []
        elif now is not None and (synced := re.search(r"(?:fsync|fdatasync)\(\d+<([^>]*)>", line)):
            now.append(synced[1].rpartition("/")[2])
    return found
