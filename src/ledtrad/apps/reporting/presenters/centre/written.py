"""What is written in a row, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledtrad.apps.reporting.presenters.workspace.words import field_word, progress_words, verdict_words
from ledtrad.core.reporting.contents import FIELDS, LONG_TEXTS


@dataclass(frozen=True, slots=True)
class ShownField:
    field: str
    word: str
    text: str
    is_long: bool


class Words:
    """What fields and choices are called, looked up once for a page with hundreds of rows."""

    def __init__(self) -> None:
        self.fields = {name: field_word(name) for names in FIELDS.values() for name in names} | {"": ""}
        verdicts = verdict_words()
        self.choices = {"verdict": verdicts, "forecast_verdict": verdicts, "progress": progress_words()}

    def shown(self, fields: Mapping[str, str]) -> Iterator[ShownField]:
        """What is written in a row, field by field, choices as their words."""
        for name, text in fields.items():
            if text:
                word = self.choices[name].get(text, text) if name in self.choices else text
                yield ShownField(name, self.fields[name], word, name in LONG_TEXTS)
