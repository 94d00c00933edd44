"""The rows of a report's page: what stands in each, beside it, and what is said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from ledtrad.apps.reporting.presenters.moments import moment_words
from ledtrad.apps.reporting.presenters.workspace.words import field_word
from ledtrad.apps.reporting.queries import Asked, ReportRow
from ledtrad.apps.reporting.queries.surroundings import BesideIndicator
from ledtrad.apps.reporting.queries.workspace import Workspace
from ledtrad.core.language.writing import absence_word, unit_symbol, write_number, write_quantity, write_target
from ledtrad.core.outcomes import Absence, Outcome
from ledtrad.core.quantities import Quantity
from ledtrad.core.reporting import RowKind

_NOT_COMPARABLE = "kan inte jämföras: indikatorn mäter något annat nu"


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with its answer, both with who and when in words. `field` "" when it is about a whole row."""

    id: int
    field: str
    field_word: str
    text: str
    asked: str
    answer: str
    answered: str


@dataclass(frozen=True, slots=True)
class Says:
    """A sentence of the domain about a field: wrong, or only to be filled in or looked at."""

    sentence: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """The outcome of the year before: the total, women and men beside it, or the word for why there is none."""

    total: str = ""
    sexes: str = ""
    is_absent: bool = False


NOTHING_EARLIER = Earlier()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row, ready to print. `state` is said in words under its name; `wrong` are the fields with faults."""

    id: int
    kind: RowKind
    code: str
    title: str
    version: int
    fields: Mapping[str, str]
    is_complete: bool
    is_withdrawn: bool
    state: str
    says: tuple[Says, ...]
    wrong: frozenset[str]
    questions: tuple[ShownQuestion, ...] = ()
    conflict: str = ""
    by_sex: bool = False
    unit: str = ""
    target: str = ""
    earlier: Earlier = NOTHING_EARLIER

    def attributes(self, field: str, name_id: str) -> Markup:
        """What every field has: its name, and the ids of what names and describes it. Holds nothing that was typed."""
        invalid = ' aria-invalid="true"' if field in self.wrong else ""
        row = self.id
        return Markup(
            f'name="{row}.{field}" id="f-{row}-{field}" data-field="{field}" '
            f'aria-labelledby="{name_id} namn-{row}" aria-describedby="sager-{row}"{invalid}'
        )

    @property
    def opening(self) -> Markup:
        """What the row's own element says of it to the scripts."""
        done = "1" if self.is_complete or self.is_withdrawn else ""
        return Markup(f'id="rad-{self.id}" data-row="{self.id}" data-version="{self.version}" data-complete="{done}"')


class RowWriter:
    """Makes rows ready to print, all out of what the page has read once."""

    def __init__(self, found: Workspace, now: datetime) -> None:
        self._found, self._now = found, now
        self._questions: dict[int | None, list[ShownQuestion]] = {}
        for question in found.questions:
            self._questions.setdefault(question.row_id, []).append(self._question(question))
        self._kept = {row: reverse("conflict", args=[kept]) for kept, row in found.kept}

    def questions_about(self, row_id: int | None) -> tuple[ShownQuestion, ...]:
        """The questions about a row; with None those about the whole report."""
        return tuple(self._questions.get(row_id, ()))

    def row(self, row: ReportRow) -> ShownRow:
        """One row. Faults come first, then what is lacking once somebody has begun, then what to look at again."""
        content, is_indicator = row.content, row.kind is RowKind.INDICATOR
        beside = self._found.beside.indicators.get(row.subject) if is_indicator else None
        return ShownRow(
            row.id,
            row.kind,
            row.subject,
            row.title,
            row.version,
            content.fields,
            content.is_complete,
            row.is_withdrawn,
            self._state(row),
            tuple(_says(row)),
            frozenset(content.problems),
            self.questions_about(row.id),
            self._kept.get(row.id, ""),
            row.frame.by_sex,
            unit_symbol(row.frame.unit) if is_indicator else "",
            write_target(beside.target) if beside and beside.target else "",
            _earlier(beside),
        )

    def _state(self, row: ReportRow) -> str:
        if row.saved_at is None:
            return _("Nothing is asked for") if row.content.is_complete else _("Not filled in")
        return saved_state(row.content.is_complete) % {"time": moment_words(row.saved_at, self._now)}

    def _question(self, question: Asked) -> ShownQuestion:
        return ShownQuestion(
            question.id,
            question.field,
            field_word(question.field),
            question.text,
            self._told(question.asked_by, question.asked_at),
            question.answer,
            self._told(question.answered_by, question.answered_at),
        )

    def _told(self, who: str, when: datetime | None) -> str:
        return f"{self._found.names.get(who, who)}, {moment_words(when, self._now)}" if when else ""


def saved_state(is_complete: bool) -> str:
    """What is said of a saved row, with a place for the time."""
    return _("Done, saved %(time)s") if is_complete else _("Something is left, saved %(time)s")


def _says(row: ReportRow) -> Iterator[Says]:
    content = row.content
    yield from (Says(sentence, True) for sentence in content.problems.values())
    hints = {**content.lacking, **content.notices} if row.version else {}
    yield from (Says(sentence, False) for name, sentence in hints.items() if name not in content.problems)


def _earlier(beside: BesideIndicator | None) -> Earlier:
    outcome: Outcome | None = beside.earlier if beside else None
    if outcome is None:
        return NOTHING_EARLIER
    if isinstance(outcome, Absence):
        return Earlier(absence_word(outcome), is_absent=True)
    parts = (("kv", outcome.women), ("m", outcome.men))
    sexes = " · ".join(f"{name} {_bare(part)}" for name, part in parts if isinstance(part, Quantity))
    notes = " · ".join(part for part in (sexes, "" if beside is None or beside.comparable else _NOT_COMPARABLE) if part)
    return Earlier(write_quantity(outcome.total), notes)


def _bare(part: Quantity) -> str:
    return write_number(part.value, part.decimals)
