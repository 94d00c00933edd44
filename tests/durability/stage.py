"""A small city in which people can save rows right now, each with a session: for servers that are to be killed.

Run as a program: fills the empty tables of DATABASE_URL, and answers with what the clients need, as JSON.

kf ── kultur, miljo      boards, each with reporters and a report of tertial 2 this year, open since yesterday
goal 1.1                 60 activities a board, each a row
"""

import json
import secrets
import sys
from datetime import date, timedelta

BOARDS = ("kultur", "miljo")
PEOPLE_A_BOARD = 4
ACTIVITIES = 60


def build(clients):
    """Fill the database; answers the sessions (one a client) and the rows that each may save."""
    from django.utils import timezone

    now = timezone.now()
    _city(now)
    people = {board: _people(board, now) for board in BOARDS}
    rows = {board: _rows(board, now) for board in BOARDS}
    told = []
    for number in range(clients):
        board = BOARDS[number % len(BOARDS)]
        person = people[board][number // len(BOARDS) % PEOPLE_A_BOARD]
        told.append({"board": board, "session": _session(person), "csrf": secrets.token_hex(16)})
    return {"clients": told, "rows": rows}


def _city(now):
    from ledtrad.apps.goals import actions as goals
    from ledtrad.apps.goals.models import Level
    from ledtrad.apps.organisation import actions as organisation
    from ledtrad.apps.organisation.models import UnitKind

    year, first = now.year, date(2010, 1, 1)
    kinds = {"kf": UnitKind.COUNCIL} | dict.fromkeys(BOARDS, UnitKind.SPECIALIST_BOARD)
    organisation.register_units(
        units=[
            organisation.NewUnit(slug, slug, kind, first, parent="" if slug == "kf" else "kf")
            for slug, kind in kinds.items()
        ],
        by="Prov",
        at=now,
    )
    goals.set_objectives(
        objectives=[
            goals.NewObjective("1", "En trygg kommun", Level.DIRECTION, year - 1),
            goals.NewObjective("1.1", "Alla läser", Level.AREA, year - 1, parent="1"),
        ],
        by="Prov",
        at=now,
    )
    goals.oblige(year=year, units_by_goal={"1.1": list(BOARDS)}, by="Prov", at=now)
    _calendar(now)
    activities = [
        goals.NewActivity("", "1.1", board, year, title=f"Åtgärd {number}")
        for board in BOARDS
        for number in range(ACTIVITIES)
    ]
    goals.plan_activities(activities=activities, by=_program(), at=now)


def _program():
    from ledtrad.apps.people.actors import program

    return program("Prov")


def _calendar(now):
    """Plans are received until tomorrow, and so is tertial 2: what is tried here is not the calendar."""
    from ledtrad.apps.steering import actions as steering
    from ledtrad.core.calendar import PhaseDates, PhaseKind

    today = now.date()
    yesterday, later = today - timedelta(days=2), today + timedelta(days=20)
    phases = [
        PhaseDates(now.year, kind, yesterday, later + timedelta(days=order), later + timedelta(days=10 + order))
        for order, kind in enumerate((PhaseKind.PLAN, PhaseKind.TERTIAL_2))
    ]
    steering.set_phases(phases=phases, by=_program(), at=now)


def _people(board, now):
    from ledtrad.apps.people import actions as people
    from ledtrad.apps.people.models import Person, Role

    emails = [f"{board}{number}@prov.example" for number in range(PEOPLE_A_BOARD)]
    people.register_people(
        people=[people.NewPerson(email, f"Prov {email[:7]}", invented=True) for email in emails], by=_program(), at=now
    )
    people.give_roles(
        grants=[people.NewGrant(email, Role.REPORTER, board, date(2020, 1, 1)) for email in emails],
        by=_program(),
        at=now,
    )
    return [Person.objects.get(email=email) for email in emails]


def _rows(board, now):
    from ledtrad.apps.reporting import actions as reporting
    from ledtrad.apps.reporting.models import Row
    from ledtrad.core.periods import Period

    report = reporting.open_report(unit=board, period=Period(now.year, 2), by=_program(), at=now)
    return list(Row.objects.filter(report_id=report, kind="activity").order_by("id").values_list("id", flat=True))


def _session(person):
    """Signed in, as a browser would be after the form."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return store.session_key


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(build(int(sys.argv[1]))))
