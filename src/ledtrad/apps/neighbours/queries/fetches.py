"""Fetches: those of a subscription, one with its log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledtrad.apps.neighbours.models import UNFINISHED, Fetch, FetchLine


@dataclass(frozen=True, slots=True)
class FetchCard:
    """A fetch as pages and the terminal show it."""

    id: int
    subscription: str
    state: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    done: int
    total: int
    new: int
    revised: int
    unchanged: int
    trouble: str

    @property
    def is_under_way(self) -> bool:
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    text: str


_FIELDS = (
    "id", "subscription__name", "state", "asked_by", "asked_at", "ended_at",
    "done", "total", "new", "revised", "unchanged", "trouble",
)  # fmt: skip


def cards(rows: Any) -> tuple[FetchCard, ...]:
    return tuple(FetchCard(*row) for row in rows.values_list(*_FIELDS))


def fetches_of(name: str, *, limit: int = 20) -> tuple[FetchCard, ...]:
    """The latest fetches of a subscription, newest first. One SQL query."""
    return cards(Fetch.objects.filter(subscription__name=name).order_by("-pk")[:limit])


def fetch_by_id(fetch: int) -> FetchCard | None:
    return next(iter(cards(Fetch.objects.filter(pk=fetch))), None)


def fetch_lines(fetch: int) -> tuple[Line, ...]:
    """The fetch's log, in order; of a very long one its end."""
    rows = FetchLine.objects.filter(fetch=fetch).order_by("-pk").values_list("at", "text")[:500]
    return tuple(Line(*row) for row in reversed(rows))
