"""Setting the year's targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import check_actor
from ledtrad.apps.audit.records import append
from ledtrad.apps.indicators.actions.versions import Versions
from ledtrad.apps.indicators.models import IndicatorVersion, Target
from ledtrad.apps.indicators.policies import check_target
from ledtrad.core import assessment
from ledtrad.core.quantities import Quantity, unit_named


@dataclass(frozen=True, slots=True)
class NewTarget:
    """The council's target for one indicator and year; `target` None when it is followed without one."""

    code: str
    year: int
    target: assessment.Target | None
    is_new: bool = False
    invented: bool = False


@transaction.atomic
def set_targets(*, targets: Sequence[NewTarget], by: str, at: datetime) -> None:
    """Set targets. A target that is set again supersedes the one before, which stays in the history."""
    check_actor(by)
    versions = Versions(new.code for new in targets)
    rows = [_row(new, versions.of(new.code, new.year), by, at) for new in targets]
    replaced = append(Target, rows, key=("indicator_id", "year"))
    record_all(
        by=by,
        at=at,
        action="indicators.set_targets",
        changes=[
            Change(
                (f"target:{new.code}/{new.year}",), _as_told(row), _as_told(replaced.get((row.indicator_id, row.year)))
            )
            for new, row in zip(targets, rows, strict=True)
        ],
    )


def _row(new: NewTarget, version: IndicatorVersion, by: str, at: datetime) -> Target:
    target = new.target
    if target is not None:
        check_target(new.code, target, version, unit_named(version.unit))
    return Target(
        indicator=version.indicator,
        version=version,
        year=new.year,
        sense=version.sense,
        is_new=new.is_new,
        invented=new.invented,
        recorded_by=by,
        recorded_at=at,
        **_bounds("", target),
        **_bounds("women_", target and target.women),
        **_bounds("men_", target and target.men),
        decimals=_decimals(target),
    )


def _bounds(prefix: str, target: assessment.Target | None) -> dict[str, Decimal | None]:
    return {f"{prefix}low": _value(target and target.low), f"{prefix}high": _value(target and target.high)}


def _value(bound: Quantity | None) -> Decimal | None:
    return None if bound is None else bound.value


def _decimals(target: assessment.Target | None) -> int:
    """As many as any bound is written with, the sexes' too: 88 for all and 88,5 for women print as 88,0 and 88,5."""
    if target is None:
        return 0
    return max(
        bound.decimals
        for part in (target, target.women, target.men)
        if part is not None
        for bound in (part.low, part.high)
        if bound is not None
    )


def _as_told(row: Target | None) -> Any:
    if row is None:
        return None
    names = ("low", "high", "women_low", "women_high", "men_low", "men_high")
    bounds = {name: f"{getattr(row, name):f}" for name in names if getattr(row, name) is not None}
    return {**bounds, "sense": row.sense, "decimals": row.decimals, "new": row.is_new, "invented": row.invented}
