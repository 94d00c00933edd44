"""Server time and SQL queries of every page of the reporting year, and how they grow with ten cities' worth of data.

Each page is asked for in one process, as somebody who uses it, with everything between the request and the answer but
no network: first once (nothing is kept yet), then again and again. With `--cities 10` there is a second city beside it,
whose every table holds ten cities' worth of data, of which the pages show one. The bars: a p95 of 200 ms and a number
of queries that does not grow; no page more than 1.5 times as slow with ten times the data. The machine is now fast and
now slow, so the two are asked in turns, page by page and visit by visit: a page has grown by the median of what the
visits of each pair differ by.
"""

import json
import os
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
        pages = _grown(place, asked) if asked.cities > 1 else _measured([place], asked.repeats)[0]
    grown = [(page["grown"], page["page"]) for page in pages if page.get("grown")]
    answered = [page for page in pages if page["status"] == 200]
    worst = max(answered, key=lambda page: page["p95_ms"])
    return {
        "name": "pages",
        "figure": worst["p95_ms"],
        "unit": f"milliseconds (p95) of the slowest page, {worst['page']}",
        "peer": f"the bar of {BAR_MS} ms",
        "peer_figure": BAR_MS,
        "ratio": round(BAR_MS / worst["p95_ms"], 2),
        "growth": max(grown)[0] if grown else None,
        "slow": [page["page"] for page in answered if page["p95_ms"] > BAR_MS],
        "grown": sorted({address for times, address in grown if times > BAR_GROWTH}),
        "queries_grown": _queries_grown(pages),
        "not_answered": [f"{page['status']} {page['page']}" for page in pages if page["status"] not in (200, 302)],
        "pages": [{name: value for name, value in page.items() if name != "visits"} for page in pages],
        "conditions": {
            "database": asked.database,
            "size": asked.size,
            "cities": asked.cities,
            "repeats": asked.repeats,
            "cores": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
        },
    }


def _grown(place: Place, asked: Any) -> list[dict[str, Any]]:
    """The pages of the city, each with what it takes in a larger one beside it and how many times as long that is."""
    if asked.database == "postgresql" and os.environ.get("DATABASE_URL"):
        raise SystemExit("Two cities need a server each: ask without DATABASE_URL.")
    with tempfile.TemporaryDirectory() as folder, _city.city(asked.database, asked.size, Path(folder)) as larger:
        larger.run("benches._growing", str(asked.cities))
        pages, after = _measured([place, larger], asked.repeats)
    for page, then in zip(pages, after, strict=True):
        page |= {f"{name}_of_{asked.cities}": then[name] for name in ("best_ms", "p50_ms", "p95_ms", "queries")}
        page["grown"] = round(_times(page["visits"], then["visits"]), 2) if page["status"] == then["status"] else None
    return pages


def _times(before: list[float], after: list[float]) -> float:
    pairs = zip(before, after, strict=True)
    return statistics.median(max(then, _NOTICEABLE_MS) / max(one, _NOTICEABLE_MS) for one, then in pairs)


def _measured(places: list[Place], repeats: int) -> list[list[dict[str, Any]]]:
    """For each place its pages, which are the same ones."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(_visitor(place)) for place in places]
        listed = [json.loads(_line(visitor)) for visitor in visitors]
        kinds = {tuple(_kind(address) for _, address in pages) for pages in listed}
        assert len(kinds) == 1, "the cities have other pages"
        found: list[list[dict[str, Any]]] = [[] for _ in places]
        for number in range(len(listed[0])):
            visits = [[_visit(visitor, number) for visitor in visitors] for _ in range(repeats + 1)]
            for place, pages in enumerate(listed):
                found[place].append(_told(*pages[number], [turn[place] for turn in visits]))
        return found


def _kind(address: str) -> str:
    """The address without the numbers of rows, which are a city's own."""
    return re.sub(r"\d{3,}", "N", address)


@contextmanager
def _visitor(place: Place) -> Iterator[subprocess.Popen[str]]:
    with place.started("benches._pages_measure") as visitor:
        yield visitor
        assert visitor.stdin is not None
        visitor.stdin.close()


def _visit(visitor: subprocess.Popen[str], number: int) -> dict[str, Any]:
    assert visitor.stdin is not None
    print(number, file=visitor.stdin, flush=True)
    told: dict[str, Any] = json.loads(_line(visitor))
    return told


def _line(visitor: subprocess.Popen[str]) -> str:
    assert visitor.stdout is not None
    return visitor.stdout.readline()


def _told(who: str, address: str, visits: list[dict[str, Any]]) -> dict[str, Any]:
    """The first visit finds nothing kept; the others are what people mostly meet."""
    first, *others = visits
    times = sorted(visit["ms"] for visit in others)
    return {
        "page": address,
        "as": who,
        "status": first["status"],
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[min(len(times) - 1, round(0.95 * len(times)))], 1),
        "best_ms": round(times[0], 1),
        "first_ms": round(first["ms"], 1),
        "processor_ms": round(statistics.mean(visit["processor_ms"] for visit in others), 1),
        "queries": first["queries"],
        "kilobytes": round(first["bytes"] / 1000),
        "visits": [visit["ms"] for visit in others],
    }


def _queries_grown(pages: list[dict[str, Any]]) -> list[str]:
    """Pages that ask more questions of a larger database."""
    return [
        page["page"]
        for page in pages
        for name, value in page.items()
        if name.startswith("queries_of_") and value > page["queries"]
    ]
