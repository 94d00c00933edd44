"""The peer of `script/bench disclosure`: τ-ARGUS' own optimum (FullJJ) on the same cells, sums and limits.

Reads a case in JSON on each line and answers with the cells to hide. Run by a Python that has pytauargus.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

MINUTES = 1


def main() -> None:
    from pytauargus._tauargus import HiTaSCtrl

    for line in sys.stdin:
        case = json.loads(line)
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(_hidden(HiTaSCtrl(), case, Path(name))), flush=True)


def _hidden(solver: Any, case: dict[str, Any], folder: Path) -> dict[str, Any]:
    asked, answered = folder / "JJ.IN", folder / "JJ.OUT"
    asked.write_text(_in_its_form(case), encoding="ascii")
    start = time.perf_counter()
    code = solver.full_jj(in_file_jj=str(asked), out_file=str(answered), max_time=MINUTES)
    seconds = time.perf_counter() - start
    cells = [int(text) for text in answered.read_text(encoding="ascii").split()] if answered.exists() else []
    return {"code": code, "seconds": seconds, "cells": cells}


def _in_its_form(case: dict[str, Any]) -> str:
    """Each cell: number, value, cost 1, u(nsafe) or s(afe), the bounds that all know, and the three limits."""
    most = sum(case["values"]) + 100
    lines = ["0", str(len(case["values"]))]
    for number, (value, low, up) in enumerate(zip(case["values"], case["low"], case["up"], strict=True)):
        lines.append(f"{number} {value} 1 {'u' if low or up else 's'} 0 {most} {low} {up} 0")
    lines.append(str(len(case["rows"])))
    lines += [f"0 {len(row)} : " + " ".join(f"{place} ({factor})" for place, factor in row) for row in case["rows"]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
