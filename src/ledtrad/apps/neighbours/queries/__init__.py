"""Reading subscriptions, their fetches, drifts and revisions."""

from ledtrad.apps.neighbours.queries.fetches import FetchCard, Line, fetch_by_id, fetch_lines, fetches_of
from ledtrad.apps.neighbours.queries.revisions import Revision, revisions_of
from ledtrad.apps.neighbours.queries.subscriptions import (
    DriftCard,
    SubscriptionCard,
    drift_by_id,
    drifts_of,
    subscription,
    subscriptions,
)

__all__ = [
    "DriftCard",
    "FetchCard",
    "Line",
    "Revision",
    "SubscriptionCard",
    "drift_by_id",
    "drifts_of",
    "fetch_by_id",
    "fetch_lines",
    "fetches_of",
    "revisions_of",
    "subscription",
    "subscriptions",
]
