"""Defining indicators. A changed question is a new version from a later year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record, record_all
from ledtrad.apps.audit.policies import Refused, check_actor
from ledtrad.apps.indicators.models import Indicator, IndicatorVersion, Outcome, Target
from ledtrad.apps.indicators.policies import (
    check_break,
    check_known,
    check_later_year,
    check_new_codes,
    check_not_ended,
    check_nothing_approved,
    check_part,
    check_splits,
    check_targets_stay,
    check_version_read,
)
from ledtrad.apps.organisation.queries import council, unit_ids
from ledtrad.apps.organisation.sorting import code_key
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.actions import record_plan_decision
from ledtrad.apps.steering.policies import check_may_plan, check_plan_may_change
from ledtrad.core.assessment import DEFAULT_RULE, INDICATOR_RULES, Decision, Sense
from ledtrad.core.periods import YEARLY, Periodicity
from ledtrad.core.quantities import Unit, unit_named


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator asks: everything that may change between versions. `rule` names an indicator rule.

    `by_sex` says that it is about persons: then outcomes for women and men are due. `splits` are other groups that
    outcomes are asked for by: "district", "age", "provider".
    """

    title: str
    unit: Unit
    sense: Sense
    decimals: int = 0
    by_sex: bool = False
    periodicity: Periodicity = YEARLY
    question: str = ""
    rule: str = DEFAULT_RULE.name
    source: str = ""
    splits: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """An indicator to define. `owner` is the short name of the unit that answers for it, "" for the council.

    `part_of` is the code of the council's indicator of which this is the owner's own part, defined before.
    """

    code: str
    first_year: int
    definition: Definition
    last_year: int | None = None
    owner: str = ""
    part_of: str = ""


@transaction.atomic
def define_indicators(*, indicators: Sequence[NewIndicator], by: str, at: datetime) -> None:
    """Define new indicators, each with its first version. Refused when a code is taken or a rule unknown."""
    check_actor(by)
    codes = [new.code for new in indicators]
    check_new_codes(codes, Indicator.objects.filter(code__in=codes).values_list("code", flat=True))
    owners = unit_ids({new.owner for new in indicators if new.owner})
    wholes = _wholes(indicators)
    rows = Indicator.objects.bulk_create(
        Indicator(
            code=new.code,
            first_year=new.first_year,
            last_year=new.last_year,
            owner_id=owners.get(new.owner),
            part_of_id=wholes[new.part_of] if new.part_of else None,
            sort_key=code_key(new.code),
        )
        for new in indicators
    )
    IndicatorVersion.objects.bulk_create(
        _version(row, 1, row.first_year, new.definition) for row, new in zip(rows, indicators, strict=True)
    )
    record_all(
        by=by,
        at=at,
        action="indicators.define_indicators",
        changes=[
            Change(
                (f"indicator:{new.code}",),
                {
                    "first": new.first_year,
                    "last": new.last_year,
                    "owner": new.owner,
                    "part_of": new.part_of,
                    **_as_told(new.definition),
                },
            )
            for new in indicators
        ],
    )


@transaction.atomic
def revise_indicator(
    *, code: str, from_year: int, definition: Definition, because: str, breaks: str = "", by: str, at: datetime
) -> None:
    """From `from_year` the indicator asks something else. Earlier years keep their version. Needs a reason.

    `breaks` says why what comes cannot be set beside what was: "wording", "mode", "area", "source" or "method"; ""
    when it can. An outcome stays under the version under which it was recorded: refused for a year that has one, and
    while a target would be left behind in another unit.
    """
    check_actor(by)
    if not because.strip():
        raise Refused("Skriv varför indikatorn ändras. Ingenting har sparats.")
    latest = _latest(code)
    _check_revisable(latest, from_year, definition, breaks)
    made = _version(latest.indicator, latest.number + 1, from_year, definition)
    made.change_note, made.breaks = because.strip(), breaks
    made.save(force_insert=True)
    record(
        by=by,
        at=at,
        action="indicators.revise_indicator",
        objects=(f"indicator:{code}",),
        before={"version": latest.number, **_as_told(definition_of(latest))},
        after={
            "version": made.number,
            "from": from_year,
            "because": because.strip(),
            **_break(breaks),
            **_as_told(definition),
        },
    )


