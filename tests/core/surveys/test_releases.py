"""What may be told of a question: all its parts at once, kept from one publication to the next."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from tests.core.surveys.weighted_attack import narrowed, weights_of

from ledtrad.core.surveys.disclosure import Cell, Hidden, Rule, Why
from ledtrad.core.surveys.disclosure.attack import Attacker, exact
from ledtrad.core.surveys.disclosure.blocks import stages
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.disclosure.linking import link
from ledtrad.core.surveys.releases import (
    AGE,
    DISTRICT,
    NUMBER,
    SEX,
    UNKNOWN,
    Amount,
    Tally,
    decide,
    deciding,
    kept_from_json,
    kept_to_json,
)
from ledtrad.core.surveys.releases.tallies import answers, groupings, tables

RULE = Rule()
SETS = [("1", "2"), ("1",), ("2",), ("3",), ("4",)]


def tally(seed, districts=3, least=12, most=34):
    drawn = random.Random(seed)
    counts = Counter()
    for district in range(districts):
        for sex in "12":
            for _ in range(drawn.randint(least, most)):
                key = (
                    drawn.choices("1234", (40, 38, 16, 6))[0],
                    f"d{district}",
                    sex,
                    drawn.choices("123", (2, 5, 3))[0],
                )
                counts[key] += 1
    return Tally((DISTRICT, SEX, AGE), counts)


def printed(decided):
    """What a reader knows: a share tells its count to whoever knows its base."""
    values = {cell: value for cell, value in decided.protection.shown.items() if cell.of == "svar"}
    for cell, value in values.items():
        at = dict(cell.at)
        levels = at.pop("answer", "").split()
        if decided.why(levels or ("1", "2", "3", "4"), at) is None:
            yield exact(cell, value)


def known(decided, counted, crossed=None):
    """The cells that are not in print and yet known to within fewer than five."""
    made = tables(counted, decided.by, counted.crossed if crossed is None else crossed)
    values = {cell: table.values[place] for table in made for cell, place in table.cells()}
    seen = list(printed(decided))
    shown = {one.cells[0] for one in seen}
    bases = [exact(cell, value) for cell, value in values.items() if "answer" not in dict(cell.at) and value >= 5]
    attacker = Attacker(numbering(made), [*seen, *bases], values)
    told = shown | {one.cells[0] for one in bases}
    hidden = [cell for cell, value in values.items() if cell not in told and value > 0]
    return [cell for cell in hidden if not attacker.is_as_wide(cell, RULE.width)], hidden


@pytest.mark.parametrize("seed", range(2))
def test_no_hidden_cell_can_be_worked_out(seed):
    counted = tally(seed)
    decided = decide(counted, SETS, RULE, important=[("1", "2")])
    assert (DISTRICT, SEX) in {tuple(one.name for one in table.groupings[1:]) for table in decided.tables}
    found, hidden = known(decided, counted)
    assert hidden
    assert found == []


UNEVEN = {f"d{number}": 800 + 577 * (number % 7) for number in range(12)}


def weighed(counted, populations):
    weights = weights_of(counted, populations)
    return replace(counted, weights={key: weights[key[1]] * count for key, count in counted.counts.items()})


def test_weighted_totals_give_no_hidden_cell_of_a_district_away():
    """A share of the whole is an equation over districts, with their weights as factors."""
    counted = weighed(tally(1, 12, 40, 80), UNEVEN)
    decided = decide(counted, SETS, RULE, important=[("1", "2")])
    found, hidden = narrowed(decided, counted, weights_of(counted, UNEVEN), SETS, RULE.width)
    assert len(hidden) > 20
    assert found == []
    assert [decided.why(("1", "2"), at) for at in ({}, {DISTRICT: "d1"})] == [None, None]


def test_more_is_hidden_where_districts_weigh_differently():
    small = tally(2).without(SEX).without(AGE)
    even, uneven = (decide(one, SETS, RULE, important=[("1", "2")]) for one in (small, weighed(small, UNEVEN)))
    assert even.why(("1", "2"), {}) is None
    assert uneven.why(("1", "2"), {}) is None
    assert None in [even.why(("1", "2"), {DISTRICT: code}) for code in ("d0", "d1", "d2")]
    assert [uneven.why(("1", "2"), {DISTRICT: code}) for code in ("d0", "d1", "d2")] == [Why.PROTECTS] * 3


def test_only_one_who_is_reckoned_with_learns_nothing_from_weights():
    """The same answers decided as though all weighed the same: whole numbers then solve what districts hide."""
    counted = tally(0)
    decided = decide(counted, SETS, RULE, important=[("1", "2")])
    uneven, even = weights_of(counted, UNEVEN), dict.fromkeys(("d0", "d1", "d2"), 10.0)
    assert narrowed(decided, counted, even, SETS, RULE.width)[0] == []
    assert narrowed(decided, counted, uneven, SETS, RULE.width)[0]


def test_one_who_knows_the_weights_has_read_what_was_shown_earlier(monkeypatch):
    """Also where this time fewer parts are told of. What was shown by district stays so: no axis is taken away."""
    counted, given = tally(0), []
    before = decide(counted, SETS, RULE).kept("then")
    monkeypatch.setattr(deciding, "weights_tell", lambda shown, *named: given.append(set(shown)) or True)
    with pytest.raises(Hidden, match="så olika vikter"):
        decide(counted, SETS, RULE, "then", [before])
    crossed = {cell for cell in before.shown if len([name for name, _ in cell.at if name != "answer"]) > 1}
    assert crossed
    assert len(given) == 2  # with crossed tables and without them
    assert all(set(before.shown) <= shown for shown in given)


def test_what_has_changed_since_is_no_longer_known():
    counted = tally(0)
    before = decide(counted, SETS, RULE).kept("then")
    key = ("1", "d0", "1", "1")
    late = replace(counted, counts={**counted.counts, key: counted.counts[key] + 1})
    behind = tables(late, deciding.groupings(late, SETS), late.crossed)
    still = deciding._still_so(behind, [before])
    assert set(still) < set(before.shown)
    assert not any({("answer", "1"), ("district", "d0")} <= set(cell.at) and len(cell.at) == 2 for cell in still)


def test_districts_that_weigh_the_same_are_told_of_as_before():
    counted = tally(0)
    even = replace(counted, weights={key: 10.0 * count for key, count in counted.counts.items()})
    assert decide(even, SETS, RULE).protection.shown == decide(counted, SETS, RULE).protection.shown


def test_the_whole_keeps_its_important_figures():
    decided = decide(tally(1), SETS, RULE, important=[("1", "2")])
    assert decided.why(("1", "2"), {}) is None
    assert [decided.why(("1", "2"), {SEX: code}) for code in "12"] == [None, None]


def test_where_crossed_tables_would_cost_too_much_single_ones_stay():
    counts = {
        ("1", "01", "1"): 10,
        ("2", "01", "1"): 10,
        ("1", "01", "2"): 10,
        ("3", "02", "1"): 10,
        ("2", "02", "2"): 10,
    }
    decided = decide(Tally((DISTRICT, SEX), counts), SETS, RULE, important=[("1", "2")])
    assert [decided.why(("1", "2"), {DISTRICT: code}) for code in ("01", "02")] == [None, None]
    assert decided.why(("1", "2"), {DISTRICT: "01", SEX: "1"}) is Why.PROTECTS


@pytest.mark.parametrize(("crossed", "pieces"), [([], 1), ([(DISTRICT, SEX)], 4)])
def test_a_city_of_many_districts_is_decided_at_once_by_one_axis_and_in_pieces_by_two(crossed, pieces):
    """130 districts by sex: one program of it all takes a minute, those of a few districts at a time a few seconds."""
    places = [(answer, f"d{district}", sex) for answer in "12" for district in range(130) for sex in "12"]
    counted = Tally((DISTRICT, SEX), dict.fromkeys(places, 30))
    made = tables(counted, groupings(counted, [("1",), ("2",)]), crossed)
    assert len(stages(link(made, RULE).frame)) == pieces


def test_a_small_base_shows_no_share_and_says_so_to_who_publishes():
    counts = {("1", "a", "1"): 15, ("2", "a", "1"): 4, ("1", "b", "1"): 30, ("2", "b", "1"): 30, ("1", "c", "1"): 40}
    decided = decide(Tally((DISTRICT, SEX), counts), [("1",), ("2",)], RULE)
    assert decided.why(("1",), {DISTRICT: "a"}) is Why.BASE
    assert Why.PROTECTS in {decided.why(("1",), {DISTRICT: code}) for code in "bc"}
    assert decided.why(("1",), {}) is None


@pytest.mark.parametrize(
    ("sets", "codes"),
    [
        ([("1", "2")], {"1 2"}),
        ([("1", "2"), ("2", "3")], {"1 2"}),  # the other cuts across it
        ([("1", "2"), ("1", "2", "3")], {"1 2", "1 2 3"}),
        ([("1", "2", "3", "4"), ("1",), ("8", "9")], set()),
    ],
)
def test_sets_of_answers_become_a_tree(sets, codes):
    assert {code for code in answers("1234", sets).codes if " " in code} == codes


def test_a_set_that_cuts_across_is_shown_only_where_all_its_answers_are():
    counts = {
        (answer, code, "1"): count for code in "ab" for answer, count in zip("1234", (30, 30, 30, 2), strict=True)
    }
    decided = decide(Tally((DISTRICT, SEX), counts), [("1", "2"), ("2", "3"), ("3", "4")], RULE)
    for levels in (("2", "3"), ("1", "3"), ("1", "4")):
        each = [decided.why((level,), {DISTRICT: "a"}) for level in levels]
        assert (decided.why(levels, {DISTRICT: "a"}) is None) == (not any(each))


def test_those_who_did_not_say_where_they_live_are_a_part_of_their_own():
    counts = {
        ("1", "a", "1"): 40,
        ("2", "a", "1"): 40,
        ("1", "b", "1"): 40,
        ("2", "b", "1"): 40,
        ("1", UNKNOWN, "1"): 3,
    }
    decided = decide(Tally((DISTRICT, SEX), counts), [("1",), ("2",)], RULE)
    assert Cell("svar", (("district", UNKNOWN),)) in decided.protection.why
    assert any(decided.why(("1",), {DISTRICT: code}) for code in "ab")  # else the three could be had by subtraction


def test_a_mean_that_one_person_makes_is_hidden_and_so_is_what_it_could_be_had_from():
    amounts = [Amount((code, "1"), 1.0) for code in "abc" for _ in range(25)] + [Amount(("a", "1"), 900.0)]
    counts = {(NUMBER, code, "1"): 25 + (code == "a") for code in "abc"}
    decided = decide(Tally((DISTRICT, SEX), counts, tuple(amounts)), [], RULE)
    told = {code: decided.why((), {DISTRICT: code}) for code in "abc"}
    assert told["a"] is Why.DOMINANCE
    assert Why.PROTECTS in told.values() or decided.why((), {}) is not None


def test_what_was_kept_comes_back_as_it_was_and_holds_no_hidden_number():
    decided = decide(tally(2), SETS, RULE)
    kept = decided.kept("a")
    text = kept_to_json(kept, decided.tables)
    assert kept_from_json("a", text) == kept
    assert text.count("null") >= len(kept.hidden)
    assert "few" not in text


def test_what_was_hidden_stays_hidden_and_what_was_shown_cannot_be_hidden_again():
    counted = tally(3)
    first = decide(counted, [("1", "2")], RULE, "a")
    again = decide(counted, SETS, RULE, "a", [first.kept("a")])
    assert set(first.kept("a").hidden) <= set(again.protection.why)
    assert not set(first.protection.shown) & set(again.protection.why)
    assert known(again, counted, again_crossed(again))[0] == []


def again_crossed(decided):
    return [one for one in (tuple(g.name for g in table.groupings[1:]) for table in decided.tables) if len(one) == 2]


def test_late_answers_do_not_tell_what_the_first_hid():
    counted = tally(4)
    first = decide(counted, SETS, RULE, "a").kept("a")
    more = dict(counted.counts)
    for place, key in enumerate(sorted(more)):
        more[key] += place % 7 == 0
    later = decide(Tally(counted.axes, more), SETS, RULE, "b", [first])
    assert first.hidden & set(later.protection.shown) == set()


def test_answers_that_cannot_be_protected_are_not_published():
    """All that was shown stays known: when most answers are deleted, nothing can hide how few are left."""
    counts = {("1", "a", "1"): 40, ("2", "a", "1"): 40}
    first = decide(Tally((DISTRICT, SEX), counts), [("1",), ("2",)], RULE, "a").kept("a")
    left = {("1", "a", "1"): 39, ("2", "a", "1"): 40}
    assert decide(Tally((DISTRICT, SEX), left), [("1",), ("2",)], RULE, "b", [first])
    fallen = {("1", "a", "1"): 3, ("2", "a", "1"): 40}
    second = Tally((DISTRICT, SEX), fallen)
    shown = decide(second, [("1",), ("2",)], RULE, "b", [first])
    assert shown.why(("1",), {}) is not None
    with pytest.raises(Hidden):
        decide(second, [("1",), ("2",)], RULE, "a", [first])  # said to be the same answers, which they are not
