"""The test suite on both databases. The last line printed is pytest's own."""

import os
import subprocess
import time
from contextlib import contextmanager

import postgres
from environment import ROOT, VENV, program, say

NOTHING_COLLECTED = 5


def run(arguments):
    """The exit code of the whole; pytest's "nothing collected" counts only when it is so in both runs."""
    started = time.monotonic()
    say("Tests on SQLite")
    on_sqlite = _pytest(arguments, database=None)
    with _postgres() as (address, origin):
        say(f"Tests that touch the database, on PostgreSQL ({origin}), after {time.monotonic() - started:.0f} s")
        on_postgres = _pytest(["--database-tests-only", *arguments], database=address)
    if {on_sqlite, on_postgres} == {0, NOTHING_COLLECTED}:
        return 0
    return on_sqlite or on_postgres


@contextmanager
def _postgres():
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given, "the one in DATABASE_URL"
    else:
        with postgres.server(VENV) as address:
            yield address, "started for this run"


def _pytest(arguments, database):
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database:
        surroundings["DATABASE_URL"] = database
    command = [program("python"), "-m", "pytest", *_processes(arguments), *arguments]
    code = subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode
    if code >= 0:
        return code
    say(f"The tests were stopped from outside, by signal {-code}")
    return 128 - code


def _processes(arguments):
    """Two processes for the whole, each with whole files (their tests share what is costly); one for a part."""
    names_a_place = any(argument.startswith("tests") for argument in arguments)
    return [] if names_a_place or "-n" in arguments else ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
