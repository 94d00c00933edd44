"""Telling guessing from forgetting: what is counted of each try of a password, and when it is enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.utils.crypto import salted_hmac

MINUTES, HOUR = timedelta(minutes=15), timedelta(hours=1)
# On one account, from browsers that it does not know; a browser that it knows is counted by itself, alike.
TRIES = ((10, MINUTES), (25, HOUR))
# One password, on how many accounts; and from one place, on how many accounts.
ACCOUNTS_FOR_A_PASSWORD = 15
ACCOUNTS_FROM_A_PLACE = 40
_IPV6_HOME = 64


@dataclass(frozen=True, slots=True)
class Try:
    """One try of a password, as it is remembered: nothing in it tells who, where or what."""

    account: str
    origin: str
    password_mark: int
    browser: str = ""
    from_office: bool = False


def try_of(email: str, password: str, address: str, browser: str = "", offices: Sequence[str] = ()) -> Try:
    """What to remember of a try. `offices` are networks that many share, where the place says nothing."""
    return Try(
        _mark("account", email.strip().lower()),
        _mark("origin", _place(address)),
        int(_mark("password", password)[:4], 16),
        _mark("browser", browser) if browser else "",
        any(_is_within(address, office) for office in offices),
    )


def _mark(kind: str, text: str) -> str:
    return salted_hmac(f"ledtrad.apps.people.guessing.{kind}", text, algorithm="sha256").hexdigest()[:32]


def _place(address: str) -> str:
    """The address; of the sixth version the network, since one home has millions of those."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, _IPV6_HOME), strict=False)) if found.version == 6 else str(found)


def _is_within(address: str, network: str) -> bool:
    try:
        return ip_address(address) in ip_network(network, strict=False)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Counted:
    """How often it has been tried by now, this time included."""

    on_account: tuple[int, ...]
    accounts_for_password: int
    accounts_from_place: int
    free_again: datetime
    has_known_browser: bool
    from_office: bool

    @property
    def is_too_much(self) -> bool:
        if any(count > most for count, (most, _) in zip(self.on_account, TRIES, strict=True)):
            return True
        if self.has_known_browser:
            return False
        sprayed = self.accounts_for_password > ACCOUNTS_FOR_A_PASSWORD
        return sprayed or (self.accounts_from_place > ACCOUNTS_FROM_A_PLACE and not self.from_office)
