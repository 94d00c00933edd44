"""Sentences whose figures have changed since they were bound."""

from dataclasses import dataclass

from ledtrad.apps.annual_report.models import Citation
from ledtrad.apps.annual_report.queries.editions import shown_edition
from ledtrad.apps.annual_report.queries.facts import facts_of
from ledtrad.core.facts import FactSheet


@dataclass(frozen=True, slots=True)
class StaleCitation:
    """Something stated cites a fact that is no longer as it was; `is_gone` when there is no such fact any more.

    `kind` is "sentence", or that of a block: "indicator", "tally", "verdict", "figure".
    """

    goal: str
    sentence: str
    kind: str
    text: str
    fact: str
    is_gone: bool


def stale_citations(
    year: int, *, goal: str | None = None, edition: int | None = None, facts: FactSheet | None = None
) -> tuple[StaleCitation, ...]:
    """Every citation in the edition whose fact has another fingerprint today, in the order of the text."""
    today = facts_of(None, year) if facts is None else facts
    rows = Citation.objects.filter(edition=shown_edition(year, edition)).order_by(
        "statement__objective__sort_key", "statement__place", "start"
    )
    if goal is not None:
        rows = rows.filter(statement__objective__code=goal)
    fields = ("objective__code", "sentence_id", "kind", "text")
    stated = rows.values_list(*(f"statement__{field}" for field in fields), "fact", "fingerprint")
    return tuple(
        StaleCitation(code or "", sentence, kind, text, fact, fact not in today)
        for code, sentence, kind, text, fact, fingerprint in stated
        if fact not in today or today[fact].fingerprint != fingerprint
    )
