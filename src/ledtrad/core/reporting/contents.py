"""What a row of a report holds, as it was typed: stored as it is, with what is wrong or lacking said beside it.

    indicator     total, women, men, not_measured, forecast, forecast_verdict, comment
    activity      progress, why
    assessment    verdict, result, cause, risk, measure, forecast_met, forecast_partly, forecast_not_met

All are texts; a figure stays as its writer typed it until the report is locked.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ledtrad.core.quantities import COUNT, Unit

LONGEST_TEXT = 20_000
LONGEST_CELL = 200


class RowKind(StrEnum):
    """What a row is about."""

    INDICATOR = "indicator"
    ACTIVITY = "activity"
    ASSESSMENT = "assessment"


FIELDS: dict[RowKind, tuple[str, ...]] = {
    RowKind.INDICATOR: ("total", "women", "men", "not_measured", "forecast", "forecast_verdict", "comment"),
    RowKind.ACTIVITY: ("progress", "why"),
    RowKind.ASSESSMENT: (
        *("verdict", "result", "cause", "risk", "measure"),
        *("forecast_met", "forecast_partly", "forecast_not_met"),
    ),
}
CHOICES = {
    "verdict": ("", "met", "partly", "not_met"),
    "forecast_verdict": ("", "met", "partly", "not_met"),
    "progress": ("", "done", "partly", "not_done", "stopped"),
}
LONG_TEXTS = frozenset(["not_measured", "comment", "why", "result", "cause", "risk", "measure"])


class Unstorable(ValueError):
    """What was sent cannot be kept at all. The message is a whole Swedish sentence; nothing of it is stored."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a row is judged by, pinned when the report was opened.

    `is_due` says whether an outcome is expected in the period, by the indicator's periodicity. `tertial` 0 is the
    whole year; at tertials forecasts are asked for.
    """

    kind: RowKind
    tertial: int = 0
    unit: Unit = COUNT
    by_sex: bool = False
    is_due: bool = True

    @property
    def asks_forecast(self) -> bool:
        return self.tertial in (1, 2)


@dataclass(frozen=True, slots=True)
class Content:
    """A row as it was typed. `problems` must be mended and `lacking` filled in before the report can be submitted.

    Each is a sentence by the field that it is about; `notices` only ask the writer to look once more.
    """

    fields: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    lacking: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return not self.problems and not self.lacking

    @property
    def is_empty(self) -> bool:
        return not any(self.fields.values())


def empty_content(kind: RowKind) -> dict[str, str]:
    """A row before anybody has written in it."""
    return dict.fromkeys(FIELDS[kind], "")


def cleaned(kind: RowKind, sent: Mapping[str, object], before: Mapping[str, str]) -> dict[str, str]:
    """What will be stored: `before` with what was sent, in NFC, line breaks alike, no blanks at the ends.

    Raises Unstorable for a field that such a row does not have, a value that is no text, an unknown choice, control
    characters, and texts that are too long.
    """
    unknown = set(sent) - set(FIELDS[kind])
    if unknown:
        raise Unstorable(f"Fältet {min(unknown)} finns inte på raden. Ingenting har sparats.")
    return empty_content(kind) | dict(before) | {name: _text(name, value) for name, value in sent.items()}


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise Unstorable(f"Fältet {name} ska vara text. Ingenting har sparats.")
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    longest = LONGEST_TEXT if name in LONG_TEXTS else LONGEST_CELL
    if len(text) > longest:
        thousands = f"{longest:,}".replace(",", "\u00a0")
        raise Unstorable(f"Texten har {len(text)} tecken. Den får ha högst {thousands}. Ingenting har sparats.")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        raise Unstorable("Texten innehåller styrtecken som inte går att spara. Ta bort dem och försök igen.")
    if text not in CHOICES.get(name, (text,)):
        raise Unstorable(f"Valet i fältet {name} finns inte. Ingenting har sparats.")
    return text
