"""`ledtrad migrate` and `ledtrad serve`: the tables, and the site on this machine."""

import socket
import sys
from typing import Annotated, Any

import typer

from ledtrad.site.command_line.connection import connect, set_up
from ledtrad.site.command_line.trouble import Trouble

_PATIENCE_SECONDS = 180


def migrate() -> None:
    """Skapa databasens tabeller, eller för dem fram till programmets årgång."""
    set_up()
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Trouble(f"Databasen går inte att nå: {str(error).splitlines()[0]}") from error
    print("Databasen är av programmets årgång.")


def serve(
    port: Annotated[int, typer.Option(help="Porten på den här datorn.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Antal processer.", min=1)] = 4,
) -> None:
    """Visa webbplatsen på http://127.0.0.1 tills du trycker Ctrl-C."""
    connect()
    _require_a_disk_that_keeps()
    _require_free(port)
    from gunicorn.app.wsgiapp import WSGIApplication

    class Site(WSGIApplication):
        """gunicorn with its settings given here instead of on its own command line."""

        def load_config(self) -> None:
            self.app_uri = "ledtrad.site.wsgi:application"
            # One thread each: threads of a process take turns at Python, and a save that holds the database would
            # wait for pages that are being drawn (docs/measurements.md).
            settings = {"bind": f"127.0.0.1:{port}", "workers": workers, "threads": 1, "loglevel": "warning"}
            # What is published of a large survey is attacked first, which may take a minute; gunicorn gives up at 30 s.
            settings["timeout"] = _PATIENCE_SECONDS
            # Loaded once before it is divided, or everybody would wait for each process to load the pages.
            shared = {"preload_app": True, "on_starting": _warm, "pre_fork": _share_no_connection}
            told = {"when_ready": lambda arbiter: print(f"Ledtråd visas på http://127.0.0.1:{port}", flush=True)}
            for name, value in {**settings, **shared, **told}.items():
                self.cfg.set(name, value)

    print("Ledtråd startar …", flush=True)
    Site().run()


def _warm(arbiter: Any) -> None:
    """What the first readers will ask for is made before the port is opened."""
    from ledtrad.site.sqlite.statistics import gather_statistics
    from ledtrad.site.warming import warm

    gather_statistics()
    warm(arbiter.app.wsgi())


def _share_no_connection(arbiter: object, worker: object) -> None:
    """Two processes on one connection take each other's answers, and one of them waits for ever."""
    from django.db import connections

    connections.close_all()


def _require_a_disk_that_keeps() -> None:
    """Trouble in production when PostgreSQL does not wait for its disk; a warning elsewhere. SQLite sees to itself."""
    from django.conf import settings
    from django.db import connection

    from ledtrad.site.database import POSTGRESQL_PROMISES, what_postgresql_risks

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(POSTGRESQL_PROMISES)])
        risk = what_postgresql_risks(dict(cursor.fetchall()))
    if risk and settings.IS_PRODUCTION:
        raise Trouble(risk)
    if risk:
        print(f"Varning: {risk}", file=sys.stderr)


def _require_free(port: int) -> None:
    """Trouble when something listens there already; the server itself would try in vain for five seconds."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Trouble(f"Porten {port} är upptagen. Välj en annan med --port, till exempel {port + 1}.") from error
