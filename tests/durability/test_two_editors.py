"""Two people save the same row in the same moment, again and again: one is saved, one gets both texts to choose from.

Reliability test 4, by HTTP against a real server; five hundred times with `-m nightly`. The same through two windows
stands among the journeys.
"""

import http.client
import json
import threading
from contextlib import closing

import pytest
from tests.durability.clients import Save, send
from tests.durability.judging import Store, problems
from tests.durability.servers import mother
from tests.fresh_databases import python

LOOKED_AT = 20


@pytest.fixture
def staged(migrated_database, tmp_path):
    """The address of a database with a small city in it, and what its clients need."""
    done = python("-m", "tests.durability.stage", 4, address=migrated_database, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return migrated_database, json.loads(done.stdout.splitlines()[-1])


class Editor(threading.Thread):
    """Saves in every round together with the other: both wait at the gate until both are there."""

    def __init__(self, name, told, rows, versions, port, gate, rounds):
        super().__init__(daemon=True)
        self.saves, self.trouble = [], None
        self._name, self._told, self._rows, self._versions = name, told, rows, versions
        self._port, self._gate, self._rounds = port, gate, rounds

    def run(self):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
                self._save_all(connection)
        except Exception as error:  # the test looks at it
            self.trouble = error
            self._gate.abort()

    def _save_all(self, connection):
        for number in range(self._rounds):
            row = self._rows[number % len(self._rows)]
            save = Save(row, self._versions[row], f"{self._name}-{number}", f"{self._name} skriver {number}", 0)
            self._gate.wait(60)
            send(connection, self._told, save)
            self.saves.append(save)
            self._gate.wait(60)
            self._versions[row] = save.rests_on + 1  # both say the same


def _edit_together(staged, folder, *, rounds, sabotage=""):
    """Both editors' saves, pair by pair, and how a conflict's page looked to its loser."""
    address, told = staged
    rows, versions, gate = told["rows"]["kultur"], {}, threading.Barrier(2)
    versions.update(dict.fromkeys(rows, 0))
    with mother(address, folder, sabotage) as start:
        server = start()
        editors = [
            Editor(name, told["clients"][index], rows, versions, server.port, gate, rounds)
            for name, index in (("Rut", 0), ("Rolf", 2))
        ]
        for editor in editors:
            editor.start()
        for editor in editors:
            editor.join(300)
        pages = _conflict_pages(address, told, editors, server.port) if not sabotage else []
        server.kill()
    assert [editor.trouble for editor in editors] == [None, None]
    return list(zip(*(editor.saves for editor in editors), strict=True)), pages


def _conflict_pages(address, told, editors, port):
    """The page of each of the last conflicts, as its loser sees it."""
    pages = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    ids = dict(Store(address).all("SELECT save_key, id FROM reporting_setaside"))
    for editor, index in zip(editors, (0, 2), strict=True):
        for save in [save for save in editor.saves if save.conflict][-LOOKED_AT // 2 :]:
            cookie = f"sessionid={told['clients'][index]['session']}"
            connection.request("GET", f"/arbete/konflikt/{ids[save.key]}/", headers={"Cookie": cookie})
            answer = connection.getresponse()
            pages.append((save, answer.status, answer.read().decode()))
    connection.close()
    return pages


@pytest.mark.parametrize("rounds", [100, pytest.param(500, marks=pytest.mark.nightly)])
def test_of_two_who_save_at_once_one_is_saved_and_one_is_asked(staged, tmp_path, rounds):
    pairs, pages = _edit_together(staged, tmp_path, rounds=rounds)
    assert len(pairs) == rounds
    assert all(one.conflict is not other.conflict for one, other in pairs)
    saves = [save for pair in pairs for save in pair]
    assert (
        problems(
            staged[0],
            [save for save in saves if not save.conflict],
            [save for save in saves if save.conflict],
        )
        == []
    )
    winners = {one.key if not one.conflict else other.key for one, other in pairs}
    assert 0 < sum(key.startswith("Rut") for key in winners) < rounds, "they never really met"
    _assert_both_texts(pairs, pages)


def _assert_both_texts(pairs, pages):
    """The loser's page shows her own text and the one that stands now."""
    last = {save.row: save.text for pair in pairs for save in pair if not save.conflict}
    assert len(pages) >= 2
    for save, status, page in pages:
        assert status == 200
        assert save.text in page
        assert last[save.row] in page


def test_without_versions_the_last_one_overwrites(staged, tmp_path):
    """So it is the versions that the test above has met."""
    pairs, _ = _edit_together(staged, tmp_path, rounds=5, sabotage="last_one_wins")
    assert any(not one.conflict and not other.conflict for one, other in pairs)
