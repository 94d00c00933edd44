"""Run as a program: writes to the database for some seconds, checkpointing now and then; answers how often."""

import json
import random
import sys
import time

import django


def main(seconds):
    django.setup()
    from django.db import connection, transaction
    from django.utils import timezone

    from ledtrad.apps.audit.actions import Change, record_all

    chance, ends, acknowledged = random.Random(), time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        changes = [Change((f"thing:{chance.randrange(50)}",), "x" * chance.randrange(3000)) for _ in range(3)]
        with transaction.atomic():
            record_all(by="Kim", at=timezone.now(), action="test.act", changes=changes)
        acknowledged += len(changes)
        if chance.random() < 0.05:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if chance.random() < 0.05:
            connection.close()
    print(json.dumps(acknowledged))


if __name__ == "__main__":
    main(float(sys.argv[1]))
