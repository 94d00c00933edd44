"""How commands answer: as JSON for programs, or as lines and tables for people."""

import json
from collections.abc import Iterable, Sequence
from typing import Any


def print_json(answer: Any) -> None:
    """`answer` as JSON on standard output, with Swedish letters as they are."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """A plain table without frames; a line breaks rather than being cut."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, title=title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)
