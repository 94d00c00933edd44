"""What the one above sends: questions field by field, or a step."""

import re
from collections.abc import Iterator

from django.http import QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.reporting.actions import NewQuestion
from ledtrad.apps.reporting.queries import ReportRow
from ledtrad.core.reporting.contents import FIELDS

_WHOLE = "q-rapport"
_ROW = re.compile(r"q-([0-9]{1,18})")


def read_questions(sent: QueryDict, rows: tuple[ReportRow, ...]) -> list[NewQuestion]:
    """The questions that were written, in the order of the rows. Refused for a field that a row does not have."""
    by_id = {row.id: row for row in rows}
    return list(_questions(sent, by_id))


def _questions(sent: QueryDict, rows: dict[int, ReportRow]) -> Iterator[NewQuestion]:
    if sent.get(_WHOLE, "").strip():
        yield NewQuestion(sent[_WHOLE])
    for name in sent:
        match = _ROW.fullmatch(name)
        if match and sent[name].strip():
            yield _about_row(sent, int(match[1]), sent[name], rows)


def _about_row(sent: QueryDict, row_id: int, text: str, rows: dict[int, ReportRow]) -> NewQuestion:
    field = sent.get(f"f-{row_id}", "")
    row = rows.get(row_id)
    if field and row is not None and field not in FIELDS[row.kind]:
        raise Refused("Fältet {field} finns inte på raden. Ingenting har sparats.", field=field[:40])
    return NewQuestion(text, row_id, field)


def as_typed(sent: QueryDict) -> dict[str, str]:
    """Every question and note as it was typed, so that nothing is lost when the step is refused."""
    kept = {name: sent[name] for name in sent if name == _WHOLE or name == "note" or _ROW.fullmatch(name)}
    return kept | {name: sent[name] for name in sent if name.startswith("f-")}
