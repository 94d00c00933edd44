"""Run as a program in a database of its own: fills the log, walks through it, asks for its pages."""

import hashlib
import json
import random
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta

import django

_STRIDE = 10_000
_ACTIONS = ("reporting.save_rows", "indicators.record_outcomes", "goals.plan_activities", "reporting.submit")
_FIRST = datetime(2022, 1, 1, tzinfo=UTC)


def main(count: int) -> None:
    django.setup()
    client = _auditor()
    told = {"write_seconds": _timed(lambda: _fill(count, client.person.key))[0]}
    _statistics()
    from ledtrad.apps.audit.queries import verify

    told["verify_seconds"], walked = _timed(verify)
    assert walked.is_whole, walked
    assert walked.entries > count
    told["bare_seconds"] = _timed(_bare)[0]
    told |= _pages(count, client)
    print(json.dumps(told))


def _statistics() -> None:
    """What a database gathers by itself within a minute or so: without it, it guesses how to find a day."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(do):
    started = time.perf_counter()
    answer = do()
    return round(time.perf_counter() - started, 2), answer


def _fill(count: int, key: str) -> None:
    """Four years of work: mostly rows saved by some hundred people, thousands of units and reports."""
    from django.db import transaction

    from ledtrad.apps.audit.actions import Change, record_all

    chance = random.Random(1)
    for start in range(0, count, _STRIDE):
        action = _ACTIONS[0] if chance.random() < 0.9 else chance.choice(_ACTIONS[1:])
        with transaction.atomic():
            record_all(
                by=f"person:{chance.choice([key, *(f'p{number}' for number in range(99))])}",
                at=_FIRST + timedelta(seconds=start * 120),
                action=action,
                changes=[_change(Change, chance, count) for _ in range(min(_STRIDE, count - start))],
                is_draft=action == _ACTIONS[0],
            )


def _change(make, chance, count):
    row = chance.randrange(count // 5)
    text = {"version": row % 9, "content": json.dumps({"progress": "partly", "why": "Personal saknades. " * 6})}
    return make((f"row:{row}", f"report:2022/u{row % 3000}"), text, text)


def _bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT number, at, "by", action, objects_json, is_draft, salt, change_json, change_hash, format, '
            "previous_hash, hash FROM audit_entry ORDER BY number"
        )
        while rows := cursor.fetchmany(_STRIDE):
            for row in rows:
                hashlib.sha256(repr(row).encode()).digest()


def _pages(count: int, client) -> dict[str, float]:
    """The 95th percentile of each page, in milliseconds of the server's time, as an auditor is answered."""
    day = (_FIRST + timedelta(seconds=count // 2 * 120)).date()
    addresses = {
        "newest": "/logg/",
        "deep": f"/logg/?fore={count // 2}",
        "a_day": f"/logg/?dag={day}",
        "an_action": "/logg/?vad=reporting.submit",
        "rare_action_of_a_person": f"/logg/?vem={client.person.key}&vad=steering.set_phases",
        "action_and_day": f"/logg/?vad=reporting.save_rows&dag={day}",
        "an_object": f"/logg/objekt/{_some_row()}/",
        "a_busy_object": "/logg/objekt/report:2022/u17/",
        "a_name": "/logg/?vem=Revisor",
        "a_person": f"/logg/person/{client.person.key}/",
    }
    return {f"p95_ms_{name}": _p95(client, address) for name, address in addresses.items()}


def _some_row() -> str:
    from ledtrad.apps.audit.models import EntryObject

    rows = EntryObject.objects.filter(object_id__startswith="row:")
    return rows.values_list("object_id", flat=True).first()


def _p95(client, address: str) -> float:
    client.get(address)  # what is loaded once is not the page's
    times = []
    for _ in range(20):
        took, answer = _timed_finely(lambda: client.get(address))
        assert answer.status_code == 200, (address, answer.status_code)
        times.append(took * 1000)
    return round(statistics.quantiles(times, n=20)[-1], 1)


def _timed_finely(do):
    started = time.perf_counter()
    answer = do()
    return time.perf_counter() - started, answer


def _auditor():
    from django.test import Client
    from tests.durability.stage import _program, _session

    from ledtrad.apps.organisation import actions as organisation
    from ledtrad.apps.organisation.models import UnitKind
    from ledtrad.apps.people import actions as people
    from ledtrad.apps.people.models import Person, Role

    organisation.register_units(
        units=[organisation.NewUnit("kf", "Kommunfullmäktige", UnitKind.COUNCIL, date(2010, 1, 1))],
        by="Prov",
        at=_FIRST,
    )
    email = "revisor@prov.example"
    people.register_people(people=[people.NewPerson(email, "Rakel Revisor", invented=True)], by=_program(), at=_FIRST)
    people.give_roles(grants=[people.NewGrant(email, Role.AUDITOR, "kf", date(2020, 1, 1))], by=_program(), at=_FIRST)
    client = Client(SERVER_NAME="localhost")
    client.person = Person.objects.get(email=email)
    client.cookies["sessionid"] = _session(client.person)
    return client


if __name__ == "__main__":
    main(int(sys.argv[1]))
