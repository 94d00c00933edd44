"""Requests per second of goals × boards, against the same page as Django templates over model objects.

12 goals × 31 boards in three years, the difference from the year before shown. gunicorn with 2 workers, 16
connections at once, SQLite, everything on this machine. The load generator first shows, against a server that answers
at once, that it is not measuring itself. Both pages are read and must say the same in every cell.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import html

ROOT = Path(__file__).resolve().parent.parent
OURS, PEER = "/2020/matris/?jamfor=1", "/peer/2020/matris/"
GOALS, BOARDS, YEARS = 12, 31, (2018, 2019, 2020)
WORKERS, CONNECTIONS, SECONDS, ROUNDS = 2, 16, 4.0, 3


def run() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        surroundings = _surroundings(Path(folder))
        _city(surroundings, "build")
        with _site(surroundings) as port:
            cells = _say_the_same(port)
            bare = _in_turns(port)
            _city(surroundings, "log")
            kept = _in_turns(port)
            size = len(_get(port, OURS))
        generator = asyncio.run(_generator_alone(size))
    ours, peer = kept[OURS], kept[PEER]
    return {
        "name": "matrix",
        "figure": round(ours.per_second),
        "unit": "requests per second",
        "peer": "Django template and model objects",
        "peer_figure": round(peer.per_second),
        "ratio": round(ours.per_second / peer.per_second, 1),
        "conditions": {
            "goals": GOALS,
            "boards": BOARDS,
            "years": len(YEARS),
            "workers": WORKERS,
            "connections": CONNECTIONS,
            "p95_ms": round(ours.percentile(95), 1),
            "peer_p95_ms": round(peer.percentile(95), 1),
            "figure_nothing_kept": round(bare[OURS].per_second),
            "ratio_nothing_kept": round(bare[OURS].per_second / bare[PEER].per_second, 1),
            "p95_ms_nothing_kept": round(bare[OURS].percentile(95), 1),
            "generator_alone": round(generator.per_second),
            "cells_compared": cells,
            "page_kilobytes": round(size / 1000),
            "cores": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
        },
    }


# --------------------------------------------------------------------------------------------------- what is measured


def _surroundings(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "LEDTRAD_VAR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "benches.matrix_peer.settings",
        "PYTHONPATH": str(ROOT),
    }


def _city(surroundings: dict[str, str], what: str) -> None:
    """Build the city, or write to its log: without a log nothing that was once answered is kept."""
    command = [sys.executable, "-m", "benches.matrix_peer.city", what, str(GOALS), str(BOARDS), *map(str, YEARS)]
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True)


@contextmanager
def _site(surroundings: dict[str, str]) -> Iterator[int]:
    """The site under gunicorn, both pages on one port."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "ledtrad.site.wsgi", "--workers", str(WORKERS)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _get(port, OURS)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the site did not start")


def _get(port: int, address: str) -> bytes:
    return asyncio.run(_ask(port, address))


def _say_the_same(port: int) -> int:
    """Both pages give the same verdict and change in every cell; answers how many cells there are."""
    ours, peer = (_cells(_get(port, address)) for address in (OURS, PEER))
    if ours != peer or len(ours) != GOALS * BOARDS:
        raise RuntimeError(f"the two pages differ: {len(ours)} and {len(peer)} cells, of {GOALS * BOARDS}")
    return len(ours)


def _cells(page: bytes) -> dict[tuple[str, int], tuple[str, str | None, tuple[str, ...]]]:
    """Word, dissent and address of every cell, by the name of the board and the place of the goal."""
    rows = html.fromstring(page.decode()).xpath("//table[contains(@class, 'matrix')]/tbody/tr[th/@scope='row']")
    return {
        (row.find("th").text_content(), place): (
            "".join(cell.text_content().split()),
            cell.get("class") or None,
            tuple(cell.xpath("a/@href")),
        )
        for row in rows
        for place, cell in enumerate(row.findall("td")[:-1])
    }


# ------------------------------------------------------------------------------------------------- the load generator


@dataclass(frozen=True)
class Load:
    """What came of asking for one page again and again; times in milliseconds."""

    per_second: float
    times: list[float]

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.times, n=100)[share - 1]


def _in_turns(port: int) -> dict[str, Load]:
    """Both pages in turns, so that neither has the quieter machine; for each the median round."""
    for address in (OURS, PEER):
        asyncio.run(_load(port, address, 1.0))
    rounds = [{address: asyncio.run(_load(port, address, SECONDS)) for address in (OURS, PEER)} for _ in range(ROUNDS)]
    return {
        address: sorted((one[address] for one in rounds), key=lambda load: load.per_second)[ROUNDS // 2]
        for address in (OURS, PEER)
    }


async def _load(port: int, address: str, seconds: float) -> Load:
    times: list[float] = []
    start = time.perf_counter()

    async def client() -> None:
        while time.perf_counter() - start < seconds:
            asked = time.perf_counter()
            await _ask(port, address)
            times.append(1000 * (time.perf_counter() - asked))

    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return Load(len(times) / (time.perf_counter() - start), times)


async def _ask(port: int, address: str) -> bytes:
    """One request on a connection of its own; RuntimeError for any answer but a whole 200."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read(-1)
    writer.close()
    await writer.wait_closed()
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200") or not body.rstrip().endswith(b"</html>"):
        raise RuntimeError(f"{address}: {head[:60]!r}")
    return body


_INSTANT = """
import asyncio, sys
BODY = b"x" * (int(sys.argv[2]) - 7) + b"</html>"
ANSWER = b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n" % len(BODY) + BODY
async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(ANSWER)
    await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()
asyncio.run(main())
"""


async def _generator_alone(size: int) -> Load:
    """How much the generator can ask for when the answers, of the same size, cost next to nothing."""
    port = _free_port()
    server = subprocess.Popen([sys.executable, "-c", _INSTANT, str(port), str(size)])
    try:
        for _ in range(100):
            try:
                await _ask(port, "/")
                break
            except OSError:
                await asyncio.sleep(0.05)
        return await _load(port, "/", SECONDS)
    finally:
        server.terminate()
        server.wait(timeout=10)
