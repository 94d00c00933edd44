"""One goal before the auditors: what was known at a moment, their opinion, and the city's answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen, why_not
from ledtrad.apps.auditors.actions import answer_opinion, give_opinion
from ledtrad.apps.auditors.forms import AnswerForm, MomentForm, OpinionForm, written_moment
from ledtrad.apps.auditors.policies import check_may_answer, check_may_give_opinion, check_may_see, sees_everything
from ledtrad.apps.auditors.presenters.goal import ShownOpinions, present_opinions, present_then
from ledtrad.apps.auditors.queries import (
    goal_then,
    opinion_by_id,
    opinion_history,
    recorded_since,
    units_that_answer,
)
from ledtrad.apps.goals.queries import city_verdict_records
from ledtrad.apps.goals.queries.loading import GoalRow, goals_in_order
from ledtrad.apps.organisation.queries import chain
from ledtrad.apps.steering.queries import phases
from ledtrad.core.assessment import Verdict
from ledtrad.core.calendar import city_day


@require_safe
def opinion(request: HttpRequest, year: int, code: str) -> HttpResponse:
    return _page(request, year, code)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The auditors give their opinion, or a new one. Who comes here without a form is led to the page that has it."""
    if request.method != "POST":
        return redirect("opinion", year, code)
    check_may_give_opinion(request.actor)
    _goal(year, code)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, year, code, opinion_form=form, status=422)
    given = form.cleaned_data
    try:
        give_opinion(
            goal=code,
            year=year,
            verdict=Verdict(given["verdict"]),
            reasons=given["reasons"],
            known_at=given["moment"],
            answered_by_unit=given["unit"],
            answer_due=given["due"],
            rests_on=given["rests_on"],
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _refused(request, year, code, refusal, opinion_form=form)
    return redirect("opinion", year, code)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The city answers the opinion that holds, or answers anew."""
    if request.method != "POST":
        return redirect("opinion", year, code)
    form = AnswerForm(request.POST)
    asked = opinion_by_id(form.cleaned_data["opinion"]) if form.is_valid() else _now(year, code)
    if asked is None or (asked.goal, asked.year) != (code, year):
        raise Unseen("Bedömningen finns inte.")
    check_may_answer(request.actor, chain(asked.unit))
    if not form.is_valid():
        return _page(request, year, code, answer_form=form, status=422)
    given = form.cleaned_data
    try:
        answer_opinion(
            opinion_id=given["opinion"],
            text=given["text"],
            rests_on=given["rests_on"],
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _refused(request, year, code, refusal, answer_form=form)
    return redirect("opinion", year, code)


def _refused(request: HttpRequest, year: int, code: str, refusal: Refused, **forms: object) -> HttpResponse:
    """What was written stands in its field, beside what is stored; who may not at all is told so on a page."""
    if isinstance(refusal, Forbidden | Unseen) or "application/json" in request.headers.get("Accept", ""):
        raise refusal
    status = 409 if isinstance(refusal, Conflict) else 422
    return _page(request, year, code, sentence=str(refusal), status=status, **forms)


def _goal(year: int, code: str) -> GoalRow:
    rows = goals_in_order(year) if 1800 <= year <= 2999 else []
    found = next((row for row in rows if row.code == code), None)
    if found is None:
        raise Http404(f"no goal {code} in {year}")
    return found


def _now(year: int, code: str):  # type: ignore[no-untyped-def]
    history = opinion_history(code, year)
    return history[0] if history else None


def _page(request: HttpRequest, year: int, code: str, *, status: int = 200, **more: object) -> HttpResponse:
    goal, history, at = _goal(year, code), opinion_history(code, year), timezone.now()
    check_may_see(request.actor, is_given=bool(history))
    decided = next(iter(city_verdict_records([(code, year)])), None)
    shown = present_opinions(history, decided.verdict.verdict if decided else None, at)
    context = {
        "year": year,
        "goal": goal,
        "decided": decided,
        "shown": shown,
        "sentence": "",
        "opinion_form": None,
        "answer_form": None,
        "then": None,
        "cannot_give": why_not(check_may_give_opinion, request.actor),
        "cannot_answer": why_not(check_may_answer, request.actor, chain(shown.now.unit)) if shown.now else "-",
        "units": {},
        **more,
    }
    if sees_everything(request.actor):
        context |= _then(request, year, code, shown)
        status = 422 if context["moment_form"].errors and status == 200 else status
    return render(request, "auditors/goal.html", context, status=status)


def _then(request: HttpRequest, year: int, code: str, shown: ShownOpinions) -> dict[str, object]:
    """What was known at the moment that was asked about; how it stands now when none was."""
    form = MomentForm(request.GET) if "dag" in request.GET else MomentForm()
    moment = form.cleaned_data["moment"] if form.is_bound and form.is_valid() else None
    then, at = goal_then(code, year, known_at=moment), timezone.now()
    assert then is not None  # the goal has been found already
    codes = [result.code for result in then.goal.results]
    since = recorded_since(code, year, codes, moment) if moment else ()
    return {
        "moment_form": form,
        "moment": moment,
        "then": present_then(then, since, request.LANGUAGE_CODE),
        "phases": tuple(one for one in phases(year) if one.deadline <= at),
        "rests_on": written_moment(moment or at),
        "opinion_fields": written_moment(shown.now.known_at) if shown.now else {},
        "units": units_that_answer(city_day(at)),
    }
