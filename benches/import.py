"""A workbook of 50,000 rows read with addresses and counted twice, against pandas with openpyxl.

The same bytes are read in turns: by our reader (a child process reads, another counts with other parsers, both must
agree), by python-calamine bare in this process, and by pandas with openpyxl. Beside it, in the conditions: the same in
the processor's time, children counted, which a busy machine does not change; a CSV file of 100 megabytes walked through
in a process of its own, with the most memory that it took; one with 280,800 figures previewed and taken in while
somebody else saves, with the longest that this one waited; the traps that are bombs, each until its refusal; and how
long small tables take to be read in one thread while another is handed the bombs.
"""

import io
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas
import xlsxwriter
from benches import _databases
from python_calamine import CalamineWorkbook
from tests.readers.hostile import BOMBS

from ledtrad.readers.table import UnreadableTable, read_table

ROOT = Path(__file__).resolve().parent.parent
ROWS, ROUNDS, PEER_ROUNDS, MEGABYTES = 50_000, 7, 2, 100
HEAD = ("Område", "Kod", "År", "Kön", "Ålder", "Antal", "Andel", "Anmärkning")


def run() -> dict[str, object]:
    data = _workbook()
    ours, bare, peer = _in_turns(data)
    found = read_table(data, "a.xlsx").sheets[0]
    if len(found.rows) != ROWS + 1 or found.rows[1][6] != str(_rows()[0][6]):
        raise RuntimeError("our reader did not read the workbook that was made")
    return {
        "name": "import",
        "figure": round(ours.clock, 3),
        "unit": f"seconds for a workbook of {ROWS} rows",
        "peer": "pandas with openpyxl",
        "peer_figure": round(peer.clock, 2),
        "ratio": round(peer.clock / ours.clock, 1),
        "conditions": {
            "columns": len(HEAD),
            "megabytes": round(len(data) / 1e6, 1),
            "bare_calamine_seconds": round(bare.clock, 3),
            "times_bare_calamine": round(ours.clock / bare.clock, 2),
            "processor_seconds": {"ours": ours.processor, "bare_calamine": bare.processor, "peer": peer.processor},
            "ratio_of_processor": round(peer.processor / ours.processor, 1),
            "times_bare_calamine_of_processor": round(ours.processor / bare.processor, 2),
            **_large_text(),
            **_taken_in(),
            **_bombs(),
            "cores": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
        },
    }


# -------------------------------------------------------------------------------------------------------- the workbook


def _rows() -> list[tuple[str | float, ...]]:
    chance = random.Random(1)
    sexes = ("Kvinnor", "Män", "Totalt")
    return [
        (
            f"Område {number % 312}",
            f"{number % 312:04d}",
            2000 + number % 25,
            sexes[number % 3],
            f"{number % 80}-{number % 80 + 4} år",
            chance.randrange(100_000),
            round(chance.random() * 100, 1),
            ".." if number % 50 == 0 else "",
        )
        for number in range(ROWS)
    ]


def _workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Utfall")
        for number, row in enumerate((HEAD, *_rows())):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


@dataclass(frozen=True)
class Taken:
    """How long one reading took: by the clock, and of the processor with the children's."""

    clock: float
    processor: float


def _in_turns(data: bytes) -> tuple[Taken, Taken, Taken]:
    """The median of ours and of calamine alone, in turns, and the best of the peer."""
    turns = [(_taken(_ours, data), _taken(_bare, data)) for _ in range(ROUNDS)]
    peer = [_taken(_pandas, data) for _ in range(PEER_ROUNDS)]
    return (
        _median([ours for ours, _ in turns]),
        _median([bare for _, bare in turns]),
        min(peer, key=lambda one: one.clock),
    )


def _median(times: Sequence[Taken]) -> Taken:
    return Taken(statistics.median(one.clock for one in times), statistics.median(one.processor for one in times))


def _taken(work: Callable[[bytes], object], data: bytes) -> Taken:
    start, spent = time.perf_counter(), _spent()
    work(data)
    return Taken(time.perf_counter() - start, _spent() - spent)


