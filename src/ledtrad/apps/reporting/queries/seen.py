"""What a writer saw when a form was fetched, to tell what has been changed in it since."""

from collections.abc import Collection, Mapping, Sequence

from ledtrad.apps.reporting.models import RowVersion
from ledtrad.apps.reporting.queries.rows import ReportRow, fields_of


def seen_fields(rows: Sequence[ReportRow], versions: Mapping[int, int]) -> dict[int, Mapping[str, str]]:
    """The fields of each row in the version that its writer saw. One SQL query at most: for rows that have moved on."""
    seen: dict[int, Mapping[str, str]] = {}
    earlier: list[ReportRow] = []
    for row in rows:
        if versions.get(row.id, row.version) == row.version:
            seen[row.id] = row.content.fields
        else:
            earlier.append(row)
            seen[row.id] = fields_of(row.kind, "")
    return seen | (_stored(earlier, versions) if earlier else {})


def _stored(rows: Collection[ReportRow], versions: Mapping[int, int]) -> dict[int, Mapping[str, str]]:
    kinds = {row.id: row.kind for row in rows}
    numbers = {versions[row.id] for row in rows}
    found = RowVersion.objects.filter(row_id__in=kinds, number__in=numbers)
    return {
        row: fields_of(kinds[row], content)
        for row, number, content in found.values_list("row_id", "number", "content")
        if versions[row] == number
    }
