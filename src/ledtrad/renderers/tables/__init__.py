"""Indicators with their outcomes as open tables: CSV that a Swedish Excel opens right, and JSON. Both can be read back.

One row for each indicator and year. A missing outcome is a word in the column `utfall_status`, never a blank or a zero.
"""

from ledtrad.renderers.tables.csv_form import csv_bytes, from_csv, protected, unprotected
from ledtrad.renderers.tables.json_form import from_json, json_bytes
from ledtrad.renderers.tables.rows import COLUMNS, IndicatorRow, from_rows, rows_of, to_rows

__all__ = [
    "COLUMNS",
    "IndicatorRow",
    "csv_bytes",
    "from_csv",
    "from_json",
    "from_rows",
    "json_bytes",
    "protected",
    "rows_of",
    "to_rows",
    "unprotected",
]