def _spent() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _ours(data: bytes) -> object:
    return read_table(data, "utfall.xlsx")


def _bare(data: bytes) -> object:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def _pandas(data: bytes) -> object:
    return pandas.read_excel(io.BytesIO(data), engine="openpyxl", header=None)


# ------------------------------------------------------------------------------------------------------ the large text


def _large_text() -> dict[str, object]:
    """100 megabytes of CSV read and walked through in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stor.csv"
        lines = [";".join(map(str, row)).replace(".", ",") for row in _rows()]
        block = ("\r\n".join(lines) + "\r\n").encode()
        file.write_bytes(";".join(HEAD).encode() + b"\r\n" + block * (MEGABYTES * 1_000_000 // len(block)))
        done = subprocess.run(
            [sys.executable, "-m", "benches._walking", str(file)], cwd=ROOT, capture_output=True, text=True, check=True
        )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _taken_in() -> dict[str, object]:
    """100 megabytes of CSV previewed and taken into an SQLite file while somebody else saves, each in its process."""
    with tempfile.TemporaryDirectory() as folder, _databases.migrated("sqlite", Path(folder)) as address:
        surroundings = {
            **os.environ,
            "DATABASE_URL": address,
            "LEDTRAD_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

        def begun(*given: object) -> subprocess.Popen[str]:
            command = [sys.executable, "-m", "benches._confirming", *map(str, given)]
            return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)

        def told(process: subprocess.Popen[str]) -> dict[str, Any]:
            said: dict[str, Any] = json.loads(process.communicate()[0])
            return said

        number = told(begun("build", Path(folder) / "stor.csv"))["upload"]
        preview = told(begun("preview", number))
        others = begun("save", Path(folder) / "stop")
        confirmed = told(begun("confirm", number, preview["fingerprint"]))
        (Path(folder) / "stop").touch()
        waited = told(others)
    return {
        "taken_in_figures": confirmed["new"],
        "preview_most_memory_megabytes": preview["megabytes"],
        "preview_processor_seconds": preview["processor_seconds"],
        "confirm_most_memory_megabytes": confirmed["megabytes"],
        "confirm_processor_seconds": confirmed["processor_seconds"],
        "longest_save_meanwhile_seconds": waited["longest_save_seconds"],
        "saves_meanwhile": waited["saves"],
    }


# ----------------------------------------------------------------------------------------------------------- the bombs


def _bombs() -> dict[str, object]:
    """The slowest bomb, and the reading of small tables while bombs come, against before."""
    bombs = {name: trap.make() for name, trap in BOMBS.items()}
    seconds = {name: _refused(data) for name, data in bombs.items()}
    slowest = max(seconds, key=lambda name: seconds[name])
    quiet = _small_tables(2.0)
    stop = threading.Event()
    thread = threading.Thread(target=_again_and_again, args=(list(bombs.values()), stop))
    thread.start()
    busy = _small_tables(8.0)
    stop.set()
    thread.join()
    return {
        "bombs": len(bombs),
        "slowest_bomb": slowest,
        "slowest_bomb_seconds": round(seconds[slowest], 2),
        "small_table_p95_ms": quiet,
        "small_table_p95_ms_while_bombs_come": busy,
    }


def _refused(data: bytes) -> float:
    start = time.perf_counter()
    with suppress(UnreadableTable):
        read_table(data, "a.xlsx")
    return time.perf_counter() - start


def _again_and_again(bombs: list[bytes], stop: threading.Event) -> None:
    while not stop.is_set():
        for data in bombs:
            if not stop.is_set():
                _refused(data)


def _small_tables(seconds: float) -> float:
    data, times = b"a;b\n" + b"1;2\n" * 50, []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        times.append(1000 * _taken(lambda data: read_table(data, "a.csv"), data).clock)
        time.sleep(0.005)
    return round(statistics.quantiles(times, n=20)[-1], 1)
