"""The demo city's texts: what each goal aims at, why the city judged as it did, and the narrative, year by year."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ledtrad.core.assessment import Ground


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading with paragraphs of sentence templates; `quoted` is the place of the sentence to lift out."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    quoted: int | None


@dataclass(frozen=True, slots=True)
class GoalText:
    """What is written about a goal in a year. `activities` are sentences on how planned work was carried out."""

    motive: str
    grounds: tuple[Ground, ...]
    activities: tuple[str, ...]
    parts: tuple[TextPart, ...]


def _toml(*path: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("texts", *path).read_text("utf-8"))


@cache
def aims() -> dict[str, str]:
    return _toml("aims.toml")


@cache
def goal_text(goal: str, year: int) -> GoalText:
    """The text of one goal in one year. ValueError when a quote is not one of the sentences."""
    content = _toml(str(year), f"{goal}.toml")
    motive = " ".join(content["motive"].split())
    grounds = tuple(Ground(ground) for ground in content["grounds"])
    parts = tuple(_part(part) for part in content.get("part", ()))
    return GoalText(motive, grounds, tuple(content.get("activities", ())), parts)


def _part(content: dict[str, str]) -> TextPart:
    paragraphs = tuple(tuple(block.strip().splitlines()) for block in content["text"].strip().split("\n\n"))
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    quoted = sentences.index(content["quote"]) if "quote" in content else None
    return TextPart(content["heading"], paragraphs, quoted)
