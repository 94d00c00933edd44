"""A question told of in rounded numbers, in place of hiding: every cell has a figure, and none tells what few answered.

How many answered in a part is told elsewhere (a wave's page says who answered), so the attacker is taken to know it
exactly wherever it is five or more. A rounded answer is then an interval, and the whole that it is a part of narrows
it: of seven who answered yes or no, "5" and "10" would say that exactly one said yes. So the roundings are attacked
before they are let out, and drawn anew until nobody comes too near. Whether one is let out depends on nothing but what
would be in print and what is told elsewhere, so that its being let out tells nothing either.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from ledtrad.core.surveys.axes import AGE, DISTRICT, SEX
from ledtrad.core.surveys.disclosure import Cell, Hidden, Rounded, Rule, Table, round_counts
from ledtrad.core.surveys.disclosure.attack import Attacker, Sighting, exact, near
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.multiples import MULTIPLES
from ledtrad.core.surveys.releases.tallies import ANSWER, Tally, groupings, tables

ROOM = 2  # at least three numbers are possible where one to four answered so, as far as there are that many to answer
DRAWN = 5  # how many roundings are tried before the question is told of by fewer parts
LARGE = 1_000  # cells: then one is, since each attack takes long and chance seldom makes all well


def mark_of(tally: Tally, salt: str) -> str:
    """What tells whether the counts are those of an earlier day, to nobody but who has the salt."""
    told = repr((tally.axes, sorted((key, count) for key, count in tally.counts.items() if count)))
    return hmac.new(salt.encode(), told.encode(), sha256).hexdigest()


def round_off(tally: Tally, sets: Iterable[Sequence[str]], multiple: int, salt: str, rule: Rule) -> Rounded:
    """Every cell of a question's tables as a multiple of `multiple`: by answer, district, sex and age, and with two of
    these at once where that can be told too. The same answers are rounded alike under the same `salt`, a secret.

    A number of answers has no part `answer`. Raises `Hidden` with a sentence when every rounding would give some count
    of one to four away; ValueError for a multiple that is not offered, or a question that numbers answer.
    """
    if multiple not in MULTIPLES or tally.amounts:
        raise ValueError("Counts of answers are rounded to multiples of 3 to 20.")
    sets = list(sets)
    for part in _less_and_less(tally):
        made = tables(part, groupings(part, sets), part.crossed)
        for drawn in range(DRAWN if sum(table.values.size for table in made) < LARGE else 1):
            found = round_counts(made, multiple, f"{salt} {drawn}", _told(made, rule))
            if not gives_away(made, found, rule):
                return found
    raise Hidden(
        "Så få har svarat att antal på en till fyra går att räkna ut också av avrundade tal. Frågan kan inte "
        "publiceras."
    )


def _less_and_less(tally: Tally) -> Iterator[Tally]:
    """The same answers by ever fewer parts: two axes at once go before the single ones, and districts before ages."""
    yield tally
    if len(tally.crossed) > 1:
        yield from (tally.crossing(pair) for pair in tally.crossed)
    if tally.crossed:
        tally = tally.uncrossed()
        yield tally
    for axis in (DISTRICT, AGE, SEX):
        if axis in tally.axes:
            tally = tally.without(axis)
            yield tally


def gives_away(made: Sequence[Table], found: Rounded, rule: Rule) -> bool:
    """Whether one who has read everything, and knows how many answered in each part, comes so near to what could be a
    count of one to four (`rule.fewest`) that fewer than three numbers are left (two where one alone answered). What
    the solver does not find out is taken to be known."""
    try:
        return next(narrow(made, found, rule), None) is not None
    except RuntimeError:
        return True


def narrow(made: Sequence[Table], found: Rounded, rule: Rule) -> Iterator[Cell]:
    """The cells that are known too closely. Which they are follows from what is in print and told elsewhere alone."""
    attacker = Attacker(numbering(made), list(seen(made, found, rule)), found.counts)
    for cell, count in found.counts.items():
        if cell == base_of(cell) or count - found.base + 1 >= rule.fewest or attacker.is_as_wide(cell, ROOM):
            continue
        low, high = attacker.bounds(cell)
        if low < rule.fewest and high > 0 and high - low < min(ROOM, attacker.bounds(base_of(cell)).high):
            yield cell


def seen(made: Sequence[Table], found: Rounded, rule: Rule) -> Iterator[Sighting]:
    """What the attacker knows: all that is in print, and how many answered."""
    known = _told(made, rule)
    yield from (exact(cell, count) for cell, count in known.items())
    yield from (near(cell, count, found.base - 1) for cell, count in found.counts.items() if cell not in known)


def _told(made: Sequence[Table], rule: Rule) -> Mapping[Cell, float]:
    """How many answered in each part where it is told elsewhere: nowhere that one to four did."""
    values = {cell: float(table.values[place]) for table in made for cell, place in table.cells()}
    return {cell: n for cell, n in values.items() if cell == base_of(cell) and not 0 < n < rule.fewest}


def base_of(cell: Cell) -> Cell:
    """Those who answered the question at all, where a cell is those who gave an answer."""
    return Cell(cell.of, tuple(pair for pair in cell.at if pair[0] != ANSWER))
