"""Changing goals: the tree, obligations, assessments and the city's verdicts."""

from ledtrad.apps.goals.actions.assessing import BoardAssessment, oblige, record_assessment, record_assessments
from ledtrad.apps.goals.actions.deciding import GoalVerdict, decide_verdict, decide_verdicts
from ledtrad.apps.goals.actions.objectives import (
    IndicatorLink,
    NewObjective,
    NewWording,
    follow_with_indicators,
    set_objectives,
    word_objectives,
)

__all__ = [
    "BoardAssessment",
    "GoalVerdict",
    "IndicatorLink",
    "NewObjective",
    "NewWording",
    "decide_verdict",
    "decide_verdicts",
    "follow_with_indicators",
    "oblige",
    "record_assessment",
    "record_assessments",
    "set_objectives",
    "word_objectives",
]
