"""Claims of change over a break: where a series measures something else from a year on, nothing has gone up or down."""

import re
from collections.abc import Iterator

from ledtrad.core.checking.claims import ClaimKind, Severity
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.stream import Passage, Scope
from ledtrad.core.facts import FactSheet
from ledtrad.core.language.reading import MentionKind
from ledtrad.core.language.writing import break_word
from ledtrad.core.series import break_between

OVER_TIME = "over_time"
INDICATOR_FACT = re.compile(r"indicator:([^/]+)/(\d{4})/")
_TOLD = re.compile(
    r"\b(?:(?:inte|ej) (?:\w+ )?(?:jämför\w+|går att jämföra)|går (?:inte|ej) att jämföra|tidsseriebrott\w*|"
    r"brott\w* i (?:\w+)?serien|serien (?:bröts|är bruten|har brutits)|bruten (?:\w+)?serie)\b"
)
_LAST_YEAR = re.compile(r"\b(?:i fjol|förra året|föregående år|året (?:före|innan)|sedan i fjol)\b")


def check_breaks(scopes: list[Scope], facts: FactSheet, desk: Desk) -> None:
    """Contradict each change over time that reaches over a break of its indicator's series.

    An error where the sentence says from when; a warning where it does not, and the outcome before is what it can mean.
    A text that itself tells of the break, in the same paragraph, is let be.
    """
    if not facts.breaks:
        return
    names = _names(facts)
    told = {(id(scope), one.paragraph) for scope in scopes for one in scope.passages if _TOLD.search(one.lower)}
    for draft in desk.drafts:
        is_change = draft.kind is ClaimKind.CHANGE and draft.slot == OVER_TIME
        if is_change and not any((id(scope), draft.passage.paragraph) in told for scope in scopes):
            for code in indicators_meant(draft.passage, names):
                _hold(draft, code, names[code], facts, desk)


def _names(facts: FactSheet) -> dict[str, str]:
    """What the indicators with breaks are called."""
    found = {}
    for fact in facts.values():
        match = INDICATOR_FACT.match(fact.id)
        if match is not None and match[1] in facts.breaks:
            found[match[1]] = fact.label.rpartition(" – ")[0]
    return found


def indicators_meant(passage: Passage, names: dict[str, str]) -> Iterator[str]:
    """Those that the sentence speaks of: by what it cites, by where it stands, else by their names in it."""
    cited = {match[1] for cite in passage.cites if (match := INDICATOR_FACT.match(cite.fact))}
    block = passage.indicator.result if passage.indicator is not None else None
    for code, name in names.items():
        if cited:
            is_meant = code in cited
        elif block is not None:
            is_meant = block.code == code if block.code else block.name == name
        else:
            is_meant = " " in name and name.lower() in passage.lower
        if is_meant:
            yield code


def _hold(draft: Draft, code: str, name: str, facts: FactSheet, desk: Desk) -> None:
    earlier, later, is_stated = years_meant(draft, code, facts)
    apart = break_between(facts.breaks[code], earlier, later) if earlier is not None and later is not None else None
    if apart is None:
        return
    why = break_word(apart.kind, "en" if desk.language == "en" else "sv")
    because = desk.say("change_over_break", name=name, year=apart.year, why=why, earlier=earlier, later=later)
    desk.contradict("change_over_break", (draft,), because, Severity.ERROR if is_stated else Severity.WARNING)


def years_meant(draft: Draft, code: str, facts: FactSheet) -> tuple[int | None, int | None, bool]:
    """From when to when, and whether the sentence says so. Else from the outcome before to the report's year."""
    passage = draft.passage
    said = {int(one.value) for one in passage.mentions if one.kind is MentionKind.YEAR}
    said |= {int(match[2]) for cite in passage.cites if (match := INDICATOR_FACT.match(cite.fact)) and match[1] == code}
    until = draft.scope.year if draft.scope is not None else None
    if len(said) > 1:
        return min(said), max(said), True
    only = next(iter(said), until)
    if only is not None and until is not None and only < until:
        return only, until, True
    if only is None:
        return None, None, False
    if _LAST_YEAR.search(passage.lower):
        return only - 1, only, True
    return _measured_before(code, only, facts), only, False


def _measured_before(code: str, year: int, facts: FactSheet) -> int | None:
    found = (INDICATOR_FACT.match(fact) for fact in facts if f"indicator:{code}/" in fact and "/outcome." in fact)
    return max((int(one[2]) for one in found if one and int(one[2]) < year), default=None)
