"""Subscriptions as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ledtrad.apps.indicators.queries import AreaCard
from ledtrad.apps.neighbours.queries import DriftCard, FetchCard, Revision, SubscriptionCard
from ledtrad.core.language.writing import write_number

RHYTHMS = {
    0: _("By hand alone"),
    1: _("Every day"),
    7: _("Every week"),
    30: _("Every month"),
    91: _("Every quarter"),
}


@dataclass(frozen=True, slots=True)
class ShownSubscriptions:
    """`waiting` are those whose drift somebody must settle; `rows` all of them."""

    waiting: tuple[SubscriptionCard, ...]
    rows: tuple[SubscriptionCard, ...]


@dataclass(frozen=True, slots=True)
class ShownRevision:
    area: str
    year: int
    sex: str
    before: str
    after: str
    day: object


@dataclass(frozen=True, slots=True)
class ShownSubscription:
    card: SubscriptionCard
    fetches: tuple[FetchCard, ...]
    waiting: DriftCard | None
    settled: tuple[DriftCard, ...]
    revisions: tuple[ShownRevision, ...]
    areas: tuple[str, ...]
    why_not: str

    @property
    def rhythms(self) -> dict[int, object]:
        return dict(RHYTHMS)

    @property
    def under_way(self) -> FetchCard | None:
        return next((one for one in self.fetches if one.is_under_way), None)


def present_subscriptions(cards: Sequence[SubscriptionCard]) -> ShownSubscriptions:
    return ShownSubscriptions(tuple(card for card in cards if card.open_drift), tuple(cards))


def present_subscription(
    card: SubscriptionCard,
    fetches: Sequence[FetchCard],
    drifts: Sequence[DriftCard],
    revisions: Sequence[Revision],
    areas: Sequence[AreaCard],
    why_not: str,
) -> ShownSubscription:
    return ShownSubscription(
        card,
        tuple(fetches),
        next((one for one in drifts if not one.settlement), None),
        tuple(one for one in drifts if one.settlement),
        tuple(_revision(one) for one in revisions if one.area in card.areas),
        tuple(area.name for area in areas),
        why_not,
    )


def _revision(one: Revision) -> ShownRevision:
    return ShownRevision(
        one.area_name,
        one.year,
        one.sex,
        _said(one.before, one.before_absence),
        _said(one.after, one.after_absence),
        one.revised_at,
    )


def _said(value: object, absence: str) -> str:
    """A revision is shown to its last digit: what changed may lie beyond the printed decimals. "" for an absence."""
    if not isinstance(value, Decimal):
        return absence
    return write_number(value)
