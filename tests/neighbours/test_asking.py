"""Asking over the network: nobody but those on the list is ever connected to, and no answer is too slow or too large.

A canary listens on this machine. Forty addresses, and more, lead to it by every disguise; the count of what it hears
must stay at nought. The last tests show that it does hear, and that each guard is needed.
"""

import socket
import threading
import time
from contextlib import suppress

import pytest
from tests.neighbours.conftest import serving

from ledtrad.apps.neighbours.asking import AllowedHosts, Asker, NoAnswer, NotAllowed
from ledtrad.apps.neighbours.asking import addresses as addresses_module

KOLADA = "https://api.kolada.se"


class Canary:
    """Counts who connects, on IPv4 and, where there is any, on IPv6."""

    def __init__(self):
        self.hits = 0
        self._servers = [socket.create_server(("127.0.0.1", 0))]
        self.port = self._servers[0].getsockname()[1]
        with suppress(OSError):  # there may be no IPv6 here
            self._servers.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for server in self._servers:
            threading.Thread(target=self._listen, args=(server,), daemon=True).start()

    def _listen(self, server):
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()

    def close(self):
        for server in self._servers:
            server.close()


@pytest.fixture(scope="module")
def canary():
    made = Canary()
    yield made
    made.close()


@pytest.fixture(scope="module")
def server():
    with serving() as neighbour:
        yield neighbour


def asker(*origins, inside=(), names=None, **more):
    options = {"names": names} if names else {}
    return Asker(AllowedHosts.of(origins or (KOLADA,), inside), pace=0, sleep=lambda seconds: None, **options, **more)


# Each leads to this machine, or would in some program. {p} is the canary's port.
DISGUISES = [
    "http://127.0.0.1:{p}/",
    "https://127.0.0.1:{p}/",
    "http://localhost:{p}/",
    "http://LOCALHOST:{p}/",
    "http://localhost.:{p}/",
    "http://localhost.localdomain:{p}/",
    "http://127.1:{p}/",
    "http://127.0.1:{p}/",
    "http://2130706433:{p}/",
    "http://0x7f000001:{p}/",
    "http://0x7f.0x0.0x0.0x1:{p}/",
    "http://0x7f.1:{p}/",
    "http://017700000001:{p}/",
    "http://0177.0.0.1:{p}/",
    "http://0177.0.0.01:{p}/",
    "http://127.000.000.001:{p}/",
    "http://127.0.0.2:{p}/",
    "http://127.127.127.127:{p}/",
    "http://0.0.0.0:{p}/",
    "http://0:{p}/",
    "http://[::1]:{p}/",
    "http://[::]:{p}/",
    "http://[0:0:0:0:0:0:0:1]:{p}/",
    "http://[::ffff:127.0.0.1]:{p}/",
    "http://[::ffff:7f00:1]:{p}/",
    "http://[64:ff9b::7f00:1]:{p}/",
    "http://[fe80::1%25lo]:{p}/",
    "http://api.kolada.se@127.0.0.1:{p}/",
    "https://api.kolada.se@127.0.0.1:{p}/",
    "https://api.kolada.se:443@127.0.0.1:{p}/",
    "https://api.kolada.se%40127.0.0.1:{p}/",
    "https://api.kolada.se#@127.0.0.1:{p}/",
    "https://api.kolada.se\\@127.0.0.1:{p}/",
    "https://127.0.0.1:{p}\\@api.kolada.se/",
    "https://127.0.0.1:{p}#@api.kolada.se/",
    "https://127.0.0.1:{p}?@api.kolada.se/",
    "http://①②⑦.⓪.⓪.①:{p}/",
    "http://127。0。0。1:{p}/",
    "http://ⓛocalhost:{p}/",
    "http://loc\u00adalhost:{p}/",
    "http://127.0.0.1\t:{p}/",
    "http://127.0.0.1\n:{p}/",
    " http://127.0.0.1:{p}/",
    "//127.0.0.1:{p}/",
    "http:127.0.0.1:{p}/",
    "http:///127.0.0.1:{p}/",
    "https://api.kolada.se.evil.example:{p}/",
    "https://xn--api-kolada.se:{p}/",
    "https://api.kolada.se:{p}/",
    "http://api.kolada.se/",
    "https://api.kolada.se:0/",
    "https://api.kolada.se:/",
    "https://api.kolada.se:99999/",
    "file:///etc/passwd",
    "file://api.kolada.se/etc/passwd",
    "gopher://127.0.0.1:{p}/_GET",
    "ftp://127.0.0.1:{p}/",
    "dict://127.0.0.1:{p}/info",
    "unix:///var/run/docker.sock",
    "javascript:alert(1)",
    "data:application/json,{{}}",
    "",
    "http://",
    "https://[",
    "https://[::1",
]


def test_there_are_enough_disguises():
    assert len(set(DISGUISES)) >= 40


@pytest.mark.parametrize("written", DISGUISES)
def test_no_disguise_reaches_this_machine(canary, written):
    before = canary.hits
    with asker() as ask, pytest.raises(NotAllowed, match=r"\w"):
        ask.get(written.format(p=canary.port))
    with asker() as ask, pytest.raises(NotAllowed):
        ask.post(written.format(p=canary.port), b"{}")
    assert canary.hits == before == 0


INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fc00::1",
    "2002:7f00:1::", "64:ff9b:1::1", "ff02::1",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_an_allowed_name_that_leads_inside_is_not_followed(canary, number):
    """DNS says that the neighbour's name is one of ours. One such address among good ones is enough to stop it."""
    for numbers in ([number], ["8.8.8.8", number]):
        with (
            asker(f"http://granne.example:{canary.port}", names=lambda host, port, found=numbers: found) as ask,
            pytest.raises(NotAllowed, match="leder till en adress"),
        ):
            ask.get(f"http://granne.example:{canary.port}/")
    assert canary.hits == 0


