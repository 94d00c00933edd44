"""Brier scores against a slow second implementation, and what must hold of any of them."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.core import second_opinions as slow

from ledtrad.core.assessment import Verdict, VerdictForecast, as_decimal, brier, score, score_each

percents = (
    st.tuples(st.integers(0, 100), st.integers(0, 100))
    .map(sorted)
    .map(lambda cuts: (cuts[0], cuts[1] - cuts[0], 100 - cuts[1]))
)
verdicts = st.sampled_from(Verdict)
compared = st.lists(st.tuples(percents, st.none() | verdicts), max_size=40)


def _forecasts(given):
    return [(VerdictForecast(*said), came) for said, came in given]


@given(percents, verdicts)
def test_one_score(said, came):
    found = brier(VerdictForecast(*said), came)
    assert found == slow.brier(said, came)
    assert 0 <= found <= 2


@given(compared)
def test_the_mean_and_what_is_too_few(given_forecasts):
    found = score(_forecasts(given_forecasts))
    assert (found.count, found.waiting, found.mean) == slow.scored(given_forecasts)
    assert found.too_few == (found.mean is None)


@given(compared, st.randoms())
def test_the_order_of_the_forecasts_changes_nothing(given_forecasts, random):
    shuffled = list(given_forecasts)
    random.shuffle(shuffled)
    assert score(_forecasts(shuffled)) == score(_forecasts(given_forecasts))


@given(percents)
def test_honesty_pays(believed):
    """Whoever believes in some shares has no better forecast to give than those very shares: the score is proper."""
    shares = dict(zip(Verdict, believed, strict=True))

    def expected(said):
        return sum(Fraction(shares[came], 100) * brier(VerdictForecast(*said), came) for came in Verdict)

    others = [(100, 0, 0), (0, 100, 0), (0, 0, 100), (34, 33, 33), (50, 25, 25), tuple(reversed(believed))]
    assert all(expected(believed) <= expected(other) for other in others)


@given(st.lists(st.tuples(st.sampled_from("abc"), percents, st.none() | verdicts), max_size=60))
def test_each_group_is_scored_alone(rows):
    found = score_each(((key, VerdictForecast(*said), came) for key, said, came in rows), order="cab")
    assert list(found) == ["c", "a", "b"]
    for key, own in found.items():
        assert (own.count, own.waiting, own.mean) == slow.scored([row[1:] for row in rows if row[0] == key])


@given(st.fractions(0, 2), st.integers(0, 6))
def test_a_mean_is_rounded_once(mean, decimals):
    assert Fraction(as_decimal(mean, decimals)) == slow.rounded(mean, decimals)
