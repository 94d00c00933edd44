"""Many reports at once: those right beneath a unit, and what may be done with each, with the sentence when not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.goals.models import Obligation
from ledtrad.apps.organisation.models import Unit, UnitKind
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Report, Row
from ledtrad.apps.reporting.policies import check_is_ready, check_may_decide, check_may_lock, check_may_submit
from ledtrad.apps.reporting.queries.readiness import Readiness, readiness
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.core.periods import Period
from ledtrad.core.reporting import Move

PAGE = 100


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A unit with its report, None while it has not been opened; `done` of `rows` are complete."""

    slug: str
    name: str
    card: ReportCard | None
    done: int
    rows: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportLines:
    """One page of the units right beneath another, in Swedish order."""

    lines: tuple[ReportLine, ...]
    total: int
    page: int
    pages: int


def boards_reports(period: Period) -> ReportLines:
    """All who answer to the council: boards and the company group. Four SQL queries."""
    asked = Obligation.objects.filter(year=period.year).exclude(unit__kind=UnitKind.UNIT).values("unit_id")
    units = list(Unit.objects.filter(pk__in=asked).order_by("sort_key").values_list("id", "slug", "name"))
    return ReportLines(_lines(units, period), len(units), 1, 1)


def reports_beneath(unit: str, period: Period, *, page: int = 1) -> ReportLines:
    """The units right beneath `unit` that existed in the year, with their reports. Five SQL queries."""
    beneath = Unit.objects.in_year(period.year).filter(parent__slug=unit)
    total = beneath.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    chosen = beneath.order_by("sort_key", "id").values_list("id", "slug", "name")[(page - 1) * PAGE : page * PAGE]
    return ReportLines(_lines(list(chosen), period), total, page, pages)


def _lines(units: Sequence[tuple[int, str, str]], period: Period) -> tuple[ReportLine, ...]:
    cards = {card.unit: card for card in _cards(Q(unit_id__in=[pk for pk, _, _ in units]), period)}
    counts = _counts([card.id for card in cards.values()])
    return tuple(
        ReportLine(slug, name, cards.get(slug), *counts.get(cards[slug].id if slug in cards else 0, (0, 0, None)))
        for _, slug, name in units
    )


def _counts(reports: list[int]) -> dict[int, tuple[int, int, datetime | None]]:
    rows = Row.objects.filter(report_id__in=reports, is_withdrawn=False).order_by().values("report_id")
    counted = rows.annotate(done=Count("id", filter=Q(is_complete=True)), rows=Count("id"), last=Max("saved_at"))
    return {
        pk: (done, count, last) for pk, done, count, last in counted.values_list("report_id", "done", "rows", "last")
    }


def _cards(where: Q, period: Period) -> list[ReportCard]:
    above = chains()
    rows = Report.objects.filter(where, year=period.year, tertial=period.tertial).select_related("unit")
    return [card_of(row, above) for row in rows.order_by("unit__sort_key", "id")]


# --- what may be done --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prospect:
    """A report that is about to be moved; `why_not` is the sentence that stops it, "" when nothing does."""

    card: ReportCard
    why_not: str


def chosen_reports(ids: Collection[int], period: Period, *, with_beneath: bool = False) -> tuple[ReportCard, ...]:
    """The reports of the period with these ids; with those right beneath them that are not locked, when asked for."""
    cards = _cards(Q(pk__in=list(ids)), period)
    if not with_beneath:
        return tuple(cards)
    beneath = _cards(Q(unit__parent__slug__in=[card.unit for card in cards]) & ~Q(state="locked"), period)
    known = {card.id for card in cards}
    return (*(card for card in beneath if card.id not in known), *cards)


def prospects(
    move: Move, cards: Sequence[ReportCard], period: Period, actor: Actor, at: datetime
) -> tuple[Prospect, ...]:
    """What `move` would meet, report by report, by the very policies that the action asks. At most two SQL queries."""
    if move is Move.SUBMIT:
        ready = readiness([card.id for card in cards])
        return tuple(Prospect(card, why_not(_check_submit, actor, card, at, ready[card.id])) for card in cards)
    if move is Move.DECIDE:
        return tuple(Prospect(card, why_not(check_may_decide, actor, card)) for card in cards)
    return _closing(cards, period, actor)


def _check_submit(actor: Actor, card: ReportCard, at: datetime, found: Readiness) -> None:
    check_may_submit(actor, card, at)
    check_is_ready(found.lacking, found.problems, found.unanswered)


def _closing(cards: Sequence[ReportCard], period: Period, actor: Actor) -> tuple[Prospect, ...]:
    """From the lowest level up: a report that cannot be locked keeps all above it open."""
    open_beneath = open_beneath_each([card.unit for card in cards], period)
    closing: set[str] = set()
    found: dict[int, Prospect] = {}
    for card in sorted(cards, key=lambda card: -len(card.above)):
        still = [name for slug, name in open_beneath.get(card.unit, ()) if slug not in closing]
        sentence = why_not(check_may_lock, actor, card, still)
        if not sentence:
            closing.add(card.unit)
        found[card.id] = Prospect(card, sentence)
    return tuple(found[card.id] for card in cards)


def open_beneath_each(units: Collection[str], period: Period) -> dict[str, list[tuple[str, str]]]:
    """For each unit, slug and name of those right beneath it whose reports are not locked. One SQL query."""
    rows = Report.objects.filter(unit__parent__slug__in=list(units), year=period.year, tertial=period.tertial)
    named = rows.exclude(state="locked").order_by("unit__sort_key")
    found: dict[str, list[tuple[str, str]]] = {}
    for parent, slug, name in named.values_list("unit__parent__slug", "unit__slug", "unit__name"):
        found.setdefault(parent, []).append((slug, name))
    return found
