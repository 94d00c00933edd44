"""Clients that save rows as browsers do, and write down what came of each save: ok, or unknown when no answer came."""

import http.client
import json
import threading
from dataclasses import dataclass, field


@dataclass
class Save:
    """One save as it was sent. `version` is what the server acknowledged; None while nobody knows."""

    row: int
    rests_on: int
    key: str
    text: str
    client: int
    version: int | None = None
    conflict: bool = False


@dataclass
class History:
    """Everything that was sent, and how it ended."""

    acknowledged: list[Save] = field(default_factory=list)
    set_aside: list[Save] = field(default_factory=list)
    unknown: list[Save] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Client(threading.Thread):
    """Saves one row after another until the server is gone. Whoever gets no answer does not know what happened."""

    def __init__(self, number, told, rows, versions, port, round_number, history):
        super().__init__(daemon=True)
        self._number, self._told, self._rows, self._versions = number, told, rows, versions
        self._port, self._round, self._history = port, round_number, history
        self._sent = 0

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            while self._save_one(connection):
                pass
        except Exception as error:  # told to the judge, who counts it as a fault
            self._history.errors.append(repr(error))
        finally:
            connection.close()

    def _save_one(self, connection):
        save = self._next()
        try:
            send(connection, self._told, save)
        except (OSError, http.client.HTTPException):
            self._history.unknown.append(save)
            return False
        return self._note(save)

    def _next(self):
        self._sent += 1
        row = self._rows[self._sent % len(self._rows)]
        key = f"k{self._round}-c{self._number}-n{self._sent}"
        return Save(row, self._versions.get(row, 0), key, f"Texten {key} åäö – " + "x" * 200, self._number)

    def _note(self, save):
        if save.conflict:
            self._history.set_aside.append(save)
            self._versions[save.row] = max(self._versions.get(save.row, 0), save.rests_on + 1)
        else:
            self._history.acknowledged.append(save)
            self._versions[save.row] = max(self._versions.get(save.row, 0), save.version)
        return True


def send(connection, told, save):
    """POST the save with session and CSRF token; notes the version that was acknowledged, or the conflict."""
    body = json.dumps(
        {"content": {"progress": "partly", "why": save.text}, "rests_on": save.rests_on, "save_key": save.key}
    )
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Cookie": f"sessionid={told['session']}; csrftoken={told['csrf']}",
        "X-CSRFToken": told["csrf"],
        "Referer": f"http://127.0.0.1:{connection.port}/",
    }
    connection.request("POST", f"/arbete/rad/{save.row}/", body.encode(), headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status == 409:
        save.conflict = True
    elif answer.status == 200:
        save.version = json.loads(content)["version"]
    else:
        raise AssertionError(f"the server answered {answer.status}: {content[:300]!r}")
