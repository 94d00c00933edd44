"""What the centre sees: how far all have come, what is asked, what each said of a goal, and how the forecasts did."""

from ledtrad.apps.reporting.queries.centre.desk import Desk, Known, desk
from ledtrad.apps.reporting.queries.centre.forecasts import ForecastScores, ScoredLine, forecast_scores
from ledtrad.apps.reporting.queries.centre.progress import (
    BoardProgress,
    Progress,
    ProgressCell,
    Stage,
    UnitCounts,
    progress,
    stage_of,
)
from ledtrad.apps.reporting.queries.centre.questions import OpenQuestion, OpenQuestions, Turn, open_questions
from ledtrad.apps.reporting.queries.centre.rules import Agreement, YearOfRules
from ledtrad.apps.reporting.queries.centre.statements import PROMPTS, BoardStatement

__all__ = [
    "PROMPTS",
    "Agreement",
    "BoardProgress",
    "BoardStatement",
    "Desk",
    "ForecastScores",
    "Known",
    "OpenQuestion",
    "OpenQuestions",
    "Progress",
    "ProgressCell",
    "ScoredLine",
    "Stage",
    "Turn",
    "UnitCounts",
    "YearOfRules",
    "desk",
    "forecast_scores",
    "open_questions",
    "progress",
    "stage_of",
]
