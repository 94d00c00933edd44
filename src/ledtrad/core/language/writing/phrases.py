"""The small phrases that every sentence is made of: verdict words, lists, "17 av 29 nämnder"."""

from collections.abc import Sequence

from ledtrad.core.assessment import Verdict
from ledtrad.core.language.writing.numbers import CountStyle, Gender, Language, write_count

_VERDICTS = {
    "sv": {Verdict.MET: "helt", Verdict.PARTLY: "delvis", Verdict.NOT_MET: "ej"},
    "en": {Verdict.MET: "met", Verdict.PARTLY: "partly met", Verdict.NOT_MET: "not met"},
}


def write_verdict(verdict: Verdict, language: Language = "sv") -> str:
    """ "helt", "delvis" or "ej"; in English "met", "partly met", "not met"."""
    return _VERDICTS[language][verdict]


def write_genitive(name: str) -> str:
    """ "Stockholms stads"; a name that ends in s, x or z stays as it is: "Borås"."""
    return name if name[-1:].lower() in {"s", "x", "z"} else f"{name}s"


def write_list(items: Sequence[str], language: Language = "sv") -> str:
    """ "a", "a och b", "a, b och c"; empty for nothing."""
    if len(items) < 2:
        return "".join(items)
    word = "och" if language == "sv" else "and"
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def write_out_of(
    part: int,
    total: int,
    one: str,
    many: str,
    *,
    style: CountStyle = CountStyle.DIGITS,
    gender: Gender = Gender.COMMON,
) -> str:
    """ "17 av 29 nämnder". The noun follows the total: "1 av 1 nämnd"."""
    style = style_for((part, total), style)
    noun = one if total == 1 else many
    return f"{write_count(part, style, gender)} av {write_count(total, style, gender)} {noun}"


def style_for(counts: Sequence[int], style: CountStyle) -> CountStyle:
    """Words only where every count of the sentence has one: a sentence does not mix "elva" with "29"."""
    return style if all(0 < count <= 12 for count in counts) else CountStyle.DIGITS


def capitalised(text: str) -> str:
    """With a capital first letter, the rest as it stands."""
    return text[:1].upper() + text[1:]
