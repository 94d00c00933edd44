"""Claims of change between two waves of a survey, held against the test of difference: is it more than chance makes?"""

import re

from ledtrad.core.checking.broken import INDICATOR_FACT, OVER_TIME, indicators_meant, years_meant
from ledtrad.core.checking.changes import direction_of
from ledtrad.core.checking.claims import ClaimKind, Status
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.stream import Passage, Scope, just_before
from ledtrad.core.facts import FactSheet
from ledtrad.core.language.writing import write_quantity
from ledtrad.core.quantities import Quantity, is_sure_difference

_TOLD = re.compile(r"\b(?:(?:ingen|inte|ej|inga) (?:\w+ )?(?:säker\w*|statistisk\w*)|felmarginal\w*|slump\w*)\b")
_DENIED = re.compile(r"\b(?:inte|ej|varken|knappast)\s(?:\w+\s)?$")
_WOMEN, _MEN = re.compile(r"\b(?:kvinnor\w*|flickor\w*)\b"), re.compile(r"\b(?:män|männen|pojkar\w*)\b")


def check_differences(scopes: list[Scope], facts: FactSheet, desk: Desk) -> None:
    """Hold each change over time of an indicator that rests on samples against what its waves can tell.

    One that cannot be told from chance is not supported, and a warning says why; one that went the other way is
    contradicted. A paragraph that itself speaks of the margin of error is let be, and so is what is contradicted.
    """
    names = _names(facts)
    if not names:
        return
    told = {(id(scope), one.paragraph) for scope in scopes for one in scope.passages if _TOLD.search(one.lower)}
    for draft in desk.drafts:
        is_change = draft.kind is ClaimKind.CHANGE and draft.slot == OVER_TIME
        if not is_change or draft.status is Status.CONTRADICTED:
            continue
        if not any((id(scope), draft.passage.paragraph) in told for scope in scopes):
            for code in indicators_meant(draft.passage, names):
                _hold(draft, code, names[code], facts, desk)


def _names(facts: FactSheet) -> dict[str, str]:
    """What the indicators are called that have an outcome with a margin of error."""
    found = {}
    for fact in facts.values():
        match = INDICATOR_FACT.match(fact.id)
        if match is not None and isinstance(fact.value, Quantity) and fact.value.margin is not None:
            found[match[1]] = fact.label.rpartition(" – ")[0]
    return found


def _hold(draft: Draft, code: str, name: str, facts: FactSheet, desk: Desk) -> None:
    direction = direction_of(draft.passage, draft.start)
    is_denied = _DENIED.search(just_before(draft.passage.lower, draft.start)) is not None
    if direction not in ("up", "down") or is_denied:
        return
    earlier, later, _is_stated = years_meant(draft, code, facts)
    part = _part(draft.passage)
    before, after = _outcome(code, earlier, part, facts), _outcome(code, later, part, facts)
    if before is None or after is None:
        return
    is_sure = is_sure_difference(before, after)
    values = {"earlier": earlier, "later": later, "before": _told(before, desk), "after": _told(after, desk)}
    if is_sure is False:
        _unsupported(draft, desk.say("change_may_be_chance", name=name, **values), desk)
    elif is_sure and (after.value > before.value) != (direction == "up"):
        desk.contradict("change_other_way", (draft,), desk.say("change_other_way", name=name, **values))
    elif is_sure:
        desk.support(draft, desk.say("change_is_certain", name=name, **values))


def _unsupported(draft: Draft, because: str, desk: Desk) -> None:
    draft.status, draft.because = Status.UNSUPPORTED, because
    desk.warn("change_may_be_chance", (draft,), because)


def _part(passage: Passage) -> str:
    """Whose outcome the sentence speaks of; "" where it speaks of both women and men."""
    women, men = _WOMEN.search(passage.lower), _MEN.search(passage.lower)
    if women and men:
        return ""
    return "women" if women else "men" if men else "total"


def _outcome(code: str, year: int | None, part: str, facts: FactSheet) -> Quantity | None:
    fact = facts.get(f"indicator:{code}/{year}/outcome.{part}") if year is not None and part else None
    return fact.value if fact is not None and isinstance(fact.value, Quantity) else None


def _told(value: Quantity, desk: Desk) -> str:
    return write_quantity(value, "en" if desk.language == "en" else "sv")
