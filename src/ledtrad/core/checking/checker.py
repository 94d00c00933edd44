"""Document (and facts) in, claims and findings out."""

from collections.abc import Iterable

from ledtrad.core.checking.binding import bind_blocks, bind_citations, bind_goal
from ledtrad.core.checking.broken import check_breaks
from ledtrad.core.checking.changes import find_changes, find_distances
from ledtrad.core.checking.claims import CheckResult, NotUnderstood, Severity, Status, Waiver
from ledtrad.core.checking.comments import find_comments
from ledtrad.core.checking.comparisons import find_comparisons
from ledtrad.core.checking.counting import counts_in
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.figures import check_parts, check_years, find_figures, report_year
from ledtrad.core.checking.garbage import collector_at_rest
from ledtrad.core.checking.indicators import check_indicators, find_indicators
from ledtrad.core.checking.quotes import find_quotes
from ledtrad.core.checking.repeats import check_against_list, check_repeats
from ledtrad.core.checking.shares import find_shares
from ledtrad.core.checking.stream import Role, Scope, scopes_of
from ledtrad.core.checking.tallies import check_tallies, find_tallies
from ledtrad.core.checking.uncertain import check_differences
from ledtrad.core.checking.verdicts import check_verdicts, find_verdicts
from ledtrad.core.document import Document
from ledtrad.core.facts import FactSheet


def check(
    document: Document, facts: FactSheet | None = None, waivers: Iterable[Waiver] = (), language: str = "sv"
) -> CheckResult:
    """Every countable claim of the document with a status, and what does not hold.

    With `facts`, sentences are held against the facts they cite, and the first goal's claims against that goal's
    facts. A waived claim keeps its words on record but no longer makes an error. `language` is "sv" or "en".
    """
    with collector_at_rest():
        return _check(document, facts, waivers, Desk(language))


def _check(document: Document, facts: FactSheet | None, waivers: Iterable[Waiver], desk: Desk) -> CheckResult:
    scopes = scopes_of(document)
    by_scope = [_check_scope(scope, document.year, desk) for scope in scopes]
    if facts:
        bind_citations(scopes, facts, desk)
        bind_blocks(desk.drafts, facts, desk)
        main = next((index for index, scope in enumerate(scopes) if scope.has_assessment or scope.indicators), 0)
        bind_goal(scopes[main], [*by_scope[main], *_list_drafts(scopes[main], desk)], facts, desk)
        check_breaks(scopes, facts, desk)
        check_differences(scopes, facts, desk)
    _waive(desk, waivers)
    claims = desk.finished_claims()
    return CheckResult(claims, desk.finished_findings(), tuple(desk.not_understood))


def _check_scope(scope: Scope, year: int | None, desk: Desk) -> list[Draft]:
    """All kinds of claims in one goal's text. The order matters: each kind leaves what it takes to no other."""
    begin = len(desk.drafts)
    find_quotes(scope, desk)
    text = Scope(scope.title, scope.parent, [passage for passage in scope.passages if passage.role != Role.QUOTE])
    text.indicators, text.subgoals = scope.indicators, scope.subgoals
    text.year = scope.year = year or report_year(text)
    listed = find_indicators(text, desk)
    groups = find_tallies(text, desk)
    find_verdicts(text, desk)
    find_shares(text, groups, desk)
    find_changes(text, desk)
    find_distances(text, desk)
    find_comments(text, desk)
    find_comparisons(text, desk)
    figures = find_figures(text, desk)
    check_tallies(groups, text, desk)
    check_verdicts(desk.drafts[begin:], groups, desk)
    check_indicators(text, listed, desk)
    check_parts(text, figures, desk)
    check_years(text, figures, desk)
    check_repeats(figures, desk)
    check_against_list(text, figures, desk)
    _list_not_understood(text, desk)
    return desk.drafts[begin:]


def _list_drafts(scope: Scope, desk: Desk) -> list[Draft]:
    """The fields of indicators that stand after a sub-area but belong to the goal."""
    own = {block.id for block in scope.indicators}
    return [draft for draft in desk.drafts if draft.passage.indicator is not None and draft.passage.indicator.id in own]


def _list_not_understood(scope: Scope, desk: Desk) -> None:
    """Counts of boards or indicators whose verdict the sentence does not make clear."""
    for passage in scope.passages:
        for count in counts_in(passage) if passage.role != Role.FIELD else ():
            unclear = count.slot == "unclear" or (count.value is None and count.word == "all" and count.slot)
            if unclear:
                desk.not_understood.append(
                    NotUnderstood(passage.text[count.start : count.end], passage.id, count.start, count.end)
                )


def _waive(desk: Desk, waivers: Iterable[Waiver]) -> None:
    by_place = {(waiver.sentence, waiver.text): waiver for waiver in waivers}
    waived: set[int] = set()
    for draft in desk.drafts:
        waiver = by_place.get((draft.passage.id, draft.text))
        if waiver is not None:
            draft.status = Status.WAIVED
            draft.because = desk.say("waived", by=waiver.by, because=waiver.because)
            waived.add(id(draft))
    if waived:
        desk.findings = [
            (kind, _softened(severity, drafts, waived), passage, text, drafts)
            for kind, severity, passage, text, drafts in desk.findings
        ]


def _softened(severity: Severity, drafts: tuple[Draft, ...], waived: set[int]) -> Severity:
    """A finding is no longer an error once somebody answers for one of its claims."""
    return Severity.WARNING if any(id(draft) in waived for draft in drafts) else severity