def test_a_name_is_looked_up_once_and_that_address_is_used(server, canary):
    """Rebinding: the second look-up would say something else. There is no second look-up of a connection."""
    asked = []

    def names(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    origin = f"http://granne.example:{server.port}"
    with asker(origin, inside=(origin,), names=names) as ask:
        assert b"canary" in ask.get(f"{origin}/mer")
    assert asked == ["granne.example"]


def test_a_name_that_begins_to_lead_inside_is_stopped_at_once(server, canary):
    """Each new connection is looked up and checked anew: what was good a minute ago is no promise."""
    with (
        asker(f"http://granne.example:{canary.port}", names=lambda host, port: ["127.0.0.1"]) as ask,
        pytest.raises(NotAllowed),
    ):
        ask.get(f"http://granne.example:{canary.port}/")
    assert canary.hits == 0


# --------------------------------------------------------------------------------------- redirects


@pytest.mark.parametrize("to", [
    "http://127.0.0.1:{c}/", "//127.0.0.1:{c}/", "http://localhost:{c}/", "http://[::1]:{c}/", "file:///etc/passwd",
    "http://2130706433:{c}/", "http://granne@127.0.0.1:{c}/", "https://api.kolada.se.evil.example/",
])  # fmt: skip
def test_a_redirect_leads_only_to_allowed_places(server, canary, to):
    before = canary.hits
    with asker(server.address, inside=(server.address,)) as ask, pytest.raises(NotAllowed):
        ask.get(f"{server.address}/away", parameters={"to": to.format(c=canary.port)})
    assert canary.hits == before


def test_a_redirect_to_an_allowed_place_is_followed(server):
    with asker(server.address, inside=(server.address,)) as ask:
        assert b"/framme" in ask.get(f"{server.address}/away?to=/framme")


def test_a_redirect_without_end_and_one_of_what_is_posted(server):
    with asker(server.address, inside=(server.address,)) as ask, pytest.raises(NoAnswer, match="mer än 3 gånger"):
        ask.get(f"{server.address}/round")


# --------------------------------------------------------------------------------------- size and time


@pytest.mark.parametrize("path", ["/large?bytes=2000000&told=1", "/large?bytes=2000000", "/bomb?bytes=30000000"])
def test_an_answer_that_is_too_large_is_not_read(server, path):
    started = time.monotonic()
    with (
        asker(server.address, inside=(server.address,), largest=1_000_000) as ask,
        pytest.raises(NoAnswer, match="1 MB"),
    ):
        ask.get(server.address + path)
    assert time.monotonic() - started < 5


def test_the_limits_are_the_promised_ones():
    with asker() as ask:
        assert (ask.largest, ask.longest) == (50_000_000, 10.0)


@pytest.mark.parametrize("where", ["/drip", "/drip?head=1"])
def test_an_answer_that_drips_ends_in_time(server, where):
    """A byte every now and then keeps every single wait short: the whole is bounded all the same."""
    started = time.monotonic()
    with (
        asker(server.address, inside=(server.address,), longest=0.5, tries=1) as ask,
        pytest.raises(NoAnswer, match="inom"),
    ):
        ask.get(server.address + where)
    assert time.monotonic() - started < 3


def test_a_look_up_that_never_ends_ends_in_time():
    stuck = threading.Event()
    started = time.monotonic()
    with asker(names=lambda host, port: stuck.wait(20) or [], longest=0.4, tries=1) as ask, pytest.raises(NoAnswer):
        ask.get(f"{KOLADA}/v3/kpi")
    stuck.set()
    assert time.monotonic() - started < 3


def test_an_unknown_packing_is_not_read(server):
    with asker(server.address, inside=(server.address,)) as ask, pytest.raises(NoAnswer, match="packning"):
        ask.get(f"{server.address}/packed?as=br")
    with asker(server.address, inside=(server.address,)) as ask, pytest.raises(NoAnswer, match="trasig"):
        ask.get(f"{server.address}/packed?as=gzip")


def test_the_pace_is_polite(server):
    slept = []
    clock = iter(range(10_000)).__next__
    allowed = AllowedHosts.of((server.address,), (server.address,))
    with Asker(allowed, pace=50.0, sleep=slept.append, clock=lambda: clock() / 1000) as ask:
        ask.get(f"{server.address}/ett")
        ask.get(f"{server.address}/tva")
    assert len(slept) == 1
    assert 49 < slept[0] <= 50


# --------------------------------------------------------------------------------------- each guard is needed


def test_the_canary_hears_who_is_allowed(canary):
    """Without the list's guard it would be heard: so the silence above means something."""
    origin = f"http://127.0.0.1:{canary.port}"
    before = canary.hits
    with asker(origin, inside=(origin,), tries=1) as ask, pytest.raises(NoAnswer):
        ask.get(f"{origin}/")
    time.sleep(0.05)
    assert canary.hits == before + 1
    canary.hits = 0


def test_without_the_check_of_numbers_an_inside_address_is_reached(canary, monkeypatch):
    monkeypatch.setattr(addresses_module.AllowedHosts, "may_connect", lambda self, place, number: True)
    origin = f"http://granne.example:{canary.port}"
    with asker(origin, names=lambda host, port: ["127.0.0.1"], tries=1) as ask, pytest.raises(NoAnswer):
        ask.get(f"{origin}/")
    time.sleep(0.05)
    assert canary.hits == 1
    canary.hits = 0
