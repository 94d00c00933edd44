"""Claims against facts: what a sentence cites, or what the section's own goal is known to have."""

import re
from decimal import Decimal

from ledtrad.core.assessment import Verdict
from ledtrad.core.checking.claims import ClaimKind, Severity, Status
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.stream import Passage, Scope
from ledtrad.core.document import Citation
from ledtrad.core.facts import Fact, FactSheet
from ledtrad.core.language.reading import find_mentions, number_of_word, read_verdict
from ledtrad.core.language.writing import absence_word, write_quantity, write_verdict
from ledtrad.core.outcomes import Absence
from ledtrad.core.quantities import COUNT, KRONOR, Quantity

_KRONOR = {"kronor": 1, "thousand_kronor": 1_000, "million_kronor": 1_000_000, "billion_kronor": 1_000_000_000}
_GOAL = re.compile(r"goal:[^/]+/\d{4}(?=/)")


def bind_citations(scopes: list[Scope], facts: FactSheet, desk: Desk) -> None:
    """Hold every cited stretch against its fact, and point out facts that have changed since they were cited."""
    drafts: dict[int, list[Draft]] = {}
    for draft in desk.drafts:
        drafts.setdefault(id(draft.passage), []).append(draft)
    for scope in scopes:
        for passage in scope.passages:
            for cite in passage.cites:
                _bind_citation(passage, cite, drafts.get(id(passage), []), scope, facts, desk)


def _bind_citation(
    passage: Passage, cite: Citation, drafts: list[Draft], scope: Scope, facts: FactSheet, desk: Desk
) -> None:
    draft = _draft_of(passage, cite, drafts)
    if draft is None:
        draft = desk.add(_cited_draft(passage, cite, scope))
        drafts.append(draft)
    fact = facts.get(cite.fact)
    if fact is None:
        desk.contradict("fact_unknown", (draft,), desk.say("fact_unknown", fact=cite.fact))
        return
    if _is_composed(draft, passage, fact):
        _hold_part(draft, _cited_draft(passage, cite, scope), fact, desk)
    else:
        _hold(draft, fact, desk)
    if cite.fingerprint and cite.fingerprint != fact.fingerprint:
        severity = Severity.WARNING if draft.status is Status.BOUND else Severity.ERROR
        desk.find("stale", severity, (draft,), desk.say("stale", fact=fact.id))


def _draft_of(passage: Passage, cite: Citation, drafts: list[Draft]) -> Draft | None:
    """The narrowest claim that the cited stretch lies in or touches. A quotation claims its words, not their value."""
    touching = [draft for draft in drafts if draft.start < cite.end and cite.start < draft.end]
    touching = [draft for draft in touching if draft.kind is not ClaimKind.QUOTE]
    return min(touching, key=lambda draft: draft.end - draft.start, default=None)


def _is_composed(draft: Draft, passage: Passage, fact: Fact) -> bool:
    """Whether the claim says more than this one fact: "från 21 till 11 procent", "den indikator … delvis"."""
    cited = sum(draft.start < cite.end and cite.start < draft.end for cite in passage.cites)
    return cited > 1 or isinstance(fact.value, Verdict) != isinstance(draft.value, Verdict)


def _hold_part(whole: Draft, part: Draft, fact: Fact, desk: Desk) -> None:
    """Hold one cited part of a claim. The whole is bound when no part differs, unless the text contradicts it."""
    if not _agrees(part, fact):
        whole.fact = fact.id
        because = desk.say("fact_differs", value=_shown(fact), fact=fact.label or fact.id, printed=part.text)
        desk.contradict("fact_differs", (whole,), because)
    elif whole.status is not Status.CONTRADICTED:
        whole.fact = whole.fact or fact.id
        whole.status, whole.because = Status.BOUND, desk.say("fact_agrees", fact=fact.label or fact.id)


def _cited_draft(passage: Passage, cite: Citation, scope: Scope) -> Draft:
    """A claim of just the cited stretch, its value read from its own words."""
    text = passage.text[cite.start : cite.end]
    mentions = find_mentions(text)
    value: Decimal | Verdict | None = mentions[0].value if mentions else None
    if value is None:
        number = number_of_word(text)
        value = Decimal(number) if number is not None else read_verdict(text)
    kind = ClaimKind.GOAL_VERDICT if isinstance(value, Verdict) else ClaimKind.COUNT
    return Draft(kind, passage, cite.start, cite.end, value, scope=scope, unit=mentions[0].unit if mentions else COUNT)


def bind_blocks(drafts: list[Draft], facts: FactSheet, desk: Desk) -> None:
    """Hold the fields of composed indicators against the facts that their blocks name."""
    for draft in drafts:
        block = draft.passage.indicator
        fact = facts.get(dict(block.facts).get(_INDICATOR_PARTS.get(draft.slot, ""), "")) if block else None
        if fact is not None and draft.fact is None:
            _hold(draft, fact, desk)


def bind_goal(scope: Scope, drafts: list[Draft], facts: FactSheet, desk: Desk) -> None:
    """Hold the claims of one goal's own scope against that goal's facts, by what they state and by indicator name."""
    stem = next((match.group() for fact in facts if (match := _GOAL.match(fact))), None)
    if stem is None:
        return
    names = _indicator_stems(facts)
    for draft in drafts:
        if draft.fact is not None or not draft.slot:
            continue
        fact = facts.get(_fact_id(draft, stem, names))
        if fact is not None:
            _hold(draft, fact, desk)


def _indicator_stems(facts: FactSheet) -> dict[str, str]:
    """Fact id stems by indicator name, taken from the labels."""
    stems: dict[str, str] = {}
    for fact in facts.values():
        if fact.id.startswith("indicator:"):
            stems.setdefault(_plain(fact.label.rpartition(" – ")[0]), fact.id.rpartition("/")[0])
    return stems


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))


_INDICATOR_PARTS = {
    "target": "target",
    "total": "outcome.total",
    "women": "outcome.women",
    "men": "outcome.men",
    "verdict": "verdict",
    "forecast": "forecast",
    "outcome": "outcome",
}


def _fact_id(draft: Draft, stem: str, names: dict[str, str]) -> str:
    block = draft.passage.indicator
    if block is not None:
        indicator = names.get(_plain(block.result.name), "?")
        return f"{indicator}/{_INDICATOR_PARTS.get(draft.slot, '?')}"
    return f"{stem}/{draft.slot}"


def _hold(draft: Draft, fact: Fact, desk: Desk) -> None:
    """The fact decides: a claim that agrees with it is bound even where the rest of the text says otherwise."""
    draft.fact = fact.id
    if _agrees(draft, fact):
        draft.status, draft.because = Status.BOUND, desk.say("fact_agrees", fact=fact.label or fact.id)
        return
    because = desk.say("fact_differs", value=_shown(fact), fact=fact.label or fact.id, printed=draft.text)
    desk.contradict("fact_differs", (draft,), because)


def _agrees(draft: Draft, fact: Fact) -> bool:
    value = fact.value
    if isinstance(value, Absence):
        return draft.kind is ClaimKind.INDICATOR_ABSENCE
    if isinstance(value, Verdict):
        return draft.value is value
    if not isinstance(draft.value, Decimal):
        return False
    scale = _KRONOR.get(value.unit.code, 1) if draft.unit == KRONOR else 1
    return value.agrees_with(draft.value / scale if scale != 1 else draft.value)


def _shown(fact: Fact) -> str:
    if isinstance(fact.value, Quantity):
        return write_quantity(fact.value)
    return absence_word(fact.value) if isinstance(fact.value, Absence) else write_verdict(fact.value)
