"""Labelled fields and table rows into indicators: "Årsmål: 88,5 %", "Utfall: …", or a table with those heads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledtrad.core.assessment import Forecast, IndicatorResult
from ledtrad.core.document import IndicatorBlock, Sentence, SentenceIds
from ledtrad.core.language.reading import is_blank, read_outcome, read_target, read_verdict, split_sentences
from ledtrad.readers.report_text.plain import FIELD

_NEW = re.compile(r"\bny(?:tt)? (?:indikator|årsmål|mått)\b|\(ny(?:\s\d{4})?\)", re.IGNORECASE)
_HEADS = (
    ("name", re.compile(r"indikator|nyckeltal|mått$", re.IGNORECASE)),
    ("target", re.compile(r"^(?:års)?mål(?:värde)?(?:\s(?:år\s)?\d{4})?$", re.IGNORECASE)),
    ("outcome", re.compile(r"^utfall(?:\stotalt)?(?:\s(?:år\s)?\d{4})?$", re.IGNORECASE)),
    ("women", re.compile(r"kvinnor|flickor", re.IGNORECASE)),
    ("men", re.compile(r"\bmän\b|pojkar", re.IGNORECASE)),
    ("forecast", re.compile(r"prognos", re.IGNORECASE)),
    ("verdict", re.compile(r"måluppfyll|bedömning|uppfyll", re.IGNORECASE)),
    ("comment", re.compile(r"kommentar|analys|orsak", re.IGNORECASE)),
)


@dataclass(slots=True)
class IndicatorDraft:
    """An indicator while its fields are being gathered."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    years: dict[str, str] = field(default_factory=dict)

    def add(self, text: str) -> bool:
        """Take one labelled field. False when the indicator already has it: then a new one has begun."""
        match = FIELD.fullmatch(text)
        assert match is not None
        key, year, value = _field_key(match[1]), match[2] or "", match[3]
        if key in self.fields and year and year != self.years.get(key, year):
            # "Utfall 2019:" below "Utfall 2020:" is history, not a new indicator.
            self.lines.append(text)
            return True
        if key in self.fields and not (is_blank(self.fields[key]) and key == "comment"):
            return False
        self.fields[key] = value.strip()
        self.years[key] = year
        if key not in ("comment", "status"):
            self.lines.append(text)
        return True

    def block(self, ids: SentenceIds, number: int) -> IndicatorBlock:
        comment = self.fields.get("comment", "")
        result = IndicatorResult(
            self.name.strip(),
            outcome=read_outcome(self.fields.get("outcome", ""), comment),
            verdict=read_verdict(self.fields.get("verdict", "")),
            forecast=_forecast(self.fields.get("forecast", "")),
            is_new=_NEW.search(f"{self.name} {comment} {self.fields.get('status', '')}") is not None,
            comment=comment,
        )
        return IndicatorBlock(
            f"indikator-{number}",
            _with_target(result, self.fields.get("target", "")),
            tuple(Sentence(ids.new(text), text) for text in split_sentences(comment)),
            lines=tuple(Sentence(ids.new(text), text) for text in self.lines),
        )


def _field_key(label: str) -> str:
    label = label.lower()
    if label.startswith(("årsmål", "mål")) and not label.startswith("måluppfyll"):
        return "target"
    if label.startswith(("utfall", "resultat")):
        return "outcome"
    if label.startswith("prognos"):
        return "forecast"
    return "verdict" if label.startswith(("måluppfyll", "bedömning")) else _REST.get(label, "comment")


_REST = {"status": "status", "enhet": "unit", "periodicitet": "periodicity", "orsak": "comment"}


def _with_target(result: IndicatorResult, text: str) -> IndicatorResult:
    found = read_target(text)
    if found is None:
        return result
    target, sense_known = found
    return IndicatorResult(
        result.name,
        target,
        result.outcome,
        result.verdict,
        result.forecast,
        result.is_new,
        result.comment,
        sense_known=sense_known,
    )


def _forecast(text: str) -> Forecast | None:
    if not text or is_blank(text):
        return None
    verdict, value = read_verdict(text), read_target(text)
    number = value[0].stated if value else None
    return Forecast(number, verdict) if verdict or number else None


def table_heads(cells: tuple[str, ...]) -> dict[int, str] | None:
    """Which column is what, where a row is the head of an indicator table: it has both a target and an outcome."""
    heads: dict[int, str] = {}
    # The latest year first: where a table shows several, the others are history.
    for column, cell in sorted(enumerate(cells), key=lambda pair: (-_year_in(pair[1]), pair[0])):
        key = next((key for key, pattern in _HEADS if pattern.search(cell.strip()) and key not in heads.values()), None)
        if key is not None:
            heads[column] = key
    if 0 not in heads and {"target", "outcome"} <= set(heads.values()):
        heads[0] = "name"
    return heads if {"name", "target", "outcome"} <= set(heads.values()) else None


def _year_in(cell: str) -> int:
    year = re.search(r"(?:19|20)\d\d", cell)
    return int(year.group()) if year else 0


_LABELS = {
    "target": "Årsmål",
    "outcome": "Utfall",
    "verdict": "Måluppfyllelse",
    "forecast": "Prognos",
    "comment": "Kommentar",
}


def from_row(cells: tuple[str, ...], heads: dict[int, str]) -> IndicatorDraft | None:
    """The indicator of one table row; None for a row without a name."""
    found = {key: cells[column].strip() for column, key in heads.items() if column < len(cells)}
    if not found.get("name"):
        return None
    draft = IndicatorDraft(found["name"])
    if found.get("women") and found.get("men") and not is_blank(found["women"]):
        found["outcome"] = f"Totalt {found['outcome']}. Varav kvinnor {found['women']}, män {found['men']}"
    for text in _row_fields(found):
        draft.add(text)
    return draft


def _row_fields(found: dict[str, str]) -> Iterator[str]:
    for key, label in _LABELS.items():
        if key in found:
            yield f"{label}: {found[key]}"
