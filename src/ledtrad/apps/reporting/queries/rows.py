"""Reading the rows of a report."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.reporting.models import Question, Row, RowVersion, SetAside
from ledtrad.core.quantities import unit_named
from ledtrad.core.reporting import Content, Frame, RowKind, empty_content, examined


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a report, a row or one field of it, with its answer, "" while it waits."""

    id: int
    row_id: int | None
    field: str
    text: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row as it stands, examined. `version` is what the next save rests on; 0 while nothing is written."""

    id: int
    kind: RowKind
    subject: str
    title: str
    frame: Frame
    content: Content
    version: int
    saved_by: str
    saved_at: datetime | None
    is_withdrawn: bool = False


def rows_of(report_id: int) -> tuple[ReportRow, ...]:
    """The rows of a report in their stable order. One SQL query."""
    return tuple(row_of(row) for row in Row.objects.filter(report_id=report_id).order_by("place", "id"))


def row_of(row: Row) -> ReportRow:
    frame, title = frame_of(row)
    return ReportRow(
        row.pk,
        RowKind(row.kind),
        row.subject,
        title,
        frame,
        examined(frame, fields_of(row.kind, row.content)),
        row.version,
        row.saved_by,
        row.saved_at,
        row.is_withdrawn,
    )


def frame_of(row: Row) -> tuple[Frame, str]:
    """What the row is judged by, and its title when the report was opened."""
    told: dict[str, Any] = json.loads(row.frame)
    frame = Frame(
        RowKind(row.kind),
        told.get("tertial", 0),
        unit_named(told.get("unit", "count")),
        told.get("by_sex", False),
        told.get("is_due", True),
    )
    return frame, told.get("title", row.subject)


def fields_of(kind: str, content: str) -> dict[str, str]:
    """The fields of a stored content; all empty where it has been erased."""
    return empty_content(RowKind(kind)) | (json.loads(content) if content else {})


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """A row as it was saved once."""

    number: int
    fields: dict[str, str]
    saved_by: str
    saved_at: datetime


def versions_of(row_id: int) -> tuple[SavedVersion, ...]:
    """All saves of a row, newest first. One SQL query."""
    rows = RowVersion.objects.filter(row_id=row_id).select_related("row").order_by("-number")
    return tuple(
        SavedVersion(row.number, fields_of(row.row.kind, row.content), row.saved_by, row.saved_at) for row in rows
    )


@dataclass(frozen=True, slots=True)
class KeptText:
    """What somebody wrote while somebody else saved the same row."""

    id: int
    row: ReportRow
    report_id: int
    fields: dict[str, str]
    rests_on: int
    before: dict[str, str]
    written_by: str
    written_at: datetime
    is_settled: bool


def kept_text(set_aside_id: int) -> KeptText:
    """Raises Unseen for an unknown id. Two SQL queries."""
    found = SetAside.objects.filter(pk=set_aside_id).select_related("row").first()
    if found is None:
        raise Unseen("Texten finns inte.")
    before = RowVersion.objects.filter(row_id=found.row_id, number=found.rests_on).first()
    return KeptText(
        found.pk,
        row_of(found.row),
        found.row.report_id,
        fields_of(found.row.kind, found.content),
        found.rests_on,
        fields_of(found.row.kind, before.content if before else ""),
        found.written_by,
        found.written_at,
        found.settled_at is not None,
    )


def kept_texts_of(person: str, report_id: int) -> tuple[tuple[int, int], ...]:
    """(id, row id) of the texts that `person` has set aside in a report and not settled. One SQL query."""
    rows = SetAside.objects.filter(written_by=person, row__report_id=report_id, settled_at__isnull=True)
    return tuple(rows.order_by("id").values_list("id", "row_id"))


def questions_of(report_id: int) -> tuple[Asked, ...]:
    """All questions about a report, oldest first. One SQL query."""
    fields = ("id", "row_id", "field", "text", "asked_by", "asked_at", "answer", "answered_by", "answered_at")
    return tuple(Asked(*row) for row in Question.objects.filter(report_id=report_id).values_list(*fields))
