"""Writers of one SQLite file come one after the other: in a process, between processes, and past one that died."""

import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from django.db import connections

from ledtrad.site.database import database_settings
from ledtrad.site.sqlite.base import DatabaseWrapper
from ledtrad.site.sqlite.driver import sqlite3
from ledtrad.site.sqlite.queue import Line

_HOLDER = """
import sys, time
from ledtrad.site.sqlite.queue import Line
assert Line(sys.argv[1]).join(5)
print("in", flush=True)
time.sleep(60)
"""


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "city.sqlite3")


@pytest.fixture
def another_process(file):
    """A process that has been let in and stays there."""
    with subprocess.Popen([sys.executable, "-c", _HOLDER, file], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "in\n"
        yield process
        process.kill()


def test_the_next_is_let_in_when_the_first_leaves(file):
    line, order = Line(file), []

    def second():
        assert line.join(20)
        order.append("second")
        line.leave()

    assert line.join(1)
    waiting = threading.Thread(target=second)
    waiting.start()
    time.sleep(0.05)
    order.append("first")
    line.leave()
    waiting.join()
    assert order == ["first", "second"]


def test_patience_ends(file, another_process):
    assert Line(file).join(0.05) is False


def test_in_a_process_too(file):
    line = Line(file)
    assert line.join(1)
    assert line.join(0.05) is False
    line.leave()
    assert line.join(1)
    line.leave()


def test_one_that_is_killed_holds_up_nobody(file, another_process):
    line = Line(file)
    assert line.join(0) is False
    another_process.kill()
    another_process.wait()
    assert line.join(20)
    line.leave()


def test_a_folder_that_cannot_be_written_in_is_for_sqlite_to_tell(tmp_path):
    line = Line(str(tmp_path / "nowhere" / "city.sqlite3"))
    assert line.join(1) is False
    assert line.join(1) is False, "and nobody is left waiting for a turn that was not given back"


@pytest.mark.parametrize("same_process", [True, False])
def test_who_writes_again_and_again_lets_others_between(file, same_process):
    """Whoever has begun to wait gets in after the one who is in and the one who stands next, not when others tire."""
    hogging = Line(file)
    waiting = hogging if same_process else Line(file)  # two that share nothing but the file are as two processes
    turns, begun, over = [0], threading.Event(), threading.Event()

    def hog():
        while not over.is_set() and hogging.join(20):
            turns[0] += 1
            begun.set()
            time.sleep(0.003)
            hogging.leave()

    writer = threading.Thread(target=hog)
    writer.start()
    begun.wait(20)
    waited = []
    for _ in range(20):
        before = turns[0]
        assert waiting.join(20)
        waited.append(turns[0] - before)
        waiting.leave()
    over.set()
    writer.join()
    assert sum(waited) <= 3 * len(waited), waited


# --- connections ----------------------------------------------------------------------------------


@pytest.fixture
def let_in(django_db_blocker):
    """Connections of one's own, to a file of one's own."""
    with django_db_blocker.unblock():
        yield


def opened(file, patience=20.0):
    settings = database_settings(f"sqlite:///{file}", file)
    settings["OPTIONS"] = settings["OPTIONS"] | {"timeout": patience}
    return DatabaseWrapper(connections.databases["default"] | settings, alias="line")


def begin(database):
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.parametrize("in_line", [True, False])
def test_of_many_threads_only_one_at_a_time_asks_for_the_file(file, let_in, monkeypatch, in_line):
    """So that SQLite never has to make anybody wait: nobody sleeps while the file lies idle."""
    if not in_line:
        monkeypatch.setattr(Line, "join", lambda self, patience: False)
    inside, most, done = [0], [0], []
    real_begin = DatabaseWrapper.__mro__[1]._start_transaction_under_autocommit

    def counted(database):
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.001)
        return real_begin(database)

    monkeypatch.setattr(DatabaseWrapper.__mro__[1], "_start_transaction_under_autocommit", counted)
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE saves (who)")

    def save(who):
        database = opened(file)
        for _ in range(10):
            begin(database)
            database.cursor().execute("INSERT INTO saves VALUES (%s)", [who])
            inside[0] -= 1
            database.commit()
            database.set_autocommit(True)
            done.append(who)
        database.close()

    writers = [threading.Thread(target=save, args=(who,)) for who in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with closing(sqlite3.connect(file)) as made:
        assert made.execute("SELECT count(*) FROM saves").fetchone() == (60,)
    assert len(done) == 60
    assert (most[0] == 1) is in_line


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_whoever_ends_lets_the_next_one_in(file, let_in, end):
    first, second = opened(file), opened(file, patience=0.05)
    begin(first)
    with pytest.raises(Exception, match="locked"):
        begin(second)
    getattr(first, end)()
    begin(second)
    second.rollback()
    for database in (first, second):
        database.close()
