"""Indicators with their outcomes as open tables: CSV that a Swedish Excel opens right, and JSON. Both can be read back.

One row for each indicator and year. A missing outcome is a word in the column `utfall_status`, never a blank or a zero.
Beside that: any table (`Grid`) as CSV for people, CSV for programs, XLSX (`workbook`, loaded when needed) and JSON, and
any cube (`Cube`) as JSON-stat.
"""

from ledtrad.renderers.tables.csv_form import csv_bytes, from_csv, protected, unprotected
from ledtrad.renderers.tables.grid_csv import machine_csv, machine_names, people_csv, why
from ledtrad.renderers.tables.grid_json import about_json, grid_json
from ledtrad.renderers.tables.grids import MARKS, About, Cell, Column, Cube, Dimension, Grid, Missing, Number, missing
from ledtrad.renderers.tables.json_form import from_json, json_bytes
from ledtrad.renderers.tables.json_stat import json_stat, json_stat_bytes, json_stat_head
from ledtrad.renderers.tables.rows import COLUMNS, IndicatorRow, from_rows, rows_of, to_rows

__all__ = [
    "COLUMNS",
    "MARKS",
    "About",
    "Cell",
    "Column",
    "Cube",
    "Dimension",
    "Grid",
    "IndicatorRow",
    "Missing",
    "Number",
    "about_json",
    "csv_bytes",
    "from_csv",
    "from_json",
    "from_rows",
    "grid_json",
    "json_bytes",
    "json_stat",
    "json_stat_bytes",
    "json_stat_head",
    "machine_csv",
    "machine_names",
    "missing",
    "people_csv",
    "protected",
    "rows_of",
    "to_rows",
    "unprotected",
    "why",
]
