"""The load of a deadline: people who save every few seconds, then all at once, while others read. Prints JSON.

    python -m benches._deadline_load PORT < what.json

A process of its own, so that it neither lends its time to what it measures nor borrows any. Each save comes on a
connection of its own, as behind a plain proxy, and rests on the version that the last answer gave.
"""

import asyncio
import json
import random
import sys
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 30  # seconds until a save counts as unanswered
_SENTENCE = "Fler känner sig trygga när belysningen har bytts och skötseln av parken har blivit bättre"
_WORDS = tuple(_SENTENCE.split(" "))
_LONG = 60  # words of a text


@dataclass
class Writer:
    """One person at work. `acknowledged` is what the server has last said that it holds."""

    cookie: str
    row: int
    version: int
    kind: str
    token: str = ""
    acknowledged: dict[str, str] = field(default_factory=dict)
    saves: int = 0


@dataclass
class Measured:
    """Times in milliseconds, and everything that went wrong, in words."""

    steady: list[float] = field(default_factory=list)
    burst: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def ask(port: int, head: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers and body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"{head}Host: localhost\r\nConnection: close\r\n\r\n".encode() + body)
        answer = await reader.read(-1)
    finally:
        writer.close()
    top, _, content = answer.partition(b"\r\n\r\n")
    status, *lines = top.decode("latin-1").split("\r\n")
    if len(status.split()) < 2:
        raise ConnectionError("the answer was empty")
    headers = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers[name.lower()] = f"{headers[name.lower()]}\n{value}" if name.lower() in headers else value
    return int(status.split()[1]), headers, content


# --- writing ---------------------------------------------------------------------------------------------------


async def sign_on(port: int, writer: Writer) -> None:
    """Fetch the token against forgery, and the cookie that it belongs to."""
    head = f"GET /arbete/vem/ HTTP/1.1\r\nCookie: {writer.cookie}\r\n"
    status, headers, body = await ask(port, head)
    if status != 200:
        raise RuntimeError(f"signed-in people are answered {status}: {body[:200]!r}")
    cookies = [one.split(";")[0] for one in headers.get("set-cookie", "").split("\n") if one]
    writer.cookie = "; ".join([writer.cookie, *cookies])
    writer.token = json.loads(body)["token"]


def _content(kind: str, dice: random.Random) -> dict[str, str]:
    text = " ".join(dice.choices(_WORDS, k=_LONG))
    if kind == "activity":
        return {"progress": "partly", "why": text}
    return {"result": text}


async def save(port: int, writer: Writer, dice: random.Random, times: list[float], errors: list[str]) -> None:
    """One save, timed until its answer has been read."""
    content = _content(writer.kind, dice)
    body = json.dumps(
        {"content": content, "rests_on": writer.version, "save_key": uuid.UUID(int=dice.getrandbits(128)).hex}
    )
    head = (
        f"POST /arbete/rad/{writer.row}/ HTTP/1.1\r\nCookie: {writer.cookie}\r\nX-CSRFToken: {writer.token}\r\n"
        f"Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n"
    )
    start = time.perf_counter()
    try:
        status, _, answer = await asyncio.wait_for(ask(port, head, body.encode()), PATIENCE)
    except (OSError, TimeoutError) as trouble:
        errors.append(f"{type(trouble).__name__}: {trouble}")
        return
    times.append(1000 * (time.perf_counter() - start))
    if status != 200:
        errors.append(f"{status}: {answer[:200].decode(errors='replace')}")
        return
    writer.version = json.loads(answer)["version"]
    writer.acknowledged, writer.saves = content, writer.saves + 1


async def write_for(port: int, writer: Writer, seconds: float, every: float, measured: Measured, seed: int) -> None:
    """Save every `every` seconds, beginning somewhere in the first of them."""
    dice = random.Random(seed)
    ends = time.perf_counter() + seconds
    next_time = time.perf_counter() + dice.random() * every
    while next_time < ends:
        await asyncio.sleep(max(0, next_time - time.perf_counter()))
        await save(port, writer, dice, measured.steady, measured.errors)
        next_time = max(next_time + every, time.perf_counter())


async def burst(port: int, writers: list[Writer], measured: Measured) -> None:
    """Everybody saves within one second."""

    async def one(writer: Writer, seed: int) -> None:
        dice = random.Random(-1 - seed)
        await asyncio.sleep(dice.random())
        await save(port, writer, dice, measured.burst, measured.errors)

    await asyncio.gather(*(one(writer, number) for number, writer in enumerate(writers)))


# --- reading ---------------------------------------------------------------------------------------------------


async def read_for(port: int, pages: list[str], rate: float, stop: asyncio.Event, measured: Measured) -> None:
    """Public pages, one after the other, so many a second, whether or not the last has been answered."""
    asked: set[asyncio.Task[None]] = set()
    start, number = time.perf_counter(), 0
    while rate and not stop.is_set():
        task = asyncio.create_task(_read(port, pages[number % len(pages)], measured))
        asked.add(task)
        task.add_done_callback(asked.discard)
        number += 1
        await asyncio.sleep(max(0, start + number / rate - time.perf_counter()))
    await asyncio.gather(*asked)


async def _read(port: int, page: str, measured: Measured) -> None:
    start = time.perf_counter()
    try:
        status, _, body = await asyncio.wait_for(ask(port, f"GET {page} HTTP/1.1\r\n"), PATIENCE)
    except (OSError, TimeoutError) as trouble:
        measured.errors.append(f"{page}: {type(trouble).__name__}: {trouble}")
        return
    measured.reads.append(1000 * (time.perf_counter() - start))
    if status != 200 or not body.rstrip().endswith(b"</html>"):
        measured.errors.append(f"{page}: {status}")


# --- the whole -------------------------------------------------------------------------------------------------


async def load(port: int, asked: dict[str, Any]) -> dict[str, Any]:
    writers = [Writer(**user) for user in asked["users"]]
    measured = Measured()
    for writer in writers:
        await sign_on(port, writer)
    stop = asyncio.Event()
    reading = asyncio.create_task(read_for(port, asked["pages"], asked["reads_a_second"], stop, measured))
    seconds, every = asked["seconds"], asked["every"]
    start, worked = time.perf_counter(), time.process_time()
    await asyncio.gather(
        *(write_for(port, writer, seconds, every, measured, number) for number, writer in enumerate(writers))
    )
    spent = {"wall": time.perf_counter() - start, "own": time.process_time() - worked}
    await burst(port, writers, measured)
    stop.set()
    await reading
    texts = [{"row": w.row, "version": w.version, "saves": w.saves, "content": w.acknowledged} for w in writers]
    return {**measured.__dict__, "texts": texts, "seconds": spent["wall"], "own_seconds": spent["own"]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(load(int(sys.argv[1]), json.load(sys.stdin)))))
