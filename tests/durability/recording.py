"""A disk that remembers what was asked of it, and what a power cut would leave of that.

SQLite is given a file system of its own (apsw's VFS) that passes everything on to the real one and writes it on a tape.
A cut is a place on the tape: whatever had been synced by then stays. Of the rest each write may be there, missing or
torn; a new file's name is on the disk once the file has been synced; a deletion that was not synced may come undone.
"""

from dataclasses import dataclass, field
from pathlib import Path

import apsw

NAME = "recording"
SECTOR = 512


@dataclass(frozen=True)
class Asked:
    """One thing that was asked of the disk: create, write, truncate, sync, delete; or "ack", an acknowledged save."""

    what: str
    file: str = ""
    at: int = 0
    content: bytes = b""


class Disk(apsw.VFS):
    """The real file system, with a tape."""

    def __init__(self):
        self.tape = []
        super().__init__(NAME, "")

    def xOpen(self, name, flags):  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is not None and not Path(path).exists():
            self.tape.append(Asked("create", Path(path).name))
        return _File(self, name, flags, Path(path).name if path else "")

    def xDelete(self, path, syncdir):  # noqa: N802
        self.tape.append(Asked("delete", Path(path).name, at=int(syncdir)))
        return super().xDelete(path, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, disk, name, flags, short):
        self._tape, self._short = disk.tape, short
        super().__init__("", name, flags)

    def xWrite(self, data, offset):  # noqa: N802
        self._tape.append(Asked("write", self._short, offset, bytes(data)))
        return super().xWrite(data, offset)

    def xTruncate(self, size):  # noqa: N802
        self._tape.append(Asked("truncate", self._short, size))
        return super().xTruncate(size)

    def xSync(self, flags):  # noqa: N802
        self._tape.append(Asked("sync", self._short))
        return super().xSync(flags)


def replay(statements, acknowledged_after, file, tape_of):
    """Tell SQLite all that the program told it, on the recording disk; answers the tape.

    `acknowledged_after` gives the number of statements after which each save was acknowledged.
    """
    disk = tape_of
    waiting = sorted(acknowledged_after)
    connection = None
    for number, statement in enumerate(statements, 1):
        if connection is None:
            connection = apsw.Connection(str(file), vfs=NAME)
        if not statement.lstrip().upper().startswith(("SELECT", "EXPLAIN", "--")):
            for _ in connection.execute(statement):
                pass
        while waiting and waiting[0] <= number:
            disk.tape.append(Asked("ack", at=len(acknowledged_after) - len(waiting)))
            waiting.pop(0)
    tape = list(disk.tape)
    connection.close()
    return tape


@dataclass
class _Kept:
    """A file as the disk holds it: what is safe (None: no such file), and what is not yet."""

    safe: bytearray | None = None
    waiting: list[Asked] = field(default_factory=list)
    may_be_gone: bool = False


def after_a_cut(tape, place, before, chance):
    """The files that are found when the power is back, by name, with the saves that had been acknowledged."""
    kept = {name: _Kept(bytearray(content)) for name, content in before.items()}
    acknowledged = []
    for asked in tape[:place]:
        if asked.what == "ack":
            acknowledged.append(asked.at)
        else:
            _take(kept.setdefault(asked.file, _Kept()), asked)
    found = {name: _left(file, chance) for name, file in kept.items()}
    return {name: content for name, content in found.items() if content is not None}, acknowledged


def _take(file, asked):
    if asked.what in ("write", "truncate", "create"):
        file.waiting.append(asked)
    elif asked.what == "sync":
        file.safe = _with(file.safe, file.waiting)
        file.waiting, file.may_be_gone = [], False
    elif asked.at:  # a deletion, with its folder synced
        file.safe, file.waiting, file.may_be_gone = None, [], False
    else:
        file.may_be_gone = True


def _left(file, chance):
    if file.may_be_gone and chance.random() < 0.5:
        return None
    if file.safe is None and chance.random() < 0.5:
        return None  # the name had not reached the folder
    return bytes(_with(file.safe, [part for asked in file.waiting for part in _survives(asked, chance)]) or b"")


def _survives(asked, chance):
    """All, nothing, or some sectors of what was asked."""
    fate = chance.random()
    if asked.what != "write":
        return [asked] if fate < 0.5 else []
    if fate < 0.35:
        return [asked]
    if fate < 0.7:
        return []
    places = range(0, len(asked.content), SECTOR)
    return [
        Asked("write", asked.file, asked.at + place, asked.content[place : place + SECTOR])
        for place in places
        if chance.random() < 0.5
    ]


def _with(safe, asked):
    content = bytearray() if safe is None else bytearray(safe)
    for one in asked:
        if one.what == "truncate":
            del content[one.at :]
        elif one.what == "write":
            content.extend(bytes(max(0, one.at - len(content))))
            content[one.at : one.at + len(one.content)] = one.content
    return None if safe is None and not asked else content
