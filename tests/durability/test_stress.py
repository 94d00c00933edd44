"""Four processes write to the same SQLite file, checkpoint, come and go: the file is whole, and nothing is missing."""

import json
import subprocess
import sys

import pytest
from django.db import connection
from tests.durability.judging import Store
from tests.fresh_databases import ROOT, environment, python

PROCESSES = 4
WALK = """
import json, django
django.setup()
from ledtrad.apps.audit.queries import verify
found = verify()
print(json.dumps([found.is_whole, found.entries, found.problem]))
"""


def stressed(address, folder, seconds):
    """Let the processes write; answers how many entries they were told are stored, each."""
    command = [sys.executable, "-m", "tests.durability.stress", str(seconds)]
    processes = [
        subprocess.Popen(
            command,
            env=environment(address, folder),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    told = [process.communicate(timeout=seconds + 300) for process in processes]
    assert all(process.returncode == 0 for process in processes), [errors for _, errors in told]
    return [json.loads(said) for said, _ in told]


def whole_after(address, folder, seconds):
    acknowledged = stressed(address, folder, seconds)
    assert min(acknowledged) > 0
    assert Store(address).all("PRAGMA integrity_check") == [("ok",)]
    done = python("-c", WALK, address=address, folder=folder, timeout=600)
    assert json.loads(done.stdout) == [True, sum(acknowledged), ""], done.stderr
    return sum(acknowledged)


@pytest.fixture
def file(migrated_database):
    if connection.vendor != "sqlite":
        pytest.skip("this is about SQLite's file")
    return migrated_database


def test_four_processes_write_to_one_file(file, tmp_path):
    assert whole_after(file, tmp_path, 5) > 50


@pytest.mark.nightly
def test_four_processes_write_to_one_file_for_ten_minutes(file, tmp_path):
    assert whole_after(file, tmp_path, 600) > 5000
