"""`ledtrad serve` with several processes: each has a way of its own to the database, and all have loaded every page."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.fresh_databases import ROOT, environment, python

PROCESSES, ASKED, PATIENCE = 3, 60, 20
_SERVE = "from ledtrad.site.command_line import main; main()"
# The server up to where it divides itself.
_DIVIDING = """
import sys
from gunicorn.app.wsgiapp import WSGIApplication
from ledtrad.site.command_line import main

def divide(site):
    from django.db import connection
    from types import SimpleNamespace
    asked = []
    def application(surroundings, start):
        asked.append(surroundings["PATH_INFO"])
        return site.load()(surroundings, start)
    site.cfg.on_starting(SimpleNamespace(app=SimpleNamespace(wsgi=lambda: application)))
    print(asked[0])
    print("open" if connection.connection else "closed")
    site.cfg.pre_fork(None, None)
    print("open" if connection.connection else "closed")

WSGIApplication.run = divide
sys.argv = ["ledtrad", "serve", "--port", "PORT"]
main()
"""
_LOOKS_IN_THE_DATABASE = "/sok/?q=trygghet"


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def address(migrated_database, tmp_path, port):
    """Where a site is served by several processes."""
    command = [sys.executable, "-c", _SERVE, "serve", "--port", str(port), "--workers", str(PROCESSES)]
    site = subprocess.Popen(command, cwd=ROOT, env=environment(migrated_database, tmp_path), stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        site.terminate()
        site.wait(30)


def _status(address):
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except urllib.error.URLError:
        return None


def _wait_for(address):
    until = time.monotonic() + 60
    while _status(address) is None and time.monotonic() < until:
        time.sleep(0.1)


def test_pages_are_made_before_the_division_and_what_was_opened_is_closed(migrated_database, tmp_path, port):
    done = python("-c", _DIVIDING.replace("PORT", str(port)), address=migrated_database, folder=tmp_path)
    assert done.stdout.split()[-3:] == ["/", "open", "closed"], done.stderr


def test_no_process_waits_for_an_answer_that_another_one_took(address):
    """On PostgreSQL a connection from before the division would be everybody's, and some would never be answered."""
    _wait_for(f"{address}/om/")
    with ThreadPoolExecutor(2 * PROCESSES) as readers:
        statuses = list(readers.map(_status, [address + _LOOKS_IN_THE_DATABASE] * ASKED))
    assert statuses == [200] * ASKED
