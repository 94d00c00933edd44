"""The numbered corrections of a year: what stood, what stands, who and why."""

import json
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.people.queries import names
from ledtrad.apps.reporting.models import Correction
from ledtrad.apps.reporting.queries.rows import fields_of
from ledtrad.core.periods import Period

PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a corrected row, before and after, as it was typed; "" where nothing stood."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MadeCorrection:
    """One correction. `facts` are the ids of the facts of the annual report that it touches."""

    year: int
    number: int
    unit: str
    unit_name: str
    period: Period
    row_id: int
    row_code: str
    row_title: str
    changes: tuple[ChangedField, ...]
    why: str
    facts: tuple[str, ...]
    made_by: str
    made_at: datetime
    invented: bool


@dataclass(frozen=True, slots=True)
class Corrections:
    """One page of them, the latest first."""

    corrections: tuple[MadeCorrection, ...]
    total: int
    page: int
    pages: int


_FIELDS = (
    *("number", "row__report__unit__slug", "row__report__unit__name", "row__report__tertial", "row_id", "row__kind"),
    *("row__subject", "row__frame", "before", "after", "why", "facts", "made_by", "made_at", "row__report__invented"),
)


def corrections(year: int, *, page: int = 1) -> Corrections:
    """Three SQL queries, however many there are."""
    rows = Correction.objects.filter(year=year)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    found = list(rows.order_by("-number").values_list(*_FIELDS)[(page - 1) * PAGE : page * PAGE])
    called = names(row[12] for row in found)
    made = []
    for number, slug, name, tertial, row, kind, code, frame, before, after, why, facts, by, at, invented in found:
        changes = tuple(_changes(fields_of(kind, before), fields_of(kind, after)))
        title = json.loads(frame).get("title", code)
        made.append(
            MadeCorrection(
                *(year, number, slug, name, Period(year, tertial), row, code, title, changes),
                *(why, tuple(facts.split()), called.get(by, by), at, invented),
            )
        )
    return Corrections(tuple(made), total, page, pages)


def _changes(before: dict[str, str], after: dict[str, str]) -> list[ChangedField]:
    return [
        ChangedField(name, before.get(name, ""), text) for name, text in after.items() if before.get(name, "") != text
    ]
