"""Reading goals."""

from ledtrad.apps.goals.queries.assessments import (
    AssessmentRecord,
    CityVerdictEntry,
    assessment_history,
    assessment_records,
    city_verdict_history,
    city_verdict_records,
)
from ledtrad.apps.goals.queries.called import titles_of_objects
from ledtrad.apps.goals.queries.concluding import ToConclude, to_conclude, weigh
from ledtrad.apps.goals.queries.copying import CopyPreview, copied, folded_copy, preview_copy
from ledtrad.apps.goals.queries.facts import goal_codes_of_indicator, year_facts
from ledtrad.apps.goals.queries.goal_years import YearOfGoals, compose_goal, goal_year, goals_of_year
from ledtrad.apps.goals.queries.matrix import Matrix, MatrixCell, MatrixColumn, MatrixRow, matrix
from ledtrad.apps.goals.queries.overview import GoalCard, GoalName, goal_names, overview, years
from ledtrad.apps.goals.queries.plan import (
    PlanGoal,
    PlanIndicator,
    council_goals,
    goal_counts,
    plan_goals,
    plan_indicators,
)
from ledtrad.apps.goals.queries.planned import (
    ForecastRecord,
    Obliged,
    PlannedActivity,
    ProgressRecord,
    activities,
    activities_of,
    forecasts,
    obligations,
    obligations_of,
    ownables,
    plan_years,
    progress_of,
    titles_of,
)

__all__ = [
    "AssessmentRecord",
    "CityVerdictEntry",
    "CopyPreview",
    "ForecastRecord",
    "GoalCard",
    "GoalName",
    "Matrix",
    "MatrixCell",
    "MatrixColumn",
    "MatrixRow",
    "Obliged",
    "PlanGoal",
    "PlanIndicator",
    "PlannedActivity",
    "ProgressRecord",
    "ToConclude",
    "YearOfGoals",
    "activities",
    "activities_of",
    "assessment_history",
    "assessment_records",
    "city_verdict_history",
    "city_verdict_records",
    "compose_goal",
    "copied",
    "council_goals",
    "folded_copy",
    "forecasts",
    "goal_codes_of_indicator",
    "goal_counts",
    "goal_names",
    "goal_year",
    "goals_of_year",
    "matrix",
    "obligations",
    "obligations_of",
    "overview",
    "ownables",
    "plan_goals",
    "plan_indicators",
    "plan_years",
    "preview_copy",
    "progress_of",
    "titles_of",
    "titles_of_objects",
    "to_conclude",
    "weigh",
    "year_facts",
    "years",
]
