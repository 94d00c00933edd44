"""The log at a million entries: how long the walk through it takes, and each of its pages; on each database.

The peer reads the same columns with the driver alone and hashes each row once: the least that any walk must do.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

from benches._databases import KINDS, migrated
from tests.fresh_databases import python


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--database", choices=KINDS, help="only this one")


def run(asked: argparse.Namespace) -> dict[str, object]:
    kinds = [asked.database] if asked.database else KINDS
    found = {kind: _measured(kind, asked.entries) for kind in kinds}
    slowest = max(found.values(), key=lambda one: one["verify_seconds"])
    return {
        "name": "log",
        "figure": slowest["verify_seconds"],
        "unit": f"seconds to verify {asked.entries} entries (the bar is 60 a million)",
        "peer": "reading the same columns with the driver, one hash a row",
        "peer_figure": slowest["bare_seconds"],
        "ratio": round(slowest["bare_seconds"] / slowest["verify_seconds"], 2),
        "conditions": found | {"load_average": round(os.getloadavg()[0], 1)},
    }


def _measured(kind: str, entries: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, migrated(kind, Path(folder)) as address:
        done = python("-m", "benches._log_measure", entries, address=address, folder=folder, timeout=7200)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])
