"""Observations by the million: an indicator's page and a comparison over all areas, beside bare SQL and DuckDB.

A table is filled with indicators × 312 areas × 25 years × 3 sexes (raw, past the actions), first a tenth of `--rows`,
then a third and then all, and the same figures are written as Parquet. Measured, in one process, with what the product
keeps in memory thrown away before each time ("first") and left alone ("kept"): the indicator's page and the
comparison's page beside bare SQL through the driver that fetches the same rows, and both beside everything that stands
on them; and the figures of all areas in a year with quartiles and the city's place, beside the same in DuckDB on
Parquet. A page without any data tells what a page costs by itself. The bars: at most twice the peer.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benches import _databases
from tests.fresh_databases import ROOT

ROWS = 15_000_000
BAR = 2.0


def options(parser) -> None:  # type: ignore[no-untyped-def]
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--database", choices=_databases.KINDS, default="sqlite")
    parser.add_argument("--repeats", type=int, default=30)


def run(asked: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name, _databases.migrated(asked.database, Path(name)) as address:
        sizes = [
            _measured(address, Path(name), rows, asked.repeats)
            for rows in (asked.rows // 10, asked.rows // 3, asked.rows)
        ]
    whole = sizes[-1]
    return {
        "name": "series",
        "figure": whole["comparison_ms"],
        "unit": "milliseconds: all areas in a year, with quartiles and the city's place",
        "peer": "the same in DuckDB on Parquet",
        "peer_figure": whole["duckdb_ms"],
        "ratio": round(whole["duckdb_ms"] / whole["comparison_ms"], 2),
        "meets_bar": whole["comparison_ms"] <= BAR * whole["duckdb_ms"],
        "over_peer": {"by_clock": _over(whole, "ms"), "by_processor": _over(whole, "cpu_ms")},
        "growth": {
            key: round(whole[key] / sizes[0][key], 2)
            for key in whole
            if key.endswith("_ms") and isinstance(whole[key], float) and sizes[0][key]
        },
        "sizes": sizes,
        "conditions": {
            "database": asked.database,
            "repeats": asked.repeats,
            "cores": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
        },
    }


def _over(whole: dict[str, Any], unit: str) -> dict[str, float]:
    """How many times as long as its peer each thing took."""

    def times(name: str, peer: str) -> float:
        return round(whole[f"{name}_{unit}"] / whole[f"{peer}_{unit}"], 2)

    both = whole[f"page_first_{unit}"] + whole[f"compare_first_{unit}"]
    return {
        "page_first_over_bare_sql": times("page_first", "page_sql"),
        "page_kept_over_bare_sql": times("page_kept", "page_sql"),
        "page_query_over_bare_sql": times("page_query", "page_sql"),
        "comparison_page_first_over_bare_sql": times("compare_first", "compare_sql"),
        "comparison_page_kept_over_bare_sql": times("compare_kept", "compare_sql"),
        "both_pages_over_all_their_rows": round(both / whole[f"all_rows_{unit}"], 2),
        "comparison_over_duckdb": times("comparison", "duckdb"),
    }


def _measured(address: str, folder: Path, rows: int, repeats: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benches._series_measure", str(rows), str(repeats)]
    surroundings = {
        **os.environ,
        "DATABASE_URL": address,
        "LEDTRAD_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    # Filling takes minutes, so it has no limit of its own.
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
