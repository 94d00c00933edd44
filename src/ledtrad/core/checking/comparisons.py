"""Comparisons between women and men: "kvinnor i högre grad utsatta" against the outcomes by sex."""

import re

from ledtrad.core.assessment import IndicatorResult, Sense
from ledtrad.core.checking.claims import ClaimKind
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.senses import sense_of
from ledtrad.core.checking.stream import Passage, Role, Scope
from ledtrad.core.language.writing import write_quantity
from ledtrad.core.quantities import Quantity

_WOMEN = r"kvinnor(?:na|s)?|flickor(?:na|s)?|tjejer(?:na|s)?"
_MEN = r"män(?:nen|s)?|pojkar(?:na|s)?|killar(?:na|s)?"
_MORE = r"i högre (?:grad|utsträckning)|oftare|högre|större|fler|mer(?!a? än)|bättre|(?<!\w)mer\b"
_LESS = r"i (?:lägre|mindre) (?:grad|utsträckning)|mer sällan|lägre|mindre|färre|sämre|sällan"
_PATTERN = re.compile(
    rf"\b(?P<first>(?P<women>{_WOMEN})|(?P<men>{_MEN}))\b(?P<middle>[^.;:]{{0,60}}?)\b(?P<degree>(?P<less>{_LESS})|(?P<more>{_MORE}))\b"
)
_REVERSED = re.compile(
    rf"\b(?P<degree>(?P<less>{_LESS})|(?P<more>{_MORE}))\b(?P<middle>[^.;:]{{0,50}}?)\b(?:bland|för|hos|än)\s(?P<first>(?P<women>{_WOMEN})|(?P<men>{_MEN}))\b"
)
_TELLING = frozenset(
    [
        *("kvinnor", "kvinnorna", "kvinnors", "män", "männen", "mäns", "flickor", "flickorna", "flickors", "pojkar"),
        *("pojkarna", "pojkars", "tjejer", "tjejerna", "tjejers", "killar", "killarna", "killars"),
    ]
)
_EVALUATED = re.compile(r"bättre|sämre")
_BAD = re.compile(r"utsatt|utsätt|otrygg|\boro\w*|rädd|drabba|sjuk|missnöjd|våld|\bhot\b")
_GOOD = re.compile(r"(?<!o)trygg|nöjd|nöjdhet|delaktig|frisk|godkän|behörig|klarar")
_NOT = re.compile(r"\b(?:inte|ej|aldrig|sluppit|slipper)\b")
_STEMS = re.compile(r"utsatt|utsätt|trygg|oro|nöjd|drabba|våld|hot\b|delaktig|behörig|sjuk")


def find_comparisons(scope: Scope, desk: Desk) -> None:
    """A claim for each sentence that sets women against men, held against the one indicator that it can mean."""
    for passage in scope.passages:
        lower = passage.lower
        if passage.role == Role.FIELD or _TELLING.isdisjoint(passage.tokens):
            continue
        match = _PATTERN.search(lower) or _REVERSED.search(lower)
        if match is not None and not passage.is_taken(*match.span()):
            draft = desk.add(Draft(ClaimKind.COMPARISON, passage, *match.span(), scope=scope))
            _check(draft, match, scope, desk)


def _check(draft: Draft, match: re.Match[str], scope: Scope, desk: Desk) -> None:
    result = _meant(draft.passage, scope)
    if result is None or result.measured is None:
        return
    women, men = result.measured.women, result.measured.men
    if not (isinstance(women, Quantity) and isinstance(men, Quantity)):
        return
    claimed = _claimed(draft.passage.lower, match, result)
    actual = (women.value > men.value) - (women.value < men.value)
    shown = {"women": write_quantity(women), "men": write_quantity(men)}
    if claimed == actual:
        desk.support(draft, desk.say("compare_agrees", **shown))
    else:
        desk.contradict("comparison_differs", (draft,), desk.say("compare_disagrees", word=match["degree"], **shown))


def _claimed(lower: str, match: re.Match[str], result: IndicatorResult) -> int:
    """+1 when the sentence says that the figure is higher for women, −1 when it says lower."""
    claimed = 1 if match["more"] else -1
    if match["men"]:
        claimed = -claimed
    if match.re is _REVERSED and re.search(r"\bän\s$", lower[: match.start("first")]):
        claimed = -claimed
    sense = sense_of(result)
    more_is_better = sense is None or sense[0] is not Sense.LESS
    if _EVALUATED.search(match["degree"]):
        return claimed if more_is_better else -claimed
    tail = lower[match.start() :]
    bad, good = _BAD.search(tail), _GOOD.search(tail)
    if bad is None and good is None:
        return claimed
    # "utsatta" speaks against an indicator where more is better, and for one where less is.
    speaks_well = bad is None
    if _NOT.search(tail):
        speaks_well = not speaks_well
    return claimed if speaks_well == more_is_better else -claimed


def _meant(passage: Passage, scope: Scope) -> IndicatorResult | None:
    """The indicator of the comment; in running text the only one by sex that shares a telling word."""
    if passage.indicator is not None:
        return passage.indicator.result
    stems = set(_STEMS.findall(passage.lower))
    shared = [
        block.result
        for block in scope.indicators
        if block.result.measured
        and block.result.measured.by_sex
        and stems & set(_STEMS.findall(block.result.name.lower()))
    ]
    return shared[0] if len(shared) == 1 else None
