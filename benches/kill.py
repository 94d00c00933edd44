"""A server killed (-9) 200 times while 30 clients save, on each database: what was acknowledged and lost.

Each server is a real gunicorn that is killed 0.15–0.9 s after its first answer, and not before 100 saves have been
acknowledged. After each kill every acknowledged save is looked for, the file is checked, each row's version is held
against the log, and every save that got no answer is sent again, twice, with its own key.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

from benches._databases import KINDS, migrated
from tests.durability.killing import Tally, kill_often
from tests.fresh_databases import python

FLOOR = 100


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--database", choices=KINDS, help="only this one")


def run(asked: argparse.Namespace) -> dict[str, object]:
    kinds = [asked.database] if asked.database else KINDS
    tallies = {kind: _killed(kind, asked.kills, asked.clients) for kind in kinds}
    fewest = min(tally.fewest for tally in tallies.values())
    return {
        "name": "kill",
        "figure": fewest,
        "unit": "acknowledged saves before the kill with the fewest",
        "peer": "the bar: at least 100 a kill, and none lost",
        "peer_figure": FLOOR,
        "ratio": round(fewest / FLOOR, 2),
        "conditions": {kind: _told(tally) for kind, tally in tallies.items()}
        | {"clients": asked.clients, "load_average": round(os.getloadavg()[0], 1)},
    }


def _killed(kind: str, kills: int, clients: int) -> Tally:
    with tempfile.TemporaryDirectory() as folder, migrated(kind, Path(folder)) as address:
        done = python("-m", "tests.durability.stage", clients, address=address, folder=folder)
        if done.returncode:
            raise RuntimeError(done.stderr)
        staged = json.loads(done.stdout.splitlines()[-1])
        return kill_often(address, Path(folder), staged, kills=kills, least=FLOOR)


def _told(tally: Tally) -> dict[str, object]:
    return {
        "kills": tally.kills,
        "acknowledged": tally.acknowledged,
        "acknowledged_a_second": round(tally.acknowledged / tally.seconds_of_saving),
        "set_aside": tally.set_aside,
        "without_an_answer_and_sent_again": tally.unknown,
        "lost_or_uneven": len(tally.problems),
        "problems": tally.problems[:5],
    }
