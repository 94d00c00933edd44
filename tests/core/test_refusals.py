"""What the core's values refuse to be: each guard, tried with what it guards against and with what lies beside it."""

from decimal import Decimal

import pytest

from ledtrad.core.assessment import (
    IndicatorRule,
    RuleKind,
    Sense,
    Target,
    Verdict,
    at_least,
    at_most,
    judge,
    rule_named,
    within,
)
from ledtrad.core.language.writing import Language, absence_word, explain_judgement, write_verdict
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.periods import Period, Periodicity, parse_period
from ledtrad.core.quantities import (
    COUNT,
    INDEX,
    MILLION_KRONOR,
    PERCENT,
    Quantity,
    Unit,
    difference,
    quantity,
    relative_change,
    share,
    unit_named,
)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_quantity_is_a_finite_number(value):
    with pytest.raises(ValueError, match="finite"):
        Quantity(Decimal(value))


@pytest.mark.parametrize("value", [84, 84.5, "84", None])
def test_a_quantity_is_a_decimal(value):
    with pytest.raises(TypeError, match="is a Decimal"):
        Quantity(value)


@pytest.mark.parametrize("decimals", [-1, 13])
def test_the_decimals_of_a_quantity_are_few(decimals):
    with pytest.raises(ValueError, match="0 to 12 decimals"):
        Quantity(Decimal(1), COUNT, decimals)


@pytest.mark.parametrize("written", ["", "många", "1,5", "1 000", "0x1F"])
def test_what_is_no_number_is_no_quantity(written):
    with pytest.raises(ValueError, match="not a number"):
        quantity(written)


@pytest.mark.parametrize("denominator", ["0", "-1"])
def test_a_share_has_a_positive_denominator(denominator):
    with pytest.raises(ValueError, match="positive denominator"):
        share(Decimal(1), Decimal(denominator))
    with pytest.raises(ValueError, match="positive denominator"):
        Quantity(Decimal(1), PERCENT, 0, Decimal(1), Decimal(denominator))


def test_a_change_from_a_negative_value_keeps_its_direction():
    assert relative_change(quantity("-5"), quantity("-10")).value == 50
    assert relative_change(quantity("-15"), quantity("-10")).value == -50


@pytest.mark.parametrize("compare", [difference, relative_change])
def test_different_units_are_not_compared(compare):
    with pytest.raises(ValueError, match="cannot compare percent with count"):
        compare(quantity("1", PERCENT), quantity("1"))


@pytest.mark.parametrize(
    ("name", "unit"),
    [("%", PERCENT), ("percent", PERCENT), ("procent", PERCENT), (" mnkr ", MILLION_KRONOR), ("Procent", PERCENT)],
)
def test_units_are_known_by_code_symbol_and_name(name, unit):
    assert unit_named(name) == unit


def test_an_unknown_unit_is_a_unit_of_its_own():
    assert unit_named("bäddar") == Unit("bäddar", "bäddar")
    assert not unit_named("bäddar").is_summed
    assert COUNT.is_summed
    assert not INDEX.is_summed


@pytest.mark.parametrize(
    "text", ["", "20", "2020-T4", "2020-T0", "2020T1", "2020-01", "T1", "２０２０", "1799", "3000"]
)
def test_what_is_no_period(text):
    with pytest.raises(ValueError, match=r"not a (?:steering year|period)"):
        parse_period(text)


@pytest.mark.parametrize("tertial", [-1, 4])
def test_a_year_has_three_tertials(tertial):
    with pytest.raises(ValueError, match="a tertial is 1, 2 or 3"):
        Period(2020, tertial)


def test_periods_are_in_order():
    periods = [parse_period(text) for text in ("2019", "2019-T1", "2019-T3", "2020", "2020-T2")]
    assert sorted(set(periods)) == periods


def test_a_rhythm_over_a_year_has_a_beginning():
    with pytest.raises(ValueError, match="needs the first year"):
        Periodicity(3)
    for years in (0, -1):
        with pytest.raises(ValueError, match="at least one year"):
            Periodicity(years, 2011)


def test_women_and_men_have_the_unit_of_the_total():
    for parts in ((quantity("1"), None), (None, quantity("1"))):
        with pytest.raises(ValueError, match="in the unit of the total"):
            Measured(quantity("84", PERCENT), *parts)


