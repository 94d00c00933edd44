"""Reading what is public."""

from ledtrad.apps.open_data.queries.catalogue import OpenIndicator, OpenVersion, catalogue
from ledtrad.apps.open_data.queries.figures import Asked, Figure, OpenArea, city_area, figures, open_areas
from ledtrad.apps.open_data.queries.goals import OpenEdition, OpenGoal, open_editions, open_goals
from ledtrad.apps.open_data.queries.records import observation_rows, outcome_rows, target_rows
from ledtrad.apps.open_data.queries.sight import in_open_plans, is_open
from ledtrad.apps.open_data.queries.spans import Span, spans

__all__ = [
    "Asked",
    "Figure",
    "OpenArea",
    "OpenEdition",
    "OpenGoal",
    "OpenIndicator",
    "OpenVersion",
    "Span",
    "catalogue",
    "city_area",
    "figures",
    "in_open_plans",
    "is_open",
    "observation_rows",
    "open_areas",
    "open_editions",
    "open_goals",
    "outcome_rows",
    "spans",
    "target_rows",
]
