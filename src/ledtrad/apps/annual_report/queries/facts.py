"""The facts of a goal or of a whole year, as they stand today."""

from ledtrad.apps.annual_report.models import Citation
from ledtrad.apps.annual_report.queries.composing import compose_year
from ledtrad.apps.annual_report.queries.editions import shown_edition
from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.goals.queries import goals_of_year, year_facts
from ledtrad.core.facts import FactSheet


@until_the_log_grows
def facts_of(goal: str | None, year: int) -> FactSheet:
    """What sentences about `goal` in `year` may cite, with the cells each fact rests on; empty for an unknown goal.

    That is the goal's own facts, those beneath it, its indicators in every year up to `year`, and whatever else
    its section cites. With `goal` None: all facts of the year. Always a fixed number of SQL queries.
    """
    if goal is None:
        composed = compose_year(year, None)
        return composed.facts if composed else FactSheet()
    own = year_facts(goals_of_year(year, [goal]))
    cited = set(
        Citation.objects.filter(edition=shown_edition(year), statement__objective__code=goal).values_list(
            "fact", flat=True
        )
    )
    if not own or cited <= set(own):
        return own
    others = facts_of(None, year)
    return FactSheet(
        [*own.values(), *(others[name] for name in sorted(cited - set(own)) if name in others)],
        {**others.breaks, **own.breaks},
    )
