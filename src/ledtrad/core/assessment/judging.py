"""Judging one outcome by a rule: the verdict it proposes and the numbers that decided."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from ledtrad.core.assessment.rules import DEFAULT_RULE, IndicatorRule, RuleKind
from ledtrad.core.assessment.targets import Sense, Target
from ledtrad.core.assessment.verdicts import Verdict
from ledtrad.core.outcomes import Measured, Outcome
from ledtrad.core.quantities import Quantity, decimals_of, is_sure_difference, plain


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says of one outcome, and the numbers that decided.

    `verdict` is None when the rule has nothing to go on; `lacks` then says what is missing: "outcome", "target",
    "earlier", "baseline" or "comparable" (the method changed). `missed` is the bound that was not met and
    `threshold` the value where "partly" ends, for CHANGE the earlier value; None where the rule has no "partly".
    `part` names what was judged: "total", or with a rule for each sex "women" or "men". `near` is the bound of the
    target, or for CHANGE the earlier value, that lies within the outcome's margin of error: the two cannot be told
    apart. The verdict stays what the rule says: it is for the board to weigh that.
    """

    verdict: Verdict | None
    rule: IndicatorRule
    outcome: Quantity | None = None
    missed: Quantity | None = None
    threshold: Quantity | None = None
    lacks: str = ""
    target: Target | None = None
    part: str = "total"
    near: Quantity | None = None


class _Case(NamedTuple):
    value: Quantity
    target: Target
    rule: IndicatorRule
    earlier: Quantity | None
    baseline: Quantity | None


def judge(
    outcome: Outcome | None,
    target: Target | None,
    rule: IndicatorRule = DEFAULT_RULE,
    *,
    earlier: Quantity | None = None,
    baseline: Quantity | None = None,
    comparable: bool = True,
) -> Judgement:
    """The verdict that `rule` proposes. An absent outcome is never judged, whatever the rule.

    `earlier` (CHANGE) is the outcome of the period before, and `comparable` False when the method changed since;
    `baseline` (PROGRESS) the value at the start. ValueError when the units differ.
    """
    if not isinstance(outcome, Measured):
        return Judgement(None, rule, lacks="outcome", target=target)
    if target is None:
        return Judgement(None, rule, outcome.total, lacks="target")
    if rule.kind is RuleKind.CHANGE and not comparable:
        return Judgement(None, rule, outcome.total, lacks="comparable", target=target)
    total = _judge_value(_Case(outcome.total, target, rule, earlier, baseline))
    return _lowest([total, *_judge_sexes(outcome, target, rule)]) if rule.each_sex else total


def _judge_value(case: _Case) -> Judgement:
    if case.rule.kind is RuleKind.CHANGE:
        judged = _judge_change(case)
    elif case.target.is_met_by(case.value):
        judged = Judgement(Verdict.MET, case.rule, case.value)
    elif case.rule.kind is RuleKind.PROGRESS:
        judged = _judge_progress(case)
    else:
        judged = _judge_distance(case)
    return replace(judged, target=case.target, near=_indistinct(case))


def _indistinct(case: _Case) -> Quantity | None:
    """What the outcome is held against and cannot be told from."""
    bounds = (case.earlier,) if case.rule.kind is RuleKind.CHANGE else (case.target.low, case.target.high)
    unsure = (bound for bound in bounds if bound is not None and is_sure_difference(case.value, bound) is False)
    return next(unsure, None)


def _judge_sexes(outcome: Measured, target: Target, rule: IndicatorRule) -> list[Judgement]:
    """A sex without a figure is left out: what is suppressed is not held against the indicator."""
    judged = []
    for part in ("women", "men"):
        value, own_target = getattr(outcome, part), getattr(target, part)
        if isinstance(value, Quantity):
            case = _Case(value, own_target or target, rule, None, None)
            judged.append(replace(_judge_value(case), part=part))
    return judged


def _lowest(judgements: list[Judgement]) -> Judgement:
    """The first of the lowest; the total stands first and so answers for a tie."""
    return min(judgements, key=lambda judged: judged.verdict.rank if judged.verdict else len(Verdict))


def _judge_distance(case: _Case) -> Judgement:
    margin = _width(case) * case.rule.tolerance + case.rule.absolute
    return _within_margin(case, margin)


def _width(case: _Case) -> Decimal:
    """What the tolerance is a share of. A band is judged by its own width: 99–101 is narrow, though 101 is large."""
    target = case.target
    if target.low is not None and target.high is not None:
        return (target.high.value - target.low.value) / 2
    bound = target.low or target.high
    return abs(bound.value) if bound else Decimal(0)


def _judge_progress(case: _Case) -> Judgement:
    if case.baseline is None:
        return Judgement(None, case.rule, case.value, lacks="baseline")
    way = shortfall(case.baseline, case.target)
    return _within_margin(case, way * (1 - case.rule.tolerance))


def _within_margin(case: _Case, margin: Decimal) -> Judgement:
    """ "Partly" while the outcome falls short by at most `margin`; without a margin there is no "partly"."""
    missed = case.target.missed_bound(case.value)
    assert missed is not None
    if margin == 0:
        return Judgement(Verdict.NOT_MET, case.rule, case.value, missed)
    below = case.value.value < missed.value
    threshold = _like(missed, missed.value - margin if below else missed.value + margin)
    is_near = shortfall(case.value, case.target) <= margin
    return Judgement(Verdict.PARTLY if is_near else Verdict.NOT_MET, case.rule, case.value, missed, threshold)


def _judge_change(case: _Case) -> Judgement:
    if case.earlier is None:
        return Judgement(None, case.rule, case.value, lacks="earlier")
    if not case.earlier.unit == case.value.unit == case.target.unit:
        raise ValueError("the outcomes and the target are not in the same unit")
    gain = _gain(case.value, case.earlier, case.target)
    margin = abs(case.earlier.value) * case.rule.tolerance
    verdict = Verdict.PARTLY if abs(gain) <= margin else Verdict.MET if gain > 0 else Verdict.NOT_MET
    return Judgement(verdict, case.rule, case.value, None, case.earlier)


def _gain(value: Quantity, earlier: Quantity, target: Target) -> Decimal:
    """How much better, in the target's sense; within a band nothing is better than anything else."""
    if target.sense is Sense.BAND:
        return shortfall(earlier, target) - shortfall(value, target)
    return value.value - earlier.value if target.sense is Sense.MORE else earlier.value - value.value


def shortfall(value: Quantity, target: Target) -> Decimal:
    """How far outside the target a value lies; 0 when it meets it. ValueError when the units differ."""
    if target.is_met_by(value):
        return Decimal(0)
    missed = target.missed_bound(value)
    assert missed is not None
    return abs(missed.value - value.value)


def _like(bound: Quantity, value: Decimal) -> Quantity:
    """A threshold is printed with all the decimals that it needs: 88.5 less a tenth is 79.65."""
    decimals = min(12, max(bound.decimals, decimals_of(Decimal(plain(value)))))
    return Quantity(value, bound.unit, decimals)
