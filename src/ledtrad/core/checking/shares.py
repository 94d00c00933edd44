"""Shares of boards and indicators: "75 procent av indikatorerna saknar utfall", "hälften av nämnderna", "de flesta"."""

import re
from decimal import Decimal

from ledtrad.core.checking.claims import ClaimKind
from ledtrad.core.checking.counting import verdict_slot
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.stream import Passage, Role, Scope
from ledtrad.core.checking.tallies import Group
from ledtrad.core.language.reading import Mention, MentionKind
from ledtrad.core.language.writing import write_number
from ledtrad.core.quantities import decimals_of, rounded

_OF = re.compile(
    r"\s+(?:av\s+)?(?:de\s+|stadens\s+|kommunens\s+|kommunfullmäktiges\s+|samtliga\s+|alla\s+)*"
    r"(?:(?P<district_boards>stadsdelsnämnd\w*)|(?P<boards>nämnd\w*)|(?P<indicators>(?:\w*indikator\w*)))"
)
_VAGUE = re.compile(
    r"\b(?:de flesta|flertalet|majoriteten|en majoritet|merparten|mer än hälften|"
    r"över hälften)(?=\s+(?:av\s+)?(?:\w+\s+)?(?:\w*nämnd|\w*indikator))"
)
# "En tredjedel" is said of what is near a third; a percentage is held to its own rounding.
_NEAR = Decimal("0.025")


def find_shares(scope: Scope, groups: dict[str, Group], desk: Desk) -> None:
    """A claim for each share of boards or indicators, held against the tally or the list."""
    for passage in scope.passages:
        if passage.role == Role.FIELD or not ("nämnd" in passage.lower or "indikator" in passage.lower):
            continue
        for mention in passage.mentions:
            of = _OF.match(passage.lower, mention.end)
            if of is not None and mention.kind in (MentionKind.PERCENT, MentionKind.FRACTION):
                _add(passage, mention.start, mention.end, mention, of, scope, groups, desk)
        for match in _VAGUE.finditer(passage.lower):
            of = _OF.match(passage.lower, match.end())
            if of is not None:
                _add(passage, match.start(), match.end(), None, of, scope, groups, desk)


def _add(
    passage: Passage,
    start: int,
    end: int,
    mention: Mention | None,
    of: re.Match[str],
    scope: Scope,
    groups: dict[str, Group],
    desk: Desk,
) -> None:
    if passage.is_taken(start, end):
        return
    draft = desk.add(Draft(ClaimKind.SHARE, passage, start, end, mention.value if mention else None, scope=scope))
    slot = verdict_slot(passage.lower, of.end())
    counted = _counted(of.lastgroup or "", slot, scope, groups)
    if counted is None or counted[1] == 0:
        return
    part, total = counted
    exact = Decimal(part) / Decimal(total)
    shown = {"part": part, "total": total, "exact": write_number(exact * 100, 1)}
    if _agrees(mention, exact):
        desk.support(draft, desk.say("share_agrees", **shown))
    else:
        desk.contradict("share_differs", (draft,), desk.say("share_differs", printed=draft.text, **shown))


def _agrees(mention: Mention | None, exact: Decimal) -> bool:
    if mention is None:
        return exact > Decimal("0.5")
    if mention.kind is MentionKind.FRACTION:
        return abs(exact - mention.value) <= _NEAR
    return rounded(exact * 100, decimals_of(mention.value)) == mention.value


def _counted(noun: str, slot: str, scope: Scope, groups: dict[str, Group]) -> tuple[int, int] | None:
    """Part and total from what the text counts, else from the list of indicators."""
    group = groups.get(noun)
    if group is not None and group.total is not None and group.value(slot) is not None:
        return group.value(slot) or 0, group.total
    if noun != "indicators" or not scope.indicators or not slot:
        return None
    results = [block.result for block in scope.indicators]
    if slot == "no_outcome":
        return sum(result.measured is None for result in results), len(results)
    return sum(result.verdict == slot and result.measured is not None for result in results), len(results)
