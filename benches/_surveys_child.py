"""One measurement of `script/bench surveys` in a process of its own: ours, a bare scan, svy, or replicate weights.

    python benches/_surveys_child.py KIND FILE DESIGN QUESTIONS REPEATS

Answers with JSON: the best of the repeats by the clock and by the processor, and the most memory; for ours also the
same of opening the engine that LEDTRAD_WAREHOUSE names, and of reading the answers in. A Java that Spark started is
counted with us, in time and in memory.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any


def main() -> None:
    kind, file, design, questions, repeats = sys.argv[1:6]
    told = _KINDS[kind](Path(file), design, int(questions))
    told |= _timed(told.pop("run"), int(repeats))
    told["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024) + _memory_of_java()
    print(json.dumps(told))


def _timed(run: Callable[[], tuple[float, float]], repeats: int) -> dict[str, Any]:
    wall, cpu = [], []
    for _ in range(repeats):
        clock, processor = time.perf_counter(), _processor()
        estimate, se = run()
        wall.append(time.perf_counter() - clock)
        cpu.append(_processor() - processor)
    first = {"first_wall": wall[0], "first_cpu": cpu[0]}
    return {"wall": min(wall), "cpu": min(cpu), **first, "estimate": estimate, "se": se}


def _processor() -> float:
    """Seconds that this process and Java have used."""
    ticks = [sum(map(int, _told(child, "stat").rpartition(")")[2].split()[11:13])) for child in _javas()]
    return time.process_time() + sum(ticks) / os.sysconf("SC_CLK_TCK")


def _memory_of_java() -> int:
    peaks = [line.split()[1] for child in _javas() for line in _told(child, "status").splitlines() if "VmHWM" in line]
    return round(sum(map(int, peaks)) / 1024)


def _javas() -> list[str]:
    """The processes that Spark started for us, where pyspark is loaded and the system tells of processes."""
    if "pyspark" not in sys.modules:
        return []
    return [place.name for place in Path("/proc").glob("[0-9]*") if _is_our_java(place.name)]


def _is_our_java(process: str) -> bool:
    try:
        name, _, rest = _told(process, "stat").rpartition(")")
    except OSError:  # it has ended
        return False
    return name.endswith("(java") and int(rest.split()[1]) == os.getpid()


def _told(process: str, what: str) -> str:
    return Path("/proc", process, what).read_text()


def _ours(file: Path, told: str, count: int) -> dict[str, Any]:
    from ledtrad.apps.surveys.warehouse import open_warehouse
    from ledtrad.core.surveys.designs import Design
    from ledtrad.core.surveys.estimates import Question, Statistic
    from ledtrad.core.surveys.estimation import estimate

    clocks = [(time.perf_counter(), _processor())]
    warehouse = open_warehouse()
    clocks.append((time.perf_counter(), _processor()))
    table = warehouse.table(file)
    clocks.append((time.perf_counter(), _processor()))
    ask = warehouse.asker(table)
    asked = [Question(Statistic.PROPORTION, f"q{place}", level="1") for place in range(count)]
    stratified = told == "stratified"
    design = Design("stratum", () if stratified else ("cluster",), "weight", ("size",) if stratified else ())

    def run() -> tuple[float, float]:
        found = estimate(table, asked, design, ask, ("district", "sex"))
        return found[0][0].estimate or 0.0, found[0][0].se or 0.0

    return {"run": run} | _between(clocks)


def _between(clocks: list[tuple[float, float]]) -> dict[str, float]:
    """What it took to open the engine and to read the answers in, by the clock and by the processor."""
    steps = zip(("opened", "read"), pairwise(clocks), strict=True)
    return {
        f"{what}_{kind}": now[place] - before[place]
        for what, (before, now) in steps
        for place, kind in enumerate(("wall", "cpu"))
    }


def _replicates(file: Path, told: str, count: int) -> dict[str, Any]:
    """500 bootstrap weights, in columns beside the answers (read the first time, held afterwards) or made each time."""
    from ledtrad.apps.surveys.warehouse import open_warehouse
    from ledtrad.core.surveys.designs import Design, ReplicateKind, Replicates
    from ledtrad.core.surveys.estimates import Question, Statistic
    from ledtrad.core.surveys.estimation import estimate

    warehouse = open_warehouse()
    table = warehouse.table(file if told == "made" else _with_replicates(file))
    ask = warehouse.asker(table)
    asked = [Question(Statistic.PROPORTION, f"q{place}", level="1") for place in range(count)]
    if told == "made":
        design = Design("stratum", ("cluster",), "weight", replicates=Replicates(ReplicateKind.BOOTSTRAP, draws=500))
    else:
        names = tuple(f"b{place}" for place in range(500))
        design = Design(weight="weight", replicates=Replicates(ReplicateKind.BOOTSTRAP, names))

    def run() -> tuple[float, float]:
        found = estimate(table, asked, design, ask, ("district", "sex"))
        return found[0][0].estimate or 0.0, found[0][0].se or 0.0

    return {"run": run}


def _with_replicates(file: Path) -> Path:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as arrow_parquet

    written = file.with_name(f"replicated_{file.name}")
    if not written.exists():
        table, lot = arrow_parquet.read_table(file), np.random.default_rng(1)
        weight = table["weight"].to_numpy()
        for place in range(500):
            table = table.append_column(f"b{place}", pa.array(weight * lot.poisson(1.0, weight.size)))
        arrow_parquet.write_table(table, written)
    return written


def _scan(file: Path, told: str, count: int) -> dict[str, Any]:
    """A bare scan by DuckDB: each column that the estimates read, summed (or its largest, of text)."""
    import duckdb

    connection = duckdb.connect()
    place = "size" if told == "stratified" else "cluster"
    answers = ", ".join(f"sum(q{place})" for place in range(count))
    sql = f"SELECT max(stratum), max(district), max(sex), sum(weight), sum({place}), {answers} FROM '{file}'"

    def run() -> tuple[float, float]:
        connection.execute(sql).fetchall()
        return 0.0, 0.0

    return {"run": run}


def _svy(file: Path, told: str, count: int) -> dict[str, Any]:
    import polars as pl
    import svy

    names = [f"q{place}" for place in range(count)]
    stratified = told == "stratified"
    more = ["size"] if stratified else ["cluster"]
    data = pl.read_parquet(file, columns=["stratum", "district", "sex", "weight", *more, *names])
    drawn = {"pop_size": "size"} if stratified else {"psu": "cluster"}
    sample = svy.Sample(data, svy.Design(stratum="stratum", wgt="weight", **drawn))

    def run() -> tuple[float, float]:
        found = [sample.estimation.mean(name, by=["district", "sex"], drop_nulls=True) for name in names]
        first = found[0].estimates[0]
        return first.est, first.se

    return {"run": run, "version": svy.__version__}


_KINDS = {"ours": _ours, "scan": _scan, "svy": _svy, "replicates": _replicates}

if __name__ == "__main__":
    main()
