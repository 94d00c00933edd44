"""What editors have written in the sections of an edition."""

import json
from dataclasses import dataclass, field

from ledtrad.apps.annual_report.models import Edition, Part, PartKind
from ledtrad.core.document import Image, NarrativePart


@dataclass(slots=True)
class Narrative:
    """What is written in one section."""

    parts: tuple[NarrativePart, ...] = ()
    activities: tuple[str, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Narratives:
    """What is written in the sections of one edition, by the code of the goal."""

    by_goal: dict[str, Narrative] = field(default_factory=dict)

    def of(self, goal: str) -> Narrative:
        return self.by_goal.get(goal) or Narrative()


def narratives(edition: Edition | None) -> Narratives:
    """Everything written in `edition`; nothing without one. One SQL query."""
    found: dict[str, Narrative] = {}
    rows = Part.objects.filter(edition=edition).select_related("objective").order_by("objective", "place")
    for row in rows if edition is not None else ():
        _add(found.setdefault(row.objective.code, Narrative()), row)
    return Narratives(found)


def _add(narrative: Narrative, row: Part) -> None:
    paragraphs = tuple(tuple(sentences) for sentences in json.loads(row.paragraphs_json))
    image = Image(row.image_alt, row.image_source, row.image_credit) if row.image_alt else None
    if row.kind == PartKind.IMAGE:
        narrative.image = image
    elif row.kind == PartKind.ACTIVITIES:
        narrative.activities = tuple(sentence for sentences in paragraphs for sentence in sentences)
    else:
        part = NarrativePart(row.heading, paragraphs, json.loads(row.pull_quote_json), image)
        narrative.parts = (*narrative.parts, part)
