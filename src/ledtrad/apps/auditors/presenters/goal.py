"""A goal before the auditors: what was known at the moment they ask about, what has happened since, who said what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.auditors.presenters.year import answer_status
from ledtrad.apps.auditors.queries import GoalThen, OpinionCard, Since, UnitThen, Written
from ledtrad.apps.people.queries import names
from ledtrad.core.assessment import GoalEvidence, IndicatorResult, Proposal, Verdict, propose
from ledtrad.core.language.writing import Language, explain_proposal
from ledtrad.core.reporting import State

_SHOWN_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """What a named rule proposed of what was known, and why, in the language of the page."""

    title: str
    verdict: Verdict | None
    because: str


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a unit wrote of the goal: in its recorded assessment, or in a report and the state where that was."""

    tertial: int
    state: State | None
    is_draft: bool
    since: datetime | None
    verdict: Verdict | None
    parts: tuple[tuple[str, str], ...]
    shares: tuple[str, str, str] | None
    saved_by: str
    saved_at: datetime | None

    @property
    def awaits_lock(self) -> bool:
        """Whether it stands in a year report that the board has decided, but the centre had not locked: not counted."""
        return self.tertial == 0 and self.state is State.DECIDED


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """One unit: what holds as its answer, and its texts."""

    unit: str
    name: str
    verdict: Verdict | None
    latest: ShownText | None
    texts: tuple[ShownText, ...]


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    result: IndicatorResult
    drafts: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class ShownThen:
    """What was known: shown to auditors and central controllers."""

    evidence: GoalEvidence
    proposals: tuple[ShownProposal, ...]
    units: tuple[ShownUnit, ...]
    indicators: tuple[ShownIndicator, ...]
    then: GoalThen
    since: tuple[Since, ...]
    since_more: tuple[Since, ...]
    called: Mapping[str, str]

    @property
    def draft_count(self) -> int:
        """How many units had said something that nobody had decided yet."""
        return sum(any(text.is_draft and text.parts for text in unit.texts) for unit in self.units)

    @property
    def awaiting_lock(self) -> int:
        """How many units had decided a year report that was not locked."""
        return sum(any(text.awaits_lock for text in unit.texts) for unit in self.units)


@dataclass(frozen=True, slots=True)
class ShownOpinions:
    """What the auditors hold now, and what they have held before. `called` names those who wrote."""

    now: OpinionCard | None
    earlier: tuple[OpinionCard, ...]
    status: str
    differs: bool
    called: Mapping[str, str]


def present_then(then: GoalThen, since: tuple[Since, ...], language: Language) -> ShownThen:
    """One SQL query, for the names of those who wrote."""
    units = tuple(_unit(unit) for unit in then.units)
    return ShownThen(
        then.goal.evidence,
        tuple(_proposal(one, language) for one in propose(then.goal.evidence)),
        units,
        tuple(ShownIndicator(result, then.drafts.get(result.code, ())) for result in then.goal.results),
        then,
        since[:_SHOWN_AT_ONCE],
        since[_SHOWN_AT_ONCE:],
        names(_writers(units, since)),
    )


def _writers(units: Iterable[ShownUnit], since: Iterable[Since]) -> list[str]:
    return [*(text.saved_by for unit in units for text in unit.texts if text.saved_by), *(one.by for one in since)]


def _proposal(proposal: Proposal, language: Language) -> ShownProposal:
    title = proposal.rule.title if language == "sv" else proposal.rule.title_en
    return ShownProposal(title, proposal.verdict, explain_proposal(proposal, language))


def _unit(unit: UnitThen) -> ShownUnit:
    recorded = _recorded(unit)
    reports = tuple(_report(one, unit) for one in unit.reports)
    # A locked year report says what is recorded: once is enough.
    texts = tuple(text for text in reports if not (text.tertial == 0 and text.state is State.LOCKED and recorded))
    said = (*((recorded,) if recorded else ()), *reversed(texts))
    return ShownUnit(unit.said.unit, unit.said.unit_name, unit.said.verdict, said[0] if said else None, said)


def _recorded(unit: UnitThen) -> ShownText | None:
    said = unit.said
    if said.verdict is None:
        return None
    parts = _told([("result", said.analysis), ("cause", said.cause), ("risk", said.risk), ("measure", said.measure)])
    return ShownText(0, None, False, None, said.verdict, parts, None, said.recorded_by, said.recorded_at)


def _report(written: Written, unit: UnitThen) -> ShownText:
    fields, tertial = written.fields, written.report.report.period.tertial
    verdict = Verdict(fields["verdict"]) if fields.get("verdict") else None
    parts = _told((name, fields.get(name, "")) for name in ("result", "cause", "risk", "measure"))
    return ShownText(
        tertial,
        written.state,
        written.is_draft,
        written.report.since,
        verdict,
        parts,
        _shares(written, unit, tertial),
        written.row.saved_by if written.row else "",
        written.row.saved_at if written.row else None,
    )


def _told(parts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in parts if text)


def _shares(written: Written, unit: UnitThen, tertial: int) -> tuple[str, str, str] | None:
    """The forecast as it was written in the report; as recorded, where the report says nothing."""
    told = tuple(written.fields.get(f"forecast_{name}", "") for name in ("met", "partly", "not_met"))
    if any(told):
        return told  # type: ignore[return-value]
    recorded = next((one for one in unit.forecasts if one.tertial == tertial), None)
    return (str(recorded.met), str(recorded.partly), str(recorded.not_met)) if recorded else None


def present_opinions(history: tuple[OpinionCard, ...], city: Verdict | None, at: datetime) -> ShownOpinions:
    """One SQL query, for the names of those who wrote; none where nobody has written."""
    now = history[0] if history and history[0].is_current else None
    wrote = [one.given_by for one in history] + [answer.answered_by for one in history for answer in one.answers]
    return ShownOpinions(
        now,
        history[1:] if now else history,
        answer_status(now, at),
        bool(now and city and now.verdict is not city),
        names(wrote) if wrote else {},
    )
