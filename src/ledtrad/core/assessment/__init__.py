"""Assessment (bedömning): outcome + target + rule → verdict with its grounds; tallies; proposals.

A rule only ever proposes. The city's own verdict is a separate value with motive and decision.
"""

from ledtrad.core.assessment.forecast_scores import (
    FEWEST_FORECASTS,
    KNOWS_NOTHING,
    ForecastScore,
    VerdictForecast,
    as_decimal,
    brier,
    score,
    score_each,
)
from ledtrad.core.assessment.goals import (
    DEFAULT_PROPOSAL_RULE,
    PROPOSAL_RULES,
    SUBGOAL_RULE,
    CityVerdict,
    Decision,
    GoalEvidence,
    Ground,
    Proposal,
    ProposalRule,
    propose,
    propose_from_subgoals,
)
from ledtrad.core.assessment.indicators import Forecast, IndicatorResult, with_rhythm
from ledtrad.core.assessment.judging import Judgement, judge
from ledtrad.core.assessment.rules import DEFAULT_RULE, INDICATOR_RULES, IndicatorRule, RuleKind, rule_named
from ledtrad.core.assessment.tallies import Tally, tally_boards, tally_indicators
from ledtrad.core.assessment.targets import Sense, Target, at_least, at_most, within
from ledtrad.core.assessment.verdicts import Verdict

__all__ = [
    "DEFAULT_PROPOSAL_RULE",
    "DEFAULT_RULE",
    "FEWEST_FORECASTS",
    "INDICATOR_RULES",
    "KNOWS_NOTHING",
    "PROPOSAL_RULES",
    "SUBGOAL_RULE",
    "CityVerdict",
    "Decision",
    "Forecast",
    "ForecastScore",
    "GoalEvidence",
    "Ground",
    "IndicatorResult",
    "IndicatorRule",
    "Judgement",
    "Proposal",
    "ProposalRule",
    "RuleKind",
    "Sense",
    "Tally",
    "Target",
    "Verdict",
    "VerdictForecast",
    "as_decimal",
    "at_least",
    "at_most",
    "brier",
    "judge",
    "propose",
    "propose_from_subgoals",
    "rule_named",
    "score",
    "score_each",
    "tally_boards",
    "tally_indicators",
    "with_rhythm",
    "within",
]
