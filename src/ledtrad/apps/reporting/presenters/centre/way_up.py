"""A report before the one above: what stands in it, what has been asked, and the steps that can be taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.cards import ReportCard, period_name
from ledtrad.apps.reporting.policies import check_may_correct, check_may_decide, check_may_lock, check_may_return
from ledtrad.apps.reporting.presenters.centre.stages import stage_with_word
from ledtrad.apps.reporting.presenters.centre.written import ShownField, Words
from ledtrad.apps.reporting.presenters.moments import moment_words
from ledtrad.apps.reporting.presenters.workspace.words import (
    field_word,
    period_title,
    state_words,
)
from ledtrad.apps.reporting.queries import Asked, ReportRow
from ledtrad.apps.reporting.queries.centre import Stage
from ledtrad.apps.reporting.queries.centre.way_up import WayUp
from ledtrad.core.calendar import city_day
from ledtrad.core.reporting import RowKind, State
from ledtrad.core.reporting.contents import LONG_TEXTS


@dataclass(frozen=True, slots=True)
class ShownAsked:
    field: str
    text: str
    asked: str
    answer: str
    answered: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row to read. `choices` are its fields, to ask about one; `typed` is a question that was refused."""

    id: int
    title: str
    code: str
    fields: tuple[ShownField, ...]
    questions: tuple[ShownAsked, ...]
    choices: tuple[tuple[str, str], ...]
    typed: str
    typed_field: str
    correct: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    word: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownStep:
    word: str
    told: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownWayUp:
    """`why_not_…` is the sentence that stops a step, "" when it can be taken."""

    title: str
    unit: str
    lead: str
    stage: Markup
    version: int
    steps: tuple[ShownStep, ...]
    groups: tuple[ShownGroup, ...]
    questions: tuple[ShownAsked, ...]
    typed_whole: str
    typed_note: str
    workspace: str
    address: str
    why_not_return: str
    why_not_decide: str
    why_not_lock: str
    accepts: bool
    can_ask: bool
    body: str
    today: date
    invented: bool


def present_way_up(found: WayUp, actor: Actor, now: datetime, typed: Mapping[str, str] | None = None) -> ShownWayUp:
    """The page as `actor` sees it; `typed` are questions that were sent and refused."""
    card, typed = found.card, typed or {}
    corrects = not why_not(check_may_correct, actor, card)
    where = [card.period.year, card.unit, period_name(card.period)]
    returns = why_not(check_may_return, actor, card)
    return ShownWayUp(
        period_title(card.period.tertial, card.period.year),
        card.unit_name,
        _lead(card, found),
        stage_with_word(Stage(card.state.value) if card.state is not State.DRAFT else Stage.UNDER_WAY),
        card.version,
        tuple(_steps(found, now)),
        tuple(_groups(found, typed, now, corrects=corrects)),
        tuple(_asked(one, found, now) for one in found.questions if one.row_id is None),
        typed.get("q-rapport", ""),
        typed.get("note", ""),
        reverse("workspace", args=where),
        reverse("way_up", args=where),
        returns,
        why_not(check_may_decide, actor, card),
        why_not(check_may_lock, actor, card, found.open_beneath),
        card.is_of_a_unit,
        not returns,
        found.above_name,
        city_day(now),
        card.invented,
    )


def _lead(card: ReportCard, found: WayUp) -> str:
    unanswered = sum(one.answered_at is None for one in found.questions)
    return {
        State.DRAFT: _("The report is being written. It comes here when it is submitted."),
        State.SUBMITTED: _("Read it, and send it back with questions, or let it go on."),
        State.RETURNED: _("It has gone back with questions. %(num)s wait for an answer.") % {"num": unanswered},
        State.DECIDED: _("It is decided. When it is locked, what it says becomes the city’s own record."),
        State.LOCKED: _("It is locked. What is wrong is corrected in the open, with a number and a reason."),
    }[card.state]


def _steps(found: WayUp, now: datetime) -> Iterator[ShownStep]:
    words = state_words()
    for step in found.steps:
        who = found.called.get(step.taken_by, step.taken_by)
        told = _("%(who)s, %(when)s") % {"who": who, "when": moment_words(step.taken_at, now)}
        parts = (step.body, step.day.isoformat() if step.day else "", step.paragraph, step.case_number)
        decision = ", ".join(part for part in parts if part)
        yield ShownStep(words[step.to_state], told, step.note or decision)


def _groups(found: WayUp, typed: Mapping[str, str], now: datetime, *, corrects: bool) -> Iterator[ShownGroup]:
    heads = {
        RowKind.ASSESSMENT: _("Assessments"),
        RowKind.INDICATOR: _("Indicators"),
        RowKind.ACTIVITY: _("Activities and assignments"),
    }
    words = Words()
    for kind, word in heads.items():
        rows = tuple(_row(row, found, typed, words, now, corrects=corrects) for row in found.rows if row.kind is kind)
        if rows:
            yield ShownGroup(word, rows)


def _row(
    row: ReportRow, found: WayUp, typed: Mapping[str, str], words: Words, now: datetime, *, corrects: bool
) -> ShownRow:
    card = found.card
    where = [card.period.year, card.unit, period_name(card.period), row.id]
    return ShownRow(
        row.id,
        row.title,
        "" if row.kind is RowKind.ACTIVITY else row.subject,
        tuple(words.shown(row.content.fields)),
        tuple(_asked(one, found, now) for one in found.questions if one.row_id == row.id),
        tuple(
            (name, words.fields[name]) for name in row.content.fields if name in LONG_TEXTS or row.content.fields[name]
        ),
        typed.get(f"q-{row.id}", ""),
        typed.get(f"f-{row.id}", ""),
        reverse("correct_row", args=where) if corrects else "",
    )


def _asked(one: Asked, found: WayUp, now: datetime) -> ShownAsked:
    def told(who: str, when: datetime) -> str:
        return _("%(who)s, %(when)s") % {"who": found.called.get(who, who), "when": moment_words(when, now)}

    return ShownAsked(
        field_word(one.field),
        one.text,
        told(one.asked_by, one.asked_at),
        one.answer,
        told(one.answered_by, one.answered_at) if one.answered_at else "",
    )
