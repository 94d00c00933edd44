"""One indicator in one year as a row of plain text cells, and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ledtrad.core.assessment import Forecast, IndicatorResult, Sense, Target, Verdict
from ledtrad.core.document import Document
from ledtrad.core.outcomes import from_record, to_record
from ledtrad.core.quantities import Quantity, plain, unit_named

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator's result in one steering year."""

    year: int
    result: IndicatorResult


_SUFFIXES = {
    "": "",
    "_decimaler": "_decimals",
    "_täljare": "_numerator",
    "_nämnare": "_denominator",
    "_orsak": "_reason",
    "_uppgift_från": "_said_by",
    "_väntas": "_expected",
}
_PARTS = {"utfall_totalt": "total", "utfall_kvinnor": "women", "utfall_män": "men"}
# Column in the file, and the key of the outcome's record that it holds.
_OUTCOME_COLUMNS = {
    "utfall_status": "state",
    "utfall_enhet": "unit",
    **{column + ending: key + suffix for column, key in _PARTS.items() for ending, suffix in _SUFFIXES.items()},
    "orsak": "reason",
    "uppgift_från": "said_by",
    "väntas": "expected",
}
_TARGETS = {"årsmål": "", "årsmål_kvinnor": "women", "årsmål_män": "men"}
_TARGET_CELLS = ("riktning", "enhet", "från", "från_decimaler", "till", "till_decimaler")
_FORECAST_COLUMNS = ("prognos", "prognos_enhet", "prognos_decimaler", "prognos_bedömning")
COLUMNS = (
    "år",
    "kod",
    "indikator",
    "ny",
    *(f"{name}_{cell}" for name in _TARGETS for cell in _TARGET_CELLS),
    *_OUTCOME_COLUMNS,
    *_FORECAST_COLUMNS,
    "bedömning",
    "kommentar",
)
NUMBER_COLUMNS = frozenset(
    (
        "prognos",
        *(column + ending for column in _PARTS for ending in ("", "_täljare", "_nämnare")),
        *(f"{name}_{end}" for name in _TARGETS for end in ("från", "till")),
    )
)


def rows_of(document: Document) -> Iterator[IndicatorRow]:
    """The indicators of a report, in reading order. ValueError when the report has no year."""
    if document.year is None:
        raise ValueError("a table of indicators needs a report with a year")
    for block in document.indicators():
        yield IndicatorRow(document.year, block.result)


def to_rows(indicators: Iterable[IndicatorRow]) -> Iterator[Row]:
    """Each as cells by column, numbers with a decimal point. Empty cells are left out."""
    for indicator in indicators:
        yield {column: cell for column, cell in _cells(indicator) if cell}


def _cells(indicator: IndicatorRow) -> Iterator[tuple[str, str]]:
    result = indicator.result
    yield "år", str(indicator.year)
    yield "kod", result.code
    yield "indikator", result.name
    yield "ny", "ja" if result.is_new else ""
    yield from _target_cells(result.target)
    yield from _outcome_cells(result)
    yield from _forecast_cells(result.forecast)
    yield "bedömning", result.verdict.value if result.verdict else ""
    yield "kommentar", result.comment


def _target_cells(target: Target | None) -> Iterator[tuple[str, str]]:
    for name, part in _TARGETS.items():
        shown = getattr(target, part) if part and target else target
        if shown is not None:
            yield f"{name}_riktning", shown.sense.value
            yield f"{name}_enhet", shown.unit.code
            for end, bound in (("från", shown.low), ("till", shown.high)):
                if bound is not None:
                    yield f"{name}_{end}", plain(bound.value)
                    yield f"{name}_{end}_decimaler", str(bound.decimals)


def _outcome_cells(result: IndicatorResult) -> Iterator[tuple[str, str]]:
    record = to_record(result.outcome) if result.outcome is not None else {}
    unplaced = record.keys() - set(_OUTCOME_COLUMNS.values())
    if unplaced:
        raise ValueError(f"no column for {', '.join(sorted(unplaced))}")
    for column, key in _OUTCOME_COLUMNS.items():
        yield column, record.get(key, "")


def _forecast_cells(forecast: Forecast | None) -> Iterator[tuple[str, str]]:
    if forecast is None:
        return
    if forecast.value is not None:
        yield "prognos", plain(forecast.value.value)
        yield "prognos_enhet", forecast.value.unit.code
        yield "prognos_decimaler", str(forecast.value.decimals)
    if forecast.verdict is not None:
        yield "prognos_bedömning", forecast.verdict.value


# --- and back ------------------------------------------------------------------------------------


def from_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[IndicatorRow]:
    """The reverse of `to_rows`. ValueError or KeyError for a row that is not of this form."""
    for row in rows:
        yield IndicatorRow(int(row["år"]), _result(row))


def _result(row: Mapping[str, str]) -> IndicatorResult:
    record = {key: row[column] for column, key in _OUTCOME_COLUMNS.items() if row.get(column)}
    return IndicatorResult(
        row["indikator"],
        target=_target(row, "årsmål"),
        outcome=from_record(record) if record else None,
        verdict=_verdict(row.get("bedömning", "")),
        forecast=_forecast(row),
        is_new=row.get("ny") == "ja",
        comment=row.get("kommentar", ""),
        code=row.get("kod", ""),
    )


def _target(row: Mapping[str, str], name: str) -> Target | None:
    if not row.get(f"{name}_riktning"):
        return None
    low, high = (_quantity(row, f"{name}_{end}", f"{name}_enhet") for end in ("från", "till"))
    women = _target(row, "årsmål_kvinnor") if name == "årsmål" else None
    men = _target(row, "årsmål_män") if name == "årsmål" else None
    return Target(Sense(row[f"{name}_riktning"]), low, high, women, men)


def _quantity(row: Mapping[str, str], column: str, unit_column: str) -> Quantity | None:
    if not row.get(column):
        return None
    return Quantity(Decimal(row[column]), unit_named(row[unit_column]), int(row[f"{column}_decimaler"]))


def _forecast(row: Mapping[str, str]) -> Forecast | None:
    value, verdict = _quantity(row, "prognos", "prognos_enhet"), _verdict(row.get("prognos_bedömning", ""))
    return Forecast(value, verdict) if value is not None or verdict is not None else None


def _verdict(code: str) -> Verdict | None:
    return Verdict(code) if code else None
