"""What of the plans is open to everybody: the council's, and those of boards that have been adopted."""

from django.db.models import Q

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.steering.queries import SeenPlans, seen_plans


@until_the_log_grows
def open_plans() -> SeenPlans:
    """The plans that somebody who has not signed in may know of. Three SQL queries."""
    seen = seen_plans(NOBODY)
    assert seen is not None  # nobody is no auditor
    return seen


def is_open(owner: str, year: int) -> bool:
    """Whether what the plan of `owner` says of `year` is open; "" is the council, whose plan always is."""
    return owner == "" or open_plans().sees(owner, year)


def in_open_plans(year: str = "year", owner: str = "indicator__owner") -> Q:
    """The same as a condition on rows that stand in a plan."""
    plans = open_plans()
    seen = Q(**{f"{owner}__isnull": True}) | Q(**{f"{owner}__slug__in": list(plans.own)})
    for open_year, waiting in plans.waiting.items():
        seen |= Q(**{year: open_year}) & ~Q(**{f"{owner}__slug__in": list(waiting)})
    return seen
