"""A simulated survey of any size as Parquet: 130 strata in 14 districts, two sexes, 40 questions with some missing.

Every row follows from its number, so that the file is the same on every machine. A stratum is drawn without replacement
from three times as many; its clusters are 20 each at a time, as many as the size asks for, with about 18 answers each.
"""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

QUESTIONS = tuple(f"q{place}" for place in range(40))
STRATA, DISTRICTS, MISSING = 130, 14, 6


def written(rows: int, file: Path) -> Path:
    """The file of so many rows; made where it is not there."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        started = file.with_suffix(".part")
        duckdb.connect().execute(f"COPY ({_rows(rows)}) TO '{started}' (FORMAT PARQUET)")
        started.rename(file)
    return file


def _rows(rows: int) -> str:
    answers = ", ".join(
        f"CASE WHEN hash(i, {place}) % 100 >= {MISSING} "
        f"THEN (hash(i, {place + 100}) % 1000 < {20 + place * 12})::TINYINT END AS q{place}"
        for place in range(len(QUESTIONS))
    )
    clusters = max(20, rows // STRATA // 18)
    return (
        "SELECT 'H' || lpad(s::VARCHAR, 3, '0') AS stratum, "
        f"'D' || lpad((s % {DISTRICTS})::VARCHAR, 2, '0') AS district, "
        "CASE WHEN hash(i, 7) % 2 = 0 THEN 'kvinna' ELSE 'man' END AS sex, "
        "1.0 + (hash(i, 5) % 100000) / 10000.0 + s * 0.1 AS weight, "
        f"({rows} * 3 // {STRATA} + s * 10)::DOUBLE AS size, (hash(i, 9) % {clusters})::INTEGER AS cluster, "
        f"{answers} FROM (SELECT i, i % {STRATA} AS s FROM range({rows}) t(i))"
    )


def for_r(file: Path, folder: Path, questions: int) -> Path:
    """The same columns as plain numbers that R reads at once (-1: missing); text as places among its values."""
    columns: dict[str, Any] = duckdb.sql(
        "SELECT substr(stratum, 2)::INTEGER AS stratum, substr(district, 2)::INTEGER AS district, "
        "(sex = 'man')::INTEGER AS sex, weight, size, cluster, "
        + ", ".join(f"coalesce({name}, -1)::INTEGER AS {name}" for name in QUESTIONS[:questions])
        + f" FROM '{file}'"
    ).fetchnumpy()
    folder.mkdir(exist_ok=True)
    for name, values in columns.items():
        np.asarray(values, dtype=np.float64 if name in ("weight", "size") else np.int32).tofile(folder / name)
    return folder
