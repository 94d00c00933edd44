"""Which neighbours may be asked for figures, from the environment. Real addresses stand nowhere but here.

LEDTRAD_KOLADA              Kolada's API, version 3
LEDTRAD_PXWEB               tables of PxWebApi, version 2, each as name=address, parted by spaces
LEDTRAD_NEIGHBOURS_INSIDE   those of these addresses that lie on the city's own network, parted by spaces
LEDTRAD_NEIGHBOURS_PACE     seconds between two questions to one neighbour   (0.5)
"""

import re
from collections.abc import Mapping
from typing import Any

_KOLADA = "https://api.kolada.se/v3/"
_PXWEB = "scb=https://statistikdatabasen.scb.se/api/v2/"


class UnknownNeighbour(ValueError):
    """The environment names a neighbour in a way that is not read. The message says how it should be written."""


def neighbour_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings KOLADA, PXWEB, NEIGHBOURS_INSIDE and NEIGHBOURS_PACE."""
    tables = dict(_named(each) for each in environ.get("LEDTRAD_PXWEB", _PXWEB).split())
    return {
        "KOLADA": _with_slash(environ.get("LEDTRAD_KOLADA", _KOLADA).strip()),
        "PXWEB": tables,
        "NEIGHBOURS_INSIDE": tuple(environ.get("LEDTRAD_NEIGHBOURS_INSIDE", "").split()),
        "NEIGHBOURS_PACE": _seconds(environ.get("LEDTRAD_NEIGHBOURS_PACE", "0.5")),
    }


def _named(written: str) -> tuple[str, str]:
    name, _, address = written.partition("=")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name) or not address:
        raise UnknownNeighbour(f"LEDTRAD_PXWEB: skriv namn=adress, till exempel {_PXWEB}; där står {written}.")
    return name, _with_slash(address)


def _with_slash(address: str) -> str:
    return address if not address or address.endswith("/") else f"{address}/"


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 60:
        raise UnknownNeighbour("LEDTRAD_NEIGHBOURS_PACE ska vara sekunder mellan 0 och 60, till exempel 0.5.")
    return seconds
