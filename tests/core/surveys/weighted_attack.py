"""One who knows what a person in each district weighs (how many live there over how many answered, both public), has
read every share and every base, and solves for the counts: shares of the whole are then equations over districts."""

from collections import Counter

from ledtrad.core.surveys.disclosure import Cell
from ledtrad.core.surveys.disclosure.attack import Attacker, Sighting, exact
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.releases import DISTRICT, SEX
from ledtrad.core.surveys.releases.tallies import COUNTS, groupings, tables

LITTLE = 1e-9


def weights_of(counted, populations):
    answered = Counter()
    for key, count in counted.counts.items():
        answered[key[1]] += count
    return {district: populations[district] / answered[district] for district in answered}


def narrowed(decided, counted, weights, sets, width):
    """The counts of one to four by district, and by district and sex, that are not shown and yet known to within less
    than `width`."""
    made = tables(counted, groupings(counted, sets), [(DISTRICT, SEX)])
    values = {cell: float(table.values[place]) for table in made for cell, place in table.cells()}
    seen = [exact(cell, value) for cell, value in values.items() if "answer" not in dict(cell.at)]
    for at in _places(weights):
        seen += [_sighted(counted, weights, at, levels) for levels in sets if decided.why(levels, at) is None]
    attacker = Attacker(numbering(made), seen, values)
    hidden = [
        _cell(at, levels)
        for at in _places(weights)
        for levels in sets
        if DISTRICT in at and decided.why(levels, at) is not None
    ]
    return [cell for cell in hidden if 0 < values[cell] < width and not attacker.is_as_wide(cell, width)], hidden


def _places(weights):
    for district in ({}, *({DISTRICT: one} for one in sorted(weights))):
        yield from ({**district, **sex} for sex in ({}, {SEX: "1"}, {SEX: "2"}))


def _cell(at, levels):
    return Cell(COUNTS, tuple(sorted({**at, "answer": " ".join(levels)}.items())))


def _sighted(counted, weights, at, levels):
    """A share as it is printed, as an equation over the counts of the districts that it is of."""
    inside = [
        (key, count * weights[key[1]])
        for key, count in counted.counts.items()
        if at.get(DISTRICT, key[1]) == key[1] and at.get(SEX, key[2]) == key[2]
    ]
    half = 0.05  # of one decimal
    base = sum(weight for _key, weight in inside)
    share = round(100 * sum(weight for key, weight in inside if key[0] in levels) / base, 1)
    low, high = (max((share - half) / 100 * base - LITTLE, 0.0), (share + half) / 100 * base + LITTLE)
    if DISTRICT in at:
        each = weights[at[DISTRICT]]
        return Sighting((_cell(at, levels),), (1.0,), low / each, high / each)
    districts = sorted(weights)
    cells = tuple(_cell({**at, DISTRICT: one}, levels) for one in districts)
    return Sighting(cells, tuple(weights[one] for one in districts), low, high)
