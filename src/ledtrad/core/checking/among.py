"""What a figure is said of: this year and everyone, or another year, one sex, the boards' own indicators.

Such figures are summed among themselves and never held against those of the goal as a whole.
"""

import re

from ledtrad.core.checking.stream import Passage, just_before
from ledtrad.core.language.reading import MentionKind

_EARLIER = re.compile(r"\b(?:föregående|förra|förra årets|fjolårets|i fjol|året (?:före|innan)|tidigare år)\b")
_COMPARED = re.compile(r"\b(?:jämfört med|sedan|än|mot)\s(?:år\s)?$")
_SEX = re.compile(r"\b(?:för|bland|hos)\s(kvinnor|män|flickor|pojkar|tjejer|killar)\b")
_OWN = re.compile(r"\b(?:egna|nämndens|nämndernas egna)\b")
_MEASURED = re.compile(
    r"\b(?:uppföljda|mätta|mätbara)\sindikator|indikator\w*\ssom\s(?:har\s)?(?:kunnat\s)?(?:följts|följas|mätts|mätas)"
)
MEASURED = "measured"


def other_year(passage: Passage, position: int, own: int | None) -> str:
    """The other year that the words at `position` speak of: its number, "earlier", or "" for the section's own.

    The year that stands nearest before decides; where none does, the first one after.
    """
    years = [mention for mention in passage.mentions if mention.kind is MentionKind.YEAR]
    before = [mention for mention in years if mention.end <= position]
    nearest = before[-1] if before else years[0] if years else None
    if nearest is not None and (nearest.value != own if own is not None else _looks_back(passage, nearest.start)):
        return str(nearest.value)
    return "earlier" if nearest is None and _EARLIER.search(passage.lower) else ""


def _looks_back(passage: Passage, position: int) -> bool:
    return _COMPARED.search(just_before(passage.lower, position)) is not None


def among(passage: Passage, noun: str, position: int, own: int | None) -> str:
    """What sets a count apart from those of the goal as a whole; "" when nothing does."""
    other = other_year(passage, position, own)
    if other:
        return other
    if noun != "indicators":
        return ""
    sex = _SEX.search(passage.lower)
    if sex is not None:
        return sex[1]
    if _MEASURED.search(passage.lower) and "av" in passage.lower:
        return MEASURED
    return "own" if _OWN.search(passage.lower) else ""
