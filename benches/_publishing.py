"""The indicators that are published, the measuring of it, and the holding of both answers against each other."""

import csv
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

INDICATORS, DISTRICTS, YEARS = 250, 14, range(2010, 2025)
AT = datetime(2025, 2, 1, 9, 0, tzinfo=UTC)
ROUNDS = 3


def main(folder: Path, indicators: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    build(indicators)
    print(json.dumps(measure(folder)))


def build(indicators: int) -> None:
    """Percentages by sex for the city and its districts; some are suppressed, some not measured."""
    from ledtrad.apps.indicators import actions
    from ledtrad.apps.indicators.models import AreaKind
    from ledtrad.apps.people.actors import program
    from ledtrad.core.assessment import Sense, at_least
    from ledtrad.core.quantities import PERCENT, quantity

    by = program("benches")
    areas = [actions.NewArea("0180", AreaKind.MUNICIPALITY, "Staden")]
    areas += [
        actions.NewArea(f"D{one:02}", AreaKind.DISTRICT, f"Stadsdel {one:02}", "0180") for one in range(DISTRICTS)
    ]
    actions.register_areas(areas=areas, by=by, at=AT)
    definitions = [
        actions.NewIndicator(
            f"I.{one}",
            YEARS[0],
            actions.Definition(f"Andel {one} av alla", PERCENT, Sense.MORE, 1, True, source="Enkäten"),
        )
        for one in range(indicators)
    ]
    actions.define_indicators(indicators=definitions, by="benches", at=AT)
    last = YEARS[-1]
    targets = [actions.NewTarget(new.code, last, at_least(quantity("70", PERCENT))) for new in definitions]
    actions.set_targets(targets=targets, by="benches", at=AT)
    for place, new in enumerate(definitions):
        record(new.code, place, by)


def record(code: str, seed: int, by: Any, at: datetime = AT) -> None:
    from ledtrad.apps.indicators import actions
    from ledtrad.core.observations import Observed, Place, Sex
    from ledtrad.core.outcomes import AbsenceKind, Measured
    from ledtrad.core.periods import Period
    from ledtrad.core.quantities import PERCENT, Quantity

    def value(number: int) -> Decimal:
        return Decimal((number * 7919 + seed * 104_729) % 1000).scaleb(-1)

    source = actions.Source("Enkäten")
    outcomes = [
        actions.NewOutcome(
            code,
            Period(year),
            Measured(*(Quantity(value(year * 3 + part), PERCENT, 1) for part in range(3))),
            source,
        )
        for year in YEARS
    ]
    actions.record_outcomes(outcomes=outcomes, by="benches", at=at)
    figures: dict[Place, Observed] = {}
    for district in range(DISTRICTS):
        for year in YEARS:
            for part, sex in enumerate(Sex):
                number = (district * 100 + year) * 3 + part
                said = Observed(value(number), 1, Decimal("1.5"))
                if number % 97 == 0:
                    said = Observed(absence=AbsenceKind.SUPPRESSED, mark="XX")
                figures[Place(code, f"D{district:02}", year, sex=sex)] = said
    actions.record_observations(observations=figures, source=actions.BatchSource("Enkäten"), by=by, at=at)


def measure(folder: Path) -> dict[str, Any]:
    """Seconds for all of ours, all of the peer's, and ours again when one has changed and when none has; each by the
    clock and, under `processor`, by this process's time."""
    from benches.publish_peer.publishing import publish as publish_peer

    from ledtrad.apps.open_data.publishing import publish
    from ledtrad.apps.people.actors import program

    ours, peer, one, none = ([] for _ in range(4))
    for number in range(ROUNDS):
        new = folder / f"ours-{number}"
        seconds, done = _timed(lambda new=new: publish(new))
        ours.append(seconds)
        peer.append(_timed(lambda number=number: publish_peer(folder / f"peer-{number}"))[0])
        record("I.7", 1000 + number, program("benches"), AT.replace(day=2 + number))
        seconds, changed = _timed(lambda new=new: publish(new))
        assert (changed.written, changed.same) == (1, 0), changed
        one.append(seconds)
        seconds, left = _timed(lambda new=new: publish(new))
        assert (left.written, left.same) == (0, 0), left
        none.append(seconds)
    publish_peer(folder / "peer-last")
    cells = compared(folder / f"ours-{ROUNDS - 1}", folder / "peer-last")
    times = {"ours": ours, "peer": peer, "one": one, "none": none}
    middle = {name: sorted(clock for clock, _ in some)[ROUNDS // 2] for name, some in times.items()}
    spent = {name: sorted(processor for _, processor in some)[ROUNDS // 2] for name, some in times.items()}
    return {
        **middle,
        "processor": spent,
        "cells": cells,
        "written": done.written,
        "megabytes": round(done.bytes_written / 1e6, 1),
    }


def _timed(make: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """By the clock and the processor, with nothing kept from before: neither drawings, nor numbers, nor answers."""
    from ledtrad.apps.audit.freshness import forget
    from ledtrad.renderers.charts import yearly
    from ledtrad.renderers.indicator_pages import pages

    yearly.draw.cache_clear()
    pages._number_cell.cache_clear()
    forget()
    start, spent = time.perf_counter(), time.process_time()
    done = make()
    return (time.perf_counter() - start, time.process_time() - spent), done


def compared(ours: Path, peer: Path) -> int:
    """Every cell of every table and file says the same in both; answers how many table cells there are."""
    from lxml import html

    cells = 0
    for file in sorted(peer.glob("*.html")):
        both = [
            [[cell.text_content() for cell in row] for row in html.parse(str(folder / file.name)).xpath("//table//tr")]
            for folder in (ours, peer)
        ]
        if both[0] != both[1]:
            raise RuntimeError(f"the pages of {file.stem} differ")
        cells += sum(len(row) - 1 for row in both[0] if row[0] != "Område")
        rows = [
            list(csv.reader((folder / f"{file.stem}.csv").open(encoding="utf-8-sig", newline=""), delimiter=";"))
            for folder in (ours, peer)
        ]
        if rows[0] != rows[1]:
            raise RuntimeError(f"the CSV files of {file.stem} differ")
        told = [json.loads((folder / f"{file.stem}.json").read_text("utf-8"))["rows"] for folder in (ours, peer)]
        if told[0] != told[1]:
            raise RuntimeError(f"the JSON files of {file.stem} differ")
    return cells


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
