"""Publishing all indicators out of model objects."""

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils import translation

from ledtrad.apps.indicators.models import Area, Indicator, IndicatorVerdict, Observation, Outcome, Target
from ledtrad.apps.open_data.presenters.indicator_tables import COLUMNS
from ledtrad.core.document import Figure, Series
from ledtrad.core.language.writing import absence_word
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import unit_named
from ledtrad.renderers import charts

SEXES = {"": "Totalt", "women": "Kvinnor", "men": "Män"}
LONG = {"": "alla", "women": "kvinnor", "men": "män"}
VERDICTS = {"met": "helt", "partly": "delvis", "not_met": "ej", "": ""}
CITY = "0180"


@dataclass
class Cell:
    """One figure with the objects that it came from."""

    area: Area
    year: int
    sex: str
    value: Decimal | None
    decimals: int
    absence: str
    reason: str
    mark: str
    margin: Decimal | None
    version: Any
    source: str
    recorded_at: Any
    invented: bool

    @property
    def absence_word(self) -> str:
        return absence_word(AbsenceKind(self.absence)).lower()


def publish(folder: Path) -> int:
    """Write page, CSV and JSON of every indicator; answers how many."""
    folder.mkdir(parents=True, exist_ok=True)
    template = Engine(dirs=[str(Path(__file__).parent / "templates")]).get_template("indicator.html")
    city = Area.objects.get(code=CITY)
    number = 0
    with translation.override("sv"):
        for indicator in Indicator.objects.select_related("owner"):
            _one(indicator, city, template, folder)
            number += 1
    return number


def _one(indicator: Indicator, city: Area, template: Any, folder: Path) -> None:
    cells = _cells(indicator, city)
    targets = {row.year: row for row in Target.objects.filter(indicator=indicator, is_current=True)}
    verdicts = {row.year: row for row in IndicatorVerdict.objects.filter(indicator=indicator, is_current=True)}
    stem = f"indikator-{indicator.code}"
    (folder / f"{stem}.html").write_text(_page(indicator, cells, targets, template), "utf-8")
    rows = [_row(indicator, cell, targets, verdicts) for cell in cells]
    (folder / f"{stem}.csv").write_text(_csv(rows), "utf-8-sig", newline="")
    (folder / f"{stem}.json").write_text(_json(rows), "utf-8")


def _cells(indicator: Indicator, city: Area) -> list[Cell]:
    found = []
    outcomes = Outcome.objects.filter(indicator=indicator, is_current=True, tertial=0).select_related("version")
    for row in outcomes:
        for sex, name in (("", "total"), ("women", "women"), ("men", "men")):
            absence = row.state if not sex and row.state != "measured" else getattr(row, f"{name}_absence", "")
            value = getattr(row, name)
            if value is not None or absence:
                reason = row.reason if not sex else getattr(row, f"{name}_reason")
                told = (row.version, row.source_name, row.recorded_at, row.invented)
                decimals = getattr(row, f"{name}_decimals")
                found.append(Cell(city, row.year, sex, value, decimals, absence, reason, "", None, *told))
    observations = Observation.objects.filter(indicator=indicator, is_current=True)
    for row in observations.select_related("area", "version", "batch"):
        told = (row.version, row.batch.source_name, row.batch.recorded_at, row.batch.invented)
        said = (row.value, row.decimals, row.absence, "", row.mark, row.margin)
        found.append(Cell(row.area, row.year, row.sex, *said, *told))
    order = {"": 0, "women": 1, "men": 2}
    return sorted(found, key=lambda cell: (cell.year, cell.area.code != CITY, cell.area.sort_key, order[cell.sex]))


