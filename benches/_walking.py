"""A large text table read and walked through, in a process that does nothing else: python -m benches._walking FILE"""

import json
import re
import resource
import sys
import time
from pathlib import Path

from ledtrad.readers.table import read_table


def walk(file: Path) -> dict[str, object]:
    """How many rows and cells, how long, and the most memory of this process."""
    start = time.perf_counter()
    sheet = read_table(file, file.name).sheets[0]
    cells = sum(len(row) for row in sheet.rows)
    return {
        "csv_megabytes": round(file.stat().st_size / 1e6),
        "csv_rows": len(sheet.rows),
        "csv_cells": cells,
        "csv_seconds": round(time.perf_counter() - start, 1),
        "csv_processor_seconds": round(time.process_time(), 1),
        "csv_most_memory_megabytes": most_memory(),
    }


def most_memory() -> int:
    """Megabytes of this process alone: what getrusage says begins with what the one that started it took."""
    said = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return round(int(said[1]) / 1024) if said else round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    print(json.dumps(walk(Path(sys.argv[1]))))
