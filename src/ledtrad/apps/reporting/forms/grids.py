"""A whole grid sent as an ordinary form: which rows its writer has changed, and what cannot be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ledtrad.apps.reporting.actions import RowSave
from ledtrad.apps.reporting.queries import ReportRow
from ledtrad.apps.reporting.queries.workspace import Workspace
from ledtrad.core.reporting import Unstorable, read_content


def changed(
    saves: Sequence[RowSave], rows: Mapping[int, ReportRow], seen: Mapping[int, Mapping[str, str]]
) -> tuple[RowSave, ...]:
    """The rows that differ from what their writer saw: a row that was left alone is not sent against anybody."""
    return tuple(save for save in saves if save.row_id not in rows or _differs(save, rows[save.row_id], seen))


def _differs(save: RowSave, row: ReportRow, seen: Mapping[int, Mapping[str, str]]) -> bool:
    before = seen[save.row_id]
    try:
        return dict(read_content(row.frame, save.fields, before).fields) != dict(before)
    except Unstorable:
        return True


def unstorable(saves: Sequence[RowSave], rows: Mapping[int, ReportRow]) -> dict[int, str]:
    """Why rows cannot be stored, each as a sentence by the row."""
    found = {}
    for save in saves:
        try:
            read_content(rows[save.row_id].frame, save.fields)
        except Unstorable as trouble:
            found[save.row_id] = str(trouble)
    return found


def with_typed(found: Workspace, saves: Sequence[RowSave]) -> Workspace:
    """The page with what was typed still in it, resting on the versions that the form was made from."""
    typed = {save.row_id: save for save in saves}
    return replace(found, rows=tuple(_typed(row, typed.get(row.id)) for row in found.rows))


def _typed(row: ReportRow, save: RowSave | None) -> ReportRow:
    if save is None:
        return row
    fields = dict(row.content.fields) | {name: str(text) for name, text in save.fields.items()}
    return replace(row, version=save.rests_on, content=replace(row.content, fields=fields))
