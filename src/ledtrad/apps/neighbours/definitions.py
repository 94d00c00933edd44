"""Definitions as they are kept in the database: JSON, so that nothing of what a neighbour said is lost."""

import json

from ledtrad.core.series.drift import NeighbourDefinition


def as_json(definition: NeighbourDefinition) -> str:
    said = {"title": definition.title, "text": definition.text, "traits": [list(trait) for trait in definition.traits]}
    return json.dumps(said, ensure_ascii=False)


def from_json(text: str) -> NeighbourDefinition:
    said = json.loads(text)
    return NeighbourDefinition(said["title"], said["text"], tuple((name, value) for name, value in said["traits"]))
