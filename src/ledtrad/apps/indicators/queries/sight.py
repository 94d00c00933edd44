"""What of a board's own indicators somebody may know: a plan that is not adopted is the board's own.

What has been measured is open, whatever became of the plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.queries import SeenPlans, seen_plans


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may know of the plans of one unit (`owner`, "" for the council). `plans` is None for all."""

    owner: str
    plans: SeenPlans | None

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing that could be hidden."""
        return not self.owner or self.plans is None

    def sees(self, year: int) -> bool:
        """Whether the plan for `year` is open to this one."""
        return not self.owner or self.plans is None or self.plans.sees(self.owner, year)

    def sees_any(self, first: int, last: int | None) -> bool:
        """Whether the plan for some year from `first` to `last` is (None: without end)."""
        if not self.owner or self.plans is None or self.owner in self.plans.own:
            return True
        return any(self.sees(year) for year in self.plans.waiting if first <= year <= (last or year))


def sight_of(owner: str, actor: Actor) -> Sight:
    """The sight of `actor`. At most three SQL queries, none for the council's own indicators."""
    return Sight(owner, _plans(actor) if owner else None)


def sight_named(actor: Actor) -> str:
    """The same for all who may know the same of plans that are not adopted. Three SQL queries at most."""
    plans = _plans(actor)
    return "" if plans is None else " ".join(["of", *sorted(plans.own)])


@until_the_log_grows
def _plans(actor: Actor) -> SeenPlans | None:
    return seen_plans(actor)


def open_versions(
    sight: Sight, firsts: Iterable[int], last_year: int | None, measured: Iterable[int]
) -> tuple[bool, ...]:
    """For each version, given by its first year in order, whether it may be known.

    So it may once something is measured under it (`measured` are the years) or some plan in which it stands is open.
    """
    begins, years = tuple(firsts), tuple(measured)
    ends = (*(first - 1 for first in begins[1:]), last_year)
    return tuple(
        sight.sees_any(first, last) or any(first <= year <= (last or year) for year in years)
        for first, last in zip(begins, ends, strict=True)
    )
