"""The demo city's texts: what each goal aims at, why the city judged as it did, and the narrative, year by year."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ledtrad.core.assessment import Ground


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading with paragraphs of sentence templates; `quote` is one of the sentences, or empty."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    quote: str


@dataclass(frozen=True, slots=True)
class GoalText:
    motive: str
    grounds: tuple[Ground, ...]
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
    return GoalText(motive, grounds, tuple(_part(part) for part in content["part"]))


def _part(content: dict[str, str]) -> TextPart:
    paragraphs = tuple(tuple(block.strip().splitlines()) for block in content["text"].strip().split("\n\n"))
    quote = content.get("quote", "")
    if quote and not any(quote in sentences for sentences in paragraphs):
        raise ValueError(f"the quote does not stand in the text: {quote}")
    return TextPart(content["heading"], paragraphs, quote)
