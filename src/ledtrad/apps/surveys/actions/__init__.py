"""Changing surveys: defining them, planning and cancelling waves, taking answers in and deleting them."""

from ledtrad.apps.surveys.actions.answers import (
    AnswersDone,
    Unfit,
    delete_answers,
    open_answers,
    receive_answers,
)
from ledtrad.apps.surveys.actions.asked import Chosen
from ledtrad.apps.surveys.actions.designs import weight_before
from ledtrad.apps.surveys.actions.publishing import Published, publish_estimates, work_out_estimates
from ledtrad.apps.surveys.actions.questions import (
    NewQuestion,
    NewScale,
    Step,
    define_questions,
    define_scales,
    measure_indicator,
    reword_question,
)
from ledtrad.apps.surveys.actions.rounding import PublishedRounded, publish_rounded, work_out_rounded
from ledtrad.apps.surveys.actions.surveys import NewSurvey, define_surveys
from ledtrad.apps.surveys.actions.waiting import lay_away, look_through, send_answers, take_in_waiting
from ledtrad.apps.surveys.actions.waves import (
    Responded,
    StratumSize,
    WavePlan,
    cancel_wave,
    plan_wave,
    record_responses,
)
from ledtrad.apps.surveys.actions.weighing import (
    WeighedDone,
    Weighting,
    try_weights,
    weigh_answers,
)

__all__ = [
    "AnswersDone",
    "Chosen",
    "NewQuestion",
    "NewScale",
    "NewSurvey",
    "Published",
    "PublishedRounded",
    "Responded",
    "Step",
    "StratumSize",
    "Unfit",
    "WavePlan",
    "WeighedDone",
    "Weighting",
    "cancel_wave",
    "define_questions",
    "define_scales",
    "define_surveys",
    "delete_answers",
    "lay_away",
    "look_through",
    "measure_indicator",
    "open_answers",
    "plan_wave",
    "publish_estimates",
    "publish_rounded",
    "receive_answers",
    "record_responses",
    "reword_question",
    "send_answers",
    "take_in_waiting",
    "try_weights",
    "weigh_answers",
    "weight_before",
    "work_out_estimates",
    "work_out_rounded",
]
