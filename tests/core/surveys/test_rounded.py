"""A question told of in rounded numbers: what is in print leaves no count of one to four known, however it is read."""

import random
from collections import Counter
from itertools import product

import pytest

from ledtrad.core.surveys.disclosure import Cell, Hidden, Rounded, Rule, counted, flat, round_counts
from ledtrad.core.surveys.disclosure.attack import Attacker, exact, near
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.multiples import percent
from ledtrad.core.surveys.releases import AGE, DISTRICT, SEX, Amount, Tally, mark_of, round_off, rounded
from ledtrad.core.surveys.releases.tallies import groupings, tables

RULE = Rule()
DRAWN = [(seed, answers, multiple) for seed, (answers, multiple) in enumerate(product(("12", "123"), (3, 5, 10)))]


def tally(seed, answers="12", districts=4, least=6, most=22):
    drawn = random.Random(seed)
    counts = Counter()
    for district in range(districts):
        for sex in "12":
            for _ in range(drawn.randint(least, most)):
                said = drawn.choices(answers, [20, 4, 2][: len(answers)])[0]
                counts[said, f"d{district}", sex, drawn.choice("123")] += 1
    return Tally((DISTRICT, SEX, AGE), counts)


def truth(asked, found):
    """The tables behind what was let out."""
    of = {tuple(sorted(name for name, _code in cell.at if name != "answer")) for cell in found.counts}
    asked = asked if any(len(axes) > 1 for axes in of) else asked.uncrossed()
    made = tables(asked, groupings(asked, ()), asked.crossed)
    return [table for table in made if any(cell in found.counts for cell, _ in table.cells() if len(cell.at) > 1)]


def base(cell):
    return Cell(cell.of, tuple(pair for pair in cell.at if pair[0] != "answer"))


def read(made, found):
    """All that can be read: each figure, each share of two figures, and how many answered where five or more did."""
    values = {cell: float(table.values[place]) for table in made for cell, place in table.cells()}
    for cell, count in found.counts.items():
        yield near(cell, count, found.base - 1)
        of = found.counts[base(cell)]
        share = percent(count, of)
        if cell != base(cell) and share is not None:
            assert abs(share - 100 * count / of) <= 0.5  # two figures in print make it, so that it tells no more
        elif cell == base(cell) and not 0 < values[cell] < RULE.fewest:
            yield exact(cell, values[cell])


def learned(asked, found):
    """Between which numbers each count of one to four is known to be."""
    made = truth(asked, found)
    values = {cell: table.values[place] for table in made for cell, place in table.cells()}
    assert set(found.counts) == set(values)
    attacker = Attacker(numbering(made), list(read(made, found)), values)
    few = [cell for cell, value in values.items() if 0 < value < RULE.fewest and cell != base(cell)]
    return {cell: attacker.bounds(cell) for cell in few}


@pytest.mark.parametrize(("seed", "answers", "multiple"), DRAWN)
def test_no_count_of_one_to_four_is_known(seed, answers, multiple):
    asked = tally(seed, answers)
    known = learned(asked, round_off(asked, (), multiple, "salt", RULE))
    assert len(known) >= 5
    assert all(high - low >= 1 for low, high in known.values())
    assert sum(high - low >= 2 for low, high in known.values()) >= 0.9 * len(known)


def test_without_the_gate_some_are_known(monkeypatch):
    """Rounding alone is not enough once it is told how many answered: take the attack away, and cells are known."""
    monkeypatch.setattr(rounded, "gives_away", lambda made, found, rule: False)
    monkeypatch.setattr(rounded, "_told", lambda made, rule: {})  # and what is told is rounded like all else
    told = []
    for seed in range(8):
        asked = tally(seed, "12", 5, 1, 6)
        told += [high - low for low, high in learned(asked, round_off(asked, (), 3, "salt", RULE)).values()]
    assert told.count(0) >= 1


