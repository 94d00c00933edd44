"""Editions, what checking found in them, and what somebody answers for."""

import json
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.annual_report.models import CheckRun, Edition, Finding, Waiver
from ledtrad.core.checking import claims


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition as it is listed."""

    year: int
    number: int
    title: str
    publisher: str
    is_published: bool
    published_at: datetime | None
    correction_note: str


def editions(year: int) -> tuple[EditionCard, ...]:
    """All editions of a year, oldest first. One SQL query."""
    return tuple(
        EditionCard(
            row.year,
            row.number,
            row.title,
            row.publisher,
            row.state == Edition.State.PUBLISHED,
            row.published_at,
            row.correction_note,
        )
        for row in Edition.objects.filter(year=year)
    )


def shown_edition(year: int, number: int | None = None) -> Edition | None:
    """The edition with this number; without one, the latest published, or the draft where nothing is published."""
    rows = Edition.objects.filter(year=year)
    if number is not None:
        return rows.filter(number=number).first()
    return max(rows, key=lambda row: (row.state == Edition.State.PUBLISHED, row.number), default=None)


def latest_edition(year: int) -> Edition | None:
    return Edition.objects.filter(year=year).order_by("-number").first()


def findings(year: int, goal: str, *, number: int | None = None) -> tuple[claims.Finding, ...]:
    """What the latest check of a goal's section found. Three SQL queries."""
    edition = shown_edition(year, number)
    run = CheckRun.objects.filter(edition=edition, objective__code=goal).order_by("-id").first()
    if edition is None or run is None:
        return ()
    return tuple(
        claims.Finding(
            row.kind,
            claims.Severity(row.severity),
            row.sentence_id or None,
            row.message,
            tuple(json.loads(row.claims_json)),
        )
        for row in Finding.objects.filter(run=run)
    )


def waivers(edition: Edition) -> tuple[claims.Waiver, ...]:
    """The claims that somebody answers for in this edition. One SQL query."""
    rows = Waiver.objects.filter(edition=edition).order_by("id")
    return tuple(claims.Waiver(row.sentence_id, row.claim_text, row.by, row.because) for row in rows)
