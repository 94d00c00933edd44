"""Gives every trap to every reader, in a process of little memory, and tells what came of it as lines of JSON.

python -m tests.readers.hostile_child [NAME…]
"""

import json
import re
import resource
import sys
import time
import traceback

from tests.readers.hostile import TRAPS

from ledtrad.readers.json_stat import UnreadableJsonStat, read_json_stat
from ledtrad.readers.px import UnreadablePx, read_px
from ledtrad.readers.table import UnreadableTable, read_table

MEMORY = 512 * 1_024 * 1_024
_READERS = {
    "table": (read_table, UnreadableTable),
    "px": (read_px, UnreadablePx),
    "json_stat": (read_json_stat, UnreadableJsonStat),
}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name in sys.argv[1:] or TRAPS:
        trap = TRAPS[name]
        data = trap.make()
        told = {reader: _answer(reader, data, trap.name) for reader in _READERS}
        print(json.dumps({"trap": name, **told}), flush=True)


def _answer(reader: str, data: bytes, name: str) -> dict[str, object]:
    read, refusal = _READERS[reader]
    start, spent = time.monotonic(), _spent()
    answer: dict[str, object] = {}
    try:
        found = read(data, name)
        if reader == "table":
            answer["rows"] = [list(row) for row in found.sheets[0].rows[:200]]
    except refusal as refused:
        answer["refused"] = str(refused)
    except BaseException:
        answer["unhandled"] = re.sub(r"\s+", " ", traceback.format_exc()[-1_500:])
    return {**answer, "seconds": round(time.monotonic() - start, 2), "cpu": round(_spent() - spent, 2)}


def _spent() -> float:
    """Seconds of the processor, with those of the children that have ended."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


if __name__ == "__main__":
    main()
