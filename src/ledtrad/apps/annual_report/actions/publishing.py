"""Publishing: from here on the edition never changes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from ledtrad.apps.annual_report.actions.drafting import edition_id
from ledtrad.apps.annual_report.models import BoundSection, CheckRun, Edition, Finding
from ledtrad.apps.annual_report.policies import check_is_draft, check_may_publish
from ledtrad.apps.annual_report.queries.editions import latest_edition
from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.goals.models import Level, Objective
from ledtrad.core.assessment import Decision


@transaction.atomic
def publish_edition(*, year: int, decision: Decision | None = None, by: str, at: datetime) -> int:
    """Publish the year's draft; answers its number.

    Refused while a section is not bound, has changed since it was checked, or has an error left.
    """
    check_actor(by)
    edition = check_is_draft(latest_edition(year), year)
    sections = dict(BoundSection.objects.filter(edition=edition).values_list("objective__code", "fingerprint"))
    check_may_publish(_unbound(edition, sections), *_unchecked_and_erring(edition, sections))
    edition.state = Edition.State.PUBLISHED
    edition.published_at, edition.published_by = at, by
    if decision is not None:
        edition.decision_body, edition.decision_day = decision.body, decision.day
        edition.decision_paragraph, edition.decision_case_number = decision.paragraph, decision.case_number
    edition.save()
    record(
        by=by,
        at=at,
        action="annual_report.publish_edition",
        objects=(edition_id(edition),),
        after={"sections": {code or "": fingerprint for code, fingerprint in sections.items()}},
    )
    return edition.number


def _unbound(edition: Edition, sections: dict[str | None, str]) -> list[str]:
    goals = Objective.objects.in_year(edition.year).filter(level=Level.AREA).values_list("code", flat=True)
    return [code for code in goals if code not in sections]


def _unchecked_and_erring(edition: Edition, sections: dict[str | None, str]) -> tuple[list[str], list[str]]:
    """Goals whose latest check was of another text, and goals whose latest check found an error."""
    latest = CheckRun.objects.filter(edition=edition).values("objective").annotate(last=Max("id")).values("last")
    runs = dict(CheckRun.objects.filter(id__in=latest).values_list("objective__code", "section_fingerprint"))
    errors = Finding.objects.filter(run__in=latest, severity="error")
    unchecked = [code for code, fingerprint in sections.items() if code and runs.get(code) != fingerprint]
    return unchecked, sorted(set(errors.values_list("run__objective__code", flat=True)))
