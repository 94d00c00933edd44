"""The browser's event loop must not bring a test a second connection to the database.

Playwright keeps a loop running in the test's own thread, and within a loop Django keeps connections apart from those
made outside it. The live server would then go on with the connection it was given before the browser started, the test
with a new one, and in a database in memory the two lock each other's tables at once ("database table is locked").
"""

from contextlib import contextmanager

from django.db import connections


@contextmanager
def one_connection(start):
    """What `start()`, a context manager that begins a loop, gives; within it, the connections from before it."""
    own = {alias: connections[alias] for alias in connections}
    with start() as started:
        for alias, connection in own.items():
            connections[alias] = connection
        yield started
