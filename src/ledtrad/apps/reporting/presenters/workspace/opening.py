"""The page of a report that has not been opened yet."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.presenters.moments import deadline_words
from ledtrad.apps.reporting.presenters.workspace.words import period_title
from ledtrad.apps.steering.policies import check_receives
from ledtrad.apps.steering.queries import phase
from ledtrad.core.calendar import phase_of
from ledtrad.core.periods import Period


@dataclass(frozen=True, slots=True)
class ShownOpening:
    """Whose report it will be, when it is asked for, and why it cannot be opened now, "" when it can."""

    unit_name: str
    title: str
    lead: str
    address: str
    why_not: str


def present_opening(unit: str, unit_name: str, period: Period, now: datetime) -> ShownOpening:
    """For somebody who may open it. Two SQL queries."""
    kind = phase_of(period)
    return ShownOpening(
        unit_name,
        period_title(period.tertial, period.year),
        deadline_words(phase(period.year, kind), now),
        reverse("open_report", args=[period.year, unit, period_name(period)]),
        why_not(check_receives, period.year, kind, now),
    )
