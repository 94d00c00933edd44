"""Every calculation of the core against a slow second implementation, on values that nobody chose."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.core import second_opinions as slow

from ledtrad.core.assessment import (
    GoalEvidence,
    IndicatorResult,
    Tally,
    Target,
    Verdict,
    at_least,
    at_most,
    judge,
    propose,
    propose_from_subgoals,
    rule_named,
    tally_boards,
    tally_indicators,
    within,
)
from ledtrad.core.language.reading import read_number, read_outcome
from ledtrad.core.language.writing import explain_judgement, write_date, write_number, write_outcome, write_quantity
from ledtrad.core.outcomes import (
    Absence,
    AbsenceKind,
    Measured,
    from_record,
    implied_share_of_women,
    to_record,
    total_lies_between,
)
from ledtrad.core.quantities import PERCENT, UNITS, Quantity, decimals_of, plain, rounded, share

numbers = st.decimals(-(10**9), 10**9, places=4) | st.decimals(-100, 100, places=1) | st.just(Decimal(0))
decimals = st.integers(0, 6)
verdicts = st.none() | st.sampled_from(Verdict)
answers = st.lists(verdicts, max_size=40)


def percent(value):
    return Quantity(value, PERCENT, decimals_of(value))


percentages = st.decimals(-200, 200, places=1).map(percent) | st.sampled_from(["0", "84", "88.5", "100"]).map(
    lambda text: percent(Decimal(text))
)


@st.composite
def targets(draw, by_sex=False):
    one, two = sorted((draw(percentages), draw(percentages)), key=lambda quantity: quantity.value)
    target = draw(st.sampled_from([at_least(one), at_most(two), within(one, two)]))
    if not by_sex:
        return target
    own = st.none() | percentages.map(at_least if target.low and not target.high else at_most)
    if target.low and target.high:
        own = st.none()
    return Target(target.sense, target.low, target.high, draw(own), draw(own))


# ------------------------------------------------------------------------------------------ quantities and numbers


@given(numbers, decimals)
@example(Decimal("2.675"), 2)
@example(Decimal("-0.5"), 0)
def test_rounding(value, places):
    assert Fraction(rounded(value, places)) == slow.rounded(value, places)


@given(st.decimals(-(10**40), 10**40, places=6), decimals)
@example(Decimal("123456789012345678901234567890.5"), 0)
def test_rounding_does_not_depend_on_the_ambient_precision(value, places):
    assert Fraction(rounded(value, places)) == slow.rounded(value, places)


@given(numbers, decimals)
@example(Decimal("-0.04"), 1)
@example(Decimal("999999.95"), 1)
def test_written_numbers(value, places):
    assert write_number(value, places) == slow.written(value, places)


@given(numbers, decimals)
def test_written_numbers_agree_with_babel(value, places):
    shown = rounded(value, places) + 0  # Babel prints the sign of a negative zero; we do not
    pattern = "#,##0." + "0" * places if places else "#,##0"
    assume(shown or not shown.is_signed())
    for language, locale in (("sv", "sv_SE"), ("en", "en_GB")):
        theirs = format_decimal(shown, pattern, locale=locale).replace("-", "−")  # a pattern gets no minus of its own
        assert write_number(value, places, language) == theirs


@given(numbers, decimals)
def test_written_numbers_read_back(value, places):
    digits = write_number(value, places)
    read, is_ambiguous = read_number(digits.lstrip("−"))
    assert places == 3 or not is_ambiguous  # "1,234" is ambiguous however it was meant
    assert (-read if digits.startswith("−") else read) == rounded(value, places)


@given(numbers)
@example(Decimal("-0.00"))
@example(Decimal("100"))
def test_plain_digits_are_the_same_value_and_one_form(value):
    assert Decimal(plain(value)) == value
    assert plain(value) == plain(value * Decimal("1.000"))
    assert plain(value) == "0" or value


@given(st.dates(date(1800, 1, 1), date(2999, 12, 31)))
def test_dates_agree_with_babel(day):
    assert write_date(day).replace("\u00a0", " ") == format_date(day, "d MMMM y", locale="sv_SE")


def test_every_month_is_written():
    days = [date(2026, 1, 1) + timedelta(days=31 * month) for month in range(12)]
    assert len({write_date(day).split("\u00a0")[1] for day in days}) == 12


@given(st.integers(0, 10**9), st.integers(1, 10**9), decimals)
def test_share(part, whole, places):
    result = share(Decimal(part), Decimal(whole), places)
    assert Fraction(result.printed) == slow.rounded(Fraction(100 * part, whole), places)


# ---------------------------------------------------------------------------------------------------------- outcomes


@given(percentages, percentages, percentages)
def test_implied_share_of_women(total, women, men):
    implied = implied_share_of_women(Measured(total, women, men))
    if women.value == men.value:
        assert implied is None
        return
    exact = (Fraction(total.value) - Fraction(men.value)) / (Fraction(women.value) - Fraction(men.value))
    assert abs(Fraction(implied) - exact) < Fraction(1, 10**20)


@given(percentages, percentages, st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1))
def test_a_true_mean_always_lies_between(women, men, women_counted, men_counted, places):
    """However many of each, and however the mean is rounded, the total that is really a mean passes."""
    assume(women_counted + men_counted)
    mean = (women.value * women_counted + men.value * men_counted) / (women_counted + men_counted)
    total = Quantity(rounded(mean, places), PERCENT, places)
    assert total_lies_between(Measured(total, women, men))


reasons = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).filter(str.strip)
absences = st.builds(Absence, st.sampled_from(AbsenceKind), reasons, st.just("") | reasons, st.just("") | reasons)


@st.composite
def outcomes(draw):
    if draw(st.booleans()):
        return draw(absences)
    unit = draw(st.sampled_from(UNITS))
    shares = st.builds(share, st.integers(0, 90).map(Decimal), st.integers(1, 90).map(Decimal), st.integers(0, 4))
    figures = shares if unit == PERCENT else st.builds(Quantity, numbers, st.just(unit), st.integers(0, 4))
    parts = st.none() | figures | absences
    return Measured(draw(figures), draw(parts), draw(parts))


@given(outcomes())
def test_records_give_back_the_outcome(outcome):
    record = to_record(outcome)
    assert all(isinstance(text, str) for text in record.values())
    assert from_record(record) == outcome


@given(outcomes())
def test_zero_and_missing_are_never_confused_in_print(outcome):
    read = read_outcome(write_outcome(outcome))
    assert read is not None
    assert isinstance(read, Measured) is isinstance(outcome, Measured)
    if isinstance(outcome, Measured) and isinstance(read, Measured):
        assert read.total.value == outcome.total.printed


@pytest.mark.parametrize("record", [{"state": "measured", "unit": "percent"}, {"state": "guessed"}, {}])
def test_a_record_that_is_no_outcome_is_refused(record):
    with pytest.raises((ValueError, KeyError)):
        from_record(record)


def test_a_record_with_words_for_a_figure_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        from_record({"state": "measured", "unit": "percent", "total": "många", "total_decimals": "0"})


# -------------------------------------------------------------------------------------------------------- assessment

DISTANCE = ["nio-tiondelar", "tre-fjardedelar", "antingen-eller"]


@given(percentages, targets(), st.sampled_from(DISTANCE))
def test_judged_by_distance(value, target, name):
    rule = rule_named(name)
    assert judge(Measured(value), target, rule).verdict == slow.judged_by_distance(value.value, target, rule.tolerance)


@given(targets(), st.sampled_from(DISTANCE), st.integers(-2, 2))
def test_judged_on_the_very_threshold(target, name, step):
    """The threshold that a judgement names is where it turns: on it is partly, one step beyond is not."""
    rule = rule_named(name)
    for start in ("-1000", "1000"):
        threshold = judge(Measured(percent(Decimal(start))), target, rule).threshold
        if threshold is None:
            continue
        value = percent(threshold.value + Decimal(step) / 1000)
        expected = slow.judged_by_distance(value.value, target, rule.tolerance)
        assert judge(Measured(value), target, rule).verdict == expected


@given(percentages, st.none() | percentages, st.none() | percentages, targets(by_sex=True))
def test_judged_by_each_sex(total, women, men, target):
    rule = rule_named("bada-konen")
    values = [part.value if part else None for part in (total, women, men)]
    expected = slow.judged_by_each_sex(*values, target, rule.tolerance)
    assert judge(Measured(total, women, men), target, rule).verdict == expected


@given(percentages, percentages, targets())
def test_judged_by_change(value, earlier, target):
    rule = rule_named("mot-foregaende-utfall")
    expected = slow.judged_by_change(value.value, earlier.value, target, rule.tolerance)
    assert judge(Measured(value), target, rule, earlier=earlier).verdict == expected


@given(percentages, percentages, targets(), st.sampled_from(["0", "0.25", "0.5", "0.9", "1"]))
@example(percent(Decimal(85)), percent(Decimal(80)), at_least(percent(Decimal(100))), "0.25")
def test_judged_by_progress(value, baseline, target, part_of_the_way):
    rule = replace(rule_named("vag-fran-utgangslaget"), tolerance=Decimal(part_of_the_way))
    expected = slow.judged_by_progress(value.value, baseline.value, target, rule.tolerance)
    assert judge(Measured(value), target, rule, baseline=baseline).verdict == expected


@given(percentages, targets(), st.sampled_from(DISTANCE))
def test_an_explanation_names_the_figures_that_decided(value, target, name):
    judgement = judge(Measured(value), target, rule_named(name))
    for language in ("sv", "en"):
        said = explain_judgement(judgement, language)
        assert name in said
        for figure in (judgement.outcome, judgement.missed, judgement.threshold):
            assert figure is None or write_quantity(figure, language) in said


@given(st.lists(verdicts, max_size=40))
def test_tally_of_boards(given_verdicts):
    tally = tally_boards(given_verdicts)
    assert tally.total == len(given_verdicts)
    assert [tally.count(verdict) for verdict in Verdict] == [given_verdicts.count(verdict) for verdict in Verdict]
    assert tally.without == given_verdicts.count(None)


@given(st.lists(st.tuples(verdicts, st.booleans()), max_size=20))
def test_tally_of_indicators(given_results):
    """Only a verdict with an outcome counts."""
    measured = Measured(percent(Decimal(0)))
    missing = Absence(AbsenceKind.LATE)
    results = [
        IndicatorResult("x", outcome=measured if has_outcome else missing, verdict=verdict)
        for verdict, has_outcome in given_results
    ]
    counted = [verdict if has_outcome else None for verdict, has_outcome in given_results]
    assert tally_indicators(results) == tally_boards(counted)


@given(answers, answers, verdicts)
def test_proposals(boards, indicators, company_group):
    evidence = GoalEvidence(tally_boards(boards), tally_boards(indicators), company_group)
    proposals = {proposal.rule.name: proposal.verdict for proposal in propose(evidence)}
    assert proposals == slow.proposed(boards, indicators, company_group)


@given(answers)
def test_proposal_from_the_goals_beneath(subgoals):
    assert propose_from_subgoals(tally_boards(subgoals)).verdict == slow.proposed_from_subgoals(subgoals)


@given(st.integers(-1, 20), st.integers(-1, 20), st.integers(-1, 20), st.integers(-1, 40))
def test_a_tally_adds_up_or_does_not_exist(met, partly, not_met, total):
    adds_up = min(met, partly, not_met, total) >= 0 and met + partly + not_met <= total
    if adds_up:
        assert Tally(met, partly, not_met, total).without == total - met - partly - not_met
    else:
        with pytest.raises(ValueError, match=r"not negative|of only"):
            Tally(met, partly, not_met, total)
