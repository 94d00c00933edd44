"""A log from before texts could be erased is carried over with its chain, and can be erased from all the same."""

import json

import pytest
from tests.fresh_databases import fresh_database, python  # noqa: F401


@pytest.fixture
def said(fresh_database, tmp_path):  # noqa: F811
    done = python("-m", "tests.apps.old_log_carried_over", address=fresh_database(), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_an_old_log_keeps_its_chain_and_its_head(said):
    whole = {"broken_at": None, "problem": ""}
    assert said["carried over"] == {"entries": 2500, "head": said["head"], "erased": 0} | whole
    assert said["found"] == 834
    assert {key: said["written on"][key] for key in ("entries", "broken_at")} == {"entries": 2501, "broken_at": None}
    assert {key: said["erased"][key] for key in ("entries", "erased", "broken_at")} == {
        "entries": 2502,
        "erased": 3,
        "broken_at": None,
    }
    assert (said["stood"], said["left"]) == (1, 0)
