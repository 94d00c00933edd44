"""Tallies of boards, companies, indicators and sub-goals: do the parts make the whole, everywhere it is said?"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from ledtrad.core.assessment import Verdict
from ledtrad.core.checking.among import MEASURED, among
from ledtrad.core.checking.claims import ClaimKind, Severity
from ledtrad.core.checking.counting import counts_in
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.messages import word
from ledtrad.core.checking.stream import Count, Passage, Role, Scope

_KINDS = {
    "boards": ClaimKind.BOARD_TALLY,
    "district_boards": ClaimKind.BOARD_TALLY,
    "specialist_boards": ClaimKind.BOARD_TALLY,
    "companies": ClaimKind.COMPANY_TALLY,
    "indicators": ClaimKind.INDICATOR_TALLY,
    "subgoals": ClaimKind.SUBGOAL_TALLY,
}
PARTS = ("met", "partly", "not_met", "no_outcome", "unanswered")


@dataclass(slots=True)
class Group:
    """All that a scope says in numbers about one noun, by slot; and the sentences that enumerate it."""

    noun: str
    slots: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    sentences: list[list[tuple[Count, Draft]]] = field(default_factory=list)
    followed: list[Draft] = field(default_factory=list)
    heading: str = ""
    among: str = ""
    whole: str = ""  # the verdict of all, where a sentence gives it: "samtliga 14 nämnder … helt"

    def value(self, slot: str) -> int | None:
        drafts = self.slots.get(slot)
        return int(drafts[0].value) if drafts and isinstance(drafts[0].value, Decimal) else None

    @property
    def total(self) -> int | None:
        return self.value("total")


def find_tallies(scope: Scope, desk: Desk) -> dict[str, Group]:
    """A claim for each count in the scope's sentences, gathered by noun."""
    groups: dict[str, Group] = {}
    for passage in scope.passages:
        if passage.role == Role.FIELD:
            continue
        by_noun: dict[str, list[tuple[Count, Draft]]] = {}
        for count in counts_in(passage):
            if count.slot in ("", "unclear") or (count.value is None and count.word != "rest"):
                continue
            apart = among(passage, count.noun, count.start, scope.year)
            key = _key(count.noun, passage, apart)
            group = groups.setdefault(key, Group(count.noun, heading=passage.heading, among=apart))
            draft = _draft(passage, count, scope, apart)
            if count.word != "rest":
                desk.add(draft)
                _file(group, count, draft)
            by_noun.setdefault(key, []).append((count, draft))
        for key, pairs in by_noun.items():
            groups[key].sentences.append(pairs)
    return groups


def _key(noun: str, passage: Passage, apart: str) -> str:
    """What is counted together. An overview counts the goals beneath under one heading after another."""
    key = f"{noun} under {passage.heading}" if noun == "subgoals" else noun
    return f"{key} {apart}" if apart else key


def subgoals_in(groups: dict[str, Group]) -> Group | None:
    """The first count of the goals beneath."""
    return next((group for group in groups.values() if group.noun == "subgoals"), None)


def _draft(passage: Passage, count: Count, scope: Scope, apart: str) -> Draft:
    slot = f"{apart}/{count.noun}.{count.slot}" if apart else f"{count.noun}.{count.slot}"
    return Draft(_KINDS[count.noun], passage, count.start, count.end, count.value, slot, scope=scope)


def _file(group: Group, count: Count, draft: Draft) -> None:
    if count.word.startswith("all:"):
        group.whole = count.word.removeprefix("all:")
    if count.word == "followed":
        group.followed.append(draft)
    elif count.word != "single":
        group.slots[count.slot].append(draft)


def check_tallies(groups: dict[str, Group], scope: Scope, desk: Desk) -> None:
    """Sums first, then what is said twice, then the list of indicators and the goals that are named."""
    for group in groups.values():
        _check_sentences(group, desk)
        _check_repeats(group, desk)
        _check_across(group, desk)
    if "indicators" in groups:
        _check_followed(groups["indicators"], desk)
    for key in ("indicators", f"indicators {MEASURED}"):
        if key in groups and scope.parent is None and scope.indicators:
            _check_list(groups[key], scope, desk)
    subgoals = subgoals_in(groups)
    if subgoals is not None and scope.subgoals:
        _check_titles(subgoals, scope, desk)


