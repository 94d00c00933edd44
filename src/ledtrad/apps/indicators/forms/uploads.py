"""What is sent about a file: the file itself, how it is to be understood, and whether it is taken in."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledtrad.apps.audit.policies import Refused
from ledtrad.core.imports import (
    LEFT_OUT,
    NOTHING_SAID,
    About,
    Books,
    Fate,
    Layout,
    LayoutChoice,
    NumberStyle,
    Role,
    fold,
    is_total,
)
from ledtrad.core.imports.choices import Choices
from ledtrad.core.imports.periods import read_period
from ledtrad.core.outcomes import AbsenceKind

MOST_NAMES = 500
_ROLES, _STYLES = frozenset(role.value for role in Role), frozenset(style.value for style in NumberStyle)
_MEANINGS = frozenset((NOTHING_SAID, *(kind.value for kind in AbsenceKind)))


class UploadForm(forms.Form):
    """A file to be sent in."""

    file = forms.FileField(
        allow_empty_file=True, max_length=1000, error_messages={"required": _("Choose a file first.")}
    )


class ConfirmForm(forms.Form):
    """Taking a file in: which preview was seen, how many cells are gone without, and why sums may differ."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$")
    leave_out = forms.IntegerField(required=False, min_value=0)
    accepted = forms.CharField(required=False, max_length=2000)


class RefuseForm(forms.Form):
    """Laying a file aside."""

    why = forms.CharField(max_length=2000, error_messages={"required": _("Write why the file is not to be read in.")})


def read_choices(
    data: Mapping[str, str], before: Choices, layout: Layout, books: Books, sheets: tuple[str, ...]
) -> Choices:
    """The choices that were sent, over those that held. Refused with a sentence for a name that stands for nothing."""
    sheet = data.get("sheet", before.sheet)
    if sheet in sheets and sheet != before.sheet and sheet != data.get("sheet_now", sheet):
        return Choices(sheet)  # another sheet has other columns
    indicators, areas = dict(before.indicator_names), dict(before.area_names)
    for number in range(MOST_NAMES):
        if f"name-{number}" in data:
            known = areas if data.get(f"kind-{number}") == "area" else indicators
            _choose_name(data, number, known, books.areas if known is areas else books.indicators)
    return Choices(
        before.sheet,
        LayoutChoice(_first(data, layout), _roles(data, layout), _whole(data, layout, books)),
        indicators,
        areas,
        _marks(data, before),
        _style(data, before),
    )


def _choose_name(data: Mapping[str, str], number: int, known: dict[str, str], book: Any) -> None:
    name, written = fold(data[f"name-{number}"]), data.get(f"code-{number}", "").strip()
    known.pop(name, None)
    if f"leave-{number}" in data:
        known[name] = LEFT_OUT
    elif written:
        code = book.find(written)
        if not code:
            raise Refused(
                "”{written}” är inget namn eller nummer som finns. Välj ett i listan. Inget val har sparats.",
                written=written[:80],
            )
        known[name] = code


def _first(data: Mapping[str, str], layout: Layout) -> int:
    """The row where the figures begin, as it is numbered in the file."""
    written, offset = data.get("first", ""), data.get("first_row", "1")
    if not written.strip():
        return layout.first
    if not (written.strip().isdecimal() and offset.isdecimal() and 0 <= int(written) - int(offset) < 1_000):
        raise Refused("Skriv vilken rad siffrorna börjar på, till exempel 2. Inget val har sparats.")
    return int(written) - int(offset)


def _roles(data: Mapping[str, str], layout: Layout) -> dict[int, Role]:
    roles = {}
    for number, column in enumerate(layout.columns):
        sent = data.get(f"role-{number}", column.role.value)
        if sent not in _ROLES:
            raise Refused("En kolumn har fått ett val som inte finns. Inget val har sparats.")
        roles[number] = Role(sent)
    return roles


def _whole(data: Mapping[str, str], layout: Layout, books: Books) -> About:
    about = layout.whole
    for part, book in (("indicator", books.indicators), ("area", books.areas)):
        written = data.get(f"whole-{part}", asdict(about)[part]).strip()
        if written and written != asdict(about)[part].strip() and not book.find(written):
            raise Refused(
                "”{written}” är inget namn eller nummer som finns. Välj ett i listan. Inget val har sparats.",
                written=written[:80],
            )
        about = replace(about, **{part: written})
    period = data.get("whole-period", about.period).strip()
    if period and read_period(period) is None:
        raise Refused(
            "”{period}” är inget år. Skriv till exempel 2021 eller 2021-T1. Inget val har sparats.", period=period[:40]
        )
    return replace(about, period=period)


def _marks(data: Mapping[str, str], before: Choices) -> dict[str, str]:
    marks = dict(before.marks)
    for number in range(100):
        meaning = data.get(f"meaning-{number}", "")
        if meaning in _MEANINGS:
            marks[data.get(f"mark-{number}", "")[:60]] = meaning
    return marks


def _style(data: Mapping[str, str], before: Choices) -> NumberStyle:
    sent = data.get("style", before.style.value)
    return NumberStyle(sent) if sent in _STYLES else before.style


def is_area(fate: str, name: str) -> bool:
    """Whether an unmatched name is that of an area: otherwise it is taken for an indicator's."""
    return fate == Fate.UNKNOWN_AREA.value or is_total(name)
