"""Guessing is counted over all processes that serve the pages: together they let no more through than one alone."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.fresh_databases import python

# One process with four threads, each guessing as fast as it can; answers how many guesses went through.
GUESSING = """
import json, sys, threading
import django
django.setup()
from django.db import OperationalError, connection
from django.utils import timezone
from ledtrad.apps.people.actions.attempts import begin_attempt
from ledtrad.apps.people.guessing import try_of
from ledtrad.apps.people.policies import TooManyTries
went_through, tried = [], []
def guess(thread):
    for turn in range(15):
        tried.append(1)
        try:
            guessed = try_of("rut@x.se", f"{sys.argv[1]} {thread} {turn}", f"192.0.2.{thread}")
            went_through.append(begin_attempt(tried=guessed, at=timezone.now()))
        except (TooManyTries, OperationalError):  # whoever has waited too long for the database is not let in either
            pass
    connection.close()
threads = [threading.Thread(target=guess, args=(number,)) for number in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps([len(tried), len(went_through)]))
"""


def test_three_processes_together_let_ten_guesses_through(migrated_database, tmp_path):
    def run(process):
        done = python("-c", GUESSING, str(process), address=migrated_database, folder=tmp_path, timeout=300)
        assert done.returncode == 0, done.stderr
        return *json.loads(done.stdout.splitlines()[-1]), done.stderr

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(run, range(3)))
    assert sum(tried for tried, _, _ in answers) == 180, [trouble for _, _, trouble in answers]
    assert 1 <= sum(through for _, through, _ in answers) <= 10
