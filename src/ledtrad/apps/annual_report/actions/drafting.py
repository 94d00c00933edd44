"""Beginning an edition: the year's first, or a correction of one that is published."""

from datetime import datetime

from django.db import transaction

from ledtrad.apps.annual_report.models import Edition, Part
from ledtrad.apps.annual_report.policies import check_may_correct, check_no_edition_yet
from ledtrad.apps.annual_report.queries.editions import latest_edition
from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import check_actor


def edition_id(edition: Edition) -> str:
    """How the log names an edition: `edition:2020/1`."""
    return f"edition:{edition.year}/{edition.number}"


@transaction.atomic
def draft_edition(*, year: int, title: str = "", publisher: str = "", by: str, at: datetime) -> int:
    """Begin the year's first edition; answers its number. Refused when the year has one."""
    check_actor(by)
    check_no_edition_yet(year, latest_edition(year) is not None)
    made = Edition.objects.create(
        year=year,
        number=1,
        title=title or f"Årsredovisning {year}",
        publisher=publisher,
        created_by=by,
        created_at=at,
    )
    record(by=by, at=at, action="annual_report.draft_edition", objects=(edition_id(made),), after={"title": made.title})
    return made.number


@transaction.atomic
def correct_edition(*, year: int, because: str, by: str, at: datetime) -> int:
    """Begin a correction of the published edition, with its narrative carried over; answers its number."""
    check_actor(by)
    latest = check_may_correct(latest_edition(year), year, because)
    made = Edition.objects.create(
        year=year,
        number=latest.number + 1,
        title=latest.title,
        publisher=latest.publisher,
        correction_note=because.strip(),
        created_by=by,
        created_at=at,
    )
    parts = list(Part.objects.filter(edition=latest))
    for part in parts:
        part.pk, part.edition = None, made
    Part.objects.bulk_create(parts)
    record(
        by=by,
        at=at,
        action="annual_report.correct_edition",
        objects=(edition_id(made), edition_id(latest)),
        after={"because": made.correction_note},
    )
    return made.number
