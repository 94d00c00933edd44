"""Figures said twice: in two sentences that say nearly the same, or in a sentence and in the list of indicators."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ledtrad.core.assessment import IndicatorResult
from ledtrad.core.checking.among import other_year
from ledtrad.core.checking.claims import ClaimKind
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.stream import Passage, Role, Scope
from ledtrad.core.language.reading import MentionKind, tokens_of
from ledtrad.core.language.writing import write_quantity
from ledtrad.core.quantities import PERCENT, Quantity

_STOP = frozenset(
    [
        "samt",
        "eller",
        "under",
        "över",
        "från",
        "till",
        "inom",
        "efter",
        "sedan",
        "även",
        "vilket",
        "vilka",
        "denna",
        "detta",
        "dessa",
        "som",
        "skulle",
        "kommer",
        "blivit",
        "varit",
        "staden",
        "stadens",
        "stad",
        "kommunen",
        "kommunens",
        "procent",
        "andel",
        "andelen",
        "antal",
        "totalt",
        "cirka",
        "drygt",
        "knappt",
        "omkring",
        "svarar",
        "uppger",
        "anger",
        "år",
        "året",
        "mätning",
        "mätningen",
        "resultatet",
        "visar",
        "enligt",
        "finns",
        "har",
        "hade",
    ]
)
_KINDS = frozenset({ClaimKind.SHARE, ClaimKind.AMOUNT, ClaimKind.COUNT})
_ENOUGH = 4
_CONTAINED = 0.75
_COMMON = 12
_MANY = 8
# A place or a group: the figure is not the indicator's own. A capital within the sentence is taken for a name.
_OF_A_PART = re.compile(
    r"\b[Bb]land\s|\b(?:I|i|På|på|För|för|Hos|hos)\s(?:stadsdelen\s)?[A-ZÅÄÖ]\w+|\b[ÅåIi]\s?(?:rskurs|nnerstaden|ytterstaden)"
)
_OTHER_TIME = re.compile(r"föregående|tidigare|förra|jämför|\bmot\b|sedan|fjol|prognos")


@dataclass(slots=True, eq=False)
class _Said:
    draft: Draft
    stems: frozenset[str]
    years: frozenset[Decimal]
    names: frozenset[str]


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:7] for word in words if len(word) > 3 and word not in _STOP)


def _said(draft: Draft) -> _Said:
    passage = draft.passage
    years = frozenset(mention.value for mention in passage.mentions if mention.kind is MentionKind.YEAR)
    names = frozenset(re.findall(r"(?<=\s)[A-ZÅÄÖ][\wåäö-]+", passage.text)) | frozenset(
        re.findall(r"kvinnor|män|flickor|pojkar", passage.lower)
    )
    names |= {passage.lower[one.start : one.end] for one in passage.mentions if one.kind is MentionKind.REFERENCE}
    return _Said(draft, _stems(passage.tokens), years, names)


def check_repeats(figures: list[Draft], desk: Desk) -> None:
    """Compare each figure with those in sentences of nearly the same words, the same years and the same names."""
    index: dict[str, list[_Said]] = defaultdict(list)
    for draft in figures:
        if draft.kind not in _KINDS or draft.passage.role == Role.FIELD or not _only_figure(draft):
            continue
        said = _said(draft)
        if len(said.stems) < _ENOUGH:
            continue
        _compare(said, index, desk)
        for stem in said.stems:
            if len(index[stem]) < _COMMON:
                index[stem].append(said)


def _compare(said: _Said, index: dict[str, list[_Said]], desk: Desk) -> None:
    shared: dict[int, int] = defaultdict(int)
    others: dict[int, _Said] = {}
    for stem in said.stems:
        for other in index.get(stem, ()):
            shared[id(other)] += 1
            others[id(other)] = other
    for key, count in shared.items():
        other = others[key]
        # One must say all that the other says: "I januari … 10 procent" and "I december … 12 procent" may both be true.
        if count < min(len(said.stems), len(other.stems)) or other.draft.passage is said.draft.passage:
            continue
        is_same = other.draft.unit.code == said.draft.unit.code and said.years == other.years
        if is_same and said.names == other.names:
            _judge(other.draft, said.draft, desk)


def _only_figure(draft: Draft) -> bool:
    """Whether the sentence holds a single figure of this unit, so that there is no doubt which is meant."""
    mentions = draft.passage.mentions
    if len(mentions) > _MANY:
        return False
    return sum(one.unit.code == draft.unit.code and one.kind is not MentionKind.YEAR for one in mentions) == 1


def _judge(first: Draft, second: Draft, desk: Desk) -> None:
    if first.value == second.value:
        desk.support(first, desk.say("repeated"))
        desk.support(second, desk.say("repeated"))
    else:
        because = desk.say("repeats_differ", first=f"”{first.text}”", second=f"”{second.text}”")
        desk.contradict("repeated_figure_differs", (first, second), because)


def check_against_list(scope: Scope, figures: list[Draft], desk: Desk) -> None:
    """A percentage in a sentence that names a listed indicator must be one of that indicator's figures."""
    named = [
        (block.result, _stems(tokens_of(block.result.name.lower())))
        for block in scope.indicators
        if block.result.measured
    ]
    if not named:
        return
    for draft in figures:
        if draft.kind is not ClaimKind.SHARE or draft.unit != PERCENT or draft.passage.role != Role.TEXT:
            continue
        years = any(mention.kind is MentionKind.YEAR for mention in draft.passage.mentions)
        if other_year(draft.passage, draft.start, scope.year) or (years and scope.year is None):
            continue
        if _OF_A_PART.search(draft.passage.text):
            continue
        result = _named(draft.passage, named)
        if result is not None:
            _judge_listed(draft, result, desk)


def _named(passage: Passage, named: list[tuple[IndicatorResult, frozenset[str]]]) -> IndicatorResult | None:
    stems = _stems(passage.tokens)
    best = [(len(stems & name) / len(name), result) for result, name in named if len(name) >= 2]
    best = [(score, result) for score, result in best if score >= _CONTAINED]
    return max(best, key=lambda pair: pair[0])[1] if best else None


def _judge_listed(draft: Draft, result: IndicatorResult, desk: Desk) -> None:
    assert result.measured is not None
    parts = [result.measured.total, result.measured.women, result.measured.men]
    values = [part for part in parts if isinstance(part, Quantity)]
    target = result.target.stated if result.target else None
    if any(part.value == draft.value for part in [*values, *([target] if target else [])]):
        desk.support(draft, desk.say("list_match", name=result.name))
    elif not _OTHER_TIME.search(draft.passage.lower):
        listed = ", ".join(write_quantity(part) for part in values)
        because = desk.say("list_mismatch", listed=listed, name=result.name, printed=draft.text)
        desk.contradict("list_figure_differs", (draft,), because)