def test_both_sexes_have_figures_only_when_both_do():
    total = quantity("84", PERCENT)
    assert Measured(total, total, total).by_sex
    assert not Measured(total, total).by_sex
    assert not Measured(total, total, Absence(AbsenceKind.SUPPRESSED)).by_sex


def test_a_band_has_two_bounds_in_one_unit():
    with pytest.raises(ValueError, match="one unit"):
        within(quantity("1", PERCENT), quantity("2"))
    with pytest.raises(ValueError, match="lies above"):
        within(quantity("2"), quantity("1"))
    assert within(quantity("1"), quantity("1")).is_met_by(quantity("1"))
    with pytest.raises(ValueError, match="do not fit"):
        Target(Sense.MORE, high=quantity("1"))


def _rule(kind=RuleKind.DISTANCE, **options):
    return IndicatorRule("egen", 1, kind, "Egen regel", "Nämndens beslut", **options)


@pytest.mark.parametrize("tolerance", ["-0.01", "1.01", "10"])
def test_a_tolerance_is_a_share(tolerance):
    with pytest.raises(ValueError, match="between 0 and 1"):
        _rule(tolerance=Decimal(tolerance))


def test_a_margin_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        _rule(absolute=Decimal("-1"))


@pytest.mark.parametrize("kind", [RuleKind.CHANGE, RuleKind.PROGRESS])
def test_only_distance_is_judged_for_each_sex(kind):
    with pytest.raises(ValueError, match="earlier values and baselines are totals"):
        _rule(kind, each_sex=True)


@pytest.mark.parametrize(("value", "verdict"), [("0", "met"), ("2", "partly"), ("3", "not_met")])
def test_a_fixed_margin_gives_a_bound_of_zero_its_partly(value, verdict):
    judgement = judge(Measured(quantity(value)), at_most(quantity("0")), _rule(absolute=Decimal(2)))
    assert judgement.verdict == Verdict(verdict)


def test_an_unknown_rule_has_no_name():
    with pytest.raises(KeyError):
        rule_named("inget-sadant")


def test_units_that_differ_are_never_judged():
    percent, count = quantity("84", PERCENT), quantity("84")
    with pytest.raises(ValueError, match="against a target in"):
        judge(Measured(count), at_least(percent))
    with pytest.raises(ValueError, match="not in the same unit"):
        judge(Measured(percent), at_least(percent), rule_named("mot-foregaende-utfall"), earlier=count)
    low = quantity("10", PERCENT)
    with pytest.raises(ValueError, match="against a target in"):
        judge(Measured(low), at_least(percent), rule_named("vag-fran-utgangslaget"), baseline=count)


LANGUAGES: tuple[Language, ...] = ("sv", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_absence_and_verdict_has_its_own_word(language):
    assert len({absence_word(kind, language) for kind in AbsenceKind}) == len(AbsenceKind)
    assert len({write_verdict(verdict, language) for verdict in Verdict}) == len(Verdict)
    assert absence_word(Absence(AbsenceKind.LATE), language) == absence_word(AbsenceKind.LATE, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "sv",
            "Ej enligt regeln bada-konen (version 1): 70\u00a0% för kvinnor når inte 84\u00a0% och ligger under "
            "gränsen för delvis, 75,6\u00a0%.",
        ),
        (
            "en",
            "Not met by the rule bada-konen (version 1): 70% for women falls short of 84% and is below the limit "
            "for partly met, 75.6%.",
        ),
    ],
)
def test_the_sex_that_decided_is_named(language, said):
    outcome = Measured(*(quantity(text, PERCENT) for text in ("84", "70", "95")))
    judgement = judge(outcome, at_least(quantity("84", PERCENT)), rule_named("bada-konen"))
    assert explain_judgement(judgement, language) == said


def test_an_improvement_is_explained_by_what_it_is_compared_with():
    earlier = quantity("80", PERCENT)
    outcome = Measured(quantity("84", PERCENT))
    rule, target = rule_named("mot-foregaende-utfall"), at_least(quantity("90", PERCENT))
    judgement = judge(outcome, target, rule, earlier=earlier)
    assert explain_judgement(judgement).endswith(": 84\u00a0% är bättre än det tidigare utfallet 80\u00a0%.")
    assert explain_judgement(judge(outcome, target, rule)).endswith("ett tidigare utfall att jämföra med saknas.")
    changed = judge(outcome, target, rule, earlier=earlier, comparable=False)
    assert "sättet att mäta har ändrats" in explain_judgement(changed)
