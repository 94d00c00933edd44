"""Reading and checking make very many small values and no cycles; the collector would only look at them again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Python's cycle collector rests within the block. Half the time of checking ten megabytes went to it."""
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()
