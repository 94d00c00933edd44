"""The form for a correction: every field of the row, with what stands there now."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.presenters.centre.written import Words
from ledtrad.apps.reporting.presenters.workspace.words import period_title
from ledtrad.apps.reporting.queries import ReportRow
from ledtrad.core.reporting.contents import CHOICES, LONG_TEXTS


@dataclass(frozen=True, slots=True)
class ShownInput:
    """A field to fill in. `choices` are value and word, empty for what is typed; `now` is what stands there."""

    field: str
    word: str
    value: str
    now: str
    is_long: bool
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownCorrecting:
    title: str
    code: str
    unit: str
    report: str
    year: int
    version: int
    address: str
    back: str
    inputs: tuple[ShownInput, ...]
    why: str


def present_correcting(card: ReportCard, row: ReportRow, typed: Mapping[str, str] | None, why: str) -> ShownCorrecting:
    """`typed` is what was sent and refused."""
    where = [card.period.year, card.unit, period_name(card.period)]
    words = Words()
    stands = {one.field: one.text for one in words.shown(row.content.fields)}
    inputs = tuple(
        ShownInput(
            name,
            words.fields[name],
            (typed or row.content.fields).get(name, text),
            stands.get(name, ""),
            name in LONG_TEXTS,
            tuple((value, words.choices[name].get(value, "")) for value in CHOICES.get(name, ())),
        )
        for name, text in row.content.fields.items()
        if _is_asked(name, row)
    )
    return ShownCorrecting(
        row.title,
        row.subject,
        card.unit_name,
        period_title(card.period.tertial, card.period.year),
        card.period.year,
        row.version,
        reverse("correct_row", args=[*where, row.id]),
        reverse("way_up", args=where),
        inputs,
        why,
    )


def _is_asked(name: str, row: ReportRow) -> bool:
    """Fields that such a row is not asked for stand only where something is written in them."""
    if row.content.fields[name]:
        return True
    if name in ("women", "men"):
        return row.frame.by_sex
    return row.frame.asks_forecast if name.startswith("forecast") else True