# --- within one sentence ---------------------------------------------------------------------------


def _check_sentences(group: Group, desk: Desk) -> None:
    for pairs in group.sentences:
        total = next((draft for count, draft in pairs if count.slot == "total"), None)
        parts = [
            (count, draft)
            for count, draft in pairs
            if count.slot != "total" and count.word not in ("single", "followed")
        ]
        if any(count.word == "rest" for count, _ in parts) or not parts:
            continue
        _check_sum(group, [draft for _, draft in parts], total, desk)


def _check_sum(group: Group, parts: list[Draft], total: Draft | None, desk: Desk) -> None:
    if total is None and group.total is not None and len(parts) > 1:
        total = group.slots["total"][0]
    if total is None:
        return
    result = sum(int(part.value) for part in parts if isinstance(part.value, Decimal))
    whole = int(total.value) if isinstance(total.value, Decimal) else 0
    text = _sum_text(parts)
    if result == whole:
        because = desk.say("sum_equals", sum=text, result=result)
        for draft in [*parts, total]:
            desk.support(draft, because)
    elif result > whole:
        because = desk.say("sum_exceeds", sum=text, result=result, total=whole, noun=word(desk.language, group.noun))
        desk.contradict("tally_exceeds_total", (*parts, total), because)
    elif len(parts) > 1 and not _accounted_elsewhere(group, parts, whole):
        because = desk.say(
            "sum_falls_short",
            sum=text,
            result=result,
            total=whole,
            noun=word(desk.language, group.noun),
            rest=whole - result,
        )
        desk.contradict("tally_below_total", (*parts, total), because, Severity.WARNING)


def _sum_text(parts: list[Draft]) -> str:
    return " + ".join(str(part.value) for part in parts)


def _accounted_elsewhere(group: Group, parts: list[Draft], whole: int) -> bool:
    """Whether other sentences give what this one leaves out, so that all together make the whole."""
    own = {part.slot for part in parts}
    rest = sum(
        value for slot in PARTS if f"{group.noun}.{slot}" not in own and (value := _any_value(group, slot)) is not None
    )
    stated = sum(int(part.value) for part in parts if isinstance(part.value, Decimal))
    return stated + rest == whole


def _any_value(group: Group, slot: str) -> int | None:
    value = group.value(slot)
    if value is None:
        followed = [draft for draft in group.followed if draft.slot.endswith(f".{slot}")]
        value = sum(int(draft.value) for draft in followed if isinstance(draft.value, Decimal)) if followed else None
    return value


# --- over the whole section ------------------------------------------------------------------------


def _check_repeats(group: Group, desk: Desk) -> None:
    for slot, drafts in group.slots.items():
        values = {draft.value for draft in drafts}
        if len(values) > 1:
            what = f"{word(desk.language, group.noun)}, {word(desk.language, slot)}" if slot != "either" else group.noun
            shown = ", ".join(dict.fromkeys(draft.text for draft in drafts))
            desk.contradict("repeated_total_differs", tuple(drafts), desk.say("values_differ", what=what, values=shown))
        elif len(drafts) > 1:
            for draft in drafts:
                desk.support(draft, desk.say("repeated"))


