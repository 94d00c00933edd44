"""What an action answers when it must not be done."""

from collections.abc import Callable


class Refused(Exception):
    """An action that may not be done. The message is a whole sentence for the person who asked; nothing was stored."""


class Forbidden(Refused):
    """An action that this person may not do. The sentence says who may; the page answers 403."""


class Unseen(Refused):
    """Something that this person may not know of: the page answers 404, as if it were not there."""


class Conflict(Refused):
    """Somebody else was first: what was sent rests on a version that no longer holds; the page answers 409."""


def why_not(check: Callable[..., object], *args: object, **kwargs: object) -> str:
    """The sentence with which `check` refuses, "" when it does not: what a greyed-out button says."""
    try:
        check(*args, **kwargs)
    except Refused as refusal:
        return str(refusal)
    return ""


def check_actor(by: str) -> None:
    """Everything that is done is done by somebody."""
    if not by.strip():
        raise Refused("Ange vem som gör ändringen. Ingenting har sparats.")
