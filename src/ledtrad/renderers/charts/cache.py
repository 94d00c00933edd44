"""What has been drawn, kept by the fingerprint of what it was drawn from."""

import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from ledtrad.core.document import Figure


class Cache(Protocol):
    """Bytes by key. A miss is None; what is put is never changed afterwards."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, content: bytes) -> None: ...


class MemoryCache:
    """The latest `size` entries, for as long as the process lives."""

    def __init__(self, size: int = 512) -> None:
        self._size = size
        self._entries: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._entries.get(key)

    def put(self, key: str, content: bytes) -> None:
        while len(self._entries) >= self._size:
            del self._entries[next(iter(self._entries))]
        self._entries[key] = content


class FolderCache:
    """One file for each key in a folder that is made when first needed. Safe with several processes at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        try:
            return (self._folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Written beside and renamed, so that nobody ever reads half a file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=self._folder, prefix=".beside-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(beside, self._folder / key)
        except BaseException:
            os.unlink(beside)
            raise


def fingerprint(figure: Figure, *more: str) -> str:
    """The address of what is drawn from this figure: it changes when any word or number of it changes."""
    content = json.dumps([asdict(figure), *more], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
