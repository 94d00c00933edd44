"""Claims and findings: what a text says that can be counted, and what came of checking it."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a claim ended."""

    BOUND = "bound"  # agrees with a fact
    CONSISTENT = "consistent"  # agrees with the rest of the text
    CONTRADICTED = "contradicted"  # the text or a fact says otherwise
    UNSUPPORTED = "unsupported"  # nothing to hold it against
    WAIVED = "waived"  # somebody answers for it, and says why


class ClaimKind(StrEnum):
    """What sort of thing is claimed."""

    BOARD_TALLY = "board_tally"
    INDICATOR_TALLY = "indicator_tally"
    SUBGOAL_TALLY = "subgoal_tally"
    COMPANY_TALLY = "company_tally"
    GOAL_VERDICT = "goal_verdict"
    COMPANY_VERDICT = "company_verdict"
    BOARD_VERDICT = "board_verdict"
    INDICATOR_VERDICT = "indicator_verdict"
    INDICATOR_TARGET = "indicator_target"
    INDICATOR_OUTCOME = "indicator_outcome"
    INDICATOR_ABSENCE = "indicator_absence"
    SHARE = "share"
    AMOUNT = "amount"
    COUNT = "count"
    CHANGE = "change"
    COMPARISON = "comparison"
    DATE = "date"
    YEAR = "year"
    REFERENCE = "reference"
    QUOTE = "quote"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Claim:
    """One countable claim: the stretch `start:end` of a sentence's text.

    `because` says in the reader's language what it was held against; `fact` is the id of the bound fact.
    """

    id: str
    kind: ClaimKind
    text: str
    sentence: str
    start: int
    end: int
    status: Status
    because: str = ""
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something for a person to look at. `claims` are the ids of those that it concerns."""

    kind: str
    severity: Severity
    sentence: str | None
    message: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A stretch with a figure in it that no kind of claim covers. Listed, never silently passed."""

    text: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody answers for a claim as it stands: matched on the sentence's id and the claim's words."""

    sentence: str
    text: str
    by: str
    because: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    not_understood: tuple[NotUnderstood, ...]

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def counts(self) -> dict[str, int]:
        """Claims in all, by status, and the stretches that were not understood."""
        by_status = {status.value: 0 for status in Status}
        for claim in self.claims:
            by_status[claim.status.value] += 1
        return {"claims": len(self.claims), **by_status, "not_understood": len(self.not_understood)}

    def as_json(self) -> dict[str, Any]:
        """The contract of `ledtrad report check --json`; `start` and `end` are offsets into the sentence."""
        findings = [
            {
                "kind": finding.kind,
                "severity": finding.severity.value,
                "sentence": finding.sentence,
                "message": finding.message,
                "claims": list(finding.claims),
            }
            for finding in self.findings
        ]
        return {
            "claims": [_claim_as_json(claim) for claim in self.claims],
            "findings": findings,
            "not_understood": [asdict(part) for part in self.not_understood],
            "counts": self.counts(),
        }


def _claim_as_json(claim: Claim) -> dict[str, Any]:
    return asdict(claim) | {"kind": claim.kind.value, "status": claim.status.value}
