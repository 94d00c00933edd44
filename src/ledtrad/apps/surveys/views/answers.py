"""The answers of a wave: sending a file, looking it through, taking it in, and deleting what was kept."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen, why_not
from ledtrad.apps.surveys import actions, apart
from ledtrad.apps.surveys.forms.answers import AnswersForm, DeleteForm, TakeInForm
from ledtrad.apps.surveys.policies import check_handles_answers, check_waits
from ledtrad.apps.surveys.presenters.answers import present_columns, present_misfits, present_reads
from ledtrad.apps.surveys.queries.handling import handled_answers
from ledtrad.apps.surveys.waiting import data_of

_MOST_MISFITS = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_answers(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """What is kept and what waits; a post with a file leads to its preview."""
    if request.method == "POST":
        return answered(request, survey, year, _send)
    if getattr(request, "htmx", False):
        return _how_it_goes(request, survey, year)
    return _page(request, survey, year)


def _how_it_goes(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """While a large file is read the page asks, until there is something to show."""
    handled = handled_answers(survey, year, request.actor)
    if handled.waits is None or not handled.waits.is_under_way:
        return HttpResponseClientRedirect(reverse("survey_answers", args=[survey, year]))
    return render(request, "surveys/_answers_working.html", {"handled": handled})


def _send(request: HttpRequest, survey: str, year: int) -> None:
    form, by = AnswersForm(request.POST, request.FILES), request.actor
    check_handles_answers(by)
    require_valid(form)
    file, book = form.cleaned_data["file"], form.cleaned_data["codebook"]
    codebook = (book.read(), book.name) if book else None
    actions.send_answers(
        survey=survey, year=year, name=file.name, data=file.read(), codebook=codebook, by=by, at=timezone.now()
    )
    if file.size > apart.LARGE:
        apart.begin(survey, year, "look", by.key)
    else:
        actions.look_through(survey=survey, year=year, by=by, at=timezone.now())


@never_cache
@require_POST
def survey_answers_take_in(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """Take in the file that was looked through."""
    return answered(request, survey, year, _take_in)


def _take_in(request: HttpRequest, survey: str, year: int) -> None:
    check_handles_answers(request.actor)
    form = TakeInForm(request.POST)
    require_valid(form)
    data, _codebook = data_of(survey, year)
    check_waits(bool(data))
    if len(data) > apart.LARGE:
        apart.begin(survey, year, "take_in", request.actor.key, form.cleaned_data)
    else:
        actions.take_in_waiting(survey=survey, year=year, by=request.actor, at=timezone.now(), **form.cleaned_data)


@never_cache
@require_POST
def survey_answers_lay_away(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """Throw away the file that waits."""
    return answered(request, survey, year, _lay_away)


def _lay_away(request: HttpRequest, survey: str, year: int) -> None:
    actions.lay_away(survey=survey, year=year, by=request.actor)


@never_cache
@require_POST
def survey_answers_delete(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """Delete the answers that are kept, for good."""
    return answered(request, survey, year, _delete)


def _delete(request: HttpRequest, survey: str, year: int) -> None:
    check_handles_answers(request.actor)
    form = DeleteForm(request.POST)
    require_valid(form)
    why = form.cleaned_data["why"]
    actions.delete_answers(survey=survey, year=year, why=why, by=request.actor, at=timezone.now())


def require_valid(form: Any) -> None:
    """Refused with what the form says when it does not hold."""
    if not form.is_valid():
        raise Refused(
            "{sentence}", sentence=" ".join(str(error) for errors in form.errors.values() for error in errors)
        )


def answered(
    request: HttpRequest, survey: str, year: int, act: Callable[[HttpRequest, str, int], None]
) -> HttpResponse:
    """Back to the page of answers when it is done; else the page with the sentence that says why not."""
    handled_answers(survey, year, request.actor)
    try:
        act(request, survey, year)
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _page(request, survey, year, refusal, 409 if isinstance(refusal, Conflict) else 422)
    return redirect("survey_answers", survey, year)


def _page(
    request: HttpRequest, survey: str, year: int, error: Refused | None = None, status: int = 200
) -> HttpResponse:
    handled = handled_answers(survey, year, request.actor)
    waits = handled.waits
    misfits = present_misfits(waits) if waits else ()
    context = {
        "handled": handled,
        "wave": handled.wave,
        "waits": waits,
        "columns": present_columns(waits) if waits else (),
        "misfits": misfits[:_MOST_MISFITS],
        "more_misfits": max(0, len(misfits) - _MOST_MISFITS),
        "reads": present_reads(handled.log),
        "cannot": why_not(check_handles_answers, request.actor),
        "errors": [error] if error else [],
        "sent": request.POST,
    }
    return render(request, "surveys/answers.html", context, status=status)
