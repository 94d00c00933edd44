"""Previews: what was found when a file was examined, laid aside so that its pages can be turned at once.

A preview is made anew whenever it is missing. It lies in a folder that no backup takes along.
"""

import hashlib
import json
import shutil
import struct
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from ledtrad.apps.indicators.models import Upload
from ledtrad.apps.indicators.queries.examining import Examined, examine
from ledtrad.apps.indicators.queries.sight import sight_named
from ledtrad.apps.indicators.tallying import absence_of
from ledtrad.apps.people.actors import Actor
from ledtrad.core.imports import IN_THE_WAY, Fate, Settled, Unmatched
from ledtrad.core.observations import Observed

ROWS_A_PAGE = 50
MOST_COLUMNS = 60
_MOST_ROWS = 100_000
_FORM = 2  # one more whenever what is laid aside takes another form: an earlier program's preview is not read
_MOST_NAMES = 200
_MOST_NAMED = 3
_OFFSET = struct.Struct("<Q")
ALL, TROUBLED, CHANGED = "alla", "hinder", "andrade"
KINDS = (ALL, TROUBLED, CHANGED)


def preview(upload: Upload, by: Actor) -> dict[str, Any]:
    """The summary of the file with its present choices, as `by` may know it. Examined first where nobody has yet."""
    folder = _folder(upload, by)
    try:
        found: dict[str, Any] = json.loads((folder / "summary.json").read_text("utf-8"))
        return found
    except (OSError, ValueError):
        return lay_aside(upload, examine(upload, by), by)


def is_laid_aside(upload: Upload, by: Actor) -> bool:
    """Whether the preview is there already."""
    return (_folder(upload, by) / "summary.json").exists()


def lay_aside(upload: Upload, examined: Examined, by: Actor) -> dict[str, Any]:
    """Keep what was found, in the place of what those who may know as much found before."""
    folder = _folder(upload, by)
    _clear(folder.name.rpartition("-")[0])
    folder.mkdir(parents=True, exist_ok=True)
    rows = _write_rows(folder, examined)
    summary = _summary(examined) | {"rows": rows}
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False), "utf-8")
    return summary


def forget(upload: Upload) -> None:
    """Clear away what was laid aside for the file."""
    _clear(str(upload.pk))


