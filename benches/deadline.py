"""Saves on the last day of reporting: 300 people every 5 s, then all within a second, against one bare Django view.

The site runs as `ledtrad serve` runs it (gunicorn, 4 workers with one thread each), with the demo city at full size.
300 people are signed in with sessions and tokens of their own; each saves texts in a row of a draft that is hers, and
public pages are read all the while. The load generator is a process of its own and first shows, against a server that
answers at once, that it is not measuring itself. Afterwards every text in the database must be the last acknowledged
one. Beside it, in the same run and on the same kind of database, the same load on a bare Django project whose view
does one versioned update, with session and token. Here a ratio is our p95 over the bare view's: low is good.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benches import _city
from benches._city import ROOT, Place

WORKERS, THREADS = 4, 1
PAGES = ["/2020/", "/2020/matris/?jamfor=1", "/2020/mal/1.2/", "/2020/indikator/1.2.1/", "/2019/mal/1.5/"]
BARS = {"p95_ms": 300, "p99_ms": 1000, "burst_p95_ms": 2000, "ratio": 5}
_SERVE = "import sys; from ledtrad.site.command_line import main; sys.exit(main())"


def options(parser) -> None:  # type: ignore[no-untyped-def]
    _city.options(parser)
    parser.add_argument("--seconds", type=float, default=300, help="how long everybody saves before the last second")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--every", type=float, default=5, help="seconds between two saves of one person")
    parser.add_argument("--reads", type=float, default=20, help="public pages read each second meanwhile")
    parser.add_argument("--no-peer", action="store_true", help="leave the bare view out (then there is no ratio)")


def run(asked: Any) -> dict[str, Any]:
    generator = _generator_alone(asked)
    with tempfile.TemporaryDirectory() as folder, _city.city(asked.database, asked.size, Path(folder)) as place:
        ours = _ours(place, asked)
    peer = None if asked.no_peer else _peer(asked)
    return {**_figures(asked, ours, peer, generator)}


def _figures(asked: Any, ours: dict[str, Any], peer: dict[str, Any] | None, alone: dict[str, Any]) -> dict[str, Any]:
    found, beside = _told(ours), _told(peer) if peer else {}
    ratio = round(found["p95_ms"] / beside["p95_ms"], 2) if beside else None
    bars = {**found, "ratio": ratio}
    return {
        "name": "deadline",
        "figure": found["p95_ms"],
        "unit": "milliseconds (p95) until a save is acknowledged",
        "peer": "bare Django view, one versioned update",
        "peer_figure": beside.get("p95_ms"),
        "ratio": ratio,
        "errors": len(ours["errors"]),
        "lost": len(ours["kept"]["lost"]),
        "bars_missed": [f"{name}: {bars[name]} > {bar}" for name, bar in BARS.items() if (bars[name] or 0) > bar],
        **{name: value for name, value in found.items() if name != "p95_ms"},
        "first_errors": ours["errors"][:5] + ours["kept"]["lost"][:5],
        "conditions": {
            "database": asked.database,
            "size": asked.size,
            "people": asked.people,
            "seconds": asked.seconds,
            "every_seconds": asked.every,
            "public_pages_a_second": asked.reads,
            "workers": WORKERS,
            "threads": THREADS,
            "peer": {**beside, "errors": len(peer["errors"]), "lost": len(peer["kept"]["lost"])} if peer else None,
            "generator_alone": {**_told(alone), "errors": len(alone["errors"])},
            "generator_processor_share": round(ours["own_seconds"] / ours["seconds"], 2),
            "cores": os.cpu_count(),
            "load_average_before": alone["load_average"],
        },
    }


def _told(measured: dict[str, Any]) -> dict[str, Any]:
    steady, burst, reads = measured["steady"], measured["burst"], measured["reads"]
    return {
        "p50_ms": _share(steady, 50),
        "p95_ms": _share(steady, 95),
        "p99_ms": _share(steady, 99),
        "burst_p95_ms": _share(burst, 95),
        "public_p99_ms": _share(reads, 99),
        "saves": len(steady) + len(burst),
        "reads": len(reads),
    }


def _share(times: Sequence[float], share: int) -> float:
    return round(statistics.quantiles(times, n=100)[share - 1], 1) if len(times) > 1 else 0.0


# --------------------------------------------------------------------------------------------------- what is measured


def _ours(place: Place, asked: Any) -> dict[str, Any]:
    users = json.loads(place.run("benches._deadline_users", "ours", str(asked.people)))
    port = _free_port()
    command = [sys.executable, "-c", _SERVE, "serve", "--port", str(port), "--workers", str(WORKERS)]
    with _serving(command, place.surroundings, port):
        measured = _load(port, asked, users, PAGES)
    return {**measured, "kept": _kept(place, "ours", measured["texts"], "ledtrad.site.settings")}


def _peer(asked: Any) -> dict[str, Any]:
    settings = "benches.deadline_peer.settings"
    with tempfile.TemporaryDirectory() as folder, _city.empty(asked.database, Path(folder)) as place:
        users = json.loads(place.run("benches._deadline_users", "peer", str(asked.people), settings=settings))
        port = _free_port()
        command = [sys.executable, "-m", "gunicorn", "benches.deadline_peer.wsgi", "--log-level", "warning"]
        command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS)]
        with _serving(command, {**place.surroundings, "DJANGO_SETTINGS_MODULE": settings}, port):
            measured = _load(port, asked, users, ["/"])
        return {**measured, "kept": _kept(place, "peer", measured["texts"], settings)}


def _generator_alone(asked: Any) -> dict[str, Any]:
    """The same load for a shorter time, on a server that answers at once."""
    users = [{"cookie": "sessionid=x", "row": n, "version": 0, "kind": "assessment"} for n in range(asked.people)]
    port, before = _free_port(), round(os.getloadavg()[0], 1)
    command = [sys.executable, "-m", "benches._instant", str(port)]
    with _serving(command, dict(os.environ), port):
        measured = _load(port, asked, users, PAGES, seconds=min(asked.seconds, 10))
    return {**measured, "load_average": before}


def _load(port: int, asked: Any, users: list[Any], pages: list[str], seconds: float | None = None) -> dict[str, Any]:
    what = {
        "users": users,
        "pages": pages,
        "seconds": seconds or asked.seconds,
        "every": asked.every,
        "reads_a_second": asked.reads,
    }
    command = [sys.executable, "-m", "benches._deadline_load", str(port)]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(what), check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _kept(place: Place, whose: str, texts: list[Any], settings: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benches._deadline_kept", whose]
    surroundings = {**place.surroundings, "DJANGO_SETTINGS_MODULE": settings}
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, input=json.dumps(texts), check=True, stdout=subprocess.PIPE, text=True
    )
    kept: dict[str, Any] = json.loads(done.stdout)
    return kept


@contextmanager
def _serving(command: list[str], surroundings: dict[str, str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL)
    try:
        _wait(server, port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
