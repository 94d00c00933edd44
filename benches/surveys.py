"""Survey estimates: 40 questions × 14 districts × 2 sexes beside R's survey, svy and a bare scan of the same columns.

A simulated survey (130 strata, weights that differ from row to row, 6 % missing) is written as Parquet in each size;
then shares with standard errors, stratified with finite populations and clustered, each measurement in a process of
its own: the best of the repeats by the clock ("wall") and by the processor ("cpu"), and the most memory. R and svy are
asked a few of the questions where all would take too long, and their time scaled by how many: `peers_asked` says so. At
the least size also whole processes with their imports, and 500 replicate weights for the whole batch: in columns of the
file (read the first time, "first_cpu", and held afterwards), and made from the design each time. R is the one
that is installed (`Rscript`, left out where it is not); its version is told.

`--warehouses spark:local[2] postgres://…` asks the same of other engines by the same expressions, beside ours: to start
and to read the answers in, the first time, and warm. What an engine cannot be asked for want of is told instead.
"""

import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benches import _surveys_answers as answers

HERE = Path(__file__).resolve().parent
KEPT = HERE.parent / "var" / "bench" / "surveys"
SIZES = (17_669, 200_000, 2_000_000)
BARS = {17_669: (20, 8), 200_000: (75, 15), 2_000_000: (200, 40)}
WHOLE_BARS, SCAN_BAR, REPLICATES_BAR = (10, 3), 3.0, 0.3
REPLICATED = ("columns", "made")
MEMORY_BARS = {"stratified": 400, "clustered": 3000}
SCANNED_FROM = 2_000_000
EVERY = len(answers.QUESTIONS)
# How many questions R and svy are asked, by the most rows.
ASKED = ((20_000, 8, 40), (300_000, 2, 10), (3_000_000, 1, 4))


def options(parser) -> None:  # type: ignore[no-untyped-def]
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--designs", nargs="+", default=["stratified", "clustered"])
    parser.add_argument("--without-peers", action="store_true", help="only ours and the bare scan")
    parser.add_argument("--without-whole", action="store_true", help="no whole processes and no replicate weights")
    parser.add_argument("--warehouses", nargs="+", default=[], metavar="ADDRESS", help="spark:local[2], postgres://…")


def run(asked: Any) -> dict[str, Any]:
    sizes = [_measured(rows, design, asked) for rows in asked.sizes for design in asked.designs]
    file = answers.written(min(SIZES), KEPT / f"{min(SIZES)}.parquet")
    whole = {} if asked.without_whole else _whole(file)
    replicates = (
        {} if asked.without_whole else {kind: _child("replicates", file, kind, EVERY, 5) for kind in REPLICATED}
    )
    missed = [name for each in sizes for name in each["missed"]] + _missed_of_whole(whole, replicates)
    first = sizes[0]
    return {
        "name": "surveys",
        "figure": first["ours"]["wall"],
        "unit": f"seconds: {EVERY} questions × 28 groups at {first['rows']} rows, warm",
        "peer": f"R survey {first.get('r', {}).get('version', 'is not installed')}",
        "peer_figure": first.get("r", {}).get("wall"),
        "ratio": first.get("times_faster", {}).get("r", {}).get("cpu"),
        "meets_bars": not missed,
        "missed": missed,
        "sizes": sizes,
        "whole_process": whole,
        "replicates_500": replicates | {"bar_s": REPLICATES_BAR},
        "conditions": {
            "cores": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
            "ratio_is_of": "processor time, which other work on the machine disturbs less than the clock",
        },
    }


def _measured(rows: int, design: str, asked: Any) -> dict[str, Any]:
    file = answers.written(rows, KEPT / f"{rows}.parquet")
    repeats = 5 if rows < 1_000_000 else 3 if rows < 10_000_000 else 1
    found: dict[str, Any] = {"rows": rows, "design": design}
    found["ours"] = _child("ours", file, design, EVERY, repeats)
    found["scan"] = _child("scan", file, design, EVERY, repeats + 1)
    found["times_scan"] = {key: round(found["ours"][key] / found["scan"][key], 2) for key in ("wall", "cpu")}
    of_r, of_svy = next((pair for most, *pair in ASKED if rows <= most), (0, 0))
    if of_r and not asked.without_peers:
        found["svy"] = _scaled(_child("svy", file, design, of_svy, 2), of_svy)
        if shutil.which("Rscript"):
            found["r"] = _scaled(_by_r(file, design, of_r), of_r)
    found["elsewhere"] = {_kind_of(address): _elsewhere(address, file, design, rows) for address in asked.warehouses}
    peers = [peer for peer in ("r", "svy") if peer in found]
    found["times_faster"] = {
        peer: {key: round(found[peer][key] / found["ours"][key], 1) for key in ("wall", "cpu")} for peer in peers
    }
    errors = [each["se"] for each in (*(found[peer] for peer in peers), *found["elsewhere"].values()) if "se" in each]
    found["agree"] = all(abs(error / found["ours"]["se"] - 1) < 1e-9 for error in errors)
    found["missed"] = _missed(found)
    return found


