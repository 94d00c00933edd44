"""Writing the narrative of a goal's section."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.annual_report.actions.drafting import edition_id
from ledtrad.apps.annual_report.models import Edition, Part, PartKind
from ledtrad.apps.annual_report.policies import check_is_draft, check_picture
from ledtrad.apps.annual_report.queries.editions import latest_edition
from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.chain import canonical
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.goals.models import Objective
from ledtrad.apps.goals.policies import check_goals_known
from ledtrad.core.document import Image, NarrativePart


@transaction.atomic
def write_section(
    *,
    year: int,
    goal: str,
    narrative: Sequence[NarrativePart],
    activities: Sequence[str] = (),
    image: Image | None = None,
    by: str,
    at: datetime,
) -> None:
    """Replace what is written about `goal` (or a sub-area) in the year's draft. Figures are bound later."""
    check_actor(by)
    edition = check_is_draft(latest_edition(year), year)
    found = {row.code: row for row in Objective.objects.in_year(year).filter(code=goal)}
    check_goals_known([goal], year, found)
    mine = Part.objects.filter(edition=edition, objective=found[goal])
    before = [_as_told(part) for part in mine.order_by("place")]
    mine.delete()
    parts = list(_parts(edition, found[goal], narrative, activities, image))
    Part.objects.bulk_create(parts)
    record(
        by=by,
        at=at,
        action="annual_report.write_section",
        objects=(edition_id(edition), f"goal:{goal}/{year}"),
        before=before or None,
        after=[_as_told(part) for part in parts],
    )


def _parts(
    edition: Edition,
    objective: Objective,
    narrative: Sequence[NarrativePart],
    activities: Sequence[str],
    image: Image | None,
) -> Iterator[Part]:
    def part(place: int, kind: PartKind, **content: str) -> Part:
        return Part(edition=edition, objective=objective, kind=kind, place=place, **content)

    if image is not None:
        yield part(0, PartKind.IMAGE, **_picture(image))
    if activities:
        yield part(1, PartKind.ACTIVITIES, paragraphs_json=canonical([list(activities)]))
    for place, written in enumerate(narrative, start=2):
        yield part(
            place,
            PartKind.NARRATIVE,
            heading=written.heading,
            paragraphs_json=canonical([list(sentences) for sentences in written.paragraphs]),
            pull_quote_json=canonical(written.pull_quote),
            **_picture(written.image),
        )


def _picture(image: Image | None) -> dict[str, str]:
    if image is None:
        return {}
    check_picture(image.alt)
    return {"image_alt": image.alt, "image_source": image.source, "image_credit": image.credit}


def _as_told(part: Part) -> dict[str, Any]:
    told = {
        "heading": part.heading,
        "paragraphs": json.loads(part.paragraphs_json),
        "quote": json.loads(part.pull_quote_json),
        "image": [part.image_source, part.image_alt, part.image_credit] if part.image_alt else None,
    }
    return {name: value for name, value in told.items() if value not in ("", None, [])}
