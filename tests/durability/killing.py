"""Rounds of: start a server, let clients save, kill it, and judge. Used by the test and by `script/bench kill`."""

import http.client
import random
import time
from dataclasses import dataclass, field

from tests.durability.clients import Client, History, send
from tests.durability.judging import problems
from tests.durability.servers import mother

SHORTEST, LONGEST = 0.15, 0.9


@dataclass
class Tally:
    """What all the rounds came to."""

    kills: int = 0
    acknowledged: int = 0
    set_aside: int = 0
    unknown: int = 0
    sent_again: int = 0
    fewest: int = 10**9
    seconds_of_saving: float = 0.0
    problems: list[str] = field(default_factory=list)


def kill_often(address, folder, staged, *, kills, seed=1, sabotage="", stop_at_first=False, least=0):
    """Kill a server `kills` times while clients save; answers the tally.

    Each server saves for 0.15–0.9 s from its first answer, and until `least` saves have been acknowledged.
    """
    chance, tally, versions = random.Random(seed), Tally(), {}
    with mother(address, folder, sabotage) as start:
        for number in range(kills):
            history = _round(start, staged, versions, chance, number, least, tally)
            tally.problems += [*history.errors[:3], *problems(address, history.acknowledged, history.set_aside)]
            if sabotage == "" or not tally.problems:
                tally.problems += _retry(start, staged, versions, history, address, tally)
            if tally.problems and stop_at_first:
                break
    return tally


def _round(start, staged, versions, chance, number, least, tally):
    server, history = start(), History()
    clients = _clients(server, staged, versions, number, history)
    for client in clients:
        client.start()
    _wait_for(history, 1)
    started = time.monotonic()
    time.sleep(chance.uniform(SHORTEST, LONGEST))
    _wait_for(history, least)
    server.kill()
    tally.seconds_of_saving += time.monotonic() - started
    for client in clients:
        client.join(70)
    tally.kills += 1
    tally.acknowledged += len(history.acknowledged)
    tally.set_aside += len(history.set_aside)
    tally.unknown += len(history.unknown)
    tally.fewest = min(tally.fewest, len(history.acknowledged))
    return history


def _wait_for(history, count):
    for _ in range(12000):
        if len(history.acknowledged) >= count or history.errors:
            return
        time.sleep(0.005)


def _clients(server, staged, versions, number, history):
    """Each client has rows of its own. Every fifth begins with one that they share, so that some saves meet."""
    clients = []
    for index, told in enumerate(staged["clients"]):
        rows = staged["rows"][told["board"]]
        own = [rows[(index // 2) * 3 % len(rows)], rows[((index // 2) * 3 + 1) % len(rows)]]
        shared = [rows[-1]] if index % 5 == 0 else []
        clients.append(Client(index, told, [own[0], *shared, own[1]], versions, server.port, number, history))
    return clients


def _retry(start, staged, versions, history, address, tally):
    """Send every save again that nobody knows of, twice, with its own key: it is stored once, or kept aside once."""
    server, found = start(), []
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for save in history.unknown:
        told = staged["clients"][save.client]
        send(connection, told, save)
        tally.sent_again += 1
        first = (save.version, save.conflict)
        send(connection, told, save)
        if (save.version, save.conflict) != first:
            found.append(f"sent again: {save.key} was first answered {first}, then {save.version, save.conflict}")
        if not save.conflict:
            versions[save.row] = max(versions.get(save.row, 0), save.version)
    connection.close()
    server.kill()
    again = [save for save in history.unknown if not save.conflict]
    return [*found, *problems(address, again, [save for save in history.unknown if save.conflict])]
