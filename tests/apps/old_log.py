"""A log as it was written before texts could be erased: entries of format 1, by that time's own recipe."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

START = "0" * 64
AT = datetime(2021, 1, 15, 9, 30, 12, 345678, tzinfo=UTC)


def entries(count):
    """Rows for the table as it was then, oldest first."""
    previous, rows = START, []
    for number in range(1, count + 1):
        at = AT + timedelta(minutes=number)
        objects = _json([f"thing:{number % 7}", f"mål:å{number % 3}"])
        change = _json({"from": None, "to": {"text": f"Så här skrev Kim {number} – 0701 23 45 {number:02}"}})
        content = _json([previous, number, at.isoformat(timespec="microseconds"), "Kim", "old.act", objects, change])
        own = hashlib.sha256(content.encode()).hexdigest()
        rows.append((number, at, "Kim", "old.act", objects, change, previous, own))
        previous = own
    return rows


def _json(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


COLUMNS = ("number", "at", "by", "action", "objects_json", "change_json", "previous_hash", "hash")


def insert(connection, count, **also):
    """Store `count` of them with plain SQL; answers the head. `also` gives columns that have come since."""
    rows = [row + tuple(also.values()) for row in entries(count)]
    names = ", ".join(f'"{name}"' for name in (*COLUMNS, *also))
    marks = ", ".join(["%s"] * (len(COLUMNS) + len(also)))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO audit_entry ({names}) VALUES ({marks})", rows)
    return rows[-1][-1 - len(also)]
