"""Reading reports."""

from ledtrad.apps.reporting.queries.readiness import Readiness, readiness
from ledtrad.apps.reporting.queries.reports import (
    incomplete_rows,
    open_beneath,
    report_by_id,
    report_of,
    reports_of_period,
    unanswered,
)
from ledtrad.apps.reporting.queries.rows import (
    Asked,
    KeptText,
    ReportRow,
    SavedVersion,
    kept_text,
    kept_texts_of,
    questions_of,
    rows_of,
    versions_of,
)

__all__ = [
    "Asked",
    "KeptText",
    "Readiness",
    "ReportRow",
    "SavedVersion",
    "incomplete_rows",
    "kept_text",
    "kept_texts_of",
    "open_beneath",
    "questions_of",
    "readiness",
    "report_by_id",
    "report_of",
    "reports_of_period",
    "rows_of",
    "unanswered",
    "versions_of",
]
