"""CSV and its relatives: semicolons, tabs or commas, decimal commas, in any encoding that Swedish files come in.

A file of a hundred megabytes is never wholly in memory as rows: it is walked through once to see that it holds, and
its rows are read anew when they are asked for.
"""

import codecs
import csv
import re
from collections import Counter
from itertools import islice

from ledtrad.readers.table.content import Content, beginning, pieces
from ledtrad.readers.table.rows import Sheet, TableFile, UnreadableTable, even, non_empty
from ledtrad.readers.table.text_count import count_cells, count_exactly
from ledtrad.readers.table.text_rows import TextRows

_MAX_COLUMNS = 16_384
_MAX_ROWS = 10_000_000
_MAX_CELLS = 100_000_000
_MAX_FIELD = 1_000_000
_KEPT_CELLS = 1_000_000
_SAMPLE = 20_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b]")
_MARKED_UP = re.compile(r"\s*<(?:!doctype|html|\?xml|table|head|body|svg|[a-z]+:\w+)\b", re.IGNORECASE)


def read(data: Content, name: str) -> TableFile:
    """The rows of a text table. UnreadableTable for a binary or marked-up file, one of absurd size, or one that a
    second reader counts otherwise."""
    rows = _rows(data, name)
    found = _walked(rows, name)
    if found != count_cells(data, rows.encoding, rows.delimiter):
        _check_exactly(data, rows, name)
    if _is_prose(rows):
        raise UnreadableTable(f"Filen {name} är löpande text och inte en tabell: raderna har olika många delar.")
    kept = even(list(rows.unevened())) if len(rows) * rows.width <= _KEPT_CELLS else rows
    return TableFile(name, (Sheet("", kept, file=name),))


def _check_exactly(data: Content, rows: TextRows, name: str) -> None:
    """Cells that only look empty, with spaces of some kind, are counted slowly, by both readers."""
    found, second = non_empty(rows.unevened()), count_exactly(data, rows.encoding, rows.delimiter)
    if found != second:
        raise UnreadableTable(
            f"Två läsare räknar olika i {name}: {found} ifyllda celler mot {second}. Därför läses filen inte."
        )


def counted(data: Content, name: str) -> int:
    """How many cells are not empty, by a second reader. UnreadableTable for what is no text table."""
    rows = _rows(data, name)
    return count_exactly(data, rows.encoding, rows.delimiter)


def _rows(data: Content, name: str) -> TextRows:
    encoding = _encoding(data, name)
    sample = codecs.getincrementaldecoder(encoding)().decode(beginning(data, _SAMPLE))
    _refuse_other_texts(sample, name)
    return TextRows(data, encoding, _delimiter(sample))


def _is_prose(rows: TextRows) -> bool:
    """Whether the commas stand in sentences: most before a space, and lines with as many are in the minority."""
    head = [row for row in islice(rows.unevened(), 1_000) if any(row)]
    parts = [part for row in head for part in row[1:]]
    in_sentences = sum(part.startswith(" ") or not part for part in parts)
    if rows.delimiter not in ",;" or len(head) < 4 or 2 * in_sentences <= len(parts):
        return False
    usual = Counter(map(len, head)).most_common(1)[0]
    return usual[0] == 1 or 2 * usual[1] < len(head)


def _walked(rows: TextRows, name: str) -> int:
    """How many cells are not empty; width and height are set on the way."""
    found = height = 0
    csv.field_size_limit(_MAX_FIELD)
    try:
        for row in rows.unevened():
            height += 1
            found += len(row) - row.count("")
            if len(row) > rows.width:
                rows.width = _checked_width(len(row), name)
            if height > _MAX_ROWS:
                raise UnreadableTable(f"Filen {name} har fler än {_MAX_ROWS} rader och läses inte.")
    except csv.Error as error:
        raise UnreadableTable(f"Filen {name} går inte att läsa som tabell: {_said(error)}.") from None
    rows.height = height
    if height * rows.width > _MAX_CELLS:
        raise UnreadableTable(
            f"Filen {name} har {height} rader och {rows.width} kolumner; så stora tabeller läses inte."
        )
    return found


def _checked_width(width: int, name: str) -> int:
    if width > _MAX_COLUMNS:
        raise UnreadableTable(f"Filen {name} har fler än {_MAX_COLUMNS} kolumner och läses inte.")
    return width


def _said(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"en cell har fler än {_MAX_FIELD} tecken; troligen är ett citattecken inte avslutat"
    if "NUL" in str(error):
        return "den innehåller tecken som inte hör hemma i text"
    return "raderna hänger inte ihop"


# ----------------------------------------------------------------------------------------------------------- encoding


def _encoding(data: Content, name: str) -> str:
    head = beginning(data, 100_000)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return _checked(data, encoding, name)
    if b"\0" in head:
        raise UnreadableTable(f"Filen {name} är inte en tabell; den ser ut att vara en binär fil.")
    return "utf-8" if _decodes(data, "utf-8") else _checked(data, "cp1252", name)


def _checked(data: Content, encoding: str, name: str) -> str:
    if not _decodes(data, encoding):
        raise UnreadableTable(f"Filen {name} har tecken som inte går att tyda.")
    return encoding


def _decodes(data: Content, encoding: str) -> bool:
    """Whether all bytes are text in this encoding; a piece at a time, so that the text is never all in memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in pieces(data):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_other_texts(sample: str, name: str) -> None:
    if len(_CONTROLS.findall(sample)) > len(sample) // 200:
        raise UnreadableTable(f"Filen {name} är inte en tabell; den ser ut att vara en binär fil.")
    if _MARKED_UP.match(sample):
        raise UnreadableTable(
            f"Filen {name} är en webbsida eller annan uppmärkt text (HTML, XML) och läses inte som tabell."
        )
    if re.match(r"\s*[{\[]\s*(?:[{\[\"]|[}\]]|$)", sample):
        raise UnreadableTable(f"Filen {name} innehåller JSON och läses inte som tabell.")
    if re.search(r"^(?:CHARSET|AXIS-VERSION|MATRIX)=\"", sample[:2_000], re.M) and re.search(r"^[A-Z-]+=", sample):
        raise UnreadableTable(f"Filen {name} är en PC-Axis-fil (PX) och läses inte som vanlig tabell.")


# ---------------------------------------------------------------------------------------------------------- delimiter


def _delimiter(text: str) -> str:
    """The standard sniffer takes the decimal comma for a separator; CleverCSV weighs what the cells would become.

    A semicolon or tab that stands equally often on every line is believed at once.
    """
    head = [line for line in text.splitlines()[:50] if line.strip()]
    if len(text) == _SAMPLE and len(head) > 1 and len(head) < 50:
        head.pop()  # cut off in the middle
    return next((mark for mark in ("\t", ";") if _is_even(head, mark)), "") or _detected("\n".join(head))


def _is_even(lines: list[str], mark: str) -> bool:
    counts = {line.count(mark) for line in lines if '"' not in line}
    return len(counts) == 1 and counts.pop() > 0


def _detected(sample: str) -> str:
    import clevercsv  # goes through all of Unicode when it loads: a third of a second for whoever reads no table

    try:
        dialect = clevercsv.Sniffer().sniff(sample, delimiters=",;\t|")
    except clevercsv.Error:
        return ";" if sample.count(";") >= sample.count(",") else ","
    return (dialect and dialect.delimiter) or ";"
