"""Checking the draft, and answering for a claim that must stand as it is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ledtrad.apps.annual_report.actions.drafting import edition_id
from ledtrad.apps.annual_report.models import BoundSection, CheckRun, Edition, Finding, Statement, StatementKind, Waiver
from ledtrad.apps.annual_report.policies import check_is_draft, check_waiver
from ledtrad.apps.annual_report.queries.editions import latest_edition, waivers
from ledtrad.apps.annual_report.queries.facts import facts_of
from ledtrad.apps.annual_report.queries.stale import StaleCitation, stale_citations
from ledtrad.apps.annual_report.snapshots import from_text
from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.policies import check_actor
from ledtrad.core.checking import CheckResult, check, claims


def record_check(*, year: int, goal: str, by: str, at: datetime) -> CheckResult:
    """Check the bound section of `goal` in the year's draft against today's facts, and keep what was found."""
    return record_checks(year=year, goals=[goal], by=by, at=at)[goal]


@transaction.atomic
def record_checks(*, year: int, goals: Sequence[str] | None = None, by: str, at: datetime) -> dict[str, CheckResult]:
    """Check bound sections (all by default); answers what was found, by goal. Sections not bound are left out."""
    check_actor(by)
    edition = check_is_draft(latest_edition(year), year)
    rows = BoundSection.objects.filter(edition=edition, objective__isnull=False).select_related("objective")
    if goals is not None:
        rows = rows.filter(objective__code__in=goals)
    results = {}
    for row in rows.order_by("objective__sort_key"):
        results[row.objective.code] = _check(edition, row, by, at)
    record_all(
        by=by,
        at=at,
        action="annual_report.record_checks",
        changes=[
            Change((edition_id(edition), f"goal:{code}/{year}"), result.counts()) for code, result in results.items()
        ],
    )
    return results


def _check(edition: Edition, row: BoundSection, by: str, at: datetime) -> CheckResult:
    goal = row.objective.code
    facts = facts_of(goal, edition.year)
    result = check(from_text(row.content_json), facts, waivers(edition))
    stale = stale_citations(edition.year, goal=goal, edition=edition.number, facts=facts)
    result = replace(result, findings=(*result.findings, *_stale_blocks(stale)))
    run = CheckRun.objects.create(
        edition=edition,
        objective=row.objective,
        at=at,
        by=by,
        section_fingerprint=row.fingerprint,
        counts_json=json.dumps(result.counts()),
    )
    Finding.objects.bulk_create(
        Finding(
            edition=edition,
            run=run,
            place=place,
            kind=found.kind,
            severity=found.severity.value,
            sentence_id=found.sentence or "",
            message=found.message,
            claims_json=json.dumps(list(found.claims)),
        )
        for place, found in enumerate(result.findings)
    )
    return result


def _stale_blocks(stale: Sequence[StaleCitation]) -> Iterator[claims.Finding]:
    """One finding for each block that shows an outdated figure. Sentences are the checker's own business."""
    blocks = {one.sentence: one for one in stale if one.kind != StatementKind.SENTENCE}
    for one in blocks.values():
        message = f"”{one.text}” visar uppgifter som har ändrats sedan avsnittet sammanställdes. Uppdatera avsnittet."
        yield claims.Finding("stale", claims.Severity.ERROR, one.sentence, message)


@transaction.atomic
def waive_claim(*, year: int, sentence: str, text: str, because: str, by: str, at: datetime) -> None:
    """Answer for the claim `text` in a sentence of the draft as it stands. Refused without a reason."""
    check_actor(by)
    edition = check_is_draft(latest_edition(year), year)
    statement = Statement.objects.filter(edition=edition, sentence_id=sentence).select_related("objective").first()
    check_waiver(because, statement is not None)
    assert statement is not None
    Waiver.objects.update_or_create(
        edition=edition,
        sentence_id=sentence,
        claim_text=text,
        defaults={"objective": statement.objective, "because": because.strip(), "by": by, "at": at},
    )
    record(
        by=by,
        at=at,
        action="annual_report.waive_claim",
        objects=(edition_id(edition), sentence),
        after={"text": text, "because": because.strip()},
    )
