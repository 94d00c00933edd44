"""A fetch from beginning to end. All that it stores, it stores at once at the end: killed before, it stored nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Min

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators.actions import BatchSource, record_observations
from ledtrad.apps.indicators.models import IndicatorVersion
from ledtrad.apps.neighbours.actions.queueing import reschedule_next
from ledtrad.apps.neighbours.asking import Asker
from ledtrad.apps.neighbours.definitions import as_json, from_json
from ledtrad.apps.neighbours.models import DriftReport, Fetch, FetchLine, Subscription
from ledtrad.apps.neighbours.sources import UNREADABLE, Figures, Unreachable, asker
from ledtrad.apps.neighbours.sources.answers import Answer, Question, question_of
from ledtrad.apps.neighbours.sources.figures import Contradiction
from ledtrad.apps.people.actors import program
from ledtrad.core.series.drift import Drift, drift_between

FETCHER = program("Hämtning från grannar")
_TROUBLES = (*UNREADABLE, Unreachable, Contradiction, Refused)
_UNSTORED = "Ingenting har sparats."
Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


class Overtaken(Exception):
    """Another worker has taken the fetch over: this one stores nothing and says nothing more."""


@dataclass(frozen=True, slots=True)
class Job:
    """A fetch that a worker has taken. `now` is the clock; `tell` hears how far it has come."""

    fetch: int
    worker: str
    now: Clock
    tell: Progress = lambda done, total: None


def run_fetch(job: Job, asking: Callable[[Callable[[str], None]], Asker] = asker) -> str:
    """Do a fetch that was taken; answers the state that it ended in, "" when another worker took it over.

    Whatever the neighbour does ends as a sentence in the fetch; only what is broken in ourselves raises.
    """
    row = Fetch.objects.select_related("subscription__indicator").get(pk=job.fetch)
    try:
        with asking(lambda sentence: _note(job, sentence)) as ask:
            return _run(job, row.subscription, question_of(row.subscription, ask), ask)
    except Overtaken:
        return ""
    except _TROUBLES as trouble:
        return _fail(job, row.subscription_id, str(trouble))


def _run(job: Job, subscription: Subscription, question: Question, ask: Asker) -> str:
    _note(job, f"Hämtar definitionen av {subscription.name}.")
    found = question.definition()
    drift = drift_between(from_json(subscription.definition), found)
    if drift is not None:
        return _hold(job, subscription, drift, as_json(found), found.fingerprint)
    answer = question.figures(_figures(subscription), lambda *step: _step(job, *step))
    return _store(job, subscription, answer, ask.fingerprint)


def _figures(subscription: Subscription) -> Figures:
    """An empty table for the indicator, with the decimals of its newest definition."""
    versions = IndicatorVersion.objects.filter(indicator=subscription.indicator_id)
    newest = versions.order_by("-from_year").values_list("decimals", flat=True)[0]
    first = versions.aggregate(first=Min("from_year"))["first"]
    return Figures(subscription.indicator.code, newest, max(first, subscription.from_year))


def _mine(job: Job) -> Fetch:
    """The fetch, locked. Overtaken when it is not this worker's any more."""
    row = Fetch.objects.select_for_update(of=("self",)).filter(pk=job.fetch, worker=job.worker, state="running").first()
    if row is None:
        raise Overtaken
    return row


@transaction.atomic
def _note(job: Job, sentence: str) -> None:
    row, at = _mine(job), job.now()
    row.beat_at = at
    row.save(update_fields=["beat_at"])
    FetchLine.objects.create(fetch=row, at=at, text=sentence[:500])


@transaction.atomic
def _step(job: Job, done: int, total: int, sentence: str) -> None:
    row, at = _mine(job), job.now()
    row.done, row.total, row.beat_at = min(done, total), total, at
    row.save(update_fields=["done", "total", "beat_at"])
    FetchLine.objects.create(fetch=row, at=at, text=sentence[:500])
    job.tell(done, total)


@transaction.atomic
def _fail(job: Job, subscription: int, sentence: str) -> str:
    try:
        row = _mine(job)
    except Overtaken:
        return ""
    row.trouble = sentence if sentence.endswith(_UNSTORED) else f"{sentence} {_UNSTORED}"
    row.state, row.ended_at = "failed", job.now()
    row.save()
    reschedule_next(subscription, job.now())
    return row.state


@transaction.atomic
def _hold(job: Job, subscription: Subscription, drift: Drift, found: str, fingerprint: str) -> str:
    """The definition is another: nothing is stored until somebody has said what that means."""
    row, at = _mine(job), job.now()
    row.state, row.ended_at = "held", at
    row.save()
    report = DriftReport.objects.create(
        subscription=subscription,
        fetch=row,
        found_at=at,
        kind=drift.kind.value,
        pinned=subscription.definition,
        found=found,
        found_fingerprint=fingerprint,
    )
    record(
        by=FETCHER.key,
        at=at,
        action="neighbours.report_drift",
        objects=(f"subscription:{subscription.name}", f"drift:{report.pk}"),
        before={"fingerprint": subscription.fingerprint},
        after={"fingerprint": fingerprint, "fields": [part.field for part in drift.parts]},
        is_draft=True,
    )
    return row.state


@transaction.atomic
def _store(job: Job, subscription: Subscription, answer: Answer, fingerprint: str) -> str:
    """The figures and the fetch's end in one transaction."""
    row, at = _mine(job), job.now()
    # Whoever settles or stops meanwhile waits; what was stopped before is not stored into.
    held = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    if held.is_stopped or held.fingerprint != subscription.fingerprint or held.from_year != subscription.from_year:
        raise Refused("Prenumerationen ändrades medan siffrorna hämtades. Ingenting har sparats.")
    done = record_observations(
        observations=answer.figures.observed,
        source=BatchSource(answer.source, fingerprint),
        by=FETCHER,
        at=at,
    )
    row.state, row.ended_at, row.batch_id = "done", at, done.id
    row.new, row.revised, row.unchanged = done.new, done.revised, done.unchanged
    row.save()
    new = "1 ny siffra" if done.new == 1 else f"{done.new} nya siffror"
    told = f"{new}, {done.revised} ändrade, {done.unchanged} som förut."
    sentences = (*answer.figures.sentences(), told)
    FetchLine.objects.bulk_create([FetchLine(fetch=row, at=at, text=sentence[:500]) for sentence in sentences])
    reschedule_next(subscription.pk, at)
    return row.state
