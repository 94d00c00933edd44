"""The page of a definition, the form that changes it, and the estimate of what it costs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen, why_not
from ledtrad.apps.indicators.actions import Definition, change_definition, estimate_cost
from ledtrad.apps.indicators.definition_words import SENSES
from ledtrad.apps.indicators.forms.definitions import COMPARABLE, CostForm, DefinitionForm
from ledtrad.apps.indicators.policies import check_defines, check_may_know
from ledtrad.apps.indicators.presenters.definition import present_definition
from ledtrad.apps.indicators.queries import uses
from ledtrad.apps.indicators.queries.definition import DefinitionPage, definition_page
from ledtrad.apps.organisation.queries import council
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.steering.policies import check_may_plan, check_plan_may_change
from ledtrad.core.assessment import INDICATOR_RULES, Sense
from ledtrad.core.calendar import city_day


@require_http_methods(["GET", "HEAD", "POST"])
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """What the indicator asks and has asked. What is posted is an estimate of its cost."""
    actor = _actor(request)
    page = _page(code, actor)
    form, status = CostForm(request.POST or None, initial=_estimated(page)), 200
    if request.method == "POST":
        check_defines(actor, page.owner)
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            about = {"minutes": given["minutes"], "note": given["note"], "by": actor, "at": timezone.now()}
            failed = _tried(form, lambda: estimate_cost(code=code, **about))
            if failed is None:
                return redirect("definition", code)
            status = failed
    year = city_day(timezone.now()).year
    shown = present_definition(
        page,
        year,
        request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        why_not_change=why_not(check_may_plan, actor, page.owner or council()),
        why_not_estimate=why_not(check_defines, actor, page.owner),
    )
    context = {"shown": shown, "page": page, "form": form, "used": uses(code, actor), "year": year}
    return render(request, "indicators/definition.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def definition_change(request: HttpRequest, code: str) -> HttpResponse:
    """The form with which a definition is changed from a later year."""
    actor = _actor(request)
    page = _page(code, actor)
    plan = page.owner or council()
    check_may_plan(actor, plan)
    form = DefinitionForm(request.POST) if request.method == "POST" else DefinitionForm(initial=_initial(page))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            failed = _tried(form, lambda: _change(code, form.cleaned_data, actor))
            if failed is None:
                return redirect("definition", code)
            status = failed
    context = {
        "form": form,
        "page": page,
        "conflict": status == 409,
        "needs_decision": _needs_decision(plan, form),
        "senses": SENSES,
        "rules": [(rule.name, rule.title) for rule in INDICATOR_RULES],
    }
    return render(request, "indicators/definition_change.html", context, status=status)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def _page(code: str, actor: Actor) -> DefinitionPage:
    page = definition_page(code, actor)
    if page is None:
        raise Http404(f"no indicator {code}")
    check_may_know(code, page.is_known)
    return page


def _tried(form: forms.Form, act: Callable[[], object]) -> int | None:
    """Do `act`; None when it was done. Otherwise the status to answer with, and the form says why in words."""
    try:
        act()
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409 if isinstance(refusal, Conflict) else 422
    return None


def _change(code: str, given: dict[str, Any], actor: Actor) -> None:
    change_definition(
        code=code,
        from_year=given["from_year"],
        definition=_definition(given),
        because=given["because"],
        breaks="" if given["breaks"] == COMPARABLE else given["breaks"],
        rests_on=given["rests_on"],
        decision=given["decision"],
        by=actor,
        at=timezone.now(),
    )


def _definition(given: dict[str, Any]) -> Definition:
    return Definition(
        title=" ".join(given["title"].split()),
        unit=given["measure"],
        sense=Sense(given["sense"]),
        decimals=given["decimals"] or 0,
        by_sex=given["by_sex"],
        periodicity=given["periodicity"],
        question=given["question"],
        rule=given["rule"],
        source=given["source"],
        splits=tuple(given["splits"]),
        numerator=given["numerator"],
        denominator=given["denominator"],
    )


def _initial(page: DefinitionPage) -> dict[str, object]:
    """What holds now, to be changed; from the first year that can ask something else."""
    latest = page.latest
    return {
        "from_year": max(page.earliest_change, city_day(timezone.now()).year),
        "title": latest.title,
        "question": latest.question,
        "unit": latest.unit.symbol or ("antal" if latest.unit.code == "count" else latest.unit.code),
        "decimals": latest.decimals,
        "sense": latest.sense.value,
        "by_sex": latest.by_sex,
        "splits": list(latest.splits),
        "every_years": latest.periodicity.every_years,
        "rhythm_from": latest.periodicity.first_year,
        "rule": latest.rule,
        "source": latest.source,
        "numerator": latest.numerator,
        "denominator": latest.denominator,
        "rests_on": latest.number,
    }


def _needs_decision(plan: str, form: DefinitionForm) -> bool:
    """Whether the year in the form is one whose plan is changed by decision only."""
    year = str(form["from_year"].value() or "")
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        return False
    return bool(why_not(check_plan_may_change, plan, int(year), None, timezone.now()))


def _estimated(page: DefinitionPage) -> dict[str, object]:
    return {"minutes": page.costs[0].minutes, "note": page.costs[0].note} if page.costs else {}
