"""What a locked report says becomes the city's records: outcomes, forecasts, verdicts, assessments, activities."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import Progress
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.queries import indicator_ids, indicator_years
from ledtrad.apps.people.actors import Actor, program
from ledtrad.apps.reporting.cards import ReportCard
from ledtrad.apps.reporting.models import Row
from ledtrad.apps.reporting.queries.rows import fields_of, frame_of
from ledtrad.core.assessment import Verdict, judge, rule_named
from ledtrad.core.quantities import Quantity
from ledtrad.core.reporting import Frame, IndicatorSaid, RowKind, forecast_shares, indicator_said
from ledtrad.core.series import comparable

_VERDICT_PARTS = ("met", "partly", "not_met")


@dataclass(frozen=True, slots=True)
class _Told:
    """A row of a locked report."""

    card: ReportCard
    kind: RowKind
    subject: str
    frame: Frame
    fields: dict[str, str]


def register_rows(cards: Sequence[ReportCard], *, by: Actor, at: datetime, only: int | None = None) -> None:
    """Record what the rows of `cards` say; with `only`, one row. Inside the action that locks or corrects.

    The number of SQL queries does not grow with the rows. Nothing is recorded for rows that say nothing.
    """
    told = _told(cards, only)
    said = [(one, indicator_said(one.frame, one.fields)) for one in told if one.kind is RowKind.INDICATOR]
    _record_indicators(said, by, at)
    _record_activities([one for one in told if one.kind is RowKind.ACTIVITY], by, at)
    _record_assessments([one for one in told if one.kind is RowKind.ASSESSMENT], by, at)


def _told(cards: Sequence[ReportCard], only: int | None) -> list[_Told]:
    by_id = {card.id: card for card in cards}
    rows = Row.objects.filter(report_id__in=by_id, is_withdrawn=False, version__gt=0).order_by("report_id", "place")
    if only is not None:
        rows = rows.filter(pk=only)
    return [
        _Told(by_id[row.report_id], RowKind(row.kind), row.subject, frame_of(row)[0], fields_of(row.kind, row.content))
        for row in rows
    ]


# --- indicators ----------------------------------------------------------------------------------

_Said = Sequence[tuple[_Told, IndicatorSaid]]


def _record_indicators(said: _Said, by: Actor, at: datetime) -> None:
    outcomes = [
        indicators.NewOutcome(
            one.subject,
            one.card.period,
            what.outcome,
            indicators.Source(f"Rapport från {one.card.unit_name}, {one.card.title}"),
            one.card.invented,
        )
        for one, what in said
        if what.outcome is not None
    ]
    forecasts = [
        indicators.NewForecast(one.subject, one.card.period, what.forecast, one.card.invented)
        for one, what in said
        if what.forecast is not None
    ]
    if outcomes:
        indicators.record_outcomes(outcomes=outcomes, by=by.key, at=at)
    if forecasts:
        indicators.record_forecasts(forecasts=forecasts, by=by.key, at=at)
    _judge([(one, what) for one, what in said if one.card.period.is_whole_year], by, at)


def _judge(said: _Said, by: Actor, at: datetime) -> None:
    """The verdict of each indicator's own rule: the board saw it when it decided its report."""
    proposed = _proposed_verdicts([(one.subject, one.card.period.year) for one, _ in said])
    verdicts = [
        indicators.NewVerdict(
            one.subject,
            one.card.period.year,
            proposed.get((one.subject, one.card.period.year)),
            what.comment,
            one.card.invented,
        )
        for one, what in said
    ]
    if verdicts:
        indicators.judge_indicators(verdicts=verdicts, by=by.key, at=at)


def _proposed_verdicts(wanted: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Verdict | None]:
    """What each indicator's rule says of its outcome. A fixed number of SQL queries."""
    known = indicator_years(indicator_ids(code for code, _ in wanted).values())
    proposed = {}
    for code, year in wanted:
        found = known.get((code, year))
        if found is not None:
            breaks = known.breaks_of(code)
            history = [
                result.measured.total
                for then, result in known.history(code, until=year - 1)
                if result.measured and comparable(breaks, then, year)
            ]
            proposed[code, year] = judge(
                found.result.outcome,
                found.result.target,
                rule_named(found.rule),
                earlier=_last_year(known, code, year),
                baseline=history[0] if history else None,
                comparable=comparable(breaks, year - 1, year),
            ).verdict
    return proposed


def _last_year(known: Mapping[tuple[str, int], object], code: str, year: int) -> Quantity | None:
    found = known.get((code, year - 1))
    measured = getattr(getattr(found, "result", None), "measured", None)
    return measured.total if measured else None


# --- activities and assessments --------------------------------------------------------------------


def _record_activities(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    answers = [
        goals.ActivityAnswer(
            one.subject, one.card.period, Progress(one.fields["progress"]), one.fields["why"], one.card.invented
        )
        for one in told
        if one.fields["progress"]
    ]
    if answers:
        goals.report_activities(answers=answers, by=_registrar(by), at=at)


def _registrar(by: Actor) -> Actor:
    """Whoever locks may register what the unit has decided, though it is not hers to write. The log has her key."""
    return program(by.key)


def _record_assessments(told: Sequence[_Told], by: Actor, at: datetime) -> None:
    assessments = [_assessment(one) for one in told if one.fields["verdict"]]
    forecasts = [
        goals.NewObjectiveForecast(
            one.subject,
            one.card.unit,
            one.card.period,
            shares[Verdict.MET],
            shares[Verdict.PARTLY],
            shares[Verdict.NOT_MET],
            one.card.invented,
        )
        for one in told
        if one.frame.asks_forecast
        for shares in (forecast_shares(one.fields),)
        if shares is not None
    ]
    if assessments:
        goals.record_assessments(assessments=assessments, by=by.key, at=at)
    if forecasts:
        goals.forecast_objectives(forecasts=forecasts, by=_registrar(by), at=at)


def _assessment(one: _Told) -> goals.BoardAssessment:
    return goals.BoardAssessment(
        goal=one.subject,
        unit=one.card.unit,
        period=one.card.period,
        verdict=Verdict(one.fields["verdict"]),
        analysis=one.fields["result"],
        cause=one.fields["cause"],
        risk=one.fields["risk"],
        measure=one.fields["measure"],
        invented=one.card.invented,
    )


# --- what a correction touches ---------------------------------------------------------------------


def facts_touched(
    card: ReportCard, kind: str, subject: str, before: dict[str, str], after: dict[str, str]
) -> list[str]:
    """The facts of the annual report that change when a row goes from `before` to `after`. None at tertials."""
    if not card.period.is_whole_year:
        return []
    changed = {name for name in after if before.get(name, "") != after[name]}
    stem = f"{subject}/{card.period.year}"
    if kind == RowKind.INDICATOR:
        return list(dict.fromkeys(_indicator_facts(f"indicator:{stem}", changed)))
    if kind == RowKind.ASSESSMENT and "verdict" in changed:
        parts = {before.get("verdict", "") or "no_outcome", after["verdict"] or "no_outcome"}
        return [f"goal:{stem}/boards.{part}" for part in (*_VERDICT_PARTS, "no_outcome") if part in parts] + [
            f"goal:{stem}/company_group"
        ] * (card.unit_kind == "company_group")
    return []


def _indicator_facts(stem: str, changed: set[str]) -> Iterable[str]:
    for name in ("total", "women", "men"):
        if name in changed:
            yield f"{stem}/outcome.{name}"
    if changed & {"total", "not_measured"}:
        yield f"{stem}/outcome"
        yield f"{stem}/outcome.total"
        yield f"{stem}/verdict"
