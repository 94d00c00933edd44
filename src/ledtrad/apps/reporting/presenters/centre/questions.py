"""Open questions as a list: what is asked about what, whose turn it is, and for how long."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.presenters.moments import moment_words
from ledtrad.apps.reporting.presenters.workspace.words import field_word, period_title
from ledtrad.apps.reporting.queries.centre import OpenQuestion, OpenQuestions, Turn
from ledtrad.core.calendar import city_day


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    unit: str
    address: str
    report: str
    about: str
    field: str
    text: str
    asked: str
    age: str
    answer: str
    answered: str
    turn: Turn
    turn_word: str


@dataclass(frozen=True, slots=True)
class TurnChoice:
    value: str
    word: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownQuestions:
    lead: str
    choices: tuple[TurnChoice, ...]
    questions: tuple[ShownQuestion, ...]
    page: int
    pages: int


def present_questions(found: OpenQuestions, *, turn: Turn | None, now: datetime) -> ShownQuestions:
    words = _turn_words()
    choices = [TurnChoice("", _("All"), found.total, turn is None)]
    choices += [TurnChoice(one.value, words[one], count, one is turn) for one, count in found.counts.items()]
    return ShownQuestions(
        _lead(found), tuple(choices), tuple(_shown(one, words, now) for one in found.questions), found.page, found.pages
    )


def _turn_words() -> dict[Turn, str]:
    return {
        Turn.ANSWER: _("The unit is to answer"),
        Turn.SUBMIT: _("The unit is to submit again"),
        Turn.TAKE_IN: _("The one who asked is to take it in"),
    }


def _lead(found: OpenQuestions) -> str:
    if not found.total:
        return _("No questions are open. They appear here when a report is sent back with questions.")
    waiting = found.counts[Turn.ANSWER]
    said = ngettext("%(num)s question is open.", "%(num)s questions are open.", found.total) % {"num": found.total}
    left = ngettext("%(num)s waits for an answer.", "%(num)s wait for an answer.", waiting) % {"num": waiting}
    return f"{said} {left}"


def _shown(one: OpenQuestion, words: dict[Turn, str], now: datetime) -> ShownQuestion:
    where = [one.period.year, one.unit, period_name(one.period)]
    return ShownQuestion(
        one.unit_name,
        reverse("workspace", args=where),
        period_title(one.period.tertial, one.period.year),
        one.row_title,
        field_word(one.field),
        one.text,
        _("%(who)s, %(when)s") % {"who": one.asked_by, "when": moment_words(one.asked_at, now)},
        _age((city_day(now) - city_day(one.asked_at)).days),
        one.answer,
        _("%(who)s, %(when)s") % {"who": one.answered_by, "when": moment_words(one.answered_at, now)}
        if one.answered_at
        else "",
        one.turn,
        words[one.turn],
    )


def _age(days: int) -> str:
    if days <= 0:
        return _("asked today")
    return ngettext("%(num)s day old", "%(num)s days old", days) % {"num": days}
