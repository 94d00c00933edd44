"""Binding: a sentence template with fact ids in double braces becomes a sentence that cites its facts.

`Av {{goal:1.2/2020/boards.total}} nämnder …`; after a bar the style: `{{…|word}}`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ledtrad.core.assessment import Verdict
from ledtrad.core.facts import Fact
from ledtrad.core.language.writing.numbers import Gender, number_word, write_number
from ledtrad.core.language.writing.outcomes import write_absence
from ledtrad.core.language.writing.phrases import capitalised, write_verdict
from ledtrad.core.language.writing.units import write_quantity, write_spelled
from ledtrad.core.outcomes import Absence
from ledtrad.core.quantities import COUNT, Quantity

_SLOT = re.compile(r"(?<!\{)\{\{\s*([^{}|\s]+)\s*(?:\|\s*([^{}|\s]+)\s*)?\}\}(?!\})")


class Cite(NamedTuple):
    """The stretch `start:end` of the text states this fact, as it was when its fingerprint was taken."""

    start: int
    end: int
    fact: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class BoundText:
    """A finished sentence and what it cites, in order."""

    text: str
    cites: tuple[Cite, ...] = ()


class UnknownFactError(LookupError):
    """A template cites a fact that the sheet does not hold."""


class TemplateError(ValueError):
    """A template is not well formed, or asks for a style that does not suit the fact."""


def cited_facts(template: str) -> tuple[str, ...]:
    """The ids of the facts that a template cites, in order."""
    return tuple(match[1] for match in _SLOT.finditer(template))


def bind(template: str, facts: Mapping[str, Fact]) -> BoundText:
    """The template with every `{{fact-id}}` or `{{fact-id|style}}` written out, and its citations.

    Styles: `word` and `word-ett` (elva; en/ett after the noun), `Word` and `Word-ett` (at the start of a sentence),
    `number` (without unit), `spelled` (10 procent), `verdict` and `Verdict` (helt, Helt). Raises UnknownFactError,
    and TemplateError for braces that do not pair and for a style that does not suit the fact.
    """
    text, cites, position = "", [], 0
    for match in _SLOT.finditer(template):
        text += _plain(template[position : match.start()], template)
        fact = _fact(match[1], facts, template)
        written = write_fact(fact, match[2] or "")
        cites.append(Cite(len(text), len(text) + len(written), fact.id, fact.fingerprint))
        text += written
        position = match.end()
    return BoundText(text + _plain(template[position:], template), tuple(cites))


def write_fact(fact: Fact, style: str = "") -> str:
    """The fact's value in words, in one of the styles of `bind`. TemplateError for a style that does not suit it."""
    value = fact.value
    is_suited = style in _UNIT_STYLES or (isinstance(value, Quantity) and value.unit == COUNT)
    if isinstance(value, Quantity) and style in _QUANTITY_STYLES and is_suited:
        return _QUANTITY_STYLES[style](value)
    if isinstance(value, Verdict) and style in ("", "verdict", "Verdict"):
        word = write_verdict(value)
        return capitalised(word) if style == "Verdict" else word
    if isinstance(value, Absence) and not style:
        return write_absence(value)
    raise TemplateError(f"the style {style!r} does not suit the fact {fact.id}")


def _word(gender: Gender, capital: bool = False) -> Callable[[Quantity], str]:
    def write(quantity: Quantity) -> str:
        word = number_word(int(quantity.value), gender) if quantity.value == int(quantity.value) else None
        text = word or write_quantity(quantity)
        return capitalised(text) if capital else text

    return write


_UNIT_STYLES = ("", "number", "spelled")  # a word for the number alone would lose the unit
_QUANTITY_STYLES: dict[str, Callable[[Quantity], str]] = {
    "": write_quantity,
    "word": _word(Gender.COMMON),
    "word-ett": _word(Gender.NEUTER),
    "Word": _word(Gender.COMMON, capital=True),
    "Word-ett": _word(Gender.NEUTER, capital=True),
    "number": lambda quantity: write_number(quantity.value, quantity.decimals),
    "spelled": write_spelled,
}


def _fact(fact_id: str, facts: Mapping[str, Fact], template: str) -> Fact:
    try:
        return facts[fact_id]
    except KeyError:
        raise UnknownFactError(f"no fact with the id {fact_id}, cited in: {template}") from None


def _plain(text: str, template: str) -> str:
    if "{{" in text or "}}" in text:
        raise TemplateError(f"braces that do not enclose a fact id in: {template}")
    return text
