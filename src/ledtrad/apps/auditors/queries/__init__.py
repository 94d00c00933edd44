"""Reading what the auditors hold, and what was known when."""

from ledtrad.apps.auditors.queries.answering import units_that_answer
from ledtrad.apps.auditors.queries.opinions import (
    AnswerCard,
    OpinionCard,
    opinion_by_id,
    opinion_history,
    opinions_of_year,
)
from ledtrad.apps.auditors.queries.since import Since, recorded_since
from ledtrad.apps.auditors.queries.then import GoalThen, UnitThen, Written, goal_then

__all__ = [
    "AnswerCard",
    "GoalThen",
    "OpinionCard",
    "Since",
    "UnitThen",
    "Written",
    "goal_then",
    "opinion_by_id",
    "opinion_history",
    "opinions_of_year",
    "recorded_since",
    "units_that_answer",
]
