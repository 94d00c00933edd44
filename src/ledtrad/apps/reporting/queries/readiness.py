"""Whether reports can be submitted: what is still lacking or wrong in them."""

from collections.abc import Collection
from dataclasses import dataclass

from ledtrad.apps.reporting.models import Question, Row
from ledtrad.apps.reporting.queries.rows import fields_of, frame_of
from ledtrad.core.reporting import examined


@dataclass(frozen=True, slots=True)
class Readiness:
    """How many rows of a report lack something or have faults, and how many questions are unanswered."""

    lacking: int = 0
    problems: int = 0
    unanswered: int = 0

    @property
    def is_ready(self) -> bool:
        return not (self.lacking or self.problems or self.unanswered)


def readiness(report_ids: Collection[int]) -> dict[int, Readiness]:
    """The readiness of each report. Two SQL queries; only rows that are not complete are looked into."""
    lacking, problems, unanswered = (dict.fromkeys(report_ids, 0) for _ in range(3))
    rows = Row.objects.filter(report_id__in=report_ids, is_complete=False, is_withdrawn=False)
    for row in rows:
        has_fault = bool(examined(frame_of(row)[0], fields_of(row.kind, row.content)).problems)
        (problems if has_fault else lacking)[row.report_id] += 1
    waiting = Question.objects.filter(report_id__in=report_ids, answered_at__isnull=True)
    for pk in waiting.values_list("report_id", flat=True):
        unanswered[pk] += 1
    return {pk: Readiness(lacking[pk], problems[pk], unanswered[pk]) for pk in report_ids}
