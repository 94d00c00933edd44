"""Checking: document (and facts) → typed claims → findings."""

from ledtrad.core.checking.checker import check
from ledtrad.core.checking.claims import (
    CheckResult,
    Claim,
    ClaimKind,
    Finding,
    NotUnderstood,
    Severity,
    Status,
    Waiver,
)
from ledtrad.core.checking.garbage import collector_at_rest
from ledtrad.core.checking.stated import Stated, stated_in

__all__ = [
    "CheckResult",
    "Claim",
    "ClaimKind",
    "Finding",
    "NotUnderstood",
    "Severity",
    "Stated",
    "Status",
    "Waiver",
    "check",
    "collector_at_rest",
    "stated_in",
]
