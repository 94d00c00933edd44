"""The renderer's own few words, in the language of the document."""

from ledtrad.core.assessment import Verdict
from ledtrad.core.language.writing import Language, capitalised, write_verdict

_SWEDISH = {
    "target": "Årsmål",
    "outcome": "Utfall",
    "forecast": "Prognos",
    "verdict": "Måluppfyllelse",
    "comment": "Kommentar",
    "new": "Ny indikator",
    "year": "År",
    "none": "Saknar utfall",
    "missing": "Saknas",
    "skip": "Hoppa till innehållet",
    "contents": "Innehåll",
    "next": "Nästa avsnitt",
    "picture": "Bild",
    "picture_by": "Foto",
}
_ENGLISH = {
    "target": "Target for the year",
    "outcome": "Outcome",
    "forecast": "Forecast",
    "verdict": "Fulfilment",
    "comment": "Comment",
    "new": "New indicator",
    "year": "Year",
    "none": "No outcome",
    "missing": "Missing",
    "skip": "Skip to the content",
    "contents": "Contents",
    "next": "Next section",
    "picture": "Picture",
    "picture_by": "Photo",
}


class Words:
    """Look-up in the language of a BCP 47 tag; Swedish for every language that the renderer does not know."""

    def __init__(self, tag: str) -> None:
        self.language: Language = "en" if tag.lower().startswith("en") else "sv"
        self._words = _ENGLISH if self.language == "en" else _SWEDISH

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def verdict(self, verdict: Verdict | None) -> str:
        """ "Helt", "Delvis", "Ej", or "Saknar utfall"."""
        return verdict_word(verdict, self.language) if verdict else self["none"]


def verdict_word(verdict: Verdict, language: Language) -> str:
    """The verdict as it stands alone: "Delvis"."""
    return capitalised(write_verdict(verdict, language))
