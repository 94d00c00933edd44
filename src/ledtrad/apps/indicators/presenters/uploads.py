"""The pages of files: what becomes of their cells, what stands in the way, and how they are understood."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.indicators.previews import MOST_COLUMNS, ROWS_A_PAGE
from ledtrad.core.imports import IN_THE_WAY, STORED, Fate, Role
from ledtrad.core.language.writing import Language, write_number
from ledtrad.core.outcomes import AbsenceKind

_KINDS = frozenset(kind.value for kind in AbsenceKind)


@dataclass(frozen=True, slots=True)
class FateLine:
    """One fate with how many cells have met it. `tone` is "in", "way" or "still"."""

    fate: str
    word: str
    meaning: str
    count: int
    tone: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell of the grid. `tone` is "" for what is no figure."""

    text: str
    word: str = ""
    before: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """All that the preview says, but for the rows."""

    lines: tuple[FateLine, ...]
    taken_in: int
    in_the_way: int
    names: tuple[dict[str, Any], ...]
    chosen: tuple[dict[str, Any], ...]
    differences: tuple[dict[str, Any], ...]
    roles: tuple[tuple[str, str], ...]
    meanings: tuple[tuple[str, str], ...]
    columns: tuple[dict[str, Any], ...]
    about: tuple[tuple[str, str], ...]


def fate_words() -> dict[Fate, tuple[str, str]]:
    """What each fate is called, and what it means."""
    return {
        Fate.NEW: (_("New"), _("Nothing was known before.")),
        Fate.CHANGED: (_("Changed"), _("Replaces what was known. The earlier figure stays in the history.")),
        Fate.UNCHANGED: (_("Known already"), _("Says the same as before. Nothing is stored anew.")),
        Fate.MISSING: (
            _("No figure"),
            _("A mark or an empty cell: stored as missing, with its reason. Never as zero."),
        ),
        Fate.UNKNOWN_INDICATOR: (_("Unknown indicator"), _("Choose below which indicator is meant, or leave it out.")),
        Fate.UNKNOWN_AREA: (_("Unknown area"), _("Choose below which area is meant, or leave it out.")),
        Fate.UNKNOWN_PERIOD: (_("Unclear year"), _("Choose below which column holds the year, or write it.")),
        Fate.UNKNOWN_GROUP: (_("Unclear sex or group"), _("Its name is not known, or there are two at once.")),
        Fate.NOT_A_NUMBER: (_("Not a number"), _("Neither a figure nor a known mark.")),
        Fate.TWO_NUMBERS: (
            _("Could be two numbers"),
            _("As 1.234 can. Choose below which mark stands before decimals."),
        ),
        Fate.BEFORE_DEFINED: (_("Before the definition"), _("The indicator was not defined in that year.")),
        Fate.TWICE: (
            _("Twice, differently"),
            _("Two cells say different things of the same place. Neither is read in."),
        ),
        Fate.REPEATED: (_("Twice, alike"), _("Says the same as an earlier cell.")),
        Fate.CONTROL: (_("Total"), _("Compared with the sum of its parts, not stored.")),
        Fate.LEFT_OUT: (_("Left out"), _("Somebody has chosen to leave it out.")),
        Fate.SILENT: (_("Says nothing"), _("An empty cell or a mark that changes nothing.")),
    }


def tone_of(fate: Fate) -> str:
    """Whether a cell is taken in, stands in the way, or neither."""
    return "in" if fate in STORED else "way" if fate in IN_THE_WAY else "still"


def absence_words() -> dict[str, str]:
    """What a mark can mean."""
    return {
        "not_measured": _("Not measured"),
        "suppressed": _("Suppressed"),
        "not_applicable": _("Not applicable"),
        "late": _("Not ready yet"),
        "nothing": _("Says nothing; what is known stays"),
    }


def role_words() -> dict[Role, str]:
    """What a column can hold."""
    return {
        Role.IGNORED: _("Is not read"),
        Role.INDICATOR: _("Indicator"),
        Role.AREA: _("Area"),
        Role.YEAR: _("Year"),
        Role.TERTIAL: _("Tertial"),
        Role.SEX: _("Sex"),
        Role.GROUP: _("Group (age, provider …)"),
        Role.FIGURE: _("Figures"),
        Role.FIGURE_OF_INDICATOR: _("Figures; the heading is the indicator"),
        Role.FIGURE_OF_AREA: _("Figures; the heading is the area"),
        Role.FIGURE_OF_GROUP: _("Figures; the heading is the group"),
        Role.MARGIN: _("Margin of error"),
        Role.STATUS: _("Status: why a figure is missing"),
    }


