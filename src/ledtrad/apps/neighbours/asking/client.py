"""One question and its answer: redirects followed only to allowed places, retries, pace, and a limit on size."""

import hashlib
import random
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import httpx

from ledtrad.apps.neighbours.asking.addresses import AllowedHosts, NotAllowed
from ledtrad.apps.neighbours.asking.connecting import CheckedNetwork, CheckedTransport, Deadline, LookUp, look_up

LARGEST_ANSWER = 50_000_000
LONGEST_WAIT = 10.0  # seconds for one answer, from the look-up of the name to the last byte
_STEP = 5.0
_TRIES = 4
_REDIRECTS = 3
_LONGEST_PAUSE = 30.0
_AGAIN = (429, 502, 503, 504)
_CHUNK = 65_536


class NoAnswer(Exception):
    """The neighbour gave no answer that can be used. The message is one Swedish sentence."""


class _TryAgain(Exception):
    """What may go better in a while. `pause` is what the neighbour itself asked for, in seconds."""

    def __init__(self, said: str, pause: float = 0.0) -> None:
        super().__init__(said)
        self.pause = pause


@dataclass
class Asker:
    """Asks neighbours. One for each job: keeps connections, and the pace for each host.

    `pace` is the shortest time between two questions to a host, in seconds. `tell` hears of every retry, as a
    sentence. The clock, the sleep and the look-up of names can be given, for tests.
    """

    allowed: AllowedHosts
    pace: float = 0.5
    agent: str = "Ledtrad"
    tell: Callable[[str], None] = lambda sentence: None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    names: LookUp = look_up
    largest: int = LARGEST_ANSWER
    longest: float = LONGEST_WAIT
    tries: int = _TRIES
    longest_pause: float = _LONGEST_PAUSE
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._deadline = Deadline(self.clock)
        self._heard = hashlib.sha256()
        transport = CheckedTransport(CheckedNetwork(self.allowed, self._deadline, self.names))
        self._client = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(_STEP),
            headers={"User-Agent": self.agent, "Accept": "application/json", "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *trouble: Any) -> None:
        self._client.close()

    @property
    def fingerprint(self) -> str:
        """The sha256 of all that has been answered so far, in order."""
        return self._heard.hexdigest()

    def get(self, address: str, *, parameters: Mapping[str, str] | None = None) -> bytes:
        """The bytes of an answer. NotAllowed before anything is sent; NoAnswer when there is none, in the end."""
        written = str(httpx.URL(address, params=dict(parameters))) if parameters else address
        return self._ask("GET", written, None)

    def post(self, address: str, content: bytes) -> bytes:
        """The answer to JSON that is sent. Only for questions: it is sent again when no answer comes."""
        return self._ask("POST", address, content)

    def _ask(self, method: str, address: str, content: bytes | None) -> bytes:
        for number in range(1, self.tries + 1):
            try:
                return self._follow(method, address, content)
            except _TryAgain as trouble:
                if number == self.tries:
                    raise NoAnswer(f"{trouble} Gav upp efter {self.tries} försök.") from None
                pause = trouble.pause or 0.5 * 2**number * (0.8 + 0.4 * random.random())
                self.tell(f"{trouble} Försöker igen om {min(pause, self.longest_pause):.0f} s.")
                self.sleep(min(pause, self.longest_pause))
        raise AssertionError("unreachable")

    def _follow(self, method: str, address: str, content: bytes | None) -> bytes:
        for _ in range(_REDIRECTS + 1):
            place = self.allowed.place_of(address)
            self._keep_pace(place.host)
            moved, body = self._once(method, address, place.host, content)
            if not moved:
                self._heard.update(body)
                return body
            if method != "GET":
                raise NoAnswer(f"{place.host} skickade en sparad fråga vidare till en annan adress. Det följs inte.")
            address = urljoin(address, moved)
        raise NoAnswer(f"{place.host} skickade frågan vidare mer än {_REDIRECTS} gånger.")

    def _keep_pace(self, host: str) -> None:
        wait = self._asked.get(host, float("-inf")) + self.pace - self.clock()
        if wait > 0:
            self.sleep(wait)
        self._asked[host] = self.clock()

    def _once(self, method: str, address: str, host: str, content: bytes | None) -> tuple[str, bytes]:
        """Where the answer sends us on, or the answer itself."""
        self._deadline.begin(self.longest)
        headers = {"Content-Type": "application/json"} if content is not None else None
        self._client.cookies.clear()
        try:
            with self._client.stream(method, address, content=content, headers=headers) as answer:
                if answer.is_redirect and answer.headers.get("location"):
                    return answer.headers["location"], b""
                self._check_status(answer, host)
                return "", self._body(answer, host)
        except httpx.TimeoutException:
            raise _TryAgain(f"{host} svarade inte inom {self.longest:.0f} sekunder.") from None
        except httpx.TransportError as error:
            raise _TryAgain(f"{host} går inte att nå ({type(error).__name__}).") from None
        except (httpx.InvalidURL, UnicodeError):
            raise NotAllowed("Adressen går inte att läsa.") from None

    def _check_status(self, answer: httpx.Response, host: str) -> None:
        status = answer.status_code
        if status in _AGAIN:
            said = "ber oss att vänta" if status == 429 else "har tillfälliga problem"
            raise _TryAgain(f"{host} {said} ({status}).", _asked_pause(answer.headers.get("retry-after", "")))
        if status == 404:
            raise NoAnswer(f"{host} har inte det som efterfrågas (404).")
        if status != 200:
            raise NoAnswer(f"{host} svarade med felet {status}.")

    def _body(self, answer: httpx.Response, host: str) -> bytes:
        """The answer as it comes, unpacked by ourselves: so that no more than the limit is ever held."""
        too_large = NoAnswer(f"{host} svarade med mer än {self.largest // 1_000_000} MB. Svaret läses inte.")
        told = answer.headers.get("content-length", "")
        if told.isdecimal() and int(told[:15]) > self.largest:
            raise too_large
        unpack = _Unpacker(answer.headers.get("content-encoding", ""), host)
        parts, size = [], 0
        for chunk in answer.iter_raw(_CHUNK):
            part = unpack(chunk, self.largest - size + 1)
            size += len(part)
            if size > self.largest:
                raise too_large
            parts.append(part)
        unpack.check_whole()
        return b"".join(parts)


class _Unpacker:
    """Unpacks an answer piece by piece, never more than it is told to hold."""

    def __init__(self, encoding: str, host: str) -> None:
        packing = encoding.strip().lower()
        if packing not in ("", "identity", "gzip"):
            raise NoAnswer(f"{host} svarade med en packning som inte läses ({encoding[:20]}).")
        self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if packing == "gzip" else None
        self._broken = NoAnswer(f"{host} svarade med en trasig packning.")

    def __call__(self, chunk: bytes, most: int) -> bytes:
        if self._gzip is None:
            return chunk
        try:
            return self._gzip.decompress(chunk, most)
        except zlib.error:
            raise self._broken from None

    def check_whole(self) -> None:
        """An answer that was cut off is none."""
        if self._gzip is not None and not self._gzip.eof:
            raise self._broken


def _asked_pause(written: str) -> float:
    """How many seconds the neighbour asks us to wait; 0 where it says nothing that we read."""
    return float(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0.0
