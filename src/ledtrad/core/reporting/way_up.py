"""The way of a report: draft → submitted → (returned) → decided → locked."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a report is on its way up."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECIDED = "decided"
    LOCKED = "locked"


class Move(StrEnum):
    """What is done with a report."""

    SUBMIT = "submit"
    RETURN = "return"
    DECIDE = "decide"
    LOCK = "lock"


# From where each move may be made, and where it leads. The state diagram of the handbook is drawn from this table.
STEPS: dict[Move, tuple[tuple[State, ...], State]] = {
    Move.SUBMIT: ((State.DRAFT, State.RETURNED), State.SUBMITTED),
    Move.RETURN: ((State.SUBMITTED,), State.RETURNED),
    Move.DECIDE: ((State.SUBMITTED,), State.DECIDED),
    Move.LOCK: ((State.DECIDED,), State.LOCKED),
}
STATE_WORDS = {
    State.DRAFT: "ett utkast",
    State.SUBMITTED: "inlämnad",
    State.RETURNED: "återlämnad",
    State.DECIDED: "beslutad",
    State.LOCKED: "låst",
}
_MOVE_WORDS = {
    Move.SUBMIT: "lämnas in",
    Move.RETURN: "lämnas tillbaka",
    Move.DECIDE: "beslutas",
    Move.LOCK: "låsas",
}


class StepRefused(ValueError):
    """A move that cannot be made from where the report is. The message is a whole Swedish sentence."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A move that can be made."""

    move: Move
    from_state: State
    to_state: State


def step_from(state: State, move: Move) -> Taken:
    """Where `move` leads from `state`. Raises StepRefused."""
    starts, end = STEPS[move]
    if state not in starts:
        raise StepRefused(f"Rapporten är {STATE_WORDS[state]} och kan därför inte {_MOVE_WORDS[move]}.")
    return Taken(move, state, end)


def may_write(state: State) -> bool:
    """Whether rows may be written: while it is a draft, or has come back with questions."""
    return state in (State.DRAFT, State.RETURNED)
