"""The overview of a year: the goals under each direction, with the city's verdicts and the boards' tallies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.goals.models import Level
from ledtrad.apps.goals.queries import GoalCard
from ledtrad.core.assessment import Tally, Verdict, tally_boards


@dataclass(frozen=True, slots=True)
class Direction:
    """An objective of the council with the goals beneath it; `title` is "" for goals that stand alone."""

    title: str
    verdict: Verdict | None
    goals: tuple[GoalCard, ...]


@dataclass(frozen=True, slots=True)
class ShownYear:
    years: tuple[int, ...]
    lead: str
    tally: Tally
    directions: tuple[Direction, ...]
    some_invented: bool
    all_invented: bool


def present_year(roots: tuple[GoalCard, ...], years: tuple[int, ...]) -> ShownYear:
    """The page of a year out of its tree of goals; newest year first in the switch."""
    directions = tuple(_directions(roots))
    goals = [goal for direction in directions for goal in direction.goals]
    tally = tally_boards(_verdict(goal) for goal in goals)
    invented = [goal.invented for goal in goals]
    return ShownYear(tuple(reversed(years)), year_lead(tally), tally, directions, any(invented), all(invented))


def _directions(roots: Iterable[GoalCard]) -> Iterator[Direction]:
    alone = []
    for root in roots:
        goals = tuple(_area_goals(root))
        if root.level is Level.AREA:
            alone.append(root)
        elif goals:
            yield Direction(root.title, _verdict(root), goals)
    if alone:
        yield Direction("", None, tuple(alone))


def _area_goals(card: GoalCard) -> Iterator[GoalCard]:
    for beneath in card.beneath:
        if beneath.level is Level.AREA:
            yield beneath
        else:
            yield from _area_goals(beneath)


def _verdict(goal: GoalCard) -> Verdict | None:
    return goal.city_verdict.verdict if goal.city_verdict else None


def year_lead(tally: Tally) -> str:
    """ "Av 12 mål bedöms 4 uppnås helt, 7 delvis och 1 ej." """
    if not tally.answered:
        return _("None of the goals has been judged yet.")
    counts = {"met": tally.met, "partly": tally.partly, "not_met": tally.not_met, "total": tally.total}
    said = _("Of %(total)s goals, %(met)s are met, %(partly)s partly met and %(not_met)s not met.") % counts
    if not tally.without:
        return said
    waiting = ngettext("%(num)s is not judged yet.", "%(num)s are not judged yet.", tally.without)
    return f"{said} {waiting % {'num': tally.without}}"
