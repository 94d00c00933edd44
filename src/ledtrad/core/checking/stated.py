"""What a goal section states about itself, as printed: its verdict, its tallies, its year. Nothing is worked out."""

from dataclasses import dataclass
from decimal import Decimal

from ledtrad.core.assessment import Verdict
from ledtrad.core.checking.claims import ClaimKind
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.figures import report_year
from ledtrad.core.checking.quotes import find_quotes
from ledtrad.core.checking.stream import Role, Scope, scopes_of
from ledtrad.core.checking.tallies import Group, find_tallies, subgoals_in
from ledtrad.core.checking.verdicts import find_verdicts
from ledtrad.core.document import Document
from ledtrad.core.language.reading import MentionKind

Counts = dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """The first goal's statements. Counts are by "met", "partly", "not_met", "no_outcome", "total"; None: not said."""

    year: int | None
    verdict: Verdict | None
    company_group: Verdict | None
    boards: Counts
    indicators: Counts
    subgoals: Counts
    quotes: tuple[str, ...]


def stated_in(document: Document) -> Stated:
    """What the document's first goal says of itself. Sub-areas and later goals are left out."""
    scopes = scopes_of(document)
    scope = next((scope for scope in scopes if scope.has_assessment), scopes[0])
    desk = Desk("sv")
    quotes = _quotes(scopes, desk)
    own = Scope(scope.title, None, [passage for passage in scope.passages if passage.role != Role.QUOTE])
    own.year = document.year or report_year(own)
    groups = find_tallies(own, desk)
    find_verdicts(own, desk)
    return Stated(
        document.year or _year(own, desk.drafts),
        _verdict(desk.drafts, ClaimKind.GOAL_VERDICT),
        _verdict(desk.drafts, ClaimKind.COMPANY_VERDICT),
        _counts(groups.get("boards") or groups.get("district_boards"), ("met", "partly", "not_met", "total")),
        _counts(groups.get("indicators"), ("met", "partly", "not_met", "no_outcome", "total")),
        _counts(subgoals_in(groups), ("met", "partly", "not_met", "total")),
        quotes,
    )


def _quotes(scopes: list[Scope], desk: Desk) -> tuple[str, ...]:
    for scope in scopes:
        find_quotes(scope, desk)
    return tuple(passage.text for scope in scopes for passage in scope.passages if passage.role == Role.QUOTE)


def _verdict(drafts: list[Draft], kind: ClaimKind) -> Verdict | None:
    return next((draft.value for draft in drafts if draft.kind is kind and isinstance(draft.value, Verdict)), None)


def _counts(group: Group | None, slots: tuple[str, ...]) -> Counts:
    return {slot: _count(group, slot) for slot in slots}


def _count(group: Group | None, slot: str) -> Decimal | None:
    if group is None:
        return None
    value = group.value(slot)
    if value is not None:
        return Decimal(value)
    stated = [draft for draft in group.followed if draft.slot.endswith(f".{slot}")]
    if stated and isinstance(stated[0].value, Decimal):
        return stated[0].value
    return Decimal(group.total) if group.whole == slot and group.total is not None else None


def _year(scope: Scope, drafts: list[Draft]) -> int | None:
    """The year named most often; where none stands out, the one in the sentence that gives the verdict."""
    year = report_year(scope)
    if year is not None:
        return year
    verdict = next((draft.passage for draft in drafts if draft.kind is ClaimKind.GOAL_VERDICT), None)
    years = [mention for mention in verdict.mentions if mention.kind is MentionKind.YEAR] if verdict else []
    return int(years[0].value) if years else None
