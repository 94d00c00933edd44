"""Claims while they are being checked, and the desk on which they lie."""

from dataclasses import dataclass
from decimal import Decimal

from ledtrad.core.assessment import Verdict
from ledtrad.core.checking.claims import Claim, ClaimKind, Finding, NotUnderstood, Severity, Status
from ledtrad.core.checking.messages import message
from ledtrad.core.checking.stream import Passage, Scope
from ledtrad.core.quantities import COUNT, Unit


@dataclass(slots=True, eq=False)
class Draft:
    """A claim in the making. `slot` names what it states ("boards.met"); `value` is what it states of it."""

    kind: ClaimKind
    passage: Passage
    start: int
    end: int
    value: Decimal | Verdict | None = None
    slot: str = ""
    unit: Unit = COUNT
    high: Decimal | None = None
    status: Status = Status.UNSUPPORTED
    because: str = ""
    fact: str | None = None
    id: str = ""
    scope: Scope | None = None

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


class Desk:
    """Collects drafts and findings, and speaks the reader's language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.drafts: list[Draft] = []
        self.findings: list[tuple[str, Severity, Passage | None, str, tuple[Draft, ...]]] = []
        self.not_understood: list[NotUnderstood] = []

    def say(self, key: str, **values: object) -> str:
        return message(self.language, key, **values)

    def add(self, draft: Draft) -> Draft:
        draft.passage.take(draft.start, draft.end)
        self.drafts.append(draft)
        return draft

    def support(self, draft: Draft, because: str) -> None:
        """The claim agrees with something. A contradiction already found stays."""
        if draft.status is Status.UNSUPPORTED:
            draft.status = Status.CONSISTENT
            draft.because = because

    def contradict(
        self, kind: str, drafts: tuple[Draft, ...], because: str, severity: Severity = Severity.ERROR
    ) -> None:
        """The claims cannot all be true. One finding, and each claim says why."""
        for draft in drafts:
            draft.status = Status.CONTRADICTED
            draft.because = because
        self.find(kind, severity, drafts, because)

    def warn(self, kind: str, drafts: tuple[Draft, ...], because: str) -> None:
        self.find(kind, Severity.WARNING, drafts, because)

    def find(self, kind: str, severity: Severity, drafts: tuple[Draft, ...], because: str) -> None:
        passage = drafts[0].passage if drafts else None
        self.findings.append((kind, severity, passage, because, drafts))

    def finished_claims(self) -> tuple[Claim, ...]:
        ordered = sorted(self.drafts, key=lambda draft: (draft.passage.index, draft.start, draft.end))
        for number, draft in enumerate(ordered, 1):
            draft.id = f"c{number}"
        return tuple(
            Claim(
                draft.id,
                draft.kind,
                draft.text,
                draft.passage.id,
                draft.start,
                draft.end,
                draft.status,
                draft.because or self.say("nothing_to_hold_against"),
                draft.fact,
            )
            for draft in ordered
        )

    def finished_findings(self) -> tuple[Finding, ...]:
        """Errors before warnings, each in reading order. Call after `finished_claims`, which numbers the claims."""
        ranked = sorted(
            self.findings,
            key=lambda finding: (finding[1] is not Severity.ERROR, finding[2].index if finding[2] else 0),
        )
        return tuple(
            Finding(kind, severity, passage.id if passage else None, text, tuple(draft.id for draft in drafts))
            for kind, severity, passage, text, drafts in ranked
        )