def _page(indicator: Indicator, cells: list[Cell], targets: dict[int, Target], template: Any) -> str:
    years = sorted({cell.year for cell in cells})
    by_place = {(cell.sex, cell.area.code, cell.year): cell for cell in cells}
    areas = {cell.area.code: cell.area for cell in cells}
    tables = [
        {
            "caption": word,
            "rows": [
                {"area": area, "cells": [by_place.get((sex, area.code, year)) for year in years]}
                for area in areas.values()
            ],
        }
        for sex, word in SEXES.items()
    ]
    version = cells[-1].version
    context = {
        "indicator": indicator,
        "version": version,
        "unit": unit_named(version.unit).symbol or "antal",
        "chart": charts.svg(_chart(version, by_place, years, targets)),
        "years": years,
        "tables": tables,
    }
    return str(template.render(Context(context)))


def _chart(version: Any, by_place: dict[Any, Cell], years: list[int], targets: dict[int, Target]) -> Figure:
    series = []
    for sex, word in SEXES.items():
        said = (by_place.get((sex, CITY, year)) for year in years)
        series.append(
            Series(word, tuple(f"{one.value:f}" if one and one.value is not None else None for one in said), ())
        )
    low = targets[max(targets)].low if targets else None
    gaps = [(year, by_place.get(("", CITY, year))) for year in years]
    return Figure(
        "diagram",
        version.title,
        f"Från {years[0]} till {years[-1]}. Samma siffror står i tabellen nedanför.",
        unit_named(version.unit).symbol,
        tuple(years),
        tuple(series),
        f"{low:f}" if low is not None else None,
        f"Årsmål {low:f}" if low is not None else "",
        tuple((year, one.absence_word) for year, one in gaps if one and one.absence),
    )


def _row(
    indicator: Indicator, cell: Cell, targets: dict[int, Target], verdicts: dict[int, IndicatorVerdict]
) -> dict[str, Any]:
    is_city = cell.area.code == CITY
    target = targets.get(cell.year) if is_city and not cell.sex else None
    verdict = verdicts.get(cell.year) if is_city and not cell.sex else None
    absent = {"absence": cell.absence, "mark": cell.mark, "reason": cell.reason}
    return {
        "indicator": indicator.code,
        "title": cell.version.title,
        "version": cell.version.number,
        "year": cell.year,
        "tertial": 0,
        "area": cell.area.code,
        "area_name": cell.area.name,
        "sex": LONG[cell.sex],
        "group": "",
        "value": absent if cell.absence else _written(cell.value, cell.decimals),
        "margin": _written(cell.margin, cell.decimals),
        "unit": unit_named(cell.version.unit).symbol or "antal",
        "target_low": _written(target.low, target.decimals) if target else None,
        "target_high": _written(target.high, target.decimals) if target else None,
        "verdict": VERDICTS[verdict.verdict] if verdict else "",
        "comment": verdict.comment if verdict else "",
        "source": cell.source,
        "recorded_at": cell.recorded_at.date().isoformat(),
        "invented": "ja" if cell.invented else "nej",
    }


def _written(value: Decimal | None, decimals: int) -> str | None:
    return None if value is None else f"{value:.{decimals}f}"


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    heads = []
    for column in COLUMNS:
        heads += [column.heading, f"{column.heading}: saknas för att"] if column.is_figure else [column.heading]
    writer.writerow(heads)
    for row in rows:
        cells = []
        for column in COLUMNS:
            said = row[column.name]
            if column.is_figure:
                cells += ["", _why(said)] if isinstance(said, dict) else [_comma(said), ""]
            elif column.name in ("margin", "target_low", "target_high"):
                cells.append(_comma(said))
            else:
                cells.append("" if said is None else said)
        writer.writerow(cells)
    return out.getvalue()


def _why(absent: dict[str, str]) -> str:
    text = absence_word(AbsenceKind(absent["absence"])) + (f" ({absent['mark']})" if absent["mark"] else "")
    return f"{text}: {absent['reason']}" if absent["reason"] else text


def _comma(written: str | None) -> str:
    return "" if written is None else written.replace(".", ",")


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps({"rows": rows}, ensure_ascii=False)
