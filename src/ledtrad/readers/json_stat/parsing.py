"""JSON into plain values, with numbers as they are written; and the datasets in it."""

import json
from collections.abc import Mapping
from typing import Any

MAX_BYTES = 20_000_000
MAX_CELLS = 3_000_000


class UnreadableJsonStat(ValueError):
    """The file is no JSON-stat that can be read. The message is one clear Swedish sentence for who sent it."""


class Written(str):
    """A number as it is written in the file."""

    __slots__ = ()


def parse(data: bytes, name: str) -> Any:
    """The JSON of a file. UnreadableJsonStat for an empty, too large, binary or damaged file."""
    if not data or data.isspace():
        raise UnreadableJsonStat(f"Filen {name} är tom.")
    if len(data) > MAX_BYTES:
        raise UnreadableJsonStat(f"Filen {name} är större än {MAX_BYTES // 1_000_000} MB och läses inte.")
    try:
        return json.loads(data, parse_float=Written, parse_int=Written, parse_constant=_refuse_constant)
    except RecursionError:
        raise UnreadableJsonStat(f"Filen {name} är byggd i för många lager och läses inte.") from None
    except UnicodeDecodeError:
        raise UnreadableJsonStat(f"Filen {name} har tecken som inte går att tyda.") from None
    except json.JSONDecodeError as error:
        raise UnreadableJsonStat(
            f"Filen {name} är inte hel JSON: den går inte att tyda på rad {error.lineno}."
        ) from None
    except ValueError:
        raise UnreadableJsonStat(f"Filen {name} innehåller något som inte är ett tal (NaN, Infinity).") from None


def _refuse_constant(written: str) -> None:
    raise ValueError(written)


def datasets(read: Any, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Each dataset with its place in the file as a JSON pointer. UnreadableJsonStat for a collection of addresses."""
    if not isinstance(read, dict):
        return []
    if read.get("class") == "collection":
        return _of_collection(read, name)
    if _is_dataset(read):
        return [("", read)]
    return [(f"/{_escaped(key)}", part) for key, part in read.items() if _is_dataset(part)]


def _of_collection(read: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
    link = read.get("link")
    items = link.get("item") if isinstance(link, dict) else None
    items = items if isinstance(items, list) else []
    found = [(f"/link/item/{number}", item) for number, item in enumerate(items) if _is_dataset(item)]
    if items and not found:
        raise UnreadableJsonStat(
            f"Filen {name} är en samling som bara hänvisar till {len(items)} tabeller på andra ställen."
        )
    return found


def _is_dataset(part: Any) -> bool:
    return isinstance(part, dict) and isinstance(part.get("dimension"), dict) and "value" in part


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
