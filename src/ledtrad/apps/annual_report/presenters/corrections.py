"""Corrections as a list: number, old, new, who, why, and which sentences of which report say what was wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.annual_report.queries import TouchedSentence
from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.presenters.moments import moment_words
from ledtrad.apps.reporting.presenters.workspace.words import field_word, period_title, progress_words, verdict_words
from ledtrad.apps.reporting.queries.centre.corrections import Corrections, MadeCorrection


@dataclass(frozen=True, slots=True)
class ShownChange:
    word: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence that states what was corrected, and whether it has been printed."""

    text: str
    address: str
    edition: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    number: int
    title: str
    code: str
    unit: str
    report: str
    address: str
    changes: tuple[ShownChange, ...]
    why: str
    told: str
    sentences: tuple[ShownSentence, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCorrections:
    lead: str
    corrections: tuple[ShownCorrection, ...]
    page: int
    pages: int
    invented: bool


def present_corrections(found: Corrections, touched: Iterable[TouchedSentence], now: datetime) -> ShownCorrections:
    """The page out of the corrections, and the sentences that touch any of them."""
    by_fact: dict[str, list[TouchedSentence]] = {}
    for sentence in touched:
        for fact in sentence.facts:
            by_fact.setdefault(fact, []).append(sentence)
    return ShownCorrections(
        _lead(found.total),
        tuple(_correction(one, by_fact, now) for one in found.corrections),
        found.page,
        found.pages,
        any(one.invented for one in found.corrections),
    )


def _lead(total: int) -> str:
    if not total:
        return _("Nothing has been corrected. What is wrong in a locked report is put right here, in the open.")
    return ngettext("%(num)s correction has been made.", "%(num)s corrections have been made.", total) % {"num": total}


def _correction(one: MadeCorrection, by_fact: Mapping[str, list[TouchedSentence]], now: datetime) -> ShownCorrection:
    touched = dict.fromkeys(sentence for fact in one.facts for sentence in by_fact.get(fact, ()))
    return ShownCorrection(
        one.number,
        one.row_title,
        one.row_code,
        one.unit_name,
        period_title(one.period.tertial, one.period.year),
        f"{reverse('way_up', args=[one.year, one.unit, period_name(one.period)])}#rad-{one.row_id}",
        tuple(_changes(one)),
        one.why,
        _("%(who)s, %(when)s") % {"who": one.made_by, "when": moment_words(one.made_at, now)},
        tuple(map(_sentence, touched)),
        one.facts,
    )


def _changes(one: MadeCorrection) -> Iterator[ShownChange]:
    words = {"verdict": verdict_words(), "forecast_verdict": verdict_words(), "progress": progress_words()}
    for change in one.changes:
        named = words.get(change.field, {})
        yield ShownChange(
            field_word(change.field), named.get(change.before, change.before), named.get(change.after, change.after)
        )


def _sentence(one: TouchedSentence) -> ShownSentence:
    edition = f"{one.edition_title} {one.year}".strip() if str(one.year) not in one.edition_title else one.edition_title
    return ShownSentence(one.text, reverse("thread", args=[one.sentence]), edition, one.is_published)
