"""JSON from somebody else: numbers exactly as they are written, and none that no city can have."""

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

# No figure of a city's is larger or finer: an exponent of nine digits would fill the memory when it is written out.
_FAR = 30
_LONGEST_NUMBER = 60


def read_json(data: bytes, whose: str, unreadable: Callable[[str], Exception]) -> Any:
    """What the bytes say, every number a Decimal. Else `unreadable` is raised with a Swedish sentence.

    `whose` begins the sentence: "Koladas svar".
    """

    def number(written: str) -> Decimal:
        found = _decimal(written) if len(written) <= _LONGEST_NUMBER else None
        if found is None or (found and abs(found.adjusted()) > _FAR) or abs(int(found.as_tuple().exponent)) > _FAR:
            raise unreadable(f"{whose} har ett orimligt tal: {written[:30]}.")
        return found

    def no_number(written: str) -> Decimal:
        raise unreadable(f"{whose} har {written} där det ska stå ett tal.")

    try:
        text = data.decode("utf-8-sig")
        return json.loads(text, parse_float=number, parse_int=number, parse_constant=no_number)
    except UnicodeDecodeError:
        raise unreadable(f"{whose} är inte skrivet i UTF-8.") from None
    except RecursionError:
        raise unreadable(f"{whose} är djupare nästlat än något svar ska vara.") from None
    except json.JSONDecodeError as error:
        raise unreadable(f"{whose} är inte JSON (rad {error.lineno}, tecken {error.colno}).") from None


def _decimal(written: str) -> Decimal | None:
    try:
        return Decimal(written)
    except InvalidOperation:  # an exponent beyond every bound
        return None
