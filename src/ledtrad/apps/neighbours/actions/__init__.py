"""Subscribing to a neighbour's figures, fetching them, and settling what has drifted."""

from ledtrad.apps.neighbours.actions.fetching import Job, run_fetch
from ledtrad.apps.neighbours.actions.queueing import LEASE, ask_due, ask_fetch, take_next
from ledtrad.apps.neighbours.actions.settling import settle_drift
from ledtrad.apps.neighbours.actions.subscribing import (
    NewSubscription,
    reschedule,
    resume,
    stop,
    subscribe,
)

__all__ = [
    "LEASE",
    "Job",
    "NewSubscription",
    "ask_due",
    "ask_fetch",
    "reschedule",
    "resume",
    "run_fetch",
    "settle_drift",
    "stop",
    "subscribe",
    "take_next",
]
