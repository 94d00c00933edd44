"""Planning against a slow search, and drawing that can be done again."""

import math
import random
from collections import Counter
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledtrad.core.surveys.drawing import Unit, draw, draw_two_stages
from ledtrad.core.surveys.planning import Allocation, Stratum, plan_allocation, plan_margin
from ledtrad.core.surveys.refusals import SurveyError

strata = st.builds(Stratum, st.just("A"), st.integers(2, 3000), st.floats(0.05, 0.95), st.floats(0.2, 1.0))


def half_width(stratum, answers, deff):
    n, big = answers, stratum.population
    variance = stratum.share * (1 - stratum.share) * big / (big - 1) * (1 - n / big) / n
    return NormalDist().inv_cdf(0.975) * math.sqrt(deff * variance)


@settings(max_examples=60, deadline=None)
@given(strata, st.floats(0.01, 0.3), st.floats(0.8, 3.0))
def test_the_fewest_answers_by_trying_them_all(stratum, margin, deff):
    found = plan_margin([stratum], margin, deff=deff).strata[0]
    fewest = next(n for n in range(1, stratum.population + 1) if half_width(stratum, n, deff) <= margin * (1 + 1e-9))
    if found.reached:
        assert found.answers == fewest
        assert found.margin <= margin * (1 + 1e-6)
        assert (found.drawn - 1) * stratum.response < fewest <= found.drawn * stratum.response + 1e-6
    else:
        assert found.drawn == stratum.population < fewest / stratum.response


@settings(max_examples=60, deadline=None)
@given(st.lists(strata, min_size=2, max_size=5), st.integers(20, 400), st.sampled_from(Allocation), st.integers(0, 10))
def test_allocations_are_whole_and_within_bounds(several, drawn, kind, least):
    there = sum(each.population for each in several)
    low = [min(max(1, least), each.population) for each in several]
    if drawn > there or drawn < sum(low):
        with pytest.raises(SurveyError):
            plan_allocation(several, drawn, kind, least=least)
        return
    found = plan_allocation(several, drawn, kind, least=least)
    assert found.drawn == drawn
    for one, each, fewest in zip(found.strata, several, low, strict=True):
        assert fewest <= one.drawn <= each.population


def test_neyman_by_trying_them_all():
    """No other way to share 30 over three strata tells the whole more surely."""
    several = [Stratum("A", 500, 0.5), Stratum("B", 300, 0.1), Stratum("C", 90, 0.9)]

    def variance(parts):
        return sum(each.population**2 * each.spread**2 / n for each, n in zip(several, parts, strict=True))

    found = [one.drawn for one in plan_allocation(several, 30, Allocation.NEYMAN).strata]
    best = min(([a, b, 30 - a - b] for a in range(1, 29) for b in range(1, 30 - a)), key=variance)
    assert variance(found) <= variance(best) * 1.002
    proportional = [one.drawn for one in plan_allocation(several, 30, Allocation.PROPORTIONAL).strata]
    assert variance(proportional) > 1.02 * variance(found)


def test_refused():
    for make, sentence in (
        (lambda: Stratum("A", 0), "ingen att fråga"),
        (lambda: Stratum("A", 5, 1.0), "väntade andelen"),
        (lambda: Stratum("A", 5, 0.5, 0.0), "svarsfrekvensen"),
        (lambda: plan_margin([], 0.05), "inget stratum"),
        (lambda: plan_margin([Stratum("A", 5)], 5), "mellan 0 och 1"),
        (lambda: plan_allocation([Stratum("A", 5)], 6, Allocation.EQUAL), "fler än det finns"),
    ):
        with pytest.raises(SurveyError, match=sentence):
            make()


FRAME = [Unit(f"p{n}", "norr" if n < 60 else "söder", f"skola {n % 10}") for n in range(100)]


@given(st.integers(0, 10_000))
def test_the_same_units_whatever_the_order(shuffle):
    mixed = FRAME[:]
    random.Random(shuffle).shuffle(mixed)
    sizes = {"norr": 12, "söder": 5}
    assert draw(mixed, sizes, "2023") == draw(FRAME, sizes, "2023")
    two = {"norr": 3, "söder": 2}
    assert draw_two_stages(mixed, two, 4, "2023") == draw_two_stages(FRAME, two, 4, "2023")


def test_another_seed_or_frame_is_another_draw():
    sizes = {"norr": 12, "söder": 5}
    first = draw(FRAME, sizes, "2023")
    assert first.seed == "2023"
    assert draw(FRAME, sizes, "2024").units != first.units
    assert draw(FRAME[1:], sizes, "2023").frame != first.frame
    kept = {one.unit for one in first.units} & {one.unit for one in draw(FRAME[1:], sizes, "2023").units}
    assert len(kept) >= 16  # whoever leaves the frame moves at most one other


def test_weights_sum_to_the_frame():
    one = draw(FRAME, {"norr": 12, "söder": 5}, "x")
    assert math.isclose(sum(each.weight for each in one.units), 100)
    assert Counter(each.unit.stratum for each in one.units) == {"norr": 12, "söder": 5}
    two = draw_two_stages(FRAME, {"norr": 10, "söder": 10}, 3, "x")
    assert math.isclose(sum(each.weight for each in two.units), 100)


def test_every_unit_has_the_same_chance():
    counted = Counter(each.unit.name for seed in range(1500) for each in draw(FRAME[:20], {"norr": 5}, str(seed)).units)
    # Each is drawn 375 times on average, with a standard deviation of 17.
    assert len(counted) == 20
    assert all(abs(count - 375) < 85 for count in counted.values())


def test_what_cannot_be_drawn_is_refused():
    for make, sentence in (
        (lambda: draw(FRAME, {"norr": 12}, "x"), "Stratum söder har ingen storlek"),
        (lambda: draw(FRAME, {"norr": 61, "söder": 1}, "x"), "61 kan inte dras i stratum norr: där finns 60"),
        (lambda: draw(FRAME, {"norr": 1, "söder": 1, "öst": 1}, "x"), "där finns 0"),
        (lambda: draw(FRAME, {"norr": 1, "söder": 1}, ""), "Ange ett frö"),
        (lambda: draw([*FRAME, FRAME[0]], {"norr": 1, "söder": 1}, "x"), "samma namn"),
        (lambda: draw([], {}, "x"), "Ramen är tom"),
        (lambda: draw_two_stages([Unit("a")], {"": 1}, 1, "x"), "höra till ett kluster"),
    ):
        with pytest.raises(SurveyError, match=sentence):
            make()
