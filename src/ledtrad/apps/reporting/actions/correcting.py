"""Corrections after the lock: numbered, in the open, with what was there before."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.chain import canonical
from ledtrad.apps.audit.phrases import Phrase, Swedish
from ledtrad.apps.audit.policies import Conflict, Refused, Unseen
from ledtrad.apps.organisation.queries import chains
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.actions.answering import written_text
from ledtrad.apps.reporting.actions.registering import facts_touched, register_rows
from ledtrad.apps.reporting.models import Correction, Report, Row, RowVersion
from ledtrad.apps.reporting.policies import check_correction, check_may_correct
from ledtrad.apps.reporting.queries.reports import card_of
from ledtrad.apps.reporting.queries.rows import fields_of, frame_of
from ledtrad.core.reporting import Content, Unstorable, read_content


@transaction.atomic
def correct_row(*, row_id: int, fields: Mapping[str, object], why: str, rests_on: int, by: Actor, at: datetime) -> int:
    """Correct a row of a locked report; answers the number of the correction within its year.

    What the row now says becomes the city's record; what stood before stays in the history. Raises Unseen,
    Forbidden, Refused or Conflict with a sentence; then nothing is stored.
    """
    row = (
        Row.objects.select_for_update(of=("self",), no_key=True)
        .select_related("report__unit")
        .filter(pk=row_id)
        .first()
    )
    if row is None:
        raise Unseen("Raden finns inte.")
    card = card_of(row.report, chains())
    check_may_correct(by, card)
    if row.version != rests_on:
        raise Conflict("Raden har rättats sedan du hämtade sidan. Läs den på nytt. Ingenting har sparats.")
    before = fields_of(row.kind, row.content)
    content = _read(row, fields, before)
    check_correction(why, is_changed=dict(content.fields) != before)
    number = _next_number(card.period.year)
    _store(row, content, number, by, at)
    stored = Correction.objects.create(
        year=card.period.year,
        number=number,
        row=row,
        before=canonical(before),
        after=row.content,
        why=written_text(why, Phrase("varför uppgiften rättas")),
        facts=" ".join(facts_touched(card, row.kind, row.subject, before, dict(content.fields))),
        made_by=by.key,
        made_at=at,
    )
    register_rows([card], by=by, at=at, only=row.pk)
    record(
        by=by.key,
        at=at,
        action="reporting.correct_row",
        objects=(f"correction:{stored.year}/{number}", f"row:{row.pk}", card.object_id),
        before=before,
        after={**content.fields, "_why": stored.why},
    )
    return number


def _read(row: Row, fields: Mapping[str, object], before: dict[str, str]) -> Content:
    try:
        content = read_content(frame_of(row)[0], fields, before)
    except Unstorable as trouble:
        raise Refused("{sentence}", sentence=Swedish(trouble)) from trouble
    if not content.is_complete:
        sentence = next(iter([*content.problems.values(), *content.lacking.values()]))
        raise Refused("{sentence} Ingenting har sparats.", sentence=Swedish(sentence))
    return content


def _next_number(year: int) -> int:
    """One more than the last. The year's reports are held, so that two corrections never get the same number."""
    list(
        Report.objects.select_for_update(no_key=True).filter(year=year).order_by("pk").values_list("pk", flat=True)[:1]
    )
    last = Correction.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _store(row: Row, content: Content, number: int, by: Actor, at: datetime) -> None:
    row.version += 1
    row.content, row.is_complete = canonical(dict(content.fields)), True
    row.saved_by, row.saved_at = by.key, at
    row.save(update_fields=("version", "content", "is_complete", "saved_by", "saved_at"))
    RowVersion.objects.create(
        row=row,
        number=row.version,
        content=row.content,
        save_key=f"correction-{row.report.year}-{number}",
        saved_by=by.key,
        saved_at=at,
    )
