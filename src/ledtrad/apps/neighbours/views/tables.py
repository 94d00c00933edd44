"""Building a query to a table, and storing it as a subscription."""

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
from ledtrad.apps.neighbours.forms.subscribing import SubscriptionForm, unit_choices
from ledtrad.apps.neighbours.forms.tables import TableGuess, guess, read_query
from ledtrad.apps.neighbours.policies import check_keeps_subscriptions
from ledtrad.apps.neighbours.presenters.overview import RHYTHMS
from ledtrad.apps.neighbours.queries.catalogues import Unanswered, table_of_today
from ledtrad.apps.neighbours.queries.choices import areas_asked, indicator_choices, own_area, own_first
from ledtrad.apps.neighbours.sources.places import our_codes
from ledtrad.apps.neighbours.sources.pxweb import definition_of
from ledtrad.apps.neighbours.sources.stored_query import UnknownQuery, variable_of
from ledtrad.core.series.drift import NeighbourDefinition
from ledtrad.readers.pxweb import Dataset


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, source: str, code: str) -> HttpResponse:
    """The table is asked anew when the form comes: what is pinned is what was read, or nothing is."""
    check_keeps_subscriptions(request.actor)
    try:
        found = table_of_today(source, code)
    except Unanswered as trouble:
        return render(request, "neighbours/unanswered.html", {"sentence": str(trouble)}, status=502)
    form = SubscriptionForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return _show(request, source, code, found, form, "")
    try:
        subscribe(new=_new(request, source, code, found, form), by=request.actor, at=timezone.now())
    except (Refused, UnknownQuery) as refused:
        return _show(request, source, code, found, form, refused, 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, _("The subscription is made. Fetch the figures when you like."))
    return redirect("subscription", form.cleaned_data["name"])


def _new(request: HttpRequest, source: str, code: str, found: Dataset, form: SubscriptionForm) -> NewSubscription:
    given = form.cleaned_data
    query = read_query(found, code, request.POST.dict())
    if given["fingeravtryck"] != _fingerprint(found):
        raise Conflict("Tabellen ändrades medan du läste. Läs den igen innan du prenumererar.")
    definition = definition_of(query, found)
    names = our_codes(variable_of(found, query.area))
    return NewSubscription(
        given["name"],
        "pxweb",
        source,
        query.as_json(),
        given["indikator"],
        areas_asked(request.POST, names),
        definition,
        bool(query.sex),
        given["dagar"],
        form.new_indicator(definition.title, definition.text, f"{found.source or source}, {code}", bool(query.sex)),
        [NewArea(area, _kind(area), name, source=source) for area, name in names.items()],
    )


def _kind(area: str) -> AreaKind:
    if area == "0000":
        return AreaKind(AreaKind.NATION)
    is_county = area.startswith("00") and len(area) == 4
    return AreaKind(AreaKind.COUNTY if is_county else AreaKind.MUNICIPALITY)


def _fingerprint(found: Dataset) -> str:
    """Of what can be read on the page; a table that has got one more year is the same."""
    variables = [
        (one.label, ", ".join(each.label for each in one.categories)) for one in found.variables if one.role != "time"
    ]
    return NeighbourDefinition(found.contents, "\n\n".join(found.notes), tuple(variables)).fingerprint


def _show(
    request: HttpRequest, source: str, code: str, found: Dataset, form: Any, refusal: object, status: int = 422
) -> HttpResponse:
    seen: TableGuess = guess(found)
    regions = our_codes(variable_of(found, seen.area)) if seen.area else {}
    page = {
        "source": source,
        "code": code,
        "table": found,
        "guess": seen,
        "regions": own_first(regions),
        "chosen": set(request.POST.getlist("omrade")) if form else {own_area()},
        "fingerprint": _fingerprint(found),
        "form": form,
        "data": form.data if form else {},
        "refusal": refusal,
        "indicators": indicator_choices(),
        "unit": "count",
        "units": unit_choices(),
        "rhythms": RHYTHMS,
    }
    return render(request, "neighbours/table.html", page, status=status if form else 200)
