"""Cuts the power of saves that the program made, at places by chance, and judges what is left."""

import json
import random
import re
from types import SimpleNamespace

from tests.durability.judging import problems
from tests.durability.recording import Disk, after_a_cut, replay
from tests.fresh_databases import python


def captured(address, folder, saves):
    """What the program told SQLite while it made `saves` saves."""
    done = python("-m", "tests.durability.capture", saves, address=address, folder=folder)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    told["before"] = (folder / f"{address.rpartition('/')[2]}.before").read_bytes()
    return told


def with_pragmas(told, **pragmas):
    """The same, with some of the program's own pragmas exchanged."""
    statements = told["statements"]
    for name, value in pragmas.items():
        said = re.compile(rf"PRAGMA {name}\s*=\s*\w+", re.IGNORECASE)
        assert any(said.fullmatch(one) for one in statements), f"the program never says {name}"
        statements = [f"PRAGMA {name}={value}" if said.fullmatch(one) else one for one in statements]
    return told | {"statements": statements}


def cut_often(told, folder, *, cuts, seed=1, stop_at_first=False):
    """Cut the power `cuts` times; answers what was lost or broken, and how many saves had been acknowledged in all."""
    chance, file = random.Random(seed), folder / "city.sqlite3"
    file.write_bytes(told["before"])
    disk = Disk()
    try:
        tape = replay(told["statements"], [save["after"] for save in told["saves"]], file, disk)
    finally:
        disk.unregister()
    found, acknowledged_in_all, places = [], 0, _places(tape)
    for _ in range(cuts):
        files, acknowledged = after_a_cut(tape, chance.choice(places), {file.name: told["before"]}, chance)
        acknowledged_in_all += len(acknowledged)
        found += _judged(files, acknowledged, told["saves"], folder / "found")
        if found and stop_at_first:
            break
    return SimpleNamespace(
        problems=found,
        acknowledged=acknowledged_in_all,
        syncs=sum(asked.what == "sync" for asked in tape),
        asked=len(tape),
    )


def _places(tape):
    """From the first acknowledged save to the end: before it there is nothing to lose."""
    first = next(number for number, asked in enumerate(tape) if asked.what == "ack")
    return range(first, len(tape) + 1)


def _judged(files, acknowledged, saves, folder):
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    kept = [SimpleNamespace(**saves[number]) for number in acknowledged]
    try:
        return problems(f"sqlite:///{folder}/city.sqlite3", kept, [])
    except Exception as error:  # a file that cannot even be read is lost
        return [f"unreadable: {error}"]
