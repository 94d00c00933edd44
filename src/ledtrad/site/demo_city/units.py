"""Units beneath the boards: their number in step with what a board does, their names invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from ledtrad.site.demo_city import tables, words
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.tables import BoardRow

COUNCIL = "kommunfullmaktige"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An invented unit (enhet) of a board."""

    slug: str
    name: str
    board: str


@cache
def living_boards() -> tuple[BoardRow, ...]:
    """The boards that exist in the last steering year."""
    return tuple(board for board in tables.boards() if board.exists_on(date(tables.RUNNING, 12, 31)))


@cache
def units(size: Size) -> tuple[UnitRow, ...]:
    """All units, board by board."""
    shares = [(board.slug, service, weight) for board in living_boards() for service, weight in _services(board)]
    counts = apportioned(size.units, [weight for _, _, weight in shares])
    found: list[UnitRow] = []
    numbers: dict[str, int] = {}
    for (board, service, _), count in zip(shares, counts, strict=True):
        for _ in range(count):
            numbers[board] = numbers.get(board, 0) + 1
            place = words.places()[len(found) % len(words.places())]
            found.append(UnitRow(f"{board}-e{numbers[board]}", f"{service} {place}", board))
    # The places begin again after some hundreds: a service that meets the same place once more gets a number.
    return tuple(_numbered(found))


def _numbered(rows: Sequence[UnitRow]) -> list[UnitRow]:
    seen: dict[str, int] = {}
    told = []
    for row in rows:
        seen[row.name] = seen.get(row.name, 0) + 1
        times = seen[row.name]
        told.append(row if times == 1 else UnitRow(row.slug, f"{row.name} {times}", row.board))
    return told


def _services(board: BoardRow) -> list[tuple[str, int]]:
    """What the board's units do: what is listed for the board itself, else for its kind, else what any board does."""
    for whose in (board.slug, board.kind, "other"):
        found = [(service, weight) for boards, service, weight in words.services() if boards == whose]
        if found:
            return found
    raise ValueError(f"no services for {board.slug}")


def apportioned(total: int, weights: Sequence[int]) -> list[int]:
    """`total` whole pieces in proportion to the weights, the largest remainders first."""
    whole = sum(weights)
    exact = [Decimal(total) * weight / whole for weight in weights]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (counts[place] - exact[place], place))
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    return counts