def _check_across(group: Group, desk: Desk) -> None:
    """What all sentences together say: it may make the whole, exceed it, or leave somebody out."""
    whole = group.total
    known = {slot: value for slot in PARTS if (value := _any_value(group, slot)) is not None}
    if whole is None or not known:
        _check_either(group, known, desk)
        return
    drafts = [group.slots[slot][0] for slot in PARTS if group.slots.get(slot)] + group.followed
    total = group.slots["total"][0]
    result = sum(known.values())
    text = " + ".join(str(value) for value in known.values())
    noun = word(desk.language, group.noun)
    if result == whole:
        because = desk.say("sum_equals", sum=text, result=result)
        for draft in [*drafts, *group.slots["total"]]:
            desk.support(draft, because)
    elif result > whole and not _one_sentence(group, known):
        because = desk.say("sum_exceeds", sum=text, result=result, total=whole, noun=noun)
        desk.contradict("tally_exceeds_total", (*drafts, total), because)
    elif result < whole and len(known) == 1 and not _has_rest(group):
        because = desk.say("rest_not_given", result=result, total=whole, noun=noun, rest=whole - result)
        desk.warn("tally_incomplete", (*drafts, total), because)
    elif result < whole and not _one_sentence(group, known) and not _has_rest(group):
        because = desk.say("sum_falls_short", sum=text, result=result, total=whole, noun=noun, rest=whole - result)
        desk.contradict("tally_below_total", (*drafts, total), because, Severity.WARNING)


def _check_either(group: Group, known: dict[str, int], desk: Desk) -> None:
    either = group.slots.get("either")
    if either and "met" in known and "partly" in known:
        result = known["met"] + known["partly"]
        because = desk.say("values_differ", what="helt eller delvis", values=f"{result}, {either[0].value}")
        if either[0].value == result:
            desk.support(either[0], desk.say("sum_equals", sum=f"{known['met']} + {known['partly']}", result=result))
        else:
            desk.contradict("repeated_total_differs", tuple(either), because)


def _one_sentence(group: Group, known: dict[str, int]) -> bool:
    """Whether one sentence holds the whole enumeration; then it has been judged already."""
    return any(set(known) <= {count.slot for count, _ in pairs} for pairs in group.sentences)


def _has_rest(group: Group) -> bool:
    return any(count.word == "rest" for pairs in group.sentences for count, _ in pairs)


def _check_followed(group: Group, desk: Desk) -> None:
    """ "Den indikator som följts upp" says that one was: total less those without outcome must be that many."""
    total, none = group.total, group.value("no_outcome")
    if total is None or none is None:
        return
    for draft in group.followed:
        left = total - none
        if draft.value == left:
            desk.support(draft, desk.say("one_left", total=total, none=none) if left == 1 else desk.say("repeated"))
        elif len(group.followed) == 1:
            drafts = (draft, group.slots["no_outcome"][0], group.slots["total"][0])
            desk.contradict(
                "followed_up_differs", drafts, desk.say("one_followed_up", total=total, none=none, left=left)
            )


# --- against what is listed ------------------------------------------------------------------------


def _check_list(group: Group, scope: Scope, desk: Desk) -> None:
    results = [block.result for block in scope.indicators]
    measured = [result for result in results if result.measured is not None]
    listed: dict[str, int] = {
        "total": len(results),
        "no_outcome": len(results) - len(measured),
        "measured": len(measured),
    }
    if all(result.verdict is not None for result in measured):
        for verdict in Verdict:
            listed[verdict.value] = sum(result.verdict is verdict for result in measured)
    if group.among == MEASURED:
        listed["total"] = len(measured)
    for draft in [draft for drafts in group.slots.values() for draft in drafts] + group.followed:
        slot = draft.slot.rpartition(".")[2]
        if slot not in listed:
            continue
        if draft.value == listed[slot]:
            desk.support(draft, desk.say("list_agrees", count=listed[slot], total=listed["total"]))
        else:
            what = word(desk.language, slot)
            because = desk.say("list_differs", count=listed[slot], what=what, printed=draft.text)
            desk.contradict("list_differs", (draft,), because)


def _check_titles(group: Group, scope: Scope, desk: Desk) -> None:
    for draft in group.slots.get("total", []):
        if draft.value == len(scope.subgoals):
            desk.support(draft, desk.say("titles_agree", count=len(scope.subgoals)))
        else:
            because = desk.say("titles_differ", count=len(scope.subgoals), printed=draft.text)
            desk.contradict("subgoals_differ", (draft,), because)
