"""The folder that is published to: whole files or none, and a list of what lies there."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import ledtrad

MANIFEST = "publicerat.json"


class NotWritable(Exception):
    """The folder cannot be written to; the message is a Swedish sentence."""


@dataclass
class Manifest:
    """How far into the log it reaches, what made it, and the fingerprint of each indicator's figures."""

    log: int = 0
    program: str = ""
    indicators: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> bytes:
        told = {"log": self.log, "program": self.program, "indicators": self.indicators}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def read_manifest(folder: Path) -> Manifest:
    """What was published there; nothing when there is no list, or one that cannot be read."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        codes = {str(code): str(fingerprint) for code, fingerprint in told["indicators"].items()}
        return Manifest(int(told["log"]), str(told["program"]), codes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def stem(code: str) -> str:
    """The name of an indicator's files: nothing in it leads out of the folder or hides it."""
    return "indikator-" + quote(code, safe="").replace("%", "_")


def write(folder: Path, name: str, content: bytes) -> None:
    """Write the whole file or nothing: a reader never meets half of one."""
    unfinished = folder / f".{name}.part"
    try:
        unfinished.write_bytes(content)
        os.replace(unfinished, folder / name)
    except OSError as error:
        raise NotWritable(f"Det går inte att skriva i {folder}: {error.strerror or error}.") from error


def make(folder: Path) -> None:
    """The folder is there, empty or as it was."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(f"Det går inte att skapa {folder}: {error.strerror or error}.") from error


def remove(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)


def program_fingerprint() -> str:
    """Changes when what makes the files does: then all are made anew."""
    root = Path(ledtrad.__file__).parent
    rooms = ("apps/open_data", "renderers/indicator_pages", "renderers/tables", "renderers/charts", "renderers/html")
    total = hashlib.sha256(ledtrad.__version__.encode())
    for room in rooms:
        for file in sorted((root / room).rglob("*")):
            if file.suffix in (".py", ".html", ".css"):
                total.update(file.read_bytes())
    return total.hexdigest()[:32]
