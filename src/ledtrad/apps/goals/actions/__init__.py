"""Changing goals: the tree, obligations, assessments and the city's verdicts."""

from ledtrad.apps.goals.actions.activities import NewActivity, change_activity, plan_activities, withdraw_activity
from ledtrad.apps.goals.actions.assessing import BoardAssessment, oblige, record_assessment, record_assessments
from ledtrad.apps.goals.actions.concluding import conclude
from ledtrad.apps.goals.actions.copying import copy_plan
from ledtrad.apps.goals.actions.deciding import GoalVerdict, decide_verdict, decide_verdicts
from ledtrad.apps.goals.actions.objectives import (
    IndicatorLink,
    NewObjective,
    NewWording,
    follow_with_indicators,
    set_objectives,
    word_objectives,
)
from ledtrad.apps.goals.actions.plan_indicators import PlannedIndicator, plan_indicators, plan_targets
from ledtrad.apps.goals.actions.planning import (
    change_objective,
    oblige_units,
    plan_objectives,
    release_unit,
    set_answerers,
    withdraw_objective,
)
from ledtrad.apps.goals.actions.progress import (
    ActivityAnswer,
    NewObjectiveForecast,
    forecast_objectives,
    report_activities,
)

__all__ = [
    "ActivityAnswer",
    "BoardAssessment",
    "GoalVerdict",
    "IndicatorLink",
    "NewActivity",
    "NewObjective",
    "NewObjectiveForecast",
    "NewWording",
    "PlannedIndicator",
    "change_activity",
    "change_objective",
    "conclude",
    "copy_plan",
    "decide_verdict",
    "decide_verdicts",
    "follow_with_indicators",
    "forecast_objectives",
    "oblige",
    "oblige_units",
    "plan_activities",
    "plan_indicators",
    "plan_objectives",
    "plan_targets",
    "record_assessment",
    "record_assessments",
    "release_unit",
    "report_activities",
    "set_answerers",
    "set_objectives",
    "withdraw_activity",
    "withdraw_objective",
    "word_objectives",
]
