"""What it takes to collect the safety indicators: estimates, all of them invented."""

from datetime import datetime

from ledtrad.apps.indicators.actions import estimate_cost
from ledtrad.apps.people.actors import Actor
from ledtrad.site.demo_city import areas


def estimate(*, by: Actor, at: datetime) -> None:
    """Minutes a year for each, with a word on where they go."""
    for row in areas.rows("collection_costs"):
        estimate_cost(code=row["code"], minutes=int(row["minutes"]), note=row["note"], invented=True, by=by, at=at)
