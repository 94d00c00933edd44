"""What a backup says of itself: sums that tell one content from another, however it is stored."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from ledtrad.site.backup.tables import Line


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a backup: its columns in order, how many rows it has, and the sum of their lines."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class File:
    """A file in a backup, by its path within the program's own folder."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a backup holds. `migrations` is the age of the tables, "app.name" each."""

    migrations: tuple[str, ...]
    tables: tuple[Table, ...]
    files: tuple[File, ...]
    made_at: str = ""
    format: int = field(default=1)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def sum(self) -> str:
        """The same for the same content, whatever database it came from and whenever it was made."""
        told = {"tables": [asdict(table) for table in self.tables], "files": [asdict(file) for file in self.files]}
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def as_json(self) -> bytes:
        return (json.dumps(asdict(self) | {"sum": self.sum}, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(content: bytes) -> Contents:
    """Raises ValueError, KeyError or TypeError when it is no manifest that this program knows."""
    told: dict[str, Any] = json.loads(content)
    if told["format"] != 1:
        raise ValueError("another format")
    found = Contents(
        tuple(told["migrations"]),
        tuple(Table(one["name"], tuple(one["columns"]), one["rows"], one["sha256"]) for one in told["tables"]),
        tuple(File(**one) for one in told["files"]),
        told["made_at"],
    )
    if found.sum != told["sum"]:
        raise ValueError("the manifest does not agree with itself")
    return found


class Summing:
    """Counts and sums lines as they pass."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, hashlib.sha256()

    def passing(self, lines: Iterable[Line]) -> Iterator[bytes]:
        for line in lines:
            encoded = f"{line}\n".encode()
            self.rows += 1
            self._sum.update(encoded)
            yield encoded

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()
