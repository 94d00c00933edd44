"""A server is killed in the middle of saving, again and again: nothing that was acknowledged is lost."""

import json

import pytest
from tests.durability.killing import kill_often
from tests.fresh_databases import python

CLIENTS, KILLS = 30, 20
LEAST = 25  # acknowledged before each kill; `script/bench kill` demands 100 on a quiet machine


@pytest.fixture
def staged(migrated_database, tmp_path):
    """The address of a database with a small city in it, and what its clients need."""
    done = python("-m", "tests.durability.stage", CLIENTS, address=migrated_database, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return migrated_database, json.loads(done.stdout.splitlines()[-1])


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(staged, tmp_path):
    address, told = staged
    tally = kill_often(address, tmp_path, told, kills=KILLS, least=LEAST)
    assert tally.problems == []
    assert tally.kills == KILLS
    assert tally.fewest >= LEAST
    assert tally.unknown >= KILLS  # the kill came while somebody saved
    assert tally.set_aside > 0  # and some met


@pytest.mark.parametrize("sabotage", ["acknowledge_early", "in_pieces"])
def test_each_protection_matters(staged, tmp_path, sabotage):
    """Taken away, it is missed within a few kills. What the journal is for, a power cut shows (test_power_cut)."""
    address, told = staged
    tally = kill_often(address, tmp_path, told, kills=20, sabotage=sabotage, stop_at_first=True)
    assert tally.problems, f"{tally.kills} kills, {tally.acknowledged} acknowledged"
