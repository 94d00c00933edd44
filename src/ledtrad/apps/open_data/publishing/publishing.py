"""What is published, and what of it anew."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ledtrad.apps.audit.models import Entry, EntryObject
from ledtrad.apps.indicators.queries import IndicatorYear, indicator_years
from ledtrad.apps.open_data.presenters.cubes import PARTLY_INVENTED
from ledtrad.apps.open_data.presenters.indicator_tables import indicator_grid, without_hidden
from ledtrad.apps.open_data.publishing.folder import (
    MANIFEST,
    Manifest,
    make,
    program_fingerprint,
    read_manifest,
    remove,
    stem,
    write,
)
from ledtrad.apps.open_data.publishing.sheets import sheet_of
from ledtrad.apps.open_data.queries import (
    Asked,
    Figure,
    OpenArea,
    OpenIndicator,
    Span,
    catalogue,
    city_area,
    figures,
    open_areas,
    spans,
)
from ledtrad.renderers.indicator_pages import STYLE_NAME, IndexRow, index, page, style_sheet
from ledtrad.renderers.tables import grid_json, people_csv

ENDINGS = (".html", ".csv", ".json")
_AT_ONCE = 20
# What the log is about, and whether it can change what is told of one indicator or of any of them.
_OF_ONE = ("indicator:", "outcome:", "target:", "indicator_verdict:", "forecast:")
_OF_ANY = ("area:", "unit:", "plan:", "entry:")
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: how many indicators were written, looked at and found the same, left alone, and taken away."""

    written: int
    same: int
    untouched: int
    removed: int
    bytes_written: int


def publish(folder: Path, *, everything: bool = False, tell: Tell = lambda done, total: None) -> Published:
    """Bring the folder up to date. What the log has not spoken of since last time is left alone.

    With `everything` each indicator is read and its fingerprint compared, whatever the log says. NotWritable when the
    folder cannot be written to. Safe to stop: the list of what lies there is written last.
    """
    make(folder)
    before, program, head = read_manifest(folder), program_fingerprint(), _log_head()
    if before.program != program or everything:
        before.log = 0
    told = spans()
    known = {code: one for code, one in catalogue().items() if code in told}
    gone = [code for code in before.indicators if code not in known]
    whole = _whole(before, folder)
    wanted = _wanted(before, known, whole)
    after = Manifest(head, program, {code: whole[code] for code in known if code in whole})
    for code in gone:
        for ending in ENDINGS:
            remove(folder, stem(code) + ending)
    fresh = program if before.program == program else ""
    written, size = 0, 0
    for done, (code, files, fingerprint) in enumerate(_made(wanted, fresh, after.indicators), start=1):
        for ending, content in files.items():
            write(folder, stem(code) + ending, content)
            size += len(content)
        written += bool(files)
        after.indicators[code] = fingerprint
        tell(done, len(wanted))
    if written or gone or not (folder / "index.html").exists():
        size += _write_index(folder, known, told)
    write(folder, MANIFEST, after.as_json())
    return Published(written, len(wanted) - written, len(known) - len(wanted), len(gone), size)


def _log_head() -> int:
    return Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _whole(before: Manifest, folder: Path) -> dict[str, str]:
    """The fingerprints of those indicators whose files are all there."""
    there = {entry.name for entry in os.scandir(folder)}
    return {
        code: fingerprint
        for code, fingerprint in before.indicators.items()
        if all(stem(code) + ending in there for ending in ENDINGS)
    }


def _wanted(before: Manifest, known: Mapping[str, OpenIndicator], whole: Mapping[str, str]) -> list[OpenIndicator]:
    """The indicators to read: those that the log has spoken of, and those whose files are not all there."""
    touched = _touched(before.log) if before.log else None
    if touched is None:
        return list(known.values())
    return [one for code, one in known.items() if code in touched or code not in whole]


def _touched(since: int) -> set[str] | None:
    """The codes that entries after `since` are about; None when it may be any of them. One SQL query."""
    codes: set[str] = set()
    objects = EntryObject.objects.filter(entry_id__gt=since).values_list("object_id", flat=True)
    for name in objects.distinct().iterator():
        if name.startswith(_OF_ANY):
            return None
        if name.startswith(_OF_ONE):
            codes.add(name.partition(":")[2])
            codes.add(name.partition(":")[2].rpartition("/")[0])
    return codes


Made = tuple[str, dict[str, bytes], str]


def _made(wanted: Sequence[OpenIndicator], fresh: str, held: Mapping[str, str]) -> Iterator[Made]:
    """The files of each, none where the fingerprint is as it was. A few are read at a time: ten SQL queries."""
    areas = open_areas() if wanted else {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found: dict[str, list[Figure]] = {one.code: [] for one in some}
        for figure in figures(Asked(codes=list(found), tertials=None)):
            found[figure.place.indicator].append(figure)
        said: dict[str, dict[int, IndicatorYear]] = {one.code: {} for one in some}
        for (code, year), row in indicator_years([one.id for one in some]).items():
            said[code][year] = row
        for one in some:
            yield _files(one, found[one.code], without_hidden(one, said[one.code]), areas, fresh, held.get(one.code))


def _files(
    one: OpenIndicator,
    found: Sequence[Figure],
    said: Mapping[int, IndicatorYear],
    areas: Mapping[str, OpenArea],
    fresh: str,
    held: str | None,
) -> Made:
    grid = indicator_grid(one, found, said, areas, city_area())
    told = grid_json(grid)
    fingerprint = hashlib.sha256(told).hexdigest()[:32]
    if fresh and fingerprint == held:
        return one.code, {}, fingerprint
    sheet = sheet_of(one, found, said, areas, grid.about, stem(one.code))
    return one.code, {".html": page(sheet), ".csv": people_csv(grid), ".json": told}, fingerprint


def _write_index(folder: Path, known: Mapping[str, OpenIndicator], told: Mapping[str, Span]) -> int:
    rows = [IndexRow(code, one.latest.title, f"{stem(code)}.html") for code, one in known.items()]
    invented = any(told[code].invented for code in known)
    title = f"Indikatorer – {settings.OPEN_DATA['publisher']}"
    content = index(title, rows, (PARTLY_INVENTED,) if invented else (), settings.OPEN_DATA["licence"])
    write(folder, STYLE_NAME, style_sheet())
    write(folder, "index.html", content)
    return len(content)
