"""Each reader fed with mutated bytes, five minutes each: how many ran, and whether any got another answer than its own.

A reader may answer with what it read or with its own refusal, one Swedish sentence. Whatever else comes, or a run of
more than 25 seconds or two gigabytes, is a finding; its bytes are kept under var/fuzz/. atheris (libFuzzer) steers by
the branches taken in our code; the children that read workbooks are fed whole, and their second parser by itself.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benches._fuzzing import TARGETS, atheris

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "fuzz"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=300, help="for each reader")
    parser.add_argument("--reader", choices=TARGETS, action="append", help="only this one; may be given again")


def run(asked: argparse.Namespace) -> dict[str, object]:
    told = {}
    for name in asked.reader or TARGETS:
        print(f"{name}: {asked.seconds:.0f} s …", file=sys.stderr)
        told[name] = _fuzzed(name, asked.seconds)
    findings = sum(one["finding"] != "" for one in told.values())
    runs = sum(one["runs"] for one in told.values())
    return {
        "name": "fuzz",
        "figure": findings,
        "unit": "readers that gave another answer than a table or their own refusal",
        "peer": "the bar: none",
        "peer_figure": 0,
        "ratio": 1.0 if not findings else 0.0,
        "conditions": {
            "fuzzer": "atheris" if atheris else "plain mutations: atheris is NOT installed",
            "seconds_each": asked.seconds,
            "runs": runs,
            **told,
            "load_average": round(os.getloadavg()[0], 1),
        },
    }


def _fuzzed(name: str, seconds: float) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        command = [sys.executable, "-m", "benches._fuzzing", name, str(seconds), folder]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
        said = done.stdout + done.stderr
        kept = _keep(Path(folder), name)
        runs = re.search(r"Done (\d+) (?:runs|in)|number_of_executed_units:\s*(\d+)|stat::number_of\w+:\s*(\d+)", said)
        return {
            "runs": int(next(filter(None, runs.groups()))) if runs else 0,
            "seconds": round(time.monotonic() - start),
            "finding": "" if done.returncode == 0 else _finding(said),
            "bytes_kept": kept,
        }


def _finding(said: str) -> str:
    """The last lines that tell what went wrong."""
    lines = [line.strip() for line in said.splitlines() if re.search(r"Error|Exception|ERROR|assert|timeout", line)]
    return " | ".join(lines[-3:])[:400] or "ended without a word"


def _keep(folder: Path, name: str) -> list[str]:
    found = [file for file in folder.iterdir() if re.match(r"crash-|timeout-|oom-|slow-", file.name)]
    if found:
        KEPT.mkdir(parents=True, exist_ok=True)
    for file in found:
        shutil.copy(file, KEPT / f"{name}-{file.name}")
    return [f"var/fuzz/{name}-{file.name}" for file in found]
