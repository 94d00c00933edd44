"""What an action answers when it must not be done."""

from collections.abc import Callable

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.core.language.writing import Language

LONGEST_ID = 300


class Refused(Exception):
    """An action that may not be done. The message is a whole sentence for the person who asked; nothing was stored.

    It is written in Swedish with its values beside it, Refused("Året {year} är stängt.", year=year), and `str` says
    it in the language of the page: see Phrase. One that passes another on takes its phrase: Refused(refusal.phrase).
    """

    def __init__(self, said: str | Phrase, /, **values: object) -> None:
        self.phrase = said if isinstance(said, Phrase) else Phrase(said, **values)
        super().__init__(said)

    def __str__(self) -> str:
        return str(self.phrase)

    @property
    def language(self) -> Language:
        """What it is said in now."""
        return self.phrase.language


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


def check_objects(objects: tuple[str, ...]) -> None:
    """An id is a short name: it stays in the log for good, and is looked up in an index."""
    if any(len(touched) > LONGEST_ID for touched in objects):
        raise Refused("Ett id är längre än {most} tecken. Ingenting har sparats.", most=LONGEST_ID)


def check_erases(reason: str, found: int) -> None:
    """An erasure says why, and erases something."""
    if not reason.strip():
        raise Refused("Skriv varför uppgifterna raderas. Ingenting har raderats.")
    if not found:
        raise Refused("Det finns ingenting att radera: ingen sådan post i loggen har kvar sitt innehåll.")
