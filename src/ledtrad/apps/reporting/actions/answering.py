"""Answering what the one above has asked."""

import unicodedata
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Conflict, Refused, Unseen
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.reporting.models import Question
from ledtrad.apps.reporting.policies import check_may_answer
from ledtrad.apps.reporting.queries.reports import report_by_id

LONGEST = 5_000


def written_text(text: str, what: Phrase) -> str:
    """A question, answer or reason as it is stored. Refused when it is empty, too long or holds control characters."""
    clean = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not clean:
        raise Refused("Skriv {what}. Ingenting har sparats.", what=what)
    if len(clean) > LONGEST:
        raise Refused(
            "Texten har {length} tecken. Den får ha högst {most}. Ingenting har sparats.",
            length=len(clean),
            most=LONGEST,
        )
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in clean):
        raise Refused("Texten innehåller styrtecken som inte går att spara. Ta bort dem och försök igen.")
    return clean


@transaction.atomic
def answer_question(*, question_id: int, text: str, by: Actor, at: datetime) -> None:
    """Answer a question, once. Raises Unseen, Forbidden, Refused or Conflict with a sentence."""
    question = Question.objects.select_for_update(no_key=True).filter(pk=question_id).first()
    if question is None:
        raise Unseen("Frågan finns inte.")
    report = report_by_id(question.report_id)
    check_may_answer(by, report)
    if question.answered_at is not None:
        raise Conflict("Frågan är redan besvarad. Ditt svar är inte sparat; läs svaret som finns.")
    question.answer, question.answered_by, question.answered_at = written_text(text, Phrase("ett svar")), by.key, at
    question.save(update_fields=("answer", "answered_by", "answered_at"))
    record(
        by=by.key,
        at=at,
        action="reporting.answer_question",
        objects=(f"question:{question.pk}", report.object_id),
        after={"answer": question.answer},
        is_draft=True,
    )
