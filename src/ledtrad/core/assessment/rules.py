"""Indicator rules as data: named, versioned, each with its source.

No Swedish city that we have found publishes the threshold between "delvis" and "ej". A rule is therefore
configuration, and every judgement names the rule and the threshold that decided.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ledtrad.core.assessment.targets import Sense, Target
from ledtrad.core.assessment.verdicts import Verdict
from ledtrad.core.outcomes import Measured, Outcome
from ledtrad.core.quantities import Quantity


class RuleKind(StrEnum):
    """What an outcome that misses its target is measured against."""

    DISTANCE = "distance"  # how far outside the target, as a share of the bound
    CHANGE = "change"  # better, unchanged or worse than last time
    PROGRESS = "progress"  # how much of the way from a baseline to the target


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """When an indicator is met, partly met or not met.

    `tolerance` is a share (0–1). DISTANCE: "partly" while the outcome misses by at most this share of the bound
    (`absolute` adds a fixed margin, for bounds of zero). CHANGE: changes within this share of the earlier value
    are "unchanged". PROGRESS: "partly" from this share of the way.
    """

    name: str
    version: int
    kind: RuleKind
    title: str
    source: str
    tolerance: Decimal = Decimal(0)
    absolute: Decimal = Decimal(0)


DEFAULT_RULE = IndicatorRule(
    "nio-tiondelar",
    1,
    RuleKind.DISTANCE,
    "Helt när årsmålet nås, delvis när högst en tiondel av årsmålet fattas, annars ej",
    "Antagande: ingen kommun har publicerat sin tröskel. Stockholm bedömde 84 av 88,5 % (95 % av årsmålet) "
    "som delvis i årsredovisningen 2020.",
    tolerance=Decimal("0.10"),
)
INDICATOR_RULES = (
    DEFAULT_RULE,
    IndicatorRule(
        "antingen-eller",
        1,
        RuleKind.DISTANCE,
        "Helt när årsmålet nås, annars ej",
        "Vansbro kommun 2021: indikatorer märkta + eller − mot ett mål.",
    ),
    IndicatorRule(
        "inget-ej-nara-malet",
        1,
        RuleKind.DISTANCE,
        "Helt när årsmålet nås, annars delvis om en fjärdedel eller mindre fattas, annars ej",
        "Antagande efter Stockholms årsredovisning 2022, där 100,4 % mot 100 % och −1,1 % mot ±1 % inte räknades som helt.",
        tolerance=Decimal("0.25"),
    ),
    IndicatorRule(
        "mot-foregaende-ar",
        1,
        RuleKind.CHANGE,
        "Helt när utfallet förbättrats, delvis när det är oförändrat, ej när det försämrats",
        "Malmö stad 2014: förbättrad, oförändrad eller försämrad; tomt där det inte går att mäta.",
        tolerance=Decimal("0.01"),
    ),
    IndicatorRule(
        "vag-fran-utgangslaget",
        1,
        RuleKind.PROGRESS,
        "Helt när målet nås, delvis när minst halva vägen från utgångsläget är gången, annars ej",
        "Helsingborg 2012 (stämmer, stämmer inte helt, ingen eller begränsad framgång) och Västerås barometer "
        "(utgångsläge mot senaste värde); halva vägen är ett antagande.",
        tolerance=Decimal("0.5"),
    ),
)


def rule_named(name: str) -> IndicatorRule:
    """The preset with this name. KeyError when there is none."""
    for rule in INDICATOR_RULES:
        if rule.name == name:
            return rule
    raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says of one outcome, and the numbers that decided.

    `verdict` is None when the rule has nothing to go on; `lacks` then says what is missing: "outcome", "target",
    "earlier" or "baseline". `threshold` is the value where "partly" ends; `missed` the bound that was not met.
    """

    verdict: Verdict | None
    rule: IndicatorRule
    outcome: Quantity | None = None
    missed: Quantity | None = None
    threshold: Quantity | None = None
    lacks: str = ""


def judge(
    outcome: Outcome | None,
    target: Target | None,
    rule: IndicatorRule = DEFAULT_RULE,
    *,
    earlier: Quantity | None = None,
    baseline: Quantity | None = None,
) -> Judgement:
    """The verdict that `rule` proposes for the total. An absent outcome is never judged, whatever the rule.

    `earlier` (CHANGE) is the outcome of the period before; `baseline` (PROGRESS) the value at the start.
    """
    if not isinstance(outcome, Measured):
        return Judgement(None, rule, lacks="outcome")
    value = outcome.total
    if target is None:
        return Judgement(None, rule, value, lacks="target")
    if rule.kind is RuleKind.CHANGE:
        return _judge_change(value, target, rule, earlier)
    if target.is_met_by(value):
        return Judgement(Verdict.MET, rule, value)
    if rule.kind is RuleKind.PROGRESS:
        return _judge_progress(value, target, rule, baseline)
    return _judge_distance(value, target, rule)


def _judge_distance(value: Quantity, target: Target, rule: IndicatorRule) -> Judgement:
    missed = target.missed_bound(value)
    assert missed is not None
    margin = abs(missed.value) * rule.tolerance + rule.absolute
    below = value.value < missed.value
    threshold = _like(missed, missed.value - margin if below else missed.value + margin)
    is_near = value.value >= threshold.value if below else value.value <= threshold.value
    verdict = Verdict.PARTLY if is_near and margin > 0 else Verdict.NOT_MET
    return Judgement(verdict, rule, value, missed, threshold)


def _judge_change(value: Quantity, target: Target, rule: IndicatorRule, earlier: Quantity | None) -> Judgement:
    if earlier is None:
        return Judgement(None, rule, value, lacks="earlier")
    margin = abs(earlier.value) * rule.tolerance
    gain = _shortfall(earlier, target) - _shortfall(value, target)
    if target.sense is not Sense.BAND:
        gain = value.value - earlier.value if target.sense is Sense.MORE else earlier.value - value.value
    verdict = Verdict.PARTLY if abs(gain) <= margin else Verdict.MET if gain > 0 else Verdict.NOT_MET
    return Judgement(verdict, rule, value, None, earlier)


def _judge_progress(value: Quantity, target: Target, rule: IndicatorRule, baseline: Quantity | None) -> Judgement:
    if baseline is None:
        return Judgement(None, rule, value, lacks="baseline")
    missed = target.missed_bound(value)
    assert missed is not None
    way = missed.value - baseline.value
    threshold = _like(missed, baseline.value + way * rule.tolerance)
    gone = (value.value - baseline.value) / way if way else Decimal(0)
    verdict = Verdict.PARTLY if gone >= rule.tolerance else Verdict.NOT_MET
    return Judgement(verdict, rule, value, missed, threshold)


def _shortfall(value: Quantity, target: Target) -> Decimal:
    missed = target.missed_bound(value)
    return abs(missed.value - value.value) if missed is not None else Decimal(0)


def _like(bound: Quantity, value: Decimal) -> Quantity:
    return Quantity(value, bound.unit, bound.decimals + 2)
