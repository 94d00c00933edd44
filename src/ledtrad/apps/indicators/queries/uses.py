"""What an indicator is used for: goals, boards, decisions, sentences. They live in apps above this one.

Which function knows is said by the settings `INDICATOR_USES` and `INDICATORS_IN_USE`, as for titles in the log.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from ledtrad.apps.people.actors import NOBODY, Actor
from ledtrad.core.assessment import Decision


@dataclass(frozen=True, slots=True)
class FollowedGoal:
    """A goal that the indicator follows; `year` is the last for which somebody was asked about it."""

    code: str
    title: str
    year: int
    listed: bool


@dataclass(frozen=True, slots=True)
class UsingBoard:
    """A board that answers for the indicator ("owner"), has a part of it ("part"), or assesses a goal by it ("goal").

    `about` is the code of the part, or of the goal; "" for the owner.
    """

    unit: str
    name: str
    why: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class RestingDecision:
    """A decision that rested on the indicator ("verdict": the city's verdict on `goal`), or was about it ("plan").

    `decision` is None while a verdict waits for its body.
    """

    kind: str
    year: int
    goal: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class CitingSentence:
    """A sentence of a published edition that cites the indicator. `sentence` is its thread's id."""

    year: int
    edition: int
    edition_title: str
    goal: str
    sentence: str
    text: str
    published: date | None


@dataclass(frozen=True, slots=True)
class IndicatorUses:
    """All of it, newest first. What only a plan that is not adopted knows of is left out for those who may not know."""

    goals: tuple[FollowedGoal, ...] = ()
    boards: tuple[UsingBoard, ...] = ()
    decisions: tuple[RestingDecision, ...] = ()
    sentences: tuple[CitingSentence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.goals or self.boards or self.decisions or self.sentences)


@dataclass(frozen=True, slots=True)
class UsedIn:
    """How many decisions and sentences used an indicator in some years."""

    decisions: int = 0
    sentences: int = 0


def uses(code: str, actor: Actor = NOBODY) -> IndicatorUses:
    """What uses the indicator, as far as `actor` may know; at most fourteen SQL queries, kept until the log grows.

    Shown by the page of the definition and by the page of the indicator.
    """
    return cast(IndicatorUses, import_string(settings.INDICATOR_USES)(code, actor))


def indicators_in_use(years: Collection[int]) -> Mapping[str, UsedIn]:
    """How much each indicator (by its code) was used in `years`; those not used at all are left out."""
    return cast("Mapping[str, UsedIn]", import_string(settings.INDICATORS_IN_USE)(years))
