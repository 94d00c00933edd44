"""Finding the report of an address, for whoever may see it."""

from django.http import HttpRequest

from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.people.policies import check_signed_in
from ledtrad.apps.reporting.cards import ReportCard, period_named
from ledtrad.apps.reporting.policies import check_may_see
from ledtrad.apps.reporting.queries import report_of
from ledtrad.core.periods import Period


def period_of(year: int, period: str) -> Period:
    """The period of an address. Unseen for an unknown one."""
    found = period_named(year, period)
    if found is None:
        raise Unseen("Perioden finns inte.")
    return found


def report_seen(request: HttpRequest, year: int, unit: str, period: str) -> ReportCard:
    """The report. Unseen when there is none, or when it is nothing for this person to know of."""
    check_signed_in(request.actor)
    card = report_of(unit, period_of(year, period))
    if card is None:
        raise Unseen("Rapporten finns inte.")
    check_may_see(request.actor, card)
    return card
