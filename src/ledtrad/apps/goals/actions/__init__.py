"""Changing goals: the tree, obligations, assessments and the city's verdicts."""

from ledtrad.apps.goals.actions.activities import NewActivity, change_activity, plan_activities, withdraw_activity
from ledtrad.apps.goals.actions.assessing import BoardAssessment, oblige, record_assessment, record_assessments
from ledtrad.apps.goals.actions.concluding import conclude
from ledtrad.apps.goals.actions.deciding import GoalVerdict, decide_verdict, decide_verdicts
from ledtrad.apps.goals.actions.objectives import (
    IndicatorLink,
    NewObjective,
    NewWording,
    follow_with_indicators,
    set_objectives,
    word_objectives,
)
from ledtrad.apps.goals.actions.progress import NewForecast, NewProgress, forecast_objectives, report_activities

__all__ = [
    "BoardAssessment",
    "GoalVerdict",
    "IndicatorLink",
    "NewActivity",
    "NewForecast",
    "NewObjective",
    "NewProgress",
    "NewWording",
    "change_activity",
    "conclude",
    "decide_verdict",
    "decide_verdicts",
    "follow_with_indicators",
    "forecast_objectives",
    "oblige",
    "plan_activities",
    "record_assessment",
    "record_assessments",
    "report_activities",
    "set_objectives",
    "withdraw_activity",
    "word_objectives",
]