def _elsewhere(address: str, file: Path, design: str, rows: int) -> dict[str, Any]:
    """The same work by another engine, or why there is none. The processor's time is ours and that of a Spark that we
    started; a PostgreSQL uses its own, which is not told."""
    if reason := _why_not(_kind_of(address)):
        return {"not_measured": reason}
    repeats = 4 if rows < 1_000_000 else 2 if rows < 10_000_000 else 1
    told = _child("ours", file, design, EVERY, repeats, LEDTRAD_WAREHOUSE=address)
    return told if _kind_of(address) == "spark" else {key: each for key, each in told.items() if "cpu" not in key}


def _kind_of(address: str) -> str:
    """The engine of an address, which may hold a password."""
    return address.partition(":")[0]


def _why_not(kind: str) -> str:
    if kind != "spark":
        return ""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (requirements/bench.txt has it)"
    return "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "there is no Java"


def _missed(found: dict[str, Any]) -> list[str]:
    """The bars that this size does not meet, by the processor's time and the most memory."""
    missed = [] if found["agree"] else ["agreement"]
    stratified = found["design"] == "stratified"
    for peer, bar in zip(("r", "svy"), BARS.get(found["rows"], ()), strict=False):
        if stratified and peer in found["times_faster"] and found["times_faster"][peer]["cpu"] < bar:
            missed.append(f"{bar} × {peer}")
    if found["rows"] >= SCANNED_FROM and stratified and found["times_scan"]["cpu"] > SCAN_BAR:
        missed.append(f"{SCAN_BAR} × a bare scan")
    if found["ours"]["memory_mb"] > MEMORY_BARS[found["design"]]:
        missed.append(f"{MEMORY_BARS[found['design']]} MB")
    return missed


def _missed_of_whole(whole: dict[str, Any], replicates: dict[str, Any]) -> list[str]:
    """The bars of whole processes and of replicate weights that are not met, by the processor's time."""
    bars = zip(("r", "svy"), WHOLE_BARS, strict=True)
    times = whole.get("times_faster", {})
    missed = [f"{bar} × {peer} as a process" for peer, bar in bars if peer in times and times[peer]["cpu"] < bar]
    return missed + [f"replicates, {kind}" for kind, each in replicates.items() if each["cpu"] > REPLICATES_BAR]


def _scaled(found: dict[str, Any], questions: int) -> dict[str, Any]:
    """As if all questions had been asked."""
    times = {key: found[key] * EVERY / questions for key in ("wall", "cpu")}
    return found | times | {"peers_asked": f"{questions} of {EVERY} questions, scaled"}


def _child(kind: str, file: Path, design: str, questions: int, repeats: int, **more: str) -> dict[str, Any]:
    command = [sys.executable, HERE / "_surveys_child.py", kind, file, design, str(questions), str(repeats)]
    return _answered(command, **more)


def _by_r(file: Path, design: str, questions: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        columns = answers.for_r(file, Path(folder) / "columns", questions)
        return _answered(["Rscript", HERE / "_surveys_peer.R", columns, str(questions), design])


def _answered(command: list[Any], **more: str) -> dict[str, Any]:
    """What a process printed last; one thread for products of matrices, so that two processes' time can be compared."""
    surroundings = os.environ | {"PYTHONPATH": str(HERE.parent / "src"), "OPENBLAS_NUM_THREADS": "1"} | more
    done = subprocess.run(
        [str(part) for part in command], env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _whole(file: Path) -> dict[str, Any]:
    """Whole processes with their imports, all questions asked once, the best of three."""
    found = {kind: _process([sys.executable, HERE / "_surveys_child.py", kind, file]) for kind in ("ours", "svy")}
    if shutil.which("Rscript"):
        with tempfile.TemporaryDirectory() as folder:
            columns = answers.for_r(file, Path(folder) / "columns", EVERY)
            found["r"] = _process(["Rscript", HERE / "_surveys_peer.R", columns, str(EVERY), "stratified"], r=True)
    ratios = {
        peer: {key: round(each[key] / found["ours"][key], 1) for key in ("wall", "cpu")}
        for peer, each in found.items()
        if peer != "ours"
    }
    return found | {"times_faster": ratios, "bars": dict(zip(("r", "svy"), WHOLE_BARS, strict=True))}


def _process(command: list[Any], r: bool = False) -> dict[str, float]:
    told = command if r else [*command, "stratified", str(EVERY), "1"]
    wall, cpu = [], []
    for _ in range(1 if r else 3):
        before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        _answered(told)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.perf_counter() - clock)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"wall": round(min(wall), 3), "cpu": round(min(cpu), 3)}
