"""Reading goals."""

from ledtrad.apps.goals.queries.assessments import (
    AssessmentRecord,
    CityVerdictEntry,
    assessment_history,
    assessment_records,
    city_verdict_history,
    city_verdict_records,
)
from ledtrad.apps.goals.queries.concluding import ToConclude, to_conclude, weigh
from ledtrad.apps.goals.queries.facts import goal_codes_of_indicator, year_facts
from ledtrad.apps.goals.queries.goal_years import YearOfGoals, compose_goal, goal_year, goals_of_year
from ledtrad.apps.goals.queries.matrix import Matrix, MatrixCell, MatrixColumn, MatrixRow, matrix
from ledtrad.apps.goals.queries.overview import GoalCard, GoalName, goal_names, overview, years

__all__ = [
    "AssessmentRecord",
    "CityVerdictEntry",
    "GoalCard",
    "GoalName",
    "Matrix",
    "MatrixCell",
    "MatrixColumn",
    "MatrixRow",
    "ToConclude",
    "YearOfGoals",
    "assessment_history",
    "assessment_records",
    "city_verdict_history",
    "city_verdict_records",
    "compose_goal",
    "goal_codes_of_indicator",
    "goal_names",
    "goal_year",
    "goals_of_year",
    "matrix",
    "overview",
    "to_conclude",
    "weigh",
    "year_facts",
    "years",
]
