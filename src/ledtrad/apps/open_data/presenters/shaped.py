"""Rows and cards in the shapes of the read API."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from ledtrad.apps.indicators import models
from ledtrad.apps.open_data.queries import OpenArea, OpenEdition, OpenGoal, OpenIndicator, OpenVersion
from ledtrad.core.assessment import Tally, Verdict
from ledtrad.renderers.tables import Number


def indicator(one: OpenIndicator, root: str) -> dict[str, Any]:
    latest = one.latest
    return {
        "code": one.code,
        "title": latest.title,
        "question": latest.question,
        "unit": latest.unit.code,
        "unit_symbol": latest.unit.symbol,
        "decimals": latest.decimals,
        "sense": latest.sense,
        "by_sex": latest.by_sex,
        "owner": one.owner,
        "owner_name": one.owner_name,
        "part_of": one.part_of,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "version": latest.number,
        "source": latest.source,
        "page": root + reverse("open_indicator", args=[one.code]),
    }


_OF_VERSION = (
    "number",
    "from_year",
    "title",
    "question",
    "decimals",
    "sense",
    "by_sex",
    "every_years",
    "rhythm_from",
    "rule",
    "source",
    "change_note",
    "breaks",
    "numerator",
    "denominator",
)


def version(code: str, one: OpenVersion) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in _OF_VERSION}
    return {
        "indicator": code,
        "unit": one.unit.code,
        "unit_symbol": one.unit.symbol,
        "splits": list(one.splits),
        **told,
    }


def outcome(row: models.Outcome) -> dict[str, Any]:
    return {
        "indicator": row.indicator.code,
        "version": row.version.number,
        "year": row.year,
        "tertial": row.tertial,
        "total": _total(row),
        "women": _sex(row, "women"),
        "men": _sex(row, "men"),
        "said_by": row.said_by,
        "expected": row.expected,
        "source": row.source_name,
        "recorded_at": row.recorded_at,
        "is_correction": row.supersedes_id is not None,  # type: ignore[attr-defined]
        "invented": row.invented,
    }


def _total(row: models.Outcome) -> dict[str, Any]:
    if row.state != "measured":
        return _absent(row.state, row.reason)
    counts = {"numerator": exact(row.numerator), "denominator": exact(row.denominator)}
    return _present(row.total, row.total_decimals) | counts


def _sex(row: models.Outcome, name: str) -> dict[str, Any] | None:
    if getattr(row, f"{name}_absence"):
        return _absent(getattr(row, f"{name}_absence"), getattr(row, f"{name}_reason"))
    value = getattr(row, name)
    return None if value is None else _present(value, getattr(row, f"{name}_decimals"))


def _present(value: Decimal | None, decimals: int) -> dict[str, Any]:
    return {"value": exact(value, decimals), "decimals": decimals, "absence": None, "reason": ""}


def _absent(kind: str, reason: str) -> dict[str, Any]:
    return {"value": None, "decimals": None, "absence": kind, "reason": reason}


def exact(value: Decimal | None, decimals: int = 0) -> str | None:
    """The value with every digit that it has, and at least `decimals` decimals."""
    return None if value is None else Number(value, decimals).written


def observation(row: models.Observation) -> dict[str, Any]:
    return {
        "indicator": row.indicator.code,
        "version": row.version.number,
        "area": row.area.code,
        "year": row.year,
        "tertial": row.tertial,
        "sex": row.sex or "all",
        "group": row.group,
        "value": exact(row.value, row.decimals),
        "decimals": None if row.value is None else row.decimals,
        "margin": exact(row.margin),
        "absence": row.absence or None,
        "mark": row.mark,
        "source": row.batch.source_name,
        "recorded_at": row.batch.recorded_at,
        "invented": row.batch.invented,
    }


_BOUNDS = ("low", "high", "women_low", "women_high", "men_low", "men_high")


def target(row: models.Target) -> dict[str, Any]:
    bounds = {name: exact(getattr(row, name), row.decimals) for name in _BOUNDS}
    return {
        "indicator": row.indicator.code,
        "version": row.version.number,
        "year": row.year,
        "sense": row.sense,
        **bounds,
        "decimals": row.decimals,
        "is_new": row.is_new,
        "recorded_at": row.recorded_at,
        "invented": row.invented,
    }


def goal(one: OpenGoal, root: str) -> dict[str, Any]:
    card = one.card
    return {
        "code": card.code,
        "year": one.year,
        "title": card.title,
        "aim": card.aim,
        "level": card.level.value,
        "parent": one.parent,
        "verdict": card.city_verdict.verdict.value if card.city_verdict else None,
        "motive": card.city_verdict.motive if card.city_verdict else "",
        "boards": _boards(card.evidence.boards),
        "indicators": [result.code for result in card.indicators],
        "invented": card.invented,
        "page": root + reverse("goal", args=[one.year, card.code]),
    }


def _boards(tally: Tally) -> dict[str, int]:
    counted = {verdict.value: tally.count(verdict) for verdict in Verdict}
    return {**counted, "none": tally.without}


def area(one: OpenArea) -> dict[str, Any]:
    names = ("code", "kind", "name", "parent", "first_year", "last_year", "source")
    return {name: getattr(one, name) for name in names}


def edition(one: OpenEdition, root: str) -> dict[str, Any]:
    names = ("year", "number", "title", "publisher", "published_at", "correction_note")
    files = {kind: root + reverse("year_file", args=[one.year, kind]) for kind in ("pdf", "docx", "html")}
    return {**{name: getattr(one, name) for name in names}, **files}
