"""A file of 100 megabytes taken in, while somebody else saves: python -m benches._confirming ACT …, one process each.

build FILE        tables' contents and the file; prints the upload's number
preview NUMBER    as the process beside the server does it; prints its fingerprint, time and most memory
confirm NUMBER FINGERPRINT
save FILE         saves something small again and again until FILE is there; prints the longest wait
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benches._walking import most_memory

AREAS, YEARS, INDICATORS = 312, range(2000, 2025), 12
SEXES = ("Kvinnor", "Män", "Totalt")
AT = datetime(2025, 2, 1, 9, 0, tzinfo=UTC)
_NOTE = "Uppgiften är påhittad och står här för att raden ska bli lång. "


def build(file: str) -> dict[str, Any]:
    """Areas and indicators, and a long table with a note on every row; so many bytes that there are 100 megabytes."""
    from ledtrad.apps.indicators import actions
    from ledtrad.apps.indicators.models import AreaKind
    from ledtrad.apps.people.actors import program
    from ledtrad.core.assessment import Sense
    from ledtrad.core.quantities import COUNT

    by = program("benches")
    areas = [actions.NewArea(f"{100 + number:04}", AreaKind.MUNICIPALITY, _area(number)) for number in range(AREAS)]
    actions.register_areas(areas=areas, by=by, at=AT)
    definition = actions.Definition
    new = [
        actions.NewIndicator(f"B.{number}", YEARS[0], definition(f"Antal {number}", COUNT, Sense.LESS))
        for number in range(INDICATORS)
    ]
    actions.define_indicators(indicators=new, by=by.key, at=AT)
    Path(file).write_text("\n".join(_lines()) + "\n", "utf-8")
    with Path(file).open("rb") as data:
        pieces = iter(lambda: data.read(1_000_000), b"")
        return {"upload": actions.receive_upload(pieces=pieces, name="stor.csv", by=by, at=AT)}


def _lines() -> Iterator[str]:
    chance, note = random.Random(1), (_NOTE * 5)[:292]
    yield "Indikator;Område;År;Kön;Antal;Anmärkning"
    for number in range(INDICATORS):
        for area in range(AREAS):
            for year in YEARS:
                for sex in SEXES:
                    yield f"B.{number};{_area(area)};{year};{sex};{chance.randrange(10**6)};{note}"


def _area(number: int) -> str:
    return f"Område {number}"


def preview(number: str) -> dict[str, Any]:
    from ledtrad.apps.indicators.models import Upload
    from ledtrad.apps.indicators.previews import lay_aside
    from ledtrad.apps.indicators.queries.examining import examine
    from ledtrad.apps.people.actors import program

    upload = Upload.objects.get(pk=number)
    by = program("benches")
    summary = lay_aside(upload, examine(upload, by), by)
    return {"fingerprint": summary["fingerprint"], "figures": summary["figures"]}


def confirm(number: str, seen: str) -> dict[str, Any]:
    from ledtrad.apps.indicators import actions
    from ledtrad.apps.people.actors import program

    note = "Delarna är påhittade."
    done = actions.confirm_upload(upload_id=int(number), seen=seen, accepted=note, by=program("benches"), at=AT)
    return {"new": done.new}


def save(stop: str) -> dict[str, Any]:
    """Somebody else's saves, each in a transaction of its own with an entry in the log."""
    from django.db import transaction

    from ledtrad.apps.audit.actions import record

    waits = []
    while not Path(stop).exists():
        start = time.perf_counter()
        with transaction.atomic():
            record(by="bench", at=AT, action="bench.save", objects=("bench",), is_draft=True)
        waits.append(time.perf_counter() - start)
        time.sleep(0.05)
    return {"saves": len(waits), "longest_save_seconds": round(max(waits), 2)}


def main(act: str, *given: str) -> None:
    import django

    django.setup()
    acts: dict[str, Callable[..., dict[str, Any]]] = {f.__name__: f for f in (build, preview, confirm, save)}
    start, spent = time.perf_counter(), time.process_time()
    found = acts[act](*given)
    seconds, processor = time.perf_counter() - start, time.process_time() - spent
    told = {"seconds": round(seconds, 1), "processor_seconds": round(processor, 1), "megabytes": most_memory()}
    print(json.dumps(found | told))


if __name__ == "__main__":
    main(*sys.argv[1:])
