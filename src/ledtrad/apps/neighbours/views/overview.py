"""The list of subscriptions, and one of them with its fetches, drifts and revisions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.indicators.queries import areas
from ledtrad.apps.neighbours.policies import check_keeps_subscriptions, check_may_see
from ledtrad.apps.neighbours.presenters.overview import present_subscription, present_subscriptions
from ledtrad.apps.neighbours.queries import drifts_of, fetches_of, revisions_of, subscriptions
from ledtrad.apps.neighbours.queries import subscription as subscription_named


@require_safe
def neighbours(request: HttpRequest) -> HttpResponse:
    check_may_see(request.actor)
    why_not_keep = why_not(check_keeps_subscriptions, request.actor)
    shown = present_subscriptions(subscriptions())
    return render(request, "neighbours/neighbours.html", {"shown": shown, "why_not": why_not_keep})


@require_safe
def subscription(request: HttpRequest, name: str) -> HttpResponse:
    check_may_see(request.actor)
    card = subscription_named(name)
    if card is None:
        raise Http404(f"no subscription {name}")
    shown = present_subscription(
        card,
        fetches_of(name),
        drifts_of(name),
        revisions_of(card.indicator),
        areas(codes=card.areas),
        why_not(check_keeps_subscriptions, request.actor),
    )
    return render(request, "neighbours/subscription.html", {"shown": shown})
