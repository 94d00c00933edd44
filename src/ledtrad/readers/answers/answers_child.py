"""The child process that opens a file of answers: the file as standard input, its columns on standard output.

    python -I answers_child.py KIND MEMORY SECONDS CELLS

KIND is csv, parquet or sav. Out come four bytes with a length, that much JSON (the codebook of an SPSS file, else {}),
and the columns as an Arrow stream. Exit code 3: more than CELLS cells. 4: no such file. 5: two columns have the same
name, or one has none. 6: no text in UTF-8 or Windows-1252. Anything else but 0: memory or time ran out.
"""

import csv
import io
import json
import os
import resource
import struct
import sys
from typing import Any

_TOO_MANY, _UNREADABLE, _NAMES, _CODING = 3, 4, 5, 6


class Stop(Exception):
    """The file is not read; `code` is the exit code that says why."""

    def __init__(self, code: int) -> None:
        self.code = code


def main(kind: str, memory: int, seconds: int, cells: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    try:
        table, codebook = {"csv": _csv, "parquet": _parquet, "sav": _sav}[kind](sys.stdin.buffer.read(), cells)
        _check_names(table.column_names)
    except Stop as stop:
        return stop.code
    _write(table, codebook)
    return 0


def _write(table: Any, codebook: dict[str, Any]) -> None:
    import pyarrow as pa

    told = json.dumps(codebook).encode()
    out = sys.stdout.buffer
    out.write(struct.pack(">I", len(told)) + told)
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table, max_chunksize=65_536)
    out.flush()


def _check_names(names: list[str]) -> None:
    if len({name.strip().casefold() for name in names}) < len(names) or not all(name.strip() for name in names):
        raise Stop(_NAMES)


# --- CSV -------------------------------------------------------------------------------------------


def _csv(data: bytes, cells: int) -> tuple[Any, dict[str, Any]]:
    """Every column as text: what is a number and what a code, the codebook says."""
    import pyarrow as pa
    import pyarrow.csv as arrow_csv

    data = _as_utf8(data)
    heading = data.split(b"\n", 1)[0].decode().rstrip("\r")
    mark = max(";,\t|", key=heading.count)
    names = next(csv.reader([heading], delimiter=mark), [])
    _check_names(names)
    if len(names) * data.count(b"\n") > cells:
        raise Stop(_TOO_MANY)
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(data),
            read_options=arrow_csv.ReadOptions(use_threads=False, block_size=1 << 22),
            parse_options=arrow_csv.ParseOptions(delimiter=mark, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        raise Stop(_UNREADABLE) from None
    return table, {}


def _as_utf8(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")
    return data


def _decoded(data: bytes, coding: str) -> bytes:
    try:
        return data.decode(coding).encode()
    except UnicodeError:
        raise Stop(_CODING) from None


# --- Parquet ---------------------------------------------------------------------------------------


def _parquet(data: bytes, cells: int) -> tuple[Any, dict[str, Any]]:
    """Columns as they are; what is written beside them (the indexes and notes of other programs) is left behind."""
    import pyarrow as pa
    import pyarrow.parquet as arrow_parquet

    try:
        file = arrow_parquet.ParquetFile(io.BytesIO(data))
        if file.metadata.num_rows * file.metadata.num_columns > cells:
            raise Stop(_TOO_MANY)
        table = file.read(use_threads=False)
    except (pa.ArrowException, OSError):
        raise Stop(_UNREADABLE) from None
    if any(pa.types.is_nested(field.type) or pa.types.is_binary(field.type) for field in table.schema):
        raise Stop(_UNREADABLE)
    fields = [pa.field(field.name, field.type) for field in table.schema]
    return pa.Table.from_arrays(table.columns, schema=pa.schema(fields)), {}


# --- SPSS ------------------------------------------------------------------------------------------


def _sav(data: bytes, cells: int) -> tuple[Any, dict[str, Any]]:
    """Columns with the labels of the file as a codebook. Missing codes stay codes; dates stay numbers."""
    import pyarrow as pa
    import pyreadstat

    place = _in_memory(data)
    try:
        _, about = pyreadstat.read_sav(place, metadataonly=True, output_format="dict")
        if (about.number_rows or 0) * (about.number_columns or 0) > cells:
            raise Stop(_TOO_MANY)
        columns, about = pyreadstat.read_sav(
            place, user_missing=True, disable_datetime_conversion=True, output_format="dict"
        )
    except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError):
        raise Stop(_UNREADABLE) from None
    _check_names(list(columns))
    made = {name: pa.array(values, from_pandas=True) for name, values in columns.items()}
    return pa.table(made), {"variables": [_variable(name, about) for name in columns]}


def _in_memory(data: bytes) -> str:
    """A file that has a name but lies in memory alone: SPSS files are read from a place."""
    handle = os.memfd_create("answers", 0)
    os.write(handle, data) if len(data) < 1 << 30 else _write_all(handle, data)
    return f"/proc/self/fd/{handle}"


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _variable(name: str, about: Any) -> dict[str, Any]:
    labels = about.variable_value_labels.get(name, {})
    missing = about.missing_ranges.get(name, [])
    is_text = about.readstat_variable_types.get(name) == "string"
    codes = [
        {"code": _code(value), "meaning": str(label), "missing": _is_missing(value, missing)}
        for value, label in labels.items()
    ]
    only_missing = bool(codes) and all(code["missing"] for code in codes)
    kind = "text" if is_text and not codes else "number" if not codes or only_missing else "code"
    return {
        "name": name,
        "label": about.column_names_to_labels.get(name) or "",
        "kind": kind,
        "codes": codes,
    }


def _code(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_missing(value: Any, ranges: list[dict[str, Any]]) -> bool:
    return any(one["lo"] <= value <= one["hi"] for one in ranges if isinstance(one["lo"], type(value)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:5])))
