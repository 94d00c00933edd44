"""Subscribing to a KPI of Kolada's."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ledtrad.apps.audit.policies import Conflict, Refused
from ledtrad.apps.indicators.actions import NewArea
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.neighbours.actions import NewSubscription, subscribe
from ledtrad.apps.neighbours.forms.subscribing import SubscriptionForm, guessed_unit, unit_choices
from ledtrad.apps.neighbours.policies import check_keeps_subscriptions
from ledtrad.apps.neighbours.presenters.overview import RHYTHMS
from ledtrad.apps.neighbours.queries.catalogues import Unanswered, kpi_of_today
from ledtrad.apps.neighbours.queries.choices import areas_asked, indicator_choices, own_area, own_first
from ledtrad.apps.neighbours.sources.kolada import definition_of
from ledtrad.readers.kolada import Kpi, Municipality


@require_http_methods(["GET", "HEAD", "POST"])
def kpi(request: HttpRequest, code: str) -> HttpResponse:
    """The catalogue is asked anew when the form comes: what is pinned is what was read, or nothing is."""
    check_keeps_subscriptions(request.actor)
    try:
        found, places = kpi_of_today(code)
    except Unanswered as trouble:
        return render(request, "neighbours/unanswered.html", {"sentence": str(trouble)}, status=502)
    form = SubscriptionForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return _show(request, found, places, form, "")
    try:
        subscribe(new=_new(request, found, places, form), by=request.actor, at=timezone.now())
    except Refused as refused:
        return _show(request, found, places, form, str(refused), 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, _("The subscription is made. Fetch the figures when you like."))
    return redirect("subscription", form.cleaned_data["name"])


def _new(request: HttpRequest, found: Kpi, places: tuple[Municipality, ...], form: SubscriptionForm) -> NewSubscription:
    given, definition = form.cleaned_data, definition_of(found)
    if given["fingeravtryck"] != definition.fingerprint:
        raise Conflict("Kolada ändrade nyckeltalet medan du läste. Läs det igen innan du prenumererar.")
    by_sex = found.by_sex and given["kon"]
    return NewSubscription(
        given["name"],
        "kolada",
        "kolada",
        found.id,
        given["indikator"],
        areas_asked(request.POST, _regions(found, places)),
        definition,
        by_sex,
        given["dagar"],
        form.new_indicator(found.title, found.description, f"Kolada, {found.id}", by_sex),
        [_area(place) for place in places],
    )


def _area(place: Municipality) -> NewArea:
    kind = AreaKind.MUNICIPALITY if place.kind == "K" else AreaKind.COUNTY
    return NewArea(place.id, AreaKind.NATION if place.id == "0000" else kind, place.title or place.id, source="Kolada")


def _regions(found: Kpi, places: tuple[Municipality, ...]) -> dict[str, str]:
    """Codes and names of the areas that the KPI is for, and of the nation."""
    return {place.id: place.title for place in places if found.kind in ("A", place.kind) or place.id == "0000"}


def _show(
    request: HttpRequest, found: Kpi, places: tuple[Municipality, ...], form: Any, refusal: str, status: int = 422
) -> HttpResponse:
    chosen = set(request.POST.getlist("omrade")) if form else {own_area()}
    page = {
        "kpi": found,
        "fingerprint": definition_of(found).fingerprint,
        "regions": own_first(_regions(found, places)),
        "chosen": chosen,
        "form": form,
        "data": form.data if form else {},
        "refusal": refusal,
        "indicators": indicator_choices(),
        "unit": guessed_unit(found.title).code,
        "units": unit_choices(),
        "rhythms": RHYTHMS,
    }
    return render(request, "neighbours/kpi.html", page, status=status if form else 200)
