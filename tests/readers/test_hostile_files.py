"""More than a hundred traps before every reader, in a process of 512 MB: one clear sentence, or what stands there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.readers.hostile import BOMBS, TRAPS

ROOT = Path(__file__).resolve().parents[2]
READERS = ("table", "px", "json_stat")


@pytest.fixture(scope="module")
def told():
    """What came of each trap: for each reader its rows or its refusal, and how long it took."""
    command = [sys.executable, "-m", "tests.readers.hostile_child"]
    paths = os.pathsep.join(str(ROOT / part) for part in ("src", "."))
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return {answer["trap"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def test_there_are_at_least_sixty_and_none_ends_the_process(told):
    assert list(told) == list(TRAPS)
    assert len(told) >= 60


@pytest.mark.parametrize("name", TRAPS)
def test_each_is_refused_or_read_as_it_stands(told, name):
    trap, answer = TRAPS[name], told[name]["table"]
    if isinstance(trap.answer, str):
        assert re.search(trap.answer, answer.get("refused", "")), answer
    else:
        assert answer.get("rows") == trap.answer


@pytest.mark.parametrize("name", [name for name, trap in TRAPS.items() if trap.answer_of_others])
def test_readers_of_statistics_say_what_is_wrong(told, name):
    trap = TRAPS[name]
    reader = "px" if trap.name.endswith(".px") else "json_stat"
    assert re.search(trap.answer_of_others, told[name][reader].get("refused", "")), told[name][reader]


def test_a_refusal_is_one_swedish_sentence_about_the_file(told):
    for name, answer in told.items():
        for reader in READERS:
            assert "unhandled" not in answer[reader], (name, reader, answer[reader])
            sentence = answer[reader].get("refused")
            if sentence is not None:
                assert TRAPS[name].name in sentence, sentence
                assert sentence.endswith("."), sentence
                assert not re.search(r"\n|Error|Traceback", sentence), sentence


def test_bombs_are_refused_quickly(told):
    """The bar is two seconds of an idle machine; what is counted here is the processor's time, not the clock's."""
    slow = {name: told[name]["table"]["cpu"] for name in BOMBS if told[name]["table"]["cpu"] > 2}
    assert not slow
