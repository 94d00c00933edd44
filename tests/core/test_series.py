"""Series compared with a slow second way: fractions, logarithms in floating point, and looking at every pair."""

import math
import statistics
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ledtrad.core.series import (
    Break,
    BreakKind,
    Difference,
    Estimate,
    Profile,
    comparable,
    difference,
    distribution,
    shown_breaks,
    similar,
    standing,
    stretch_of,
)

figures = st.decimals(-1000, 1000, places=2)
areas = st.text("abcdefgh", min_size=1, max_size=2)
spreads = st.dictionaries(areas, st.none() | figures, min_size=1, max_size=30)
years = st.integers(2000, 2012)
breaks = st.lists(st.builds(Break, years, st.sampled_from(BreakKind)), max_size=4)
profiles = st.dictionaries(
    areas,
    st.builds(
        Profile,
        st.integers(1, 10**6).map(Decimal),
        st.dictionaries(st.sampled_from(["äldre", "unga"]), st.decimals(0, 100, places=1), max_size=2),
    ),
    min_size=1,
    max_size=12,
)


@given(breaks, years, years)
def test_two_years_are_apart_when_one_walks_over_a_break_from_one_to_the_other(found, one, other):
    walked = range(min(one, other) + 1, max(one, other) + 1)
    assert comparable(found, one, other) == (not any(step.year in walked for step in found))


@given(breaks, st.sets(years))
def test_years_fall_into_stretches_that_share_nothing_and_hold_all(found, measured):
    stretches = {stretch_of(found, measured, year) for year in measured}
    assert sorted(year for stretch in stretches for year in stretch) == sorted(measured)
    assert len(stretches) == len(shown_breaks(found, sorted(measured))) + bool(measured)


@given(spreads)
def test_quartiles_are_those_of_another_program(found):
    spread, known = distribution(found), sorted(Fraction(value) for value in found.values() if value is not None)
    if not known:
        assert spread is None
        return
    own = [Fraction(value) for value in (spread.lower_quartile, spread.median, spread.upper_quartile)]
    assert own == (statistics.quantiles(known, n=4, method="inclusive") if len(known) > 1 else known * 3)
    assert (spread.lowest, spread.highest) == (known[0], known[-1])
    assert spread.count + spread.missing == len(found)


@given(spreads, st.booleans())
def test_a_place_is_found_by_standing_in_line(found, lowest_first):
    line = sorted((value for value in found.values() if value is not None), reverse=not lowest_first)
    for area, value in found.items():
        stands = standing(found, area, lowest_first=lowest_first)
        if value is None:
            assert stands is None
        else:
            assert (stands.place, stands.of) == (line.index(value) + 1, len(line))
            assert stands.sharing == line.count(value) - 1


def test_quarters_hold_a_quarter_each_where_no_figures_are_alike():
    found = {str(number): Decimal(number) for number in range(400)}
    quarters = [standing(found, area).quarter for area in found]
    assert [quarters.count(number) for number in (1, 2, 3, 4)] == [100] * 4
    assert quarters == sorted(quarters)


@given(figures, figures, st.none() | st.decimals(0, 50, places=2), st.none() | st.decimals(0, 50, places=2))
def test_a_difference_seen_from_both_sides_is_one(value, other, margin, margin_there):
    here = difference(Estimate(value, margin), Estimate(other, margin_there))
    there = difference(Estimate(other, margin_there), Estimate(value, margin))
    turned = {Difference.HIGHER: Difference.LOWER, Difference.LOWER: Difference.HIGHER}
    assert there is turned.get(here, here)
    noise = math.hypot(margin or 0, margin_there or 0)
    if abs(abs(float(value - other)) - noise) > 1e-6:
        assert (here is Difference.UNCERTAIN) == (abs(float(value - other)) < noise)


@given(profiles, st.integers(0, 6))
def test_no_area_left_out_is_more_alike_than_one_chosen(found, number):
    area = min(found)
    chosen = similar(found, area, number=number)
    distances = _distances(found, area)
    names = [one.area for one in chosen.areas]
    assert len(names) == len(set(names)) == min(number, len(distances))
    assert set(chosen.without) == set(found) - set(distances) - {area}
    for one in chosen.areas:
        assert math.isclose(float(one.distance), distances[one.area], abs_tol=1e-9)
    left = [distance for code, distance in distances.items() if code not in names]
    if names and left:
        assert max(distances[code] for code in names) <= min(left) + 1e-9


@given(profiles)
def test_the_choice_does_not_hang_on_the_order_of_what_is_known(found):
    area = min(found)
    assert similar(found, area) == similar(dict(reversed(found.items())), area)


def _distances(found, area):
    """Every area that has all that `area` has, with its distance: in floats, one measure after the other."""
    own = found[area]
    tried = {code: row for code, row in found.items() if all(name in row.structure for name in own.structure)}
    apart = dict.fromkeys(tried, 0.0)
    columns = [({code: math.log(row.size) for code, row in tried.items()}, 1.0)]
    share = 1 / len(own.structure) if own.structure else 0
    columns += [({code: float(row.structure[name]) for code, row in tried.items()}, share) for name in own.structure]
    for column, weight in columns:
        spread = statistics.pstdev(column.values())
        for code, value in column.items():
            if spread > 1e-12:
                apart[code] += weight * ((value - column[area]) / spread) ** 2
    halves = 2 if own.structure else 1
    return {code: math.sqrt(square / halves) for code, square in apart.items() if code != area}
