"""Within the browser's event loop a test goes on with the connection that it has shared with the live server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connections
from tests.one_connection import one_connection


@contextmanager
def a_loop_as_the_browser_keeps_it():
    """Running in this thread while plain code goes on in it."""
    loop = asyncio.new_event_loop()
    asyncio._set_running_loop(loop)
    try:
        yield "started"
    finally:
        asyncio._set_running_loop(None)
        loop.close()


def before_and_within(start):
    """The connection before a loop, the one within it, and what starting it gave."""
    before = connections["default"]
    with start() as started:
        return before, connections["default"], started


@pytest.fixture
def elsewhere():
    """In a thread of its own: in pytest's, the browser's loop may already run."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda work, *given: thread.submit(work, *given).result()


def test_a_loop_alone_brings_another_connection(elsewhere):
    before, within, _ = elsewhere(before_and_within, a_loop_as_the_browser_keeps_it)
    assert within is not before


def test_the_connection_stays_the_one_from_before_the_loop(elsewhere):
    before, within, started = elsewhere(before_and_within, lambda: one_connection(a_loop_as_the_browser_keeps_it))
    assert within is before
    assert started == "started"