@transaction.atomic
def change_definition(
    *,
    code: str,
    from_year: int,
    definition: Definition,
    because: str,
    breaks: str = "",
    rests_on: int | None = None,
    decision: Decision | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """The same by somebody: who may change the owner's plan for `from_year`, and by a decision when that takes one.

    The council's indicators stand in the council's plan, a board's own in the board's. `rests_on` is the number of
    the version that was read. The reason is the decision's motive too.
    """
    owner = Indicator.objects.filter(code=code).values_list("owner__slug", flat=True)
    check_known([code], {code: True} if owner else {})
    plan = owner[0] or council()
    check_may_plan(by, plan)
    check_plan_may_change(plan, from_year, decision, at)
    check_version_read(rests_on, _latest(code).number)
    revise_indicator(
        code=code, from_year=from_year, definition=definition, because=because, breaks=breaks, by=by.key, at=at
    )
    if decision is not None:
        record_plan_decision(
            unit=plan,
            year=from_year,
            decision=decision,
            objects=[f"indicator:{code}"],
            motive=because,
            by=by,
            at=at,
        )


def _latest(code: str) -> IndicatorVersion:
    """The latest version; until the end of the transaction nobody else makes another."""
    rows = Indicator.objects.filter(code=code)
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    found = IndicatorVersion.objects.filter(indicator__code=code).order_by("-number").select_related("indicator")
    versions = list(found[:1])
    check_known([code], {code: True} if versions else {})
    return versions[0]


def _check_revisable(latest: IndicatorVersion, from_year: int, definition: Definition, breaks: str) -> None:
    indicator = latest.indicator
    check_break(breaks, latest, definition.unit.code)
    check_splits(definition.splits)
    check_later_year(indicator.code, from_year, latest)
    check_not_ended(indicator.code, from_year, indicator.last_year)
    outcomes = Outcome.objects.filter(indicator=indicator, tertial=0, is_current=True).order_by("-year")
    check_nothing_approved(indicator.code, from_year, outcomes.values_list("year", flat=True).first())
    if (latest.unit, latest.sense) != (definition.unit.code, definition.sense.value):
        targets = Target.objects.filter(indicator=indicator, is_current=True, year__gte=from_year)
        bound = targets.exclude(low__isnull=True, high__isnull=True).order_by("year")
        check_targets_stay(indicator.code, bound.values_list("year", flat=True).first())


def definition_of(version: IndicatorVersion) -> Definition:
    """What a version asks, as a definition that another can be made of."""
    return Definition(
        title=version.title,
        unit=unit_named(version.unit),
        sense=Sense(version.sense),
        decimals=version.decimals,
        by_sex=version.by_sex,
        periodicity=Periodicity(version.every_years, version.rhythm_from),
        question=version.question,
        rule=version.rule,
        source=version.source,
        splits=tuple(version.splits.split()),
        numerator=version.numerator,
        denominator=version.denominator,
    )


def _wholes(indicators: Sequence[NewIndicator]) -> dict[str, int]:
    """The council's indicators that some of the new ones are parts of."""
    wanted = {new.part_of for new in indicators if new.part_of}
    known = dict(Indicator.objects.filter(code__in=wanted, owner__isnull=True).values_list("code", "id"))
    check_known(wanted, known)
    for new in indicators:
        check_part(new.code, new.part_of, new.owner)
    return known


def _version(indicator: Indicator, number: int, from_year: int, definition: Definition) -> IndicatorVersion:
    if definition.rule not in {rule.name for rule in INDICATOR_RULES}:
        raise Refused("Regeln {rule} finns inte. Ingenting har sparats.", rule=definition.rule)
    return IndicatorVersion(
        indicator=indicator,
        number=number,
        from_year=from_year,
        title=definition.title,
        question=definition.question,
        unit=definition.unit.code,
        decimals=definition.decimals,
        sense=definition.sense.value,
        by_sex=definition.by_sex,
        every_years=definition.periodicity.every_years,
        rhythm_from=definition.periodicity.first_year,
        rule=definition.rule,
        source=definition.source,
        splits=" ".join(definition.splits),
        numerator=definition.numerator,
        denominator=definition.denominator,
    )


def _break(breaks: str) -> dict[str, str]:
    return {"breaks": f"new_{breaks}"} if breaks else {}


def _as_told(definition: Definition) -> dict[str, Any]:
    return {
        "title": definition.title,
        "question": definition.question,
        "unit": definition.unit.code,
        "decimals": definition.decimals,
        "sense": definition.sense.value,
        "by_sex": definition.by_sex,
        "rhythm": [definition.periodicity.every_years, definition.periodicity.first_year],
        "rule": definition.rule,
        "source": definition.source,
        **{name: said for name in ("splits", "numerator", "denominator") if (said := getattr(definition, name))},
    }
