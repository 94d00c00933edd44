"""PxWebApi, version 2 (SCB and others): bytes of an answer in, tables, variables and cells out. Judges nothing."""

from ledtrad.readers.pxweb.answers import (
    Config,
    TableCard,
    TablePage,
    read_config,
    read_tables,
)
from ledtrad.readers.pxweb.dataset import Category, Cell, Dataset, Variable, read_dataset
from ledtrad.readers.pxweb.shapes import UnreadablePxWeb

__all__ = [
    "Category",
    "Cell",
    "Config",
    "Dataset",
    "TableCard",
    "TablePage",
    "UnreadablePxWeb",
    "Variable",
    "read_config",
    "read_dataset",
    "read_tables",
]