def _clear(begins: str) -> None:
    for folder in _all().glob(f"{begins}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def page_of(upload: Upload, by: Actor, kind: str, page: int) -> list[dict[str, Any]]:
    """The rows on a page, counted from 1: {"number", "texts", "fates"}; fates by column, each [fate, before, name]."""
    rows, offsets = (_folder(upload, by) / f"{kind}{end}" for end in (".jsonl", ".offsets"))
    try:
        with offsets.open("rb") as index, rows.open("rb") as lines:
            index.seek((page - 1) * _OFFSET.size)
            (start,) = _OFFSET.unpack(index.read(_OFFSET.size))
            lines.seek(start)
            return [json.loads(line) for line in islice(lines, ROWS_A_PAGE)]
    except (OSError, struct.error):
        return []


def _folder(upload: Upload, by: Actor) -> Path:
    """Named after everything that tells one preview from another: a number alone may be given out twice."""
    sight = hashlib.sha256(sight_named(by).encode()).hexdigest()[:8]
    told = f"{_FORM} {upload.received_at.isoformat()} {upload.fingerprint} {upload.name} {upload.choices}"
    return _all() / f"{upload.pk}-{sight}-{hashlib.sha256(told.encode()).hexdigest()[:20]}"


def _all() -> Path:
    folder: Path = settings.VAR / ".previews"
    return folder


# --- the rows ------------------------------------------------------------------------------------


class _Pages:
    """Writes rows, and where every fiftieth of them begins."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._rows, self._offsets = (folder / f"{kind}.jsonl").open("wb"), (folder / f"{kind}.offsets").open("wb")
        self.count = 0

    def add(self, line: bytes) -> None:
        if self.count % ROWS_A_PAGE == 0:
            self._offsets.write(_OFFSET.pack(self._rows.tell()))
        self._rows.write(line)
        self.count += 1

    def close(self) -> None:
        self._rows.close()
        self._offsets.close()


def _write_rows(folder: Path, examined: Examined) -> dict[str, int]:
    pages = {kind: _Pages(folder, kind) for kind in KINDS}
    for number, row, cells in _with_cells(examined):
        fates = {one.reading.column: _told(one, examined) for one in cells}
        texts = [text[:120] for text in row[:MOST_COLUMNS]]
        line = json.dumps({"number": number + _first_row(examined), "texts": texts, "fates": fates}, ensure_ascii=False)
        encoded = f"{line}\n".encode()
        pages[ALL].add(encoded)
        if any(one.fate in IN_THE_WAY for one in cells):
            pages[TROUBLED].add(encoded)
        if any(one.fate is Fate.CHANGED for one in cells):
            pages[CHANGED].add(encoded)
    for one in pages.values():
        one.close()
    return {kind: one.count for kind, one in pages.items()}


def _first_row(examined: Examined) -> int:
    return getattr(examined.table, "first_row", 1)


def _with_cells(examined: Examined) -> Iterator[tuple[int, tuple[str, ...], list[Settled]]]:
    """Every row of the table with its cells of figures, as far as rows are shown."""
    waiting = iter(examined.settled)
    one = next(waiting, None)
    for number, row in enumerate(islice(examined.table.rows, _MOST_ROWS)):
        cells = []
        while one is not None and one.reading.row == number:
            cells.append(one)
            one = next(waiting, None)
        yield number, row, cells


def _told(one: Settled, examined: Examined) -> list[str]:
    before = written(one.before) if one.fate is Fate.CHANGED else ""
    if one.same_as is not None:
        before = examined.table.address(*one.same_as).partition("#")[2]
    return [one.fate.value, before, one.reading.name[:120] or absence_of(one)]


def written(said: Observed | None) -> str:
    """A figure as it stands in the data, "71" or with its margin of error "71 ± 3.1"; or the kind of absence."""
    if said is None:
        return ""
    if said.value is None:
        return str(said.absence)
    return f"{said.value:f}" if said.margin is None else f"{said.value:f} ± {said.margin:f}"


# --- the summary ---------------------------------------------------------------------------------


def _summary(examined: Examined) -> dict[str, Any]:
    return {
        "fingerprint": examined.fingerprint,
        "sheets": list(examined.sheets),
        "sheet": examined.table.name,
        "counts": {fate.value: count for fate, count in examined.counts.items()},
        "cells": len(examined.settled),
        "figures": examined.tally.figures,
        "is_too_large": examined.is_too_large,
        "first_row": _first_row(examined),
        "first": examined.layout.first + _first_row(examined),
        "columns": [_column(examined, number) for number in range(len(examined.layout.columns))],
        "whole": asdict(examined.layout.whole),
        "style": examined.choices.style.value,
        "unmatched": [_unmatched(one, examined) for one in examined.unmatched[:_MOST_NAMES]],
        "unmatched_more": max(0, len(examined.unmatched) - _MOST_NAMES),
        "chosen": {"indicator": dict(examined.choices.indicator_names), "area": dict(examined.choices.area_names)},
        "differences": [_difference(one, examined) for one in examined.differences[:_MOST_NAMES]],
        "differing": sum(1 for one in examined.differences if not one.is_noise),
        "noise": sum(1 for one in examined.differences if one.is_noise),
        "marks": _marks(examined),
        "blanks_to": examined.tally.blanks_to,
        "about": _about(examined),
    }


def _about(examined: Examined) -> dict[str, Any]:
    """What the figures that were understood are about: some indicators and how many more, years, and areas."""
    tally = examined.tally
    more = max(0, len(tally.indicators) - _MOST_NAMED)
    years, areas = [tally.years[0], tally.years[-1]] if tally.years else [], len(tally.areas)
    return {"indicators": list(tally.indicators[:_MOST_NAMED]), "more": more, "years": years, "areas": areas}


def _column(examined: Examined, number: int) -> dict[str, Any]:
    column = examined.layout.columns[number]
    says = column.says
    named = (
        [says.indicator, says.area, says.period, says.sex, says.group.partition(":")[2]]
        if column.role.is_figure
        else []
    )
    examples = [row[number] for row in examined.table.rows[examined.layout.first : examined.layout.first + 40]]
    return {
        "heading": column.heading[:200],
        "role": column.role.value,
        "says": [name for name in named if name],
        "unexplained": column.unexplained,
        "fills_down": column.fills_down,
        "examples": list(dict.fromkeys(text[:40] for text in examples if text.strip()))[:3],
    }


def _unmatched(one: Unmatched, examined: Examined) -> dict[str, Any]:
    book = examined.books.areas if one.fate is Fate.UNKNOWN_AREA else examined.books.indicators
    suggest = one.fate in (Fate.UNKNOWN_AREA, Fate.UNKNOWN_INDICATOR)
    return {
        "fate": one.fate.value,
        "name": one.name,
        "cells": one.cells,
        "share": None if one.share is None else f"{one.share:.6f}",
        "suggested": list(book.suggest(one.name)) if suggest else [],
    }


def _difference(one: Any, examined: Examined) -> dict[str, Any]:
    return {
        "cell": examined.table.address(one.row, one.column).partition("#")[2],
        "stated": f"{one.stated:f}",
        "summed": f"{one.summed:f}",
        "of_sexes": one.of_sexes,
        "is_noise": one.is_noise,
    }


def _marks(examined: Examined) -> list[dict[str, Any]]:
    """Every mark in the cells of figures, with what it is taken to mean and how often it stands there."""
    kinds = dict(examined.choices.marks) | {mark: kind for mark, (kind, _) in examined.tally.marks.items()}
    counts = {mark: cells for mark, (_, cells) in examined.tally.marks.items()}
    return [{"mark": mark, "meaning": kind, "cells": counts.get(mark, 0)} for mark, kind in kinds.items()]
