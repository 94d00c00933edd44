"""Server time and SQL queries of every page of the reporting year, and how they grow with ten cities' worth of data.

Each page is asked for in one process, as somebody who uses it, with everything between the request and the answer but
no network: first once (nothing is kept yet), then again and again. With `--cities 10` the same pages are asked for once
more when every table holds ten cities' worth of data, of which the pages show one. The bars: a p95 of 200 ms and a
number of queries that does not grow; no page more than 1.5 times as slow with ten times the data. The two are taken
minutes apart on a machine that is now fast and now slow: a page has grown by what both its median and its fastest
answer have grown by.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from benches import _city
from benches._city import Place

BAR_MS, BAR_GROWTH = 200, 1.5
# Below this, what differs between two runs is the machine's own unrest.
_NOTICEABLE_MS = 5


def options(parser) -> None:  # type: ignore[no-untyped-def]
    _city.options(parser)
    parser.add_argument("--cities", type=int, default=1, help="measure also with so many cities' worth of data")
    parser.add_argument("--repeats", type=int, default=30)


def run(asked: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, _city.city(asked.database, asked.size, Path(folder)) as place:
        pages = _measured(place, asked.repeats)
        grown = _grown(place, asked, pages) if asked.cities > 1 else {}
    answered = [page for page in pages if page["status"] == 200]
    worst = max(answered, key=lambda page: page["p95_ms"])
    growth = max(grown.values(), default=None)
    return {
        "name": "pages",
        "figure": worst["p95_ms"],
        "unit": f"milliseconds (p95) of the slowest page, {worst['page']}",
        "peer": f"the bar of {BAR_MS} ms",
        "peer_figure": BAR_MS,
        "ratio": round(BAR_MS / worst["p95_ms"], 2),
        "growth": growth,
        "slow": [page["page"] for page in answered if page["p95_ms"] > BAR_MS],
        "grown": [address for address, times in grown.items() if times > BAR_GROWTH],
        "queries_grown": _queries_grown(pages),
        "not_answered": [f"{page['status']} {page['page']}" for page in pages if page["status"] not in (200, 302)],
        "pages": pages,
        "conditions": {
            "database": asked.database,
            "size": asked.size,
            "cities": asked.cities,
            "repeats": asked.repeats,
            "cores": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
        },
    }


def _measured(place: Place, repeats: int) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads(place.run("benches._pages_measure", str(repeats)))
    return pages


def _grown(place: Place, asked: Any, pages: list[dict[str, Any]]) -> dict[str, float]:
    """How many times as slow each page has become. What it took then stands beside what it took before."""
    place.run("benches._growing", str(asked.cities))
    after = {(page["page"], page["as"]): page for page in _measured(place, asked.repeats)}
    grown = {}
    for page in pages:
        then = after.get((page["page"], page["as"]))
        if then is None or then["status"] != page["status"]:
            page["grown"] = None
            continue
        page |= {f"{name}_of_{asked.cities}": then[name] for name in ("best_ms", "p50_ms", "p95_ms", "queries")}
        page["grown"] = round(min(_times(page, then, name) for name in ("best_ms", "p50_ms")), 2)
        grown[page["page"]] = max(page["grown"], grown.get(page["page"], 0))
    return grown


def _times(before: dict[str, Any], after: dict[str, Any], name: str) -> float:
    return max(after[name], _NOTICEABLE_MS) / max(before[name], _NOTICEABLE_MS)


def _queries_grown(pages: list[dict[str, Any]]) -> list[str]:
    """Pages that ask more questions of a larger database."""
    return [
        page["page"]
        for page in pages
        for name, value in page.items()
        if name.startswith("queries_of_") and value > page["queries"]
    ]
