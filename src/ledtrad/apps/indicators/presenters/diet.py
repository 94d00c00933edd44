"""The page of the diet: who reads, in words; few readers of a role are never told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledtrad.apps.indicators.presenters.definition import time_taken
from ledtrad.apps.indicators.queries.diet import Diet, DietRow

# A role may be held by one person: what is read less often than this is not told exactly.
FEWEST = 5
ROWS_A_PAGE = 200
_CROWDS = ("public", "program")


@dataclass(frozen=True, slots=True)
class ShownDiet:
    """`rows` are those of this page of all the indicators that are used; the idle ones stand on every page."""

    diet: Diet
    rows: tuple["ShownRow", ...]
    idle: tuple["ShownRow", ...]
    idle_time: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`readers` tells who has read it: "Allmänheten 12, rapportörer färre än 5"."""

    row: DietRow
    readers: str
    time: str


def present_diet(diet: Diet, page: int) -> ShownDiet:
    """The page as it is shown. A page that is not there becomes the nearest."""
    used = [row for row in diet.rows if not row.is_idle]
    pages = max(1, -(-len(used) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    shown = used[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    return ShownDiet(
        diet,
        tuple(map(_row, shown)),
        tuple(map(_row, diet.idle)),
        time_taken(diet.idle_minutes),
        page,
        pages,
    )


def _row(row: DietRow) -> ShownRow:
    return ShownRow(row, ", ".join(_readers(row.reads)), "" if row.minutes is None else time_taken(row.minutes))


def coarse(readers: str, times: int) -> int | str:
    """How often a role has read: exactly for crowds, and for others only when it is often enough."""
    return times if readers in _CROWDS or times >= FEWEST else f"<{FEWEST}"


def _readers(reads: Mapping[str, int]) -> Iterator[str]:
    words = {
        "public": _("the public"),
        "auditor": _("auditors"),
        "central_controller": _("central controllers"),
        "editor": _("editors"),
        "board_secretary": _("board secretaries"),
        "reporter": _("reporters"),
        "unit_head": _("heads of units"),
        "reader": _("readers of boards"),
        "administrator": _("administrators"),
        "signed_in": _("others who have signed in"),
        "program": _("programs"),
    }
    for readers, word in words.items():
        if times := reads.get(readers):
            told = coarse(readers, times)
            yield (
                f"{word} {told}"
                if isinstance(told, int)
                else _("%(who)s fewer than %(count)s") % {"who": word, "count": FEWEST}
            )
