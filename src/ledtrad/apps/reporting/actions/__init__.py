"""Writing reports: opening them, saving rows, the way up, and corrections after the lock."""

from ledtrad.apps.reporting.actions.answering import answer_question
from ledtrad.apps.reporting.actions.correcting import correct_row
from ledtrad.apps.reporting.actions.moving import (
    NewQuestion,
    decide_report,
    decide_reports,
    lock_report,
    lock_reports,
    return_report,
    submit_report,
    submit_reports,
)
from ledtrad.apps.reporting.actions.opening import open_report, open_reports
from ledtrad.apps.reporting.actions.saving import Clash, RowSave, Saved, restore_row, save_row, save_rows, settle

__all__ = [
    "Clash",
    "NewQuestion",
    "RowSave",
    "Saved",
    "answer_question",
    "correct_row",
    "decide_report",
    "decide_reports",
    "lock_report",
    "lock_reports",
    "open_report",
    "open_reports",
    "restore_row",
    "return_report",
    "save_row",
    "save_rows",
    "settle",
    "submit_report",
    "submit_reports",
]
