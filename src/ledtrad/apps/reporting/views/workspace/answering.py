"""Answering a question where it was asked."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ledtrad.apps.audit.policies import Unseen
from ledtrad.apps.reporting.actions import answer_question
from ledtrad.apps.reporting.queries import questions_of
from ledtrad.apps.reporting.views.workspace.loading import report_seen


@require_POST
def answer(request: HttpRequest, year: int, unit: str, period: str, question_id: int) -> HttpResponse:
    card = report_seen(request, year, unit, period)
    if all(question.id != question_id for question in questions_of(card.id)):
        raise Unseen("Frågan finns inte i rapporten.")
    answer_question(question_id=question_id, text=request.POST.get("answer", ""), by=request.actor, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('workspace', args=[year, unit, period])}#fraga-{question_id}")
