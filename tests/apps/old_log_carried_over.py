"""Run as a program: makes a log as it once was written in the database of DATABASE_URL, and carries it over.

Answers, as JSON, what the walk through it says at each step.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import django

COUNT = 2500


def main():
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from tests.apps import old_log

    from ledtrad.apps.audit.actions import erase, record
    from ledtrad.apps.audit.queries import entries_about, verify

    call_command("migrate", "audit", "0002", verbosity=0, skip_checks=True)
    kept = old_log.insert(connection, COUNT)
    call_command("migrate", "audit", verbosity=0, skip_checks=True)
    at, said = datetime(2021, 3, 1, tzinfo=UTC), {"head": kept}
    said["carried over"] = asdict(verify(expected_head=kept))
    said["found"] = len(entries_about("mål:å1", limit=5000))
    with transaction.atomic():
        record(by="Kim", at=at, action="test.act", objects=("thing:1",))
    said["written on"] = asdict(verify(expected_head=kept))
    said["stood"] = _entries_with("0701 23 45 07")
    erase(entries=(7, 9, COUNT), reason="Begäran.", by="Kim", at=at)
    said["erased"] = asdict(verify(expected_head=kept))
    said["left"] = _entries_with("0701 23 45 07")
    print(json.dumps(said))


def _entries_with(text):
    from ledtrad.apps.audit.models import Entry

    return Entry.objects.filter(change_json__contains=text).count()


if __name__ == "__main__":
    main()
