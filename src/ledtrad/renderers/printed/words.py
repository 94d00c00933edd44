"""The words that the printed forms add of their own, in the language of the document."""

import unicodedata

from ledtrad.core.assessment import Verdict
from ledtrad.core.language.writing import Language, capitalised, write_verdict

_WORDS = {
    "sv": {
        "target": "Årsmål",
        "outcome": "Utfall",
        "forecast": "Prognos",
        "verdict": "Måluppfyllelse",
        "comment": "Kommentar",
        "new": "Ny indikator",
        "unnamed": "Indikator utan namn",
        "none": "Saknar utfall",
        "silent": "Saknar svar",
        "missing": "saknas",
        "of": "Totalt",
        "picture": "Bild",
        "photo": "Foto",
        "next": "Nästa avsnitt",
        "year": "År",
        "goal": "Årsmål",
        "register": "Belägg",
        "register_intro": "Varje understruken uppgift bygger på ett faktum. Här står vilket, i textens ordning.",
        "place": "Mening",
        "value": "Uppgift",
        "fact": "Faktum",
        "contents": "Innehåll",
        "page": "Sida",
        "page_of": "av",
    },
    "en": {
        "target": "Target",
        "outcome": "Outcome",
        "forecast": "Forecast",
        "verdict": "Fulfilment",
        "comment": "Comment",
        "new": "New indicator",
        "unnamed": "Indicator without a name",
        "none": "No outcome",
        "silent": "No answer",
        "missing": "missing",
        "of": "Total",
        "picture": "Picture",
        "photo": "Photo",
        "next": "Next section",
        "year": "Year",
        "goal": "Target",
        "register": "Evidence",
        "register_intro": "Every underlined figure rests on a fact. Here they stand, in the order of the text.",
        "place": "Sentence",
        "value": "Figure",
        "fact": "Fact",
        "contents": "Contents",
        "page": "Page",
        "page_of": "of",
    },
}


def language_of(tag: str) -> Language:
    """The written language of a BCP 47 tag; Swedish for every one that is not English."""
    return "en" if tag.lower().startswith("en") else "sv"


def words_for(language: Language) -> dict[str, str]:
    return _WORDS[language]


def verdict_word(verdict: Verdict | None, language: Language) -> str:
    """ "Helt", "Delvis", "Ej", or that there is no outcome to judge."""
    return capitalised(write_verdict(verdict, language)) if verdict else _WORDS[language]["none"]


def slug(verdict: Verdict | None) -> str:
    """The name of the drawn symbol."""
    return verdict.value if verdict else "none"


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only spaces, controls and other signs without a shape."""
    return all(unicodedata.category(sign)[0] in "ZC" for sign in text)