def present_preview(
    found: dict[str, Any], areas: dict[str, str], indicators: dict[str, str], language: Language
) -> ShownPreview:
    """The preview as the page shows it. `areas` and `indicators` are the names of codes."""
    lines = tuple(_lines(found["counts"]))
    called = {"area": areas, "indicator": indicators}
    return ShownPreview(
        lines,
        sum(line.count for line in lines if line.tone == "in"),
        sum(line.count for line in lines if line.tone == "way"),
        tuple(_names(found["unmatched"], called, language)),
        tuple(_chosen(found["chosen"], called)),
        tuple(_differences(found["differences"], language)),
        tuple((role.value, word) for role, word in role_words().items()),
        tuple(absence_words().items()),
        tuple({**column, "word": role_words()[Role(column["role"])]} for column in found["columns"]),
        tuple(_about(found["about"], indicators, language)),
    )


def _about(found: dict[str, Any], indicators: dict[str, str], language: Language) -> Iterator[tuple[str, str]]:
    """What the figures are about, in words: a file can be understood as speaking of something else than was meant."""
    if not found["indicators"]:
        return
    named = [f"{indicators.get(code, code)} ({code})" for code in found["indicators"]]
    more = [_("and %(num)s more") % {"num": found["more"]}] if found["more"] else []
    yield _("Indicators") if named[1:] else _("Indicator"), ", ".join([*named, *more])
    yield _("Year"), "–".join(map(str, dict.fromkeys(found["years"])))
    yield _("Areas"), write_number(Decimal(found["areas"]), language=language)


def _lines(counts: dict[str, int]) -> Iterator[FateLine]:
    words = fate_words()
    for fate in Fate:
        if counts.get(fate.value):
            yield FateLine(fate.value, *words[fate], counts[fate.value], tone_of(fate))


def _names(
    found: Iterable[dict[str, Any]], called: dict[str, dict[str, str]], language: Language
) -> Iterator[dict[str, Any]]:
    """Names that can be chosen for: of areas and of indicators."""
    words = fate_words()
    for one in found:
        kind = {"unknown_area": "area", "unknown_indicator": "indicator"}.get(one["fate"], "")
        share = write_number(100 * Decimal(one["share"]), 1, language) if one["share"] else ""
        suggested = [f"{called[kind].get(code, code)} ({code})" for code in one["suggested"]] if kind else []
        yield {**one, "kind": kind, "word": words[Fate(one["fate"])][0], "percent": share, "suggested": suggested}


def _chosen(found: dict[str, dict[str, str]], called: dict[str, dict[str, str]]) -> Iterator[dict[str, Any]]:
    for kind in ("indicator", "area"):
        for name, code in found[kind].items():
            left_out = code == "-"
            shown = "" if left_out else f"{called[kind].get(code, code)} ({code})"
            yield {"kind": kind, "name": name, "shown": shown, "left_out": left_out}


def _differences(found: Iterable[dict[str, Any]], language: Language) -> Iterator[dict[str, Any]]:
    for one in found:
        stated, summed = Decimal(one["stated"]), Decimal(one["summed"])
        yield {
            **one,
            "stated": write_number(stated, language=language),
            "summed": write_number(summed, language=language),
            "apart": write_number(stated - summed, language=language),
        }


def present_rows(
    rows: Iterable[dict[str, Any]], columns: list[dict[str, Any]], language: Language
) -> tuple[ShownRow, ...]:
    """The rows of a page of the grid, each cell with its fate in words."""
    words = {fate.value: word for fate, (word, _meaning) in fate_words().items()}
    tones = {fate.value: tone_of(fate) for fate in Fate}
    absences = absence_words()
    return tuple(ShownRow(row["number"], tuple(_cells(row, words, tones, absences, language))) for row in rows)


def _cells(
    row: dict[str, Any], words: dict[str, str], tones: dict[str, str], absences: dict[str, str], language: Language
) -> Iterator[ShownCell]:
    for number, text in enumerate(row["texts"]):
        told = row["fates"].get(str(number))
        if told is None:
            yield ShownCell(text)
            continue
        fate, before, name = told
        word = f"{words[fate]}: {absences[name].lower()}" if name in _KINDS else words[fate]
        yield ShownCell(text, word, _before(fate, before, language), tones[fate])


def _before(fate: str, before: str, language: Language) -> str:
    if not before:
        return ""
    if fate in ("repeated", "twice"):
        return _("as in %(cell)s") % {"cell": before}
    if before in _KINDS:
        return _("was %(before)s") % {"before": absence_words()[before].lower()}
    parts = (write_number(Decimal(part), language=language) for part in before.split(" ± "))
    return _("was %(before)s") % {"before": " ± ".join(parts)}


def pages(rows: int, now: int) -> tuple[int, int]:
    """The page asked for, within what there is; and how many there are."""
    most = max(1, -(-rows // ROWS_A_PAGE))
    return min(max(1, now), most), most


def hidden_columns(found: dict[str, Any]) -> str:
    """A sentence where the table is wider than the grid."""
    more = len(found["columns"]) - MOST_COLUMNS
    return (
        ngettext("%(more)s more column is not shown here.", "%(more)s more columns are not shown here.", more)
        % {"more": more}
        if more > 0
        else ""
    )
