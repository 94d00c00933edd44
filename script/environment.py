"""The set-up that every script does for itself: a virtual environment inside the checkout, ready to use.

Standard library only, so that it works from a bare Python 3.11: no root, Node, compiler or system package.
A second call takes a fraction of a second: what is in place is known by a stamp.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
# Each set of requirements holds the ones before it.
SETS = ("run", "dev", "spark", "bench")
FROM_SOURCE = "pyspark"  # the only one of which no wheel is published


def say(text):
    """A line to the person who waits."""
    print(f"» {text}", flush=True)


def right_python():
    """Start the calling script again under a newer Python when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(OLDEST[1], OLDEST[1] + 5):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    sys.exit("Ledtråd needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")


def program(name):
    """The path of a program of the virtual environment."""
    return str(VENV / "bin" / name)


def run(*command, **settings):
    """Run a command in the checkout; when it fails, end with its exit code."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **settings).returncode
    if code:
        sys.exit(code)


def ready(name):
    """Make the environment hold the set of requirements `name` (one of SETS), and Ledtråd itself."""
    right_python()
    _keep_what_is_compiled()
    if not (VENV / "bin" / "python").exists():
        _create()
    if not _is_stamped(name):
        _install(name)
        _stamp(name)
    _put_in_place()
    run(program("python"), ROOT / "script" / "catalogues.py")


def _keep_what_is_compiled():
    """Tests start programs by the hundred: each would compile the whole source anew where keeping it is turned off."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _create():
    say(f"Making a virtual environment with Python {sys.version.split()[0]}")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True)
    if made.returncode:
        # Some systems split pip's bootstrap into a package of its own; the installer below can do without it.
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", VENV)


def _installer():
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--compile-bytecode", "--python", program("python")]
    if Path(program("pip")).exists():
        return [program("python"), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    return [sys.executable, "-m", "pip", "--python", program("python"), "install", "--progress-bar", "off"]


def _install(name):
    wanted = ROOT / "requirements" / f"{name}.txt"
    total = sum("==" in line for line in wanted.read_text(encoding="utf-8").splitlines())
    say(f"Installing up to {total} packages, each checked against its hash")
    command = [*_installer(), "--require-hashes", "--only-binary", ":all:", "--no-binary", FROM_SOURCE]
    command += ["-r", str(wanted)]
    if shutil.which("uv"):
        run(*command)
    else:
        _with_progress(command, total)


def _with_progress(command, total):
    """Run pip, showing one line that counts instead of its several hundred."""
    fetched = 0
    tail = []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        tail = [*tail[-30:], line]
        if line.startswith("Collecting "):
            fetched += 1
            _show_count(f"  {fetched} of {total}: {line.split()[1].split('==')[0]}", fetched)
        elif line.startswith("Installing collected"):
            _show_count("  all fetched; unpacking", 0)
    if sys.stdout.isatty():
        print()
    if process.wait():
        sys.exit("".join(tail))


def _show_count(text, count):
    if sys.stdout.isatty():
        print(f"\r{text:<60}", end="", flush=True)
    elif count % 20 == 0:
        print(text, flush=True)


def _fingerprint(name):
    locked = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    python = os.path.realpath(program("python")).encode()
    return hashlib.sha256(locked + python).hexdigest()


def _stamp_file(name):
    return VENV / f"ledtrad-{name}.stamp"


def _is_stamped(name):
    stamp = _stamp_file(name)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _fingerprint(name)


def _stamp(name):
    for held in SETS[: SETS.index(name) + 1]:
        _stamp_file(held).write_text(_fingerprint(held), encoding="utf-8")


LAUNCHER = """#!{python}
import sys

from ledtrad.site.command_line import main

sys.exit(main())
"""


def _put_in_place():
    """Let the environment find Ledtråd where it stands, without building it: a path file and a launcher."""
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    _write_once(packages / "ledtrad.pth", f"{ROOT / 'src'}\n")
    launcher = Path(program("ledtrad"))
    _write_once(launcher, LAUNCHER.format(python=program("python")))
    launcher.chmod(0o755)


def _write_once(path, text):
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
