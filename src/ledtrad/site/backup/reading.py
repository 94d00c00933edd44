"""Reading a backup: whole and unharmed, or not at all."""

import hashlib
import lzma
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ledtrad.site.backup.contents import Contents, from_json
from ledtrad.site.backup.making import MANIFEST
from ledtrad.site.backup.trouble import BackupTrouble

_PIECE = 1024 * 1024
_LARGEST_MANIFEST = 256 * 1024 * 1024


def examine(file: Path) -> Contents:
    """What the backup holds. Raises BackupTrouble unless every byte is as it was written."""
    try:
        _unpack(file)
        return _add_up(file)
    except FileNotFoundError as error:
        raise BackupTrouble(f"Det finns ingen fil som heter {file}.") from error
    except OSError as error:
        raise BackupTrouble(f"{file} går inte att läsa: {error.strerror or error}.") from error
    except (lzma.LZMAError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupTrouble(
            f"{file} är skadad eller ingen säkerhetskopia från Ledtråd. Ingenting har återställts; ta en annan kopia."
        ) from error


def _unpack(file: Path) -> None:
    """Every byte of the file belongs to one packed stream, and the stream's own sums agree."""
    unpacker = lzma.LZMADecompressor(format=lzma.FORMAT_XZ)
    with file.open("rb") as packed:
        while piece := packed.read(_PIECE):
            if unpacker.eof:
                raise EOFError("something follows the end")
            unpacker.decompress(piece)
    if not unpacker.eof or unpacker.unused_data:
        raise EOFError("the file is cut, or something follows its end")


def _add_up(file: Path) -> Contents:
    """The members are those of the manifest, each with its sum; the manifest comes last."""
    sums: dict[str, str] = {}
    with members(file) as archive:
        for name, content in archive:
            if name == MANIFEST:
                contents = from_json(content.read(_LARGEST_MANIFEST))
                continue
            if name in sums or MANIFEST in sums:
                raise ValueError(f"{name} stands twice")
            sums[name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    expected = {f"tables/{table.name}.jsonl": table.sha256 for table in contents.tables}
    expected |= {f"files/{one.path}": one.sha256 for one in contents.files}
    if sums != expected:
        raise ValueError("the members are not those of the manifest")
    return contents


@contextmanager
def members(file: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members of the archive in order, each to be read before the next is asked for."""
    with lzma.open(file, "rb") as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as archive:
        yield _members(archive)


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in archive:
        content = archive.extractfile(member)
        if content is None:
            raise ValueError(f"{member.name} is no file")
        yield member.name, content
