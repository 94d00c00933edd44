"""Run as a program: saves rows through the real pages, and answers with every statement that reached the database.

    python -m tests.durability.capture SAVES [MARKS]

The statements are SQLite's own account of what it was told, with the values in them. With MARKS, a file, a line is
written there after each save, so that a trace of the system's calls can be told apart save by save.
"""

import json
import os
import sys

from ledtrad.site.sqlite.driver import sqlite3

STATEMENTS = []


class Traced(sqlite3.Connection):
    """Writes down whatever it is told, from the first pragma on."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.set_trace_callback(STATEMENTS.append)


def main():
    import django

    django.setup()
    from django.db import connection
    from tests.durability.stage import build

    told = build(2)
    connection.close()
    with open(connection.settings_dict["NAME"], "rb") as file:
        before = file.read()
    connection.settings_dict["OPTIONS"]["factory"] = Traced
    saves = list(_save(told, int(sys.argv[1]), _marker(sys.argv[2:])))
    connection.close()
    with open(f"{connection.settings_dict['NAME']}.before", "wb") as file:
        file.write(before)
    print(json.dumps({"statements": STATEMENTS, "saves": saves}))


def _marker(given):
    if not given:
        return lambda text: None
    marks = os.open(given[0], os.O_WRONLY | os.O_CREAT)
    return lambda text: os.write(marks, f"{text}\n".encode())


def _save(told, count, mark):
    """Post `count` saves; gives each with the number of statements that had been made when it was acknowledged."""
    from django.test import Client

    client, who = Client(SERVER_NAME="localhost"), told["clients"][0]
    client.cookies["sessionid"] = who["session"]
    rows = told["rows"][who["board"]][:3]
    versions = dict.fromkeys(rows, 0)
    mark("begin")
    for number in range(count):
        row, key = rows[number % len(rows)], f"cut-{number}"
        text = f"Texten {key} åäö: " + "y" * (1 + number * 37 % 900)
        body = {"content": {"progress": "partly", "why": text}, "rests_on": versions[row], "save_key": key}
        answer = client.post(f"/arbete/rad/{row}/", json.dumps(body), content_type="application/json")
        mark(f"save {number}")
        assert answer.status_code == 200, answer.content
        versions[row] = answer.json()["version"]
        yield {"row": row, "key": key, "text": text, "version": versions[row], "after": len(STATEMENTS)}


if __name__ == "__main__":
    main()
