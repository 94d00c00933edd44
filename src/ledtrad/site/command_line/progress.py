"""A bar for what takes more than a second, where somebody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

Tell = Callable[[int, int], None]
_PATIENCE = 1.0


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """Gives a function to call with how much is done, and of how much. Silent for the first second, and in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar, started = Progress(*columns, console=Console(stderr=True), transient=True), monotonic()
    task = bar.add_task(what, total=None)

    def tell(done: int, total: int) -> None:
        if monotonic() - started > _PATIENCE:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield tell
    finally:
        bar.stop()
