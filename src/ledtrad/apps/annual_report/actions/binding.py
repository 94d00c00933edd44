"""Binding: sections are composed from today's figures and kept, every cited fact with its fingerprint."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ledtrad.apps.annual_report.actions.drafting import edition_id
from ledtrad.apps.annual_report.models import BoundSection, Citation, Edition, Statement
from ledtrad.apps.annual_report.policies import check_is_draft
from ledtrad.apps.annual_report.queries.composing import ComposedYear, compose_year
from ledtrad.apps.annual_report.queries.editions import latest_edition
from ledtrad.apps.annual_report.snapshots import to_text
from ledtrad.apps.annual_report.statements import statements_of
from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused, check_actor
from ledtrad.apps.goals.models import Objective
from ledtrad.apps.goals.policies import check_goals_known
from ledtrad.core.document import Document
from ledtrad.core.facts import Fact
from ledtrad.core.language.writing import TemplateError, UnknownFactError

_BATCH = 400


@transaction.atomic
def bind_sections(*, year: int, goals: Sequence[str] | None = None, by: str, at: datetime) -> None:
    """Compose the sections of `goals` (all of them by default) in the year's draft, and the year's frame.

    Doing it again refreshes what had become stale. Refused, with nothing changed, when a text cites a figure that
    does not exist.
    """
    check_actor(by)
    edition = check_is_draft(latest_edition(year), year)
    composed = compose_year(year, edition)
    known = {goal.code: goal for goal in composed.goals} if composed else {}
    codes = list(known) if goals is None else list(goals)
    check_goals_known(codes or [""], year, known)
    assert composed is not None
    documents = {code: _section(composed, code) for code in codes}
    rows = {row.code: row for row in Objective.objects.in_year(year).filter(code__in=codes)}
    before = dict(BoundSection.objects.filter(edition=edition).values_list("objective__code", "fingerprint"))
    bound = [_keep(edition, rows[code], documents[code], composed.facts, by, at) for code in codes]
    _keep(edition, None, composed.frame(), composed.facts, by, at)
    record_all(
        by=by,
        at=at,
        action="annual_report.bind_sections",
        changes=[
            Change(
                (edition_id(edition), f"goal:{code}/{year}"),
                {"fingerprint": kept.fingerprint},
                {"fingerprint": before[code]} if code in before else None,
            )
            for code, kept in zip(codes, bound, strict=True)
        ],
    )


def _section(composed: ComposedYear, code: str) -> Document:
    goal = composed.goal(code)
    assert goal is not None
    try:
        return composed.section(goal)
    except UnknownFactError as error:
        raise Refused(
            "Texten om mål {code} hänvisar till en uppgift som inte finns. {error}", code=code, error=error
        ) from error
    except (TemplateError, ValueError) as error:
        raise Refused("Texten om mål {code} går inte att sammanställa. {error}", code=code, error=error) from error


def _keep(
    edition: Edition,
    objective: Objective | None,
    document: Document,
    facts: Mapping[str, Fact],
    by: str,
    at: datetime,
) -> BoundSection:
    """Replace what was bound before. Only a draft comes here; the database refuses it for a published edition."""
    BoundSection.objects.filter(edition=edition, objective=objective).delete()
    before = Statement.objects.filter(edition=edition, objective=objective)
    # By id rather than by a join: without fresh statistics, as in one great transaction, PostgreSQL joins table
    # to table row by row.
    Citation.objects.filter(statement__in=list(before.values_list("id", flat=True))).delete()
    before.delete()
    content = to_text(document)
    made = BoundSection.objects.create(
        edition=edition,
        objective=objective,
        content_json=content,
        fingerprint=hashlib.sha256(content.encode()).hexdigest(),
        bound_by=by,
        bound_at=at,
    )
    _keep_statements(edition, objective, document, facts)
    return made


def _keep_statements(
    edition: Edition, objective: Objective | None, document: Document, facts: Mapping[str, Fact]
) -> None:
    found = list(statements_of(document, facts))
    rows = Statement.objects.bulk_create(
        (
            Statement(
                edition=edition, objective=objective, place=place, kind=one.kind, sentence_id=one.id, text=one.text
            )
            for place, one in enumerate(found)
        ),
        batch_size=_BATCH,
    )
    Citation.objects.bulk_create(
        (
            Citation(
                edition=edition,
                statement=row,
                start=cite.start,
                end=cite.end,
                fact=cite.fact,
                fingerprint=cite.fingerprint,
            )
            for row, one in zip(rows, found, strict=True)
            for cite in one.cites
        ),
        batch_size=_BATCH,
    )
