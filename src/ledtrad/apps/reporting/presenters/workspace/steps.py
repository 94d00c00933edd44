"""Where a report is on its way up, and the next step for whoever looks at it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.policies import (
    check_is_above,
    check_is_ready,
    check_may_correct,
    check_may_decide,
    check_may_submit,
)
from ledtrad.apps.reporting.presenters.moments import moment_words
from ledtrad.apps.reporting.presenters.workspace.words import state_words
from ledtrad.apps.reporting.queries.workspace import Workspace
from ledtrad.core.reporting import State

_WAY = (State.DRAFT, State.SUBMITTED, State.DECIDED, State.LOCKED)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A station of the way up: passed, where the report is now, or to come; when it was reached and by whom."""

    word: str
    is_passed: bool
    is_current: bool
    told: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What can be done next: its kind (submit or decide), where it is sent, and why it cannot be done, "" if it can."""

    kind: str
    address: str
    why_not: str


def shown_steps(found: Workspace, now: datetime) -> tuple[ShownStep, ...]:
    """Draft, submitted, decided, locked; a report that has come back stands at the first."""
    words, state = state_words(), found.card.state
    here = _WAY.index(State.DRAFT if state is State.RETURNED else state)
    reached = {step.to_state: step for step in found.steps}
    shown = []
    for place, one in enumerate(_WAY):
        step = reached.get(one) if place <= here else None
        told = f"{moment_words(step.taken_at, now)}, {found.names.get(step.taken_by, step.taken_by)}" if step else ""
        is_returned = place == here and state is State.RETURNED
        shown.append(ShownStep(words[state] if is_returned else words[one], place < here, place == here, told))
    return tuple(shown)


def next_step(found: Workspace, actor: Actor, now: datetime) -> NextStep | None:
    """Submitting while it is written, the decision once it is submitted; None when the next step is another's page."""
    card = found.card
    if card.state in (State.DRAFT, State.RETURNED):
        refused = why_not(check_may_submit, actor, card, now) or _why_not_ready(found)
        return NextStep("submit", _address("report_submit", card), refused)
    if card.state is State.SUBMITTED:
        return NextStep("decide", _address("report_decide", card), why_not(check_may_decide, actor, card))
    return None


def way_up_address(card: ReportCard, actor: Actor) -> str:
    """The page of whoever receives the report or corrects it; "" for others, and while it is being written."""
    if card.state in (State.DRAFT, State.RETURNED):
        return ""
    checks = (check_is_above, check_may_correct)
    return _address("way_up", card) if any(not why_not(check, actor, card) for check in checks) else ""


def _why_not_ready(found: Workspace) -> str:
    open_rows = [row for row in found.asked if not row.content.is_complete]
    problems = sum(bool(row.content.problems) for row in open_rows)
    return why_not(check_is_ready, len(open_rows) - problems, problems, found.unanswered)


def _address(name: str, card: ReportCard) -> str:
    return reverse(name, args=[card.period.year, card.unit, period_name(card.period)])
