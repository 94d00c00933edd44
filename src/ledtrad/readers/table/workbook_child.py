"""The child process that opens a workbook: bytes on standard input, sheets as JSON on standard output.

    python -I workbook_child.py MEMORY SECONDS CELLS

Exit code 3: more than CELLS cells. 4: not a workbook. Anything else but 0: memory or time ran out.
"""

import datetime
import io
import json
import resource
import sys
from decimal import Decimal


def main(memory: int, seconds: int, cells: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        left, sheets = cells, []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            left -= sheet.height * sheet.width
            if left < 0:
                return 3
            row, column = sheet.start or (0, 0)
            rows = [[_text(value) for value in cells_] for cells_ in sheet.to_python(skip_empty_area=True)]
            sheets.append({"name": name, "rows": rows, "row": row + 1, "column": column})
    except (CalamineError, PasswordError, ValueError, OSError):
        return 4
    json.dump(sheets, sys.stdout, ensure_ascii=False)
    return 0


def _text(value: object) -> str:
    """The cell as text: 84.0 is "84", 0.1 is "0.1", a date is ISO 8601, and an empty cell is ""."""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