def test_seven_of_whom_one_said_yes():
    """The example of the decision: 5 and 10 of seven say that one said yes."""
    of = flat("answer", ["ja", "nej"])
    made = [counted("svar", [of], [1, 6])]
    cells = [Cell("svar", (("answer", code),)) for code in of.leaves]
    apart = Rounded(5, {Cell("svar", ()): 5, cells[0]: 5, cells[1]: 10}, additive=False)
    assert rounded.gives_away(made, apart, RULE)
    assert not rounded.gives_away(
        made, Rounded(5, {Cell("svar", ()): 5, cells[0]: 0, cells[1]: 5}, additive=True), RULE
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_slow_attacker_who_tries_every_table_says_the_same(seed):
    drawn = random.Random(seed)
    by = [flat("district", ["n", "s"]), flat("answer", ["1", "2"])]
    made = [counted("svar", by, [[drawn.randint(0, 6) for _ in "12"] for _ in "ns"])]
    found = round_counts(made, drawn.choice((3, 5)), str(seed))
    spans = every_table(made[0], found)
    known = {
        cell for cell, (low, high) in spans.items()
        if cell != base(cell) and low < 5 and high > 0 and high - low < min(2, spans[base(cell)][1])
    }  # fmt: skip
    assert set(rounded.narrow(made, found, RULE)) == known


def every_table(table, found):
    """The least and the most of each cell over all tables that fit what is known: tried one by one."""
    values = {cell: int(table.values[place]) for cell, place in table.cells()}
    parts = {cell: [one for one in values if len(one.at) == 2 and set(cell.at) <= set(one.at)] for cell in values}
    leaves = [cell for cell in values if len(cell.at) == 2]
    ranges = {cell: range(max(0, count - found.base + 1), count + found.base) for cell, count in found.counts.items()}
    for cell, value in values.items():
        if cell == base(cell) and not 0 < value < RULE.fewest:
            ranges[cell] = range(value, value + 1)
    spans = {}
    for tried in product(*(ranges[cell] for cell in leaves)):
        at = dict(zip(leaves, tried, strict=True))
        sums = {cell: sum(at[one] for one in mine) for cell, mine in parts.items()}
        if all(value in ranges[cell] for cell, value in sums.items()):
            for cell, value in sums.items():
                low, high = spans.get(cell, (value, value))
                spans[cell] = min(low, value), max(high, value)
    return spans


def spans(roundings):
    """What one knows who takes all publications together."""
    lows, highs = {}, {}
    for found in roundings:
        for cell, count in found.counts.items():
            lows[cell] = max(lows.get(cell, 0), count - found.base + 1)
            highs[cell] = min(highs.get(cell, 10**9), count + found.base - 1)
    return {cell: highs[cell] - lows[cell] for cell in lows if cell != base(cell)}


def test_asking_again_gives_nothing():
    asked = tally(1)
    once = round_off(asked, (), 5, "salt", RULE)
    again = [round_off(asked, (), 5, "salt", RULE) for _ in range(5)]
    assert all(found.counts == once.counts for found in again)
    assert min(spans([once, *again]).values()) >= 4
    anew = [round_off(asked, (), 5, f"salt {day}", RULE) for day in range(6)]
    assert min(spans([once, *anew]).values()) < 4  # a salt of the day: both 0 and 5 were said of one to four


def test_a_salt_of_the_day_says_two_things_of_a_count_and_ours_one():
    asked = Tally((SEX,), {("1", "1"): 22, ("2", "1"): 8, ("1", "2"): 13, ("2", "2"): 12})
    cell = Cell("svar", (("answer", "2"), ("sex", "1")))
    days = [round_off(asked, (), 5, f"day {day}", RULE).counts[cell] for day in range(60)]
    same = {round_off(asked, (), 5, "salt", RULE).counts[cell] for _ in range(5)}
    assert set(days) == {5, 10}  # so that it is six to nine
    assert len(same) == 1


def test_the_question_is_told_of_by_fewer_parts_where_few_answered():
    few = Tally((DISTRICT,), {("1", "a"): 1, ("2", "a"): 2, ("1", "b"): 40, ("2", "b"): 2})
    assert round_off(few, (), 5, "salt", RULE).counts
    thin = tally(0, "12", 6, 0, 4)
    found = round_off(thin, (), 5, "salt", RULE)
    assert not rounded.gives_away(truth(thin, found), found, RULE)


def test_what_no_rounding_hides_is_refused(monkeypatch):
    monkeypatch.setattr(rounded, "gives_away", lambda made, found, rule: True)
    with pytest.raises(Hidden, match="Frågan kan inte publiceras"):
        round_off(tally(0), (), 5, "salt", RULE)


def test_sets_of_answers_have_a_rounding_of_their_own():
    asked = tally(3, "123")
    found = round_off(asked, [("1", "2")], 5, "salt", RULE)
    both = Cell("svar", (("answer", "1 2"),))
    assert found.counts[both] % 5 == 0
    assert abs(found.counts[both] - sum(n for key, n in asked.counts.items() if key[0] in "12")) < 5


@pytest.mark.parametrize("multiple", [0, 2, 21])
def test_only_multiples_that_are_offered(multiple):
    with pytest.raises(ValueError, match="3 to 20"):
        round_off(tally(0), (), multiple, "salt", RULE)
    with pytest.raises(ValueError, match="3 to 20"):
        round_off(Tally((), {("tal",): 1}, (Amount((), 2.0),)), (), 5, "salt", RULE)


def test_where_no_rounding_adds_up_it_is_said_how_far_the_sums_are(monkeypatch):
    from ledtrad.core.surveys.disclosure import rounding

    monkeypatch.setattr(rounding, "_adding_up", lambda *named: None)
    table = counted("svar", [flat("answer", ["1", "2", "3"])], [7, 8, 9])
    found = round_counts([table], 5, "salt")
    parts = sum(found.counts[Cell("svar", (("answer", code),))] for code in "123")
    assert not found.additive
    assert found.off == abs(parts - found.counts[Cell("svar", ())])


def test_a_mark_tells_whether_counts_are_the_same_to_who_has_the_salt():
    asked = tally(1)
    assert mark_of(asked, "salt") == mark_of(Tally(asked.axes, dict(reversed(asked.counts.items()))), "salt")
    assert mark_of(asked, "salt") != mark_of(asked, "pepper")
    assert mark_of(asked, "salt") != mark_of(tally(2), "salt")


@pytest.mark.parametrize(
    ("count", "of", "share"), [(5, 20, 25), (5, 15, None), (0, 20, 0), (15, 40, 38), (25, 20, 125)]
)
def test_a_share_is_of_two_rounded_numbers(count, of, share):
    assert percent(count, of) == share


def test_what_the_solver_does_not_find_out_is_taken_to_be_known(monkeypatch):
    def gives_up(*named):
        raise RuntimeError("The solver gave up.")

    monkeypatch.setattr(rounded, "narrow", gives_up)
    with pytest.raises(Hidden):
        round_off(tally(0), (), 5, "salt", RULE)
