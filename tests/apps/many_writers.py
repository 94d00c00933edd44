"""Several writers at once. Run as a program it makes itself a database in the file that DATABASE_URL names."""

import json
import sys
import threading
from datetime import UTC, datetime

import django


def write_at_once(writers: int, each: int) -> list[str]:
    """`writers` threads record `each` entries, each entry in a transaction of its own; answers what went wrong."""
    from django.db import connection, transaction

    from ledtrad.apps.audit.actions import record

    failures: list[str] = []

    def work() -> None:
        try:
            for turn in range(each):
                with transaction.atomic():
                    record(by="Kim", at=datetime(2021, 3, 1, tzinfo=UTC), action="test.act", objects=(f"thing:{turn}",))
        except Exception as error:
            failures.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from ledtrad.apps.audit.queries import verify

    call_command("migrate", verbosity=0, skip_checks=True)
    failed = write_at_once(int(sys.argv[1]), int(sys.argv[2]))
    walked = verify()
    print(json.dumps({"failures": failed, "entries": walked.entries, "whole": walked.is_whole}))
