"""Subscriptions to neighbours' figures, the fetches that keep them, and definitions that have drifted."""

from ledtrad.apps.neighbours.models.drifts import SETTLEMENTS, DriftReport
from ledtrad.apps.neighbours.models.fetches import FETCH_STATES, UNFINISHED, Fetch, FetchLine
from ledtrad.apps.neighbours.models.subscriptions import EVERY_DAYS, PROVIDERS, Subscription

__all__ = [
    "EVERY_DAYS",
    "FETCH_STATES",
    "PROVIDERS",
    "SETTLEMENTS",
    "UNFINISHED",
    "DriftReport",
    "Fetch",
    "FetchLine",
    "Subscription",
]
