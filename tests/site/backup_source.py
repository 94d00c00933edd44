"""Programs that the tests of backups run in processes of their own, each with a database of its own."""

import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import django

AT = datetime(2022, 5, 1, 12, 0, tzinfo=UTC)


def fill():
    """Lillköping with its report and its reporting year, and two files beside the database."""
    from django.conf import settings
    from tests import reporting_year, universe

    universe.build_city()
    universe.build_report()
    reporting_year.build()
    reporting_year.play()
    _publish()
    for name, content in {"uploads/utfall å.xlsx": b"PK\x03\x04" * 5000, "uploads/2021/tom.csv": b""}.items():
        path = settings.VAR / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _publish():
    """What is published is locked, against additions too: it must be put back all the same."""
    from tests import universe

    from ledtrad.apps.annual_report import actions as report

    report.draft_edition(year=2019, publisher="Lillköpings kommun", by=universe.BY, at=universe.AT)
    report.bind_sections(year=2019, by=universe.BY, at=universe.AT)
    report.record_checks(year=2019, by=universe.BY, at=universe.AT)
    report.publish_edition(year=2019, by=universe.BY, at=universe.AT)


def content():
    """The sum of the content as it is now, and what the walk through the log says."""
    from ledtrad.apps.audit.queries import verify
    from ledtrad.site.backup.making import content_now

    found, walked = content_now(), verify()
    counts = {table.name: table.rows for table in found.tables}
    print(json.dumps({"sum": found.sum, "rows": counts, "whole": walked.is_whole, "entries": walked.entries}))


def under_load(folder):
    """Three backups while four threads write; answers how many entries each holds, and how many were written."""
    from django.db import connection, transaction

    from ledtrad.apps.audit.actions import record
    from ledtrad.site.backup.making import make_backup
    from ledtrad.site.backup.reading import examine

    written, is_over = [], threading.Event()

    def write():
        while not is_over.is_set():
            with transaction.atomic():
                record(by="Kim", at=AT, action="test.act", objects=("a:1", "b:2"), after="x" * 500)
            written.append(1)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    held = []
    for number in range(3):
        before = len(written)
        while len(written) < before + 20:
            is_over.wait(0.01)
        file = Path(folder) / f"load{number}.xz"
        make_backup(file, AT)
        tables = {table.name: table.rows for table in examine(file).tables}
        held.append((tables["audit_entry"], tables["audit_entryobject"], len(written)))
    is_over.set()
    for thread in threads:
        thread.join()
    print(json.dumps({"held": held, "written": len(written)}))


def an_age_back(file):
    """A backup made before the program's latest migration of triggers: answers which one was taken back."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from ledtrad.apps.audit.append_only import KeepForever
    from ledtrad.site.backup.making import make_backup

    graph = MigrationExecutor(connection).loader.graph
    app, name = next(
        key
        for key in graph.leaf_nodes()
        if graph.nodes[key].operations
        and all(isinstance(operation, KeepForever) for operation in graph.nodes[key].operations)
        and not graph.node_map[key].children
    )
    before = max(parent.key for parent in graph.node_map[app, name].parents if parent.key[0] == app)
    call_command("migrate", app, before[1], verbosity=0)
    make_backup(Path(file), AT)
    print(json.dumps(f"{app}.{name}"))


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
