"""Answers that are kept until something is done: every change writes to the log, so its head tells old from new.

Entries of drafts are passed over: a board that writes leaves the public's pages as they were.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from ledtrad.apps.audit.chain import START
from ledtrad.apps.audit.queries import lasting_head

_KEPT = 64
_all_kept: "list[OrderedDict[Any, Any]]" = []
P = ParamSpec("P")
Answer = TypeVar("Answer")


def until_the_log_grows(ask: Callable[P, Answer]) -> Callable[P, Answer]:
    """Keep what a query answers, in this process, for as long as nothing lasting is written in the log.

    One short SQL query instead of many. Only for queries that answer frozen values. `ask.now(…)` asks past what
    is kept. With an empty log nothing is kept: then the data have come in by another door.
    """
    kept: OrderedDict[Any, Answer] = OrderedDict()
    _all_kept.append(kept)
    lock = Lock()

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        now = lasting_head()
        if now == START:
            return ask(*args, **kwargs)
        key = (now, args, tuple(sorted(kwargs.items())))
        with lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        answer = ask(*args, **kwargs)
        with lock:
            kept[key] = answer
            while len(kept) > _KEPT:
                kept.popitem(last=False)
        return answer

    asked.now = ask  # type: ignore[attr-defined]
    return asked


def forget() -> None:
    """Throw away every kept answer in this process: for whoever puts another database in place of this one."""
    for kept in _all_kept:
        kept.clear()
