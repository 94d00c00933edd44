"""The connection itself: a name is looked up once, what it leads to is checked, and that very address is used.

So a name that leads elsewhere the next time it is looked up (DNS rebinding) changes nothing. All that is read and
written has one common end in time, also when a neighbour sends a byte at a time.
"""

import socket
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from functools import cache
from typing import Any

import httpcore
import httpx

from ledtrad.apps.neighbours.asking.addresses import AllowedHosts, NotAllowed, Place

LookUp = Callable[[str, int], list[str]]
Clock = Callable[[], float]


def look_up(host: str, port: int) -> list[str]:
    """The numeric addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class Deadline:
    """One end in time for everything that an answer takes."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._end = clock, float("inf")

    def begin(self, seconds: float) -> None:
        self._end = self._clock() + seconds

    def left(self, at_most: float | None) -> float:
        """Seconds left, and no more than `at_most`. httpcore.ReadTimeout when there are none."""
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the time for the whole answer is up")
        return seconds if at_most is None else min(seconds, at_most)


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to nothing but addresses that have been checked."""

    def __init__(self, allowed: AllowedHosts, deadline: Deadline, names: LookUp = look_up) -> None:
        self._allowed, self._deadline, self._names = allowed, deadline, names
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="look-up")
        self._plain = httpcore.SyncBackend()
        self.scheme = "https"

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        number = self._checked(Place(self.scheme, host, port), timeout)
        stream = self._plain.connect_tcp(number, port, self._deadline.left(timeout), local_address, socket_options)
        return _BoundedStream(stream, self._deadline)

    def rest(self) -> None:
        """No more names are looked up. One that is being looked up is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def connect_unix_socket(self, *arguments: Any, **options: Any) -> httpcore.NetworkStream:
        raise NotAllowed("Grannar tillfrågas bara över nätet.")

    def _checked(self, place: Place, timeout: float | None) -> str:
        """The address to use. One that may not be used among them condemns the name: it has no business there."""
        try:
            asked = self._threads.submit(self._names, place.host, place.port)
            numbers = asked.result(self._deadline.left(timeout))
        except TookTooLong:
            raise httpcore.ConnectTimeout("the name was not looked up in time") from None
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        if not numbers or not all(self._allowed.may_connect(place, number) for number in numbers):
            raise NotAllowed(f"Värdnamnet {place.host} leder till en adress som inte får tillfrågas.")
        return numbers[0]


class _BoundedStream(httpcore.NetworkStream):
    """A stream whose every step ends before the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The certificate must be the host's: the name goes with the connection though the number was dialled."""
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _BoundedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to trust: read from the disk once."""
    return httpx.create_ssl_context(trust_env=False)


class CheckedTransport(httpx.HTTPTransport):
    """httpx's own transport over checked connections, without proxies, cookies or kept credentials."""

    def __init__(self, network: CheckedNetwork) -> None:
        super().__init__(verify=_certificates(), trust_env=False)
        # httpx offers no argument for the network beneath it; that this one is used is what the tests hold fast.
        self._network = network
        self._pool = httpcore.ConnectionPool(ssl_context=_certificates(), max_connections=4, network_backend=network)

    def close(self) -> None:
        super().close()
        self._network.rest()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._network.scheme = request.url.scheme
        return super().handle_request(request)
