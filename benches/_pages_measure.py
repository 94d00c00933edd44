"""Asks for every page of the reporting year as the people who use it: one visit for each line that comes in.

    python -m benches._pages_measure

The first line out tells who asks for which page. After that each line in is the number of a page, and each line out
what that visit took. Whoever measures two databases asks two of these in turns, so that both meet the same machine.
"""

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

REPORTER, HEAD, SECRETARY, CONTROLLER = "rapportor1", "enhetschef", "sekreterare", "controller"
AUDITOR, ADMINISTRATOR, EDITOR, NOBODY = "revisor", "admin", "redaktor", ""


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from ledtrad.site.sqlite.statistics import gather_statistics

    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    connection.ensure_connection()
    gather_statistics()  # as `ledtrad serve` does before it opens
    clients = {key: _client(key) for key in (REPORTER, HEAD, SECRETARY, CONTROLLER, AUDITOR, ADMINISTRATOR, EDITOR)}
    clients[NOBODY] = _client(NOBODY)
    pages = list(_pages())
    print(json.dumps(pages), flush=True)
    seen: set[int] = set()
    for line in sys.stdin:
        number = int(line)
        who, address = pages[number]
        print(json.dumps(_visited(clients[who], address, count=number not in seen)), flush=True)
        seen.add(number)


def _client(key: str) -> Any:
    from django.conf import settings
    from django.test import Client

    from ledtrad.apps.people.models import Person

    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    if key:
        client.force_login(Person.objects.get(key=key), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _visited(client: Any, address: str, count: bool) -> dict[str, Any]:
    """One visit; when `count`, another after it, whose SQL queries are counted.

    The processor's time is our own process's: with SQLite all the work there is.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    worked, start = time.process_time(), time.perf_counter()
    answer = client.get(address)
    took, worked = time.perf_counter() - start, time.process_time() - worked
    told = {
        "ms": 1000 * took,
        "processor_ms": 1000 * worked,
        "status": answer.status_code,
        "bytes": len(answer.content),
    }
    if count:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
            told["queries"] = len(asked)  # the next request forgets them
    return told


def _pages() -> Iterator[tuple[str, str]]:
    """Who asks for what: one address of each kind, where there is most of it."""
    yield from _workspace()
    yield from _centre()
    yield from _plan()
    yield from _others()


def _workspace() -> Iterator[tuple[str, str]]:
    for who in (REPORTER, HEAD, SECRETARY, CONTROLLER):
        yield who, "/arbete/"
    for period in ("t1", "t2", "ar"):
        yield REPORTER, f"/arbete/2022/farsta/{period}/"
    yield CONTROLLER, "/arbete/2022/utbildningsnamnden/ar/"
    yield HEAD, "/arbete/2022/farsta-e1/ar/"
    yield REPORTER, "/arbete/2022/farsta/ar/klistra-in/"
    yield REPORTER, "/arbete/vem/"
    yield REPORTER, f"/arbete/konflikt/{_conflict()}/"


def _centre() -> Iterator[tuple[str, str]]:
    for address in (
        "/lage/2022/t2/",
        "/lage/2022/ar/",
        "/lage/2022/ar/farsta/",
        "/lage/2022/mal/1.2/",
        "/lage/2021/mal/3.1/",
        "/lage/2022/fragor/",
        "/sok/?q=trygg",
        "/prognoser/2021/",
        "/rattelser/2021/",
        "/arbete/2022/farsta/t2/vagen/",
    ):
        yield CONTROLLER, address
    yield CONTROLLER, f"/arbete/2021/bromma/ar/ratta/{_locked_row('bromma')}/"


def _plan() -> Iterator[tuple[str, str]]:
    for address in (
        "/plan/2022/",
        "/plan/2023/",
        "/plan/2022/under/1.2/",
        "/plan/2022/farsta/",
        "/plan/2022/utbildningsnamnden/",
        "/plan/2022/farsta/aktiviteter/",
        "/plan/2022/historik/goal:1.2/",
        "/kalender/2022/",
    ):
        yield REPORTER, address
    yield HEAD, "/plan/2022/farsta-e1/"
    yield CONTROLLER, "/plan/2023/kopiera/"


def _others() -> Iterator[tuple[str, str]]:
    for address in ("/personer/", "/personer/?q=lind", f"/personer/{REPORTER}/", "/logg/", f"/logg/person/{REPORTER}/"):
        yield ADMINISTRATOR, address
    yield AUDITOR, "/logg/objekt/report:2022/farsta/"
    yield AUDITOR, "/revision/2020/"
    yield AUDITOR, "/revision/2020/1.2/"
    yield AUDITOR, "/revision/2020/1.2/?kant=2020-11-01T12:00"
    yield REPORTER, "/konto/"
    for address in ("/", "/2020/", "/2022/", "/2020/matris/?jamfor=1", "/2020/mal/1.2/", "/2020/indikator/1.2.1/"):
        yield NOBODY, address


def _conflict() -> int:
    """Two people write in one row; the text of the second is set aside."""
    from datetime import UTC, datetime

    from ledtrad.apps.people.queries import actor
    from ledtrad.apps.reporting.actions import save_row
    from ledtrad.apps.reporting.models import SetAside
    from ledtrad.apps.reporting.queries import report_of, rows_of
    from ledtrad.core.calendar import city_day
    from ledtrad.core.periods import Period
    from ledtrad.site.command_line.connection import now

    at: datetime = now().astimezone(UTC)
    report = report_of("farsta", Period(2022))
    assert report is not None
    row = next(row for row in rows_of(report.id) if row.kind.value == "assessment")
    for who, text in (("rapportor2", "Det ena."), (REPORTER, "Det andra.")):
        by = actor(who, city_day(at))
        save_row(row_id=row.id, fields={"result": text}, rests_on=row.version, save_key=f"{who}-{at:%s}", by=by, at=at)
    return int(SetAside.objects.filter(row_id=row.id, settled_at__isnull=True).latest("pk").pk)


def _locked_row(unit: str) -> int:
    from ledtrad.apps.reporting.queries import report_of, rows_of
    from ledtrad.core.periods import Period

    report = report_of(unit, Period(2021))
    assert report is not None
    return rows_of(report.id)[0].id


if __name__ == "__main__":
    main()
