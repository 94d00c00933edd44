"""The annual reports: an edition for each year, its sections written, bound to their facts, and checked."""

from datetime import datetime

from ledtrad.apps.annual_report.actions import (
    bind_sections,
    draft_edition,
    publish_edition,
    record_checks,
    write_section,
)
from ledtrad.core.checking.claims import CheckResult, Severity
from ledtrad.core.document import Image, NarrativePart
from ledtrad.site.demo_city.assessments import assessed_goals
from ledtrad.site.demo_city.building import Found
from ledtrad.site.demo_city.loading.goals import decision
from ledtrad.site.demo_city.narrative import TextPart, goal_text
from ledtrad.site.demo_city.tables import GoalRow

PUBLISHER = "Stockholms stad (demo)"


def write(year: int, *, by: str, at: datetime) -> None:
    """Begin the year's edition and write every section."""
    draft_edition(year=year, title=f"Årsredovisning {year}", publisher=PUBLISHER, by=by, at=at)
    for goal in assessed_goals():
        _write_goal(goal, year, by, at)


def _write_goal(goal: GoalRow, year: int, by: str, at: datetime) -> None:
    text = goal_text(goal.code, year)
    write_section(
        year=year,
        goal=goal.code,
        narrative=[_part(part) for part in text.parts],
        activities=text.activities,
        image=Image(goal.image_alt),
        by=by,
        at=at,
    )


def _part(part: TextPart) -> NarrativePart:
    return NarrativePart(part.heading, part.paragraphs, part.quoted)


def bind_and_check(year: int, checks: list[Found], *, by: str, at: datetime) -> None:
    """Compose every section with its figures bound, check them all, and keep what was found, also in `checks`."""
    bind_sections(year=year, by=by, at=at)
    for goal, result in record_checks(year=year, by=by, at=at).items():
        checks.append(_found(year, goal, result))


def _found(year: int, goal: str, result: CheckResult) -> Found:
    counts = result.counts()
    severe = [finding.severity for finding in result.findings]
    return Found(
        year,
        goal,
        claims=counts["claims"],
        bound=counts["bound"],
        contradicted=counts["contradicted"],
        errors=severe.count(Severity.ERROR),
        warnings=severe.count(Severity.WARNING),
    )


def publish(year: int, *, by: str, at: datetime) -> None:
    """From here on the year's report never changes."""
    publish_edition(year=year, decision=decision(year), by=by, at=at)
