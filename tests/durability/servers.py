"""Real servers, started in a moment and killed without warning.

A process that has everything loaded (`mother`) forks a gunicorn whenever it is told to; each is a process group of its
own, so that killing it leaves nothing behind. What is loaded once need not be loaded for every kill.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.fresh_databases import ROOT, environment

WORKERS, THREADS = 2, 8


@contextmanager
def mother(address, folder, sabotage=""):
    """Gives a function that starts a server and answers with it."""
    command = [sys.executable, "-m", "tests.durability.servers", sabotage]
    log = folder / "server.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(
            command,
            env=environment(address, folder),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout.readline() == "ready\n", log.read_text()
        yield lambda: Server(process)
    finally:
        process.stdin.close()
        process.wait(timeout=120)
        process.stdout.close()


class Server:
    """A gunicorn on a port of its own. Answers when made."""

    def __init__(self, mother):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        mother.stdin.write(f"{self.port}\n")
        mother.stdin.flush()
        self.group = int(mother.stdout.readline())
        self._wait()

    def _wait(self):
        for _ in range(3000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("the server did not come up")

    def kill(self):
        """kill -9: master, workers and all, in the middle of whatever they do."""
        os.killpg(self.group, signal.SIGKILL)
        while _is_alive(self.group):
            time.sleep(0.002)


def _is_alive(group):
    """Whether a process of the group still runs; those that are dead and not yet buried do not count."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                    state, _, own_group = file.read().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if int(own_group) == group and state not in "ZX":
                return True
    return False


# --- in the mother's process ------------------------------------------------------------------------


def _serve(port):
    from gunicorn.app.base import BaseApplication

    from ledtrad.site.wsgi import application

    class Site(BaseApplication):
        def load_config(self):
            settings = {
                "bind": f"127.0.0.1:{port}",
                "workers": WORKERS,
                "threads": THREADS,
                "loglevel": "error",
                "keepalive": 30,
                "control_socket_disable": True,
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self):
            return application

    sys.argv = ["gunicorn"]
    Site().run()


def _main():
    from tests.durability.sabotage import WAYS

    import ledtrad.site.wsgi

    ledtrad.site.wsgi.application = WAYS[sys.argv[1]](ledtrad.site.wsgi.application)
    _warm(ledtrad.site.wsgi.application)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried at once
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            devnull = os.open(os.devnull, os.O_RDWR)
            os.dup2(devnull, 0)
            os.dup2(devnull, 1)
            _serve(int(line))
        print(child, flush=True)


def _warm(application):
    """Ask for one page, so that every module is loaded before the first fork; then let go of the database."""
    from django.db import connections
    from django.test import RequestFactory

    application(RequestFactory().get("/om/").environ, lambda *_: None)
    connections.close_all()


if __name__ == "__main__":
    _main()
