"""Which addresses may be asked at all. Judged on the address as it is written, before anything is looked up."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

_LONGEST = 8_000
_PORTS = {"https": 443, "http": 80}
# Only what needs no interpretation: letters, digits, hyphens, dots. No other script, no escape, no address in numbers.
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_CLEAN = re.compile(r"[\x21\x24-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e%]*")


# IPv6 addresses that stand for an IPv4 address beyond a translator: the public one, and the city's own (RFC 8215).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_TRANSLATED_INSIDE = ipaddress.ip_network("64:ff9b:1::/48")


class NotAllowed(Exception):
    """An address that may not be asked. The message is one Swedish sentence; nothing was sent anywhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an allowed address leads: what a connection needs to know."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


@dataclass(frozen=True)
class AllowedHosts:
    """The places that may be asked, each written as an origin: `https://api.kolada.se`.

    `inside` are those among them whose names may lead to this machine or to the city's own network, which no name
    from elsewhere may.
    """

    origins: frozenset[str]
    inside: frozenset[str] = frozenset()

    @classmethod
    def of(cls, origins: Collection[str], inside: Collection[str] = ()) -> "AllowedHosts":
        """From addresses as they are written in the settings; what follows the host is left out."""
        return cls(frozenset(_parsed(one).origin for one in origins), frozenset(_parsed(one).origin for one in inside))

    def place_of(self, address: str) -> Place:
        """Where `address` leads. NotAllowed for every other host, scheme or port, and for a disguised one."""
        place = _parsed(address)
        if place.origin not in self.origins:
            raise NotAllowed(f"Värden {place.host} står inte på listan över grannar som får tillfrågas.")
        return place

    def may_connect(self, place: Place, number: str) -> bool:
        """Whether the address that the name led to may be connected to."""
        if place.origin in self.inside:
            return True
        return all(one.is_global and not one.is_multicast for one in _beneath(number))


def _beneath(number: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The address, and those that it carries inside itself."""
    found = ipaddress.ip_address(number.split("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return [found]
    carried = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if found in _TRANSLATED:
        carried.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    if found in _TRANSLATED_INSIDE:
        carried.append(ipaddress.IPv4Address("127.0.0.1"))
    return [found, *(one for one in carried if one is not None)]


def _parsed(address: str) -> Place:
    if len(address) > _LONGEST or not _CLEAN.fullmatch(address):
        raise NotAllowed("Adressen innehåller tecken som inte hör hemma i en adress.")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowed("Adressen går inte att läsa.") from None
    if parts.scheme not in _PORTS:
        raise NotAllowed("Bara adresser som börjar med https:// får tillfrågas.")
    if port == 0 or "@" in parts.netloc or parts.netloc.endswith(":") or not _NAME.fullmatch(host):
        raise NotAllowed("Adressens värdnamn är skrivet på ett sätt som inte godtas.")
    return Place(parts.scheme, host, port or _PORTS[parts.scheme])
