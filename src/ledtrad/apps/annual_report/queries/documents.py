"""The report as readers see it: an edition as it was bound, or what there is today where nothing is bound yet."""

from ledtrad.apps.annual_report.models import BoundSection, Edition
from ledtrad.apps.annual_report.queries.composing import ComposedYear, compose_year, filled
from ledtrad.apps.annual_report.queries.editions import shown_edition
from ledtrad.apps.annual_report.snapshots import from_text
from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.core.document import Document
from ledtrad.core.document.composing import section_id


@until_the_log_grows
def document(year: int, goal: str | None = None, *, edition: int | None = None) -> Document | None:
    """The section of `goal`, or the whole year; None when there is none.

    Without an edition's number: the latest published one, else the draft. What an edition has not bound is composed
    from today's figures, so that there is always something to read. At most fifteen SQL queries.
    """
    chosen = shown_edition(year, edition)
    if edition is not None and chosen is None:
        return None
    kept = _kept(chosen, goal)
    if goal is not None:
        return kept.get(goal) or _composed_section(year, goal, chosen)
    if "" in kept:
        return _whole(kept)
    composed = compose_year(year, chosen)
    return _composed_whole(composed, kept) if composed else None


def _kept(edition: Edition | None, goal: str | None) -> dict[str, Document]:
    """What the edition has bound, by goal; the frame under an empty code. One SQL query."""
    if edition is None:
        return {}
    rows = BoundSection.objects.filter(edition=edition)
    if goal is not None:
        rows = rows.filter(objective__code=goal)
    return {code or "": from_text(text) for code, text in rows.values_list("objective__code", "content_json")}


def _composed_section(year: int, goal: str, edition: Edition | None) -> Document | None:
    composed = compose_year(year, edition)
    found = composed.goal(goal) if composed else None
    return composed.section(found) if composed and found else None


def _whole(kept: dict[str, Document]) -> Document:
    sections = {part.id: part for code, one in kept.items() if code for part in one.sections}
    return filled(kept[""], sections)


def _composed_whole(composed: ComposedYear, kept: dict[str, Document]) -> Document:
    sections = {
        section_id(goal.code): (kept.get(goal.code) or composed.section(goal)).sections[0] for goal in composed.goals
    }
    return filled(composed.frame(), sections)
