"""`ledtrad fetch` and `ledtrad work`: figures from neighbours, at once or as they become due."""

import signal
import sys
import time
import traceback
import uuid
from typing import Annotated

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.printing import print_json, print_table
from ledtrad.site.command_line.progress import progress
from ledtrad.site.command_line.trouble import Trouble

Name = Annotated[str, typer.Argument(help="Prenumerationens namn. Utelämna det med --all.")]
All = Annotated[bool, typer.Option("--all", help="Hämta alla prenumerationer som inte är stoppade.")]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]
Once = Annotated[bool, typer.Option("--once", help="Gör det som väntar och sluta sedan.")]
_REST = 2.0
_ENDS = {"done": "klar", "held": "definitionen har ändrats", "failed": "misslyckades", "": "någon annan hämtar"}


def fetch(name: Name = "", everything: All = False, as_json: AsJson = False) -> None:
    """Hämta siffror från grannar nu. Svarar med 1 när något inte kunde hämtas eller väntar på någons svar."""
    connect()
    if bool(name) == everything:
        raise Trouble("Skriv en prenumerations namn, eller --all för alla.")
    from ledtrad.apps.neighbours.queries import fetch_by_id

    ends = [fetch_by_id(number) for number in _ask(_names(name))]
    cards = [card for card in ends if card is not None]
    if as_json:
        print_json([_told(card) for card in cards])
    else:
        columns = ("Prenumeration", "Hur det gick", "nya", "ändrade", "som förut", "")
        rows = [
            (one.subscription, _ENDS[one.state], *map(str, (one.new, one.revised, one.unchanged)), one.trouble)
            for one in cards
        ]
        print_table(columns, rows)
    raise typer.Exit(0 if all(card.state == "done" for card in cards) else 1)


def work(once: Once = False) -> None:
    """Hämta siffror från grannar allteftersom de ska hämtas, tills du trycker Ctrl-C.

    Flera kan arbeta samtidigt. Den som avbryts har inget halvt sparat: en annan börjar om.
    """
    connect()
    asked_to_stop = []
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: asked_to_stop.append(True))
    if not once:
        print("Väntar på hämtningar.", flush=True)
    while not asked_to_stop:
        did = _one_round()
        if once and not did:
            return
        if not did:
            time.sleep(_REST)


def _one_round() -> bool:
    """Queue what is due and do one fetch. What is broken in ourselves is shown, and the next fetch gets its turn."""
    from django.db import close_old_connections

    from ledtrad.apps.neighbours.actions import ask_due, take_next
    from ledtrad.apps.neighbours.actions.fetching import FETCHER

    close_old_connections()
    try:
        ask_due(by=FETCHER, at=now())
        worker = uuid.uuid4().hex
        number = take_next(worker=worker, at=now())
        if number is not None:
            _run(number, worker)
        return number is not None
    except Exception:
        traceback.print_exc(file=sys.stderr)
        time.sleep(_REST)
        return False


def _names(name: str) -> list[str]:
    from ledtrad.apps.neighbours.queries import subscriptions

    known = subscriptions()
    if name and name not in {one.name for one in known}:
        raise Trouble(f"Det finns ingen prenumeration som heter {name}.")
    return [one.name for one in known if one.name == name or (not name and not one.is_stopped and not one.open_drift)]


def _ask(names: list[str]) -> list[int]:
    """Fetch each of them in turn; answers the numbers of the fetches."""
    from ledtrad.apps.audit.policies import Refused
    from ledtrad.apps.neighbours.actions import ask_fetch, take_next
    from ledtrad.apps.people.actors import program

    numbers = []
    for name in names:
        try:
            number = ask_fetch(name=name, by=program("ledtrad fetch"), at=now())
        except Refused as refused:
            raise Trouble(str(refused)) from refused
        worker = uuid.uuid4().hex
        if take_next(worker=worker, at=now(), only=number) is not None:
            _run(number, worker)
        numbers.append(number)
    return numbers


def _run(number: int, worker: str) -> None:
    from ledtrad.apps.neighbours.actions import Job, run_fetch
    from ledtrad.apps.neighbours.queries import fetch_by_id

    card = fetch_by_id(number)
    called = card.subscription if card else str(number)
    with progress(called) as tell:
        state = run_fetch(Job(number, worker, now, tell))
    print(f"{called}: {_ENDS[state]}.", file=sys.stderr, flush=True)


def _told(card: "object") -> dict[str, object]:
    names = ("subscription", "state", "new", "revised", "unchanged", "trouble")
    return {name: getattr(card, name) for name in names}
