"""Making the annual report: draft, write, bind, check, publish, correct."""

from ledtrad.apps.annual_report.actions.binding import bind_sections
from ledtrad.apps.annual_report.actions.checking import record_check, record_checks, waive_claim
from ledtrad.apps.annual_report.actions.drafting import correct_edition, draft_edition
from ledtrad.apps.annual_report.actions.publishing import publish_edition
from ledtrad.apps.annual_report.actions.writing import write_section

__all__ = [
    "bind_sections",
    "correct_edition",
    "draft_edition",
    "publish_edition",
    "record_check",
    "record_checks",
    "waive_claim",
    "write_section",
]
