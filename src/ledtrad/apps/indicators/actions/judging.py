"""What the city says of its indicators in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.audit.records import append
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import IndicatorVerdict
from ledtrad.core.assessment import Verdict


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """The city's verdict on an indicator in a year (None where there is none) and the comment printed with it."""

    code: str
    year: int
    verdict: Verdict | None = None
    comment: str = ""
    invented: bool = False


@transaction.atomic
def judge_indicators(*, verdicts: Sequence[NewVerdict], by: str, at: datetime) -> None:
    """Say how indicators came out. A later verdict supersedes the one before. Those that say nothing are left out."""
    check_actor(by)
    said = [new for new in verdicts if new.verdict or new.comment.strip()]
    versions = Versions(new.code for new in said)
    rows = [
        IndicatorVerdict(
            indicator=version.indicator,
            version=version,
            year=new.year,
            verdict=new.verdict.value if new.verdict else "",
            comment=new.comment.strip(),
            invented=new.invented,
            recorded_by=by,
            recorded_at=at,
        )
        for new in said
        for version in (versions.of(new.code, new.year),)
    ]
    replaced = append(IndicatorVerdict, rows, key=("indicator_id", "year"))
    record_all(
        by=by,
        at=at,
        action="indicators.judge_indicators",
        changes=[
            Change(
                (f"indicator_verdict:{new.code}/{new.year}",),
                _as_told(row),
                _as_told(replaced.get((row.indicator_id, row.year))),
            )
            for new, row in zip(said, rows, strict=True)
        ],
    )


def _as_told(row: IndicatorVerdict | None) -> dict[str, str | bool] | None:
    return None if row is None else {"verdict": row.verdict, "comment": row.comment, "invented": row.invented}
