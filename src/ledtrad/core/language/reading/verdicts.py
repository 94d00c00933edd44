"""Verdicts in words: "helt", "uppnås delvis", "ej uppfyllt"."""

import re

from ledtrad.core.assessment import Verdict

_PARTLY = re.compile(r"\b(?:delvis|till (?:viss )?del)\b", re.IGNORECASE)
_NOT_MET = re.compile(r"\b(?:ej|inte|icke)\b|\bnås? (?:ej|inte)\b", re.IGNORECASE)
_MET = re.compile(r"\b(?:helt|fullt ut|i sin helhet|uppnå(?:s|tts?)|uppfyll(?:s|ts?|d|da)|ja)\b", re.IGNORECASE)


def read_verdict(text: str) -> Verdict | None:
    """The verdict of a short field such as "Delvis" or "Uppnås inte"; None when it names none.

    "Inte helt" says only that it is not met in full; it is no verdict on the scale and gives None.
    """
    if _PARTLY.search(text):
        return Verdict.PARTLY
    if _NOT_MET.search(text):
        return None if re.search(r"\binte helt\b", text, re.IGNORECASE) else Verdict.NOT_MET
    return Verdict.MET if _MET.search(text) else None
