"""What the tests of neighbours share: a neighbour in another process, and the small town that subscribes to it."""

import json
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction
from tests import reporting_year, universe

from ledtrad.apps.indicators.actions import NewArea, register_areas
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.neighbours.actions import Job, NewSubscription, ask_fetch, run_fetch, subscribe, take_next
from ledtrad.apps.neighbours.asking import Asker
from ledtrad.apps.neighbours.sources import reaching
from ledtrad.apps.people.actors import program
from ledtrad.core.series.drift import NeighbourDefinition

AT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
PROGRAM = program("Lillköping")
AREAS = [
    NewArea("0000", AreaKind.NATION, "Riket"),
    NewArea("0001", AreaKind.COUNTY, "Stockholms län"),
    NewArea("0003", AreaKind.COUNTY, "Uppsala län"),
    NewArea("0180", AreaKind.MUNICIPALITY, "Stockholm"),
    NewArea("1480", AreaKind.MUNICIPALITY, "Göteborg"),
]
SUSPECTS = "Osäkerhetstal - Förtroende för att rättsväsendet behandlar brottsmisstänkta på ett bra sätt, andel (%)"
VICTIMS = "Osäkerhetstal - Förtroende för att rättsväsendet behandlar brottsutsatta på ett bra sätt, andel (%)"


def kpi(code="N07401", title="Anmälda våldsbrott, antal/100 000 inv", description="Källa: Brå.", **more):
    """A KPI as Kolada's catalogue writes it."""
    return {
        "id": code,
        "title": title,
        "description": description,
        "is_divided_by_gender": True,
        "municipality_type": "K",
        "auspice": "X",
        "operating_area": "Kommunen, övergripande",
        "perspective": "Kvalitet och resultat",
        "prel_publication_date": None,
        "publication_date": "2026-03-31",
        "publ_period": "2025",
        "has_ou_data": False,
        **more,
    }


def value(year, total, women=None, men=None, *, area="0180", code="N07401", status=""):
    """A row of values as Kolada writes it; None for a gender that has none of its own."""
    cells = [("T", total), ("K", women), ("M", men)]
    return {
        "kpi": code,
        "municipality": area,
        "period": year,
        "values": [
            {"gender": gender, "count": 1, "status": status if number is None else "", "value": number}
            for gender, number in cells
            if gender == "T" or number is not None
        ],
    }


class Neighbour:
    """The other process, and what one tells it to say."""

    def __init__(self, port):
        self.port, self.address = port, f"http://127.0.0.1:{port}"

    def say(self, **state):
        body = json.dumps(state).encode()
        urllib.request.urlopen(urllib.request.Request(f"{self.address}/_set", body), timeout=5).read()

    @property
    def heard(self):
        with urllib.request.urlopen(f"{self.address}/_heard", timeout=5) as answer:
            return json.loads(answer.read())


@contextmanager
def serving():
    """A neighbour that answers until the block ends."""
    file = Path(__file__).with_name("server_process.py")
    process = subprocess.Popen([sys.executable, str(file)], stdout=subprocess.PIPE, text=True)
    try:
        yield Neighbour(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(5)
        process.stdout.close()


@pytest.fixture(scope="session")
def process():
    with serving() as neighbour:
        yield neighbour


FRESH = {
    "kpis": [kpi()],
    "municipalities": [
        {"id": "0180", "title": "Stockholm", "type": "K"},
        {"id": "1480", "title": "Göteborg", "type": "K"},
    ],
    "values": [value(2023, 101.5), value(2024, 98.25)],
    "page": 5000,
    "style": "next_url",
    "fail": [],
    "slow": 0.0,
    "statuses": {},
    "lie": {},
}


@pytest.fixture
def neighbour(process, settings):
    """The neighbour, fresh, in the settings under both names. Its address is on this machine, and said to be."""
    process.say(**FRESH)
    settings.KOLADA = f"{process.address}/v3/"
    settings.PXWEB = {"scb": f"{process.address}/px/"}
    settings.NEIGHBOURS_INSIDE = (process.address,)
    settings.NEIGHBOURS_PACE = 0.0
    return process


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker):
    """Lillköping with people, two municipalities and the nation: built once for a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        universe.build_report()
        reporting_year.build()
        register_areas(areas=AREAS, by=PROGRAM, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def town(_built, db):
    """The town as it was built; what a test does to it is undone."""


@pytest.fixture
def no_pauses(monkeypatch):
    """Nobody waits between tries; how long they would have waited is noted."""
    slept = []
    monkeypatch.setattr(reaching, "Asker", partial(Asker, sleep=slept.append))
    return slept


def definition(said=None):
    """What is pinned of a KPI, written out by hand."""
    said = said or kpi()
    by_sex = "ja" if said["is_divided_by_gender"] else "nej"
    kinds = {"K": "kommuner", "L": "regioner", "A": "kommuner och regioner"}
    traits = (("Delas upp på kön", by_sex), ("Gäller", kinds[said["municipality_type"]]))
    return NeighbourDefinition(said["title"], said["description"], traits)


def subscribed(name="valdsbrott", *, said=None, by=PROGRAM, **more):
    """Subscribe the town's indicator 1.2.2 to a KPI."""
    said = said or kpi()
    fields = {
        "provider": "kolada",
        "source": "kolada",
        "asked": said["id"],
        "indicator": "1.2.2",
        "areas": ("0180", "1480"),
        "by_sex": True,
        "definition": definition(said),
        **more,
    }
    subscribe(new=NewSubscription(name, **fields), by=by, at=AT)


def fetched(name="valdsbrott", *, at=AT, worker="w1"):
    """Ask for a fetch, take it and run it: its number and its state."""
    number = ask_fetch(name=name, by=PROGRAM, at=at)
    assert take_next(worker=worker, at=at, only=number) == number
    return number, run_fetch(Job(number, worker, lambda: at))


def later(days=1):
    return AT + timedelta(days=days)
