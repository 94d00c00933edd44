"""Answers that are kept until something is done: every change writes to the log, so its head tells old from new.

Entries of drafts are passed over: a board that writes leaves the public's pages as they were.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar, overload

from ledtrad.apps.audit.chain import START
from ledtrad.apps.audit.queries import lasting_head

_KEPT = 64
_all_kept: "list[OrderedDict[Any, Any]]" = []
P = ParamSpec("P")
Answer = TypeVar("Answer")


@overload
def until_the_log_grows(ask: Callable[P, Answer]) -> Callable[P, Answer]: ...
@overload
def until_the_log_grows(*, most: int) -> Callable[[Callable[P, Answer]], Callable[P, Answer]]: ...
def until_the_log_grows(ask: Callable[P, Answer] | None = None, *, most: int = _KEPT) -> Any:
    """Keep what a query answers, in this process, for as long as nothing lasting is written in the log.

    One short SQL query instead of many. Only for queries that answer frozen values; at most `most` answers are kept.
    `ask.now(…)` asks past what is kept. With an empty log nothing is kept: then the data have come in by another door.
    """
    return _keeping(ask, most) if ask else lambda later: _keeping(later, most)


def _keeping(ask: Callable[P, Answer], most: int) -> Callable[P, Answer]:
    kept: OrderedDict[Any, Answer] = OrderedDict()
    _all_kept.append(kept)
    lock = Lock()

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        now = _head_now()
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
            while len(kept) > most:
                kept.popitem(last=False)
        return answer

    asked.now = ask  # type: ignore[attr-defined]
    return asked


_UNSEEN, _WRITTEN = "", "written"
_seen: ContextVar[str | None] = ContextVar("head seen", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within this block the log's head is looked up once, for all that is kept: for the time of one request.

    From the moment the block itself writes something lasting (`look_again`) it is looked up each time.
    """
    before = _seen.set(_UNSEEN)
    try:
        yield
    finally:
        _seen.reset(before)


def look_again() -> None:
    """What has been seen of the log holds no longer. Even if what was written is taken back: hence from now on."""
    if _seen.get() is not None:
        _seen.set(_WRITTEN)


def _head_now() -> str:
    seen = _seen.get()
    if seen is None or seen == _WRITTEN:
        return lasting_head()
    if seen == _UNSEEN:
        seen = lasting_head()
        _seen.set(seen)
    return seen


def forget() -> None:
    """Throw away every kept answer in this process: for whoever puts another database in place of this one."""
    for kept in _all_kept:
        kept.clear()
